"""Grievances: the way from filing to the last answer, and what is refused on it."""

from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError

from assistance.domain.pairing import pair
from concerns.domain.grievances import (
    acknowledge_grievance,
    answer_grievance,
    record_reply,
    withdraw_grievance,
)
from concerns.domain.whom import Whom
from concerns.models import Grievance, GrievanceAnswer
from concerns.queries.grievances import grievances_visible_to, late, pending
from concerns.workflow import GRIEVANCE_CHANGES
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, StaleVersion
from registry.lib.periods import today
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.assistance.test_help_visits import helped
from tests.concerns.ground import FILED, UPHELD, answered, filed, second
from tests.concerns.refusal import refused
from tests.factories.assistance import HelperFactory
from tests.factories.households import registered
from tests.factories.tenants import (
    TOWNSHIP_CODE,
    actor_of,
)
from villages.workflow import allowed_pairs

# By word of mouth, of the list `visit_confirmation`.
WORD: dict[str, Any] = {"word_on": date(2021, 4, 2), "word_code": "3"}


def test_grievance_goes_up_until_the_household_is_content(office: Actor) -> None:
    home = registered()
    row = filed(home, office)
    assert (row.level, row.reach, row.scope_code) == ("township", "village", home.scope_code)
    assert (row.acknowledge_by, row.answer_by) == (FILED + timedelta(days=15), FILED + timedelta(days=60))
    clerk, other = actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE), second(Role.COUNTY_OFFICE)
    with tenant_scope(clerk):
        acknowledge_grievance(row.pk, actor=clerk, version=1)
        answered(row, clerk)
        with refused(NotAllowed, "grievance.own_answer"):
            record_reply(row.pk, is_content=True, on=date(2021, 4, 1), actor=clerk)
        with refused(NotAllowed, "grievance.own_answer"):
            withdraw_grievance(row.pk, **WORD, actor=clerk)

    up = record_reply(row.pk, is_content=False, on=date(2021, 4, 1), actor=office)
    assert (up.state, up.level, up.answer_by, up.acknowledged_on) == ("filed", "county", date(2021, 5, 31), None)
    with tenant_scope(clerk), refused(NotAllowed, "grievance.other_level"):
        answered(row, clerk)
    with refused(DomainError, "grievance.answered_early"):
        answered(row, office)
    answer_grievance(row.pk, replace(UPHELD, answered_on=date(2021, 4, 9)), actor=office)
    above = record_reply(row.pk, is_content=False, on=date(2021, 4, 10), actor=other)
    assert (above.state, above.level) == ("filed", "above")
    answer_grievance(row.pk, replace(UPHELD, answered_on=date(2021, 5, 1)), actor=office)

    done = record_reply(row.pk, is_content=True, on=date(2021, 5, 2), actor=office)

    assert (done.state, done.closed_on) == ("settled", today())
    answers = GrievanceAnswer.objects.filter(grievance=row).order_by("id")
    assert [(one.level, one.reply) for one in answers] == [
        ("township", "not_content"),
        ("county", "not_content"),
        ("above", "content"),
    ]


def test_grievance_ends_when_the_last_level_does_not_content(office: Actor) -> None:
    row = filed(registered(), office)
    # Somebody who is alone in the office enters that the household is not content with the own answer.
    answered(row, office)
    record_reply(row.pk, is_content=False, on=UPHELD.answered_on, actor=office)
    answered(row, office)
    record_reply(row.pk, is_content=False, on=UPHELD.answered_on, actor=office)
    answered(row, office)

    assert record_reply(row.pk, is_content=False, on=UPHELD.answered_on, actor=office).state == "exhausted"


@pytest.mark.parametrize(
    ("changes", "whom", "code", "field"),
    [
        ({"filed_on": date(2099, 1, 1)}, {}, "date.in_future", "filed_on"),
        ({"filed_on": date(1999, 1, 1)}, {}, "grievance.too_early", "filed_on"),
        ({"channel_code": "x"}, {}, "code.unknown", "channel_code"),
        ({"matter_code": "x"}, {}, "code.unknown", "matter_code"),
        ({"text": " "}, {}, "grievance.text_missing", "text"),
        ({}, {"against": "everybody"}, "grievance.against_unknown", "against"),
        ({}, {"team_id": uuid4()}, "grievance.names_another", "team_id"),
        ({}, {"against": "helper", "helper_id": uuid4()}, "helper.not_found", "helper_id"),
        ({}, {"against": "team"}, "team.not_found", "team_id"),
        ({}, {"against": "account", "username": "nobody"}, "account.not_found", "username"),
        ({}, {"against": "county"}, "grievance.about_yourself", "against"),
    ],
)
def test_grievance_is_refused_with_its_field(
    office: Actor, changes: dict[str, Any], whom: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        filed(registered(), office, Whom(**whom), **changes)

    assert (refused.value.code, refused.value.field) == (code, field)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"answered_on": date(2021, 3, 4)}, "grievance.answered_early"),
        ({"verdict": "maybe"}, "grievance.verdict_unknown"),
        ({"verdict": "not_upheld"}, "grievance.remedy_of_nothing"),
        ({"remedy_code": ""}, "code.unknown"),
        ({"text": ""}, "grievance.answer_missing"),
    ],
)
def test_answer_is_refused_when_it_does_not_hang_together(office: Actor, changes: dict[str, Any], code: str) -> None:
    row = filed(registered(), office)

    with pytest.raises(DomainError) as refused:
        answer_grievance(row.pk, replace(UPHELD, **changes), actor=office)

    assert (refused.value.code, GrievanceAnswer.objects.count()) == (code, 0)


def test_two_helpers_are_two_grievances_of_a_day(office: Actor) -> None:
    home, helper = helped()
    other = HelperFactory.create()
    pair(home.pk, other.pk, actor=office, on=FILED, is_lead=False)
    filed(home, office, Whom(against="helper", helper_id=helper.pk))

    assert filed(home, office, Whom(against="helper", helper_id=other.pk)).helper_id == other.pk


def test_same_grievance_again_is_a_double_click(office: Actor) -> None:
    home = registered()
    row = filed(home, office)

    with refused(Conflict, "database.grievance_once_a_day"):
        filed(home, office)

    withdraw_grievance(row.pk, **WORD, actor=office, version=1)
    assert filed(home, office).state == "filed"
    with refused(Conflict, "workflow.not_from_here"):
        acknowledge_grievance(row.pk, actor=office)
    with pytest.raises(StaleVersion):
        withdraw_grievance(filed(registered(), office).pk, **WORD, actor=office, version=9)


def test_grievance_is_taken_back_by_the_word_of_the_household_alone(office: Actor) -> None:
    row = filed(registered(), office)

    with refused(DomainError, "grievance.no_word"):
        withdraw_grievance(row.pk, word_on=FILED, word_code="0", actor=office)
    with refused(DomainError, "grievance.word_early"):
        withdraw_grievance(row.pk, word_on=date(2021, 3, 4), word_code="3", actor=office)
    with pytest.raises(IntegrityError, match="taken back by the word"), savepoint():
        Grievance.objects.filter(pk=row.pk).update(state="withdrawn", closed_on=today())
    done = withdraw_grievance(row.pk, **WORD, actor=office)

    assert (done.state, done.word_on, done.word_code) == ("withdrawn", date(2021, 4, 2), "3")


def test_worklists_tell_what_is_late(office: Actor) -> None:
    row, _new = filed(registered(), office), filed(registered(), office, filed_on=today())
    rows = grievances_visible_to(office)

    assert ([one.pk for one in late(rows, today())], pending(rows).count()) == ([row.pk], 2)
    assert pending(rows)[0].pk == row.pk


def test_database_holds_what_the_verbs_hold(office: Actor) -> None:
    row = filed(registered(), office)
    pairs = import_module("concerns.migrations.0002_arm_states_and_reach").GRIEVANCE_PAIRS
    mine = Grievance.objects.filter(pk=row.pk)

    assert pairs == allowed_pairs(GRIEVANCE_CHANGES)
    with pytest.raises(IntegrityError, match="state_workflow"), savepoint():
        mine.update(state="settled", closed_on=today())
    with pytest.raises(IntegrityError, match="stays hidden"), savepoint():
        mine.update(reach="township")
    with pytest.raises(IntegrityError, match="goes up by one level"), savepoint():
        mine.update(level="above")
    with pytest.raises(IntegrityError, match="is not changed"), savepoint():
        mine.update(against="county")
    answered(row, office)
    with pytest.raises(IntegrityError, match="reply_by_another"), savepoint():
        GrievanceAnswer.objects.update(reply="content", replied_on=today(), replied_by=office.user_id)
    with pytest.raises(IntegrityError, match="stay as they were written"), savepoint():
        GrievanceAnswer.objects.update(verdict="partly")
    answer = GrievanceAnswer.objects.get()
    answer.pk, answer.level, answer.hidden_from = uuid4(), "county", [answer.answered_by]
    with pytest.raises(IntegrityError, match="nobody answers"), savepoint():
        answer.save(force_insert=True)
