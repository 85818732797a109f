"""What the page, the trigger and the statements of a run say, against the data and the table of steps."""

import re
from importlib import import_module

from config.env import BASE_DIR
from entitlements.definitions import policies
from entitlements.domain import statements
from entitlements.enums import ANSWERS, EntitlementAnswer, EntitlementState
from entitlements.workflow import ENTITLEMENT_STEPS

PAGE = (BASE_DIR / "docs" / "entitlements.md").read_text(encoding="utf-8")
TABLE = PAGE.split("<!-- policies -->")[1].split("<!-- end -->")[0]


def test_page_lists_every_policy_with_object_sector_and_name() -> None:
    listed = [tuple(cell.strip(" `") for cell in line.split("|")[1:5]) for line in TABLE.splitlines() if "| `" in line]

    assert listed == [
        (policy.code, str(policy.object), policy.sector or "–", policy.zh) for policy in policies().values()
    ]


def test_trigger_and_statements_take_the_steps_of_the_table() -> None:
    trigger = import_module("entitlements.migrations.0001_due_and_received").STEPS
    allowed = set(re.findall(r"\('(\w+)', '(\w+)'\)", trigger))
    returning = set(re.findall(r"f\.state = '(\w+)'", statements.SETTLE))

    table = {(before, after) for before, steps in ENTITLEMENT_STEPS.items() for after in map(str, steps)}
    assert allowed == table
    assert returning == {before for before, after in table if after == EntitlementState.NEW}
    assert "f.state <> 'closed'" in statements.SETTLE


def test_every_answer_is_of_one_kind_alone() -> None:
    of_kinds = [answer for answers in ANSWERS.values() for answer in answers]

    assert sorted(of_kinds) == sorted(EntitlementAnswer)
