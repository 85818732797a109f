"""The ledger: what the postings add up to is what the rows count, on every day and after any history.

After the same histories there is one head a day, one household a person, and no pairing against the rules.
"""

from typing import Any

import pytest
from django.db import DatabaseError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from households.models import HouseholdSpell, Membership, Posting
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from tests.factories.assistance import paired
from tests.factories.households import FIRST_DAY, registered
from tests.households.invariants import broken_rules
from tests.households.sequences import LAST_DAY, VERBS, Step, outcome

STEPS = st.builds(
    Step,
    verb=st.sampled_from(sorted(VERBS)),
    household=st.integers(0, 5),
    day=st.integers(0, LAST_DAY),
    choice=st.integers(0, 11),
)


# A verb of the whole household is refused before its latest change: half of the histories go forward in time, so that
# many verbs are done, and only births, deaths and the like are told late.
HISTORIES = st.one_of(
    st.lists(STEPS, min_size=5, max_size=25),
    st.lists(STEPS, min_size=10, max_size=40).map(lambda steps: sorted(steps, key=when_told)),
)


def when_told(step: Step) -> int:
    """Give the day on which a step is entered: who joins or leaves is told up to ten days late."""
    late = step.choice if step.verb in {"add", "end", "head", "come_back", "transfer_person", "die", "take_back"} else 0
    return step.day + late


@pytest.mark.slow
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=HISTORIES)
def test_postings_equal_the_rows_and_no_rule_is_broken_when_verbs_follow_each_other(
    office: Actor, steps: list[Step]
) -> None:
    _done, differences, broken = outcome(office, steps)

    assert (differences, broken) == ([], [])


LATE_DEATH = [Step("lift", 0, 10, 0), Step("identify", 0, 12, 0), Step("move", 0, 14, 1), Step("end", 0, 5, 1)]
LATE_BIRTH = [Step("file", 3, 8, 0), Step("lift", 3, 20, 0), Step("close_gone", 3, 30, 0), Step("add", 1, 0, 0)]
SAME_DAY = [Step("lift", 0, 7, 0), Step("return", 0, 7, 0), Step("lift", 0, 7, 0), Step("add", 0, 7, 0)]
MARRIAGE = [Step("marry", 0, 9, 1), Step("lift", 0, 9, 0), Step("move", 1, 11, 2), Step("add", 1, 3, 0)]
PARTED = [Step("add", 0, 2, 0), Step("split", 0, 6, 0), Step("lift", 4, 9, 0)]
SPLIT = [*PARTED, Step("end", 0, 9, 1), Step("add", 0, 3, 0)]
MERGE = [Step("identify", 1, 3, 0), Step("split", 1, 6, 2), Step("move", 4, 8, 0), Step("merge", 4, 9, 1)]
WENT = [Step("identify", 1, 3, 0), Step("split", 1, 6, 0), Step("transfer", 1, 9, 0), Step("add", 4, 8, 0)]
# Told late: the household was lifted after the day from which the person counts in the other county.
MARRIED_AWAY = [Step("add", 0, 1, 0), Step("lift", 0, 10, 0), Step("transfer_person", 0, 6, 1), Step("add", 0, 7, 0)]
# The household was lifted and moved after the day of a death that never was.
LIVES_ON = [Step("die", 0, 5, 1), Step("lift", 0, 10, 0), Step("move", 0, 14, 1), Step("reinstate", 0, 20, 0)]
RETURNS = [Step("end", 0, 5, 1), Step("return", 1, 9, 0), Step("take_back", 1, 7, 0), Step("move", 1, 12, 2)]
THERE = [Step("transfer", 0, 6, 0), Step("transfer_person", 1, 8, 1)]
BACK_AGAIN = [*THERE, Step("send_back", 0, 12, 1), Step("send_person_back", 0, 14, 0), Step("lift", 0, 16, 0)]


PAIRED = [Step("pair", 0, 2, 1), Step("hand_over", 0, 5, 2), Step("stand_in", 0, 9, 0), Step("split", 0, 12, 0)]
PARTED_WAYS = [Step("pair", 3, 2, 1), Step("part", 3, 6, 0), Step("pair", 1, 2, 1), Step("close_gone", 1, 9, 0)]


@pytest.mark.parametrize(
    "steps",
    [
        LATE_DEATH,
        LATE_BIRTH,
        SAME_DAY,
        MARRIAGE,
        SPLIT,
        MERGE,
        WENT,
        MARRIED_AWAY,
        LIVES_ON,
        RETURNS,
        BACK_AGAIN,
        PAIRED,
        PARTED_WAYS,
    ],
)
def test_postings_equal_the_rows_when_a_change_is_told_late(office: Actor, steps: list[Step]) -> None:
    done, differences, broken = outcome(office, steps)

    assert (done, differences, broken) == (len(steps), [], [])


def test_broken_rules_are_named_when_rows_are_changed_past_the_verbs(office: Actor) -> None:
    household = registered(status="filed")
    paired(household)
    right = broken_rules([FIRST_DAY])

    Membership.objects.filter(relation_code="01").update(relation_code="99")
    HouseholdSpell.objects.filter(household=household).update(status="closed")

    assert right == []
    assert broken_rules([FIRST_DAY]) == [f"a pairing until None of a household closed on {FIRST_DAY}"]
    HouseholdSpell.objects.filter(household=household).update(status="filed")
    assert broken_rules([FIRST_DAY]) == [f"0 heads on {FIRST_DAY} among 2"]


@pytest.mark.parametrize("change", [{"persons_delta": 5}, {"effective_on": "2020-01-01"}, {"reason": "another"}])
def test_posting_is_refused_by_the_database_when_it_is_changed(office: Actor, change: dict[str, Any]) -> None:
    registered()

    with pytest.raises(DatabaseError), savepoint():
        Posting.objects.update(**change)
    Posting.objects.update(scope_code="549901100201")

    assert list(Posting.objects.values_list("persons_delta", "scope_code")) == [(2, "549901100201")]


def test_posting_is_refused_by_the_database_when_it_is_deleted(office: Actor) -> None:
    registered()

    with pytest.raises(DatabaseError), savepoint():
        Posting.objects.all().delete()

    assert Posting.objects.count() == 1
