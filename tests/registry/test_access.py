"""The rules table: what it grants, what it refuses, and that nothing else grants anything."""

import io
import re
from uuid import uuid4

import pytest
from django.core.management import call_command

from registry.access import allow, allowed, require, require_role, role_may, rules
from registry.enums import ADMINISTRATORS, Role
from registry.lib.errors import NotAllowed
from registry.management.commands.describe_rules import BEGIN, END, PAGE, rules_table
from registry.models import User
from registry.tenancy.context import Actor
from tests.architecture.sources import sources

ASKED = re.compile(r'\b(?:require|require_role|allowed|role_may|may)\(\s*[\w.()]+,\s*"([\w.]+)"')


def actor(role: Role) -> Actor:
    return Actor(uuid4(), "somebody", role, 901, "549901000000")


def test_role_of_the_table_is_allowed_when_it_asks() -> None:
    answers = [allowed(actor(role), "registry.view_audit") for role in Role]

    assert [role for role, answer in zip(Role, answers, strict=True) if answer] == [Role.AUDIT_ADMINISTRATOR]


def test_unknown_action_is_a_programming_error_when_asked() -> None:
    with pytest.raises(KeyError):
        allowed(actor(Role.COUNTY_OFFICE), "registry.no_such_action")


def test_action_is_named_once_when_the_table_is_filled() -> None:
    with pytest.raises(ValueError, match="named twice"):
        allow("registry.view_audit", roles=Role)


def test_condition_is_asked_when_there_is_a_subject() -> None:
    somebody, other = actor(Role.SECURITY_ADMINISTRATOR), User(username="other")
    own = User(id=somebody.user_id, username="somebody")

    answers = [allowed(somebody, "registry.amend_user", subject) for subject in (other, own)]

    assert answers == [True, False]


def test_condition_cannot_be_skipped_when_no_subject_is_given() -> None:
    somebody = actor(Role.SECURITY_ADMINISTRATOR)
    require_role(somebody, "registry.amend_user")

    with pytest.raises(ValueError, match="asks about a subject"):
        require(somebody, "registry.amend_user")


def test_role_alone_is_asked_when_a_door_knows_no_subject_yet() -> None:
    answers = [role_may(actor(role), "registry.amend_user") for role in Role]

    asked = [role for role, answer in zip(Role, answers, strict=True) if answer]
    assert asked == [Role.SECURITY_ADMINISTRATOR, Role.SERVICE]


def test_refusal_says_whom_to_ask_when_a_right_is_missing() -> None:
    require(actor(Role.AUDIT_ADMINISTRATOR), "registry.view_audit")

    with pytest.raises(NotAllowed, match=r"county office|县级"):
        require(actor(Role.COUNTY_OFFICE), "registry.view_audit")


def test_administrators_may_see_no_household_when_the_table_is_read() -> None:
    about_households = [rule for rule in rules() if rule.action.split(".")[0] != "registry"]

    # What a household says of the county office itself, under its number (docs/decisions/0201); who above the county
    # may look, and which addresses may have figures, neither of which shows a household (0251, 0254).
    allowed = [
        "concerns.answer_above",
        "concerns.view_above",
        "oversight.decide_look",
        "oversight.view_grants",
        "oversight.withdraw_look",
        "reports.confirm_address",
        "reports.decide_address",
        "reports.view_addresses",
        "reports.view_bounces",
    ]
    assert len(about_households) > 10
    assert [rule.action for rule in about_households if rule.roles & ADMINISTRATORS] == allowed


def test_each_power_has_rights_of_its_own_when_the_three_are_compared() -> None:
    shared = {"use_site", "amend_own_account", "view_divisions", "view_codes"}
    # One administrator allows an address outside, and another one verifies it (docs/decisions/0251).
    verified = {"reports.view_addresses", "reports.confirm_address"}
    rights = {
        role: {rule.action for rule in rules() if role in rule.roles}
        - {f"registry.{name}" for name in shared}
        - verified
        for role in ADMINISTRATORS
    }

    pairs = [rights[one] & rights[other] for one in ADMINISTRATORS for other in ADMINISTRATORS if one < other]

    assert pairs == [set(), set(), set()]


def test_every_action_asked_in_the_source_is_in_the_table_when_read() -> None:
    asked = {action for path in sources() for action in ASKED.findall(path.read_text(encoding="utf-8"))}

    assert len(asked) > 10
    assert asked - {rule.action for rule in rules()} == set()


def test_every_condition_says_what_it_asks_when_documented() -> None:
    assert [rule.action for rule in rules() if rule.when and not rule.when.__doc__] == []


def test_page_of_roles_holds_the_table_when_compared() -> None:
    text = PAGE.read_text(encoding="utf-8")

    written = text.split(BEGIN)[1].split(END)[0].strip()

    assert written == rules_table()


def test_command_prints_the_table_when_called() -> None:
    out = io.StringIO()

    call_command("describe_rules", stdout=out)

    assert out.getvalue().strip() == rules_table()


@pytest.mark.parametrize("name", ["is_superuser", "has_perm", "has_module_perms"])
def test_djangos_rights_have_no_effect_when_asked(name: str) -> None:
    asked = getattr(User(username="somebody"), name)

    assert (asked("registry.view_user") if callable(asked) else asked) is False
