"""The page of states is printed from the code, and holds every state machine."""

import re

from quality.domain import statements
from quality.enums import OPEN_STATES, FindingState
from quality.workflow import FINDING_STEPS, may_be_settled
from registry.management.commands.describe_states import PAGE, states_page


def test_page_of_states_is_what_the_code_says_when_it_is_printed() -> None:
    assert PAGE.read_text(encoding="utf-8") == states_page(), "run manage.py describe_states --write"


def test_every_state_machine_has_its_table_when_the_page_is_read() -> None:
    headings = set(re.findall(r"^## (.+)$", states_page(), re.MULTILINE))

    assert headings >= {
        "households: status transitions",
        "households: monitoring transitions",
        "households: transfer steps",
        "dossiers: dossier changes",
        "dossiers: session changes",
        "dossiers: case changes",
        "dossiers: purposes",
        "quality: finding steps",
        "exchange: transitions",
        "reports: run steps",
        "reports: delivery steps",
    }
    assert (
        "| `lift` | Lift out of poverty | `filed` Filed, not lifted; `returned` Returned to poverty |" in states_page()
    )


def test_statements_of_a_run_change_findings_as_their_table_says_when_both_are_read() -> None:
    closing = re.search(r"f\.state <> '(\w+)'", statements.SETTLE_COUNTY)
    returning = set(re.findall(r"\(f\.state = '(\w+)'|OR \(f\.state = '(\w+)'", statements.SETTLE_COUNTY))

    fixable = {state for state, after in FINDING_STEPS.items() if FindingState.FIXED in after}
    renewable = {str(state) for state, after in FINDING_STEPS.items() if FindingState.NEW in after}
    assert closing is not None
    assert fixable == set(FindingState) - {closing[1]}
    assert {name for pair in returning for name in pair if name} == renewable
    assert {state for state in FindingState if may_be_settled(state)} == set(OPEN_STATES)
