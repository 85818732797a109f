"""Persons who go to a household of another county: both sides in one transaction, or nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError

from assistance.domain.measures import MeasureDraft, record_measure
from households.domain.amend import amend_person
from households.domain.anonymise import anonymise_unconfirmed, set_objection_period
from households.domain.drafts import PersonDraft
from households.domain.facts import PersonYearDraft, record_person_year
from households.domain.income import IncomeDraft, LineDraft, record_income
from households.domain.members import change_head, end_membership
from households.domain.move import move_household
from households.domain.person_transfer import accept_person, offer_person
from households.domain.split import NewHousehold, split_household
from households.domain.status import change_status
from households.domain.transfer import accept_transfer, decline_transfer, offer_transfer, withdraw_transfer
from households.domain.work import WorkDraft, record_work, withdraw_work
from households.enums import DEATH_REASON, HouseholdStatus
from households.models import (
    DuplicateNotice,
    Household,
    Membership,
    NearDuplicate,
    Person,
    PersonYear,
    Posting,
    Transfer,
    WorkRecord,
)
from households.queries.stocks import posted_stock_on, stock_on
from households.workflow import TRANSFER_STEPS
from registry import jobs
from registry.crypto import Purpose, unseal
from registry.enums import Role
from registry.lib.errors import DomainError, NotAllowed, NotFound
from registry.models import AuditDetail, Letter
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.households import FIRST_DAY, PersonDraftFactory, document_number, registered
from tests.factories.tenants import (
    OTHER_COUNTY_CODE,
    OTHER_VILLAGE_CODE,
    actor_of,
    county,
    county_office,
    service,
)
from tests.factories.villages import VillageFactory

pytestmark = pytest.mark.django_db
LATER = FIRST_DAY + timedelta(days=20)
REASON = "结婚登记2021-1"
MARRIED: dict[str, Any] = {"relation_code": "02", "joining_code": "12", "reason": "同意"}
GIVEN: dict[str, Any] = {"on": LATER, "leaving_code": "22", "reason": REASON}
DONE = "households.finish_transfer"
RISK: dict[str, Any] = {"monitoring_state": "identified", "monitoring_code": "1", "monitored_on": date(2020, 6, 1)}


@pytest.fixture
def here() -> Actor:
    return county_office()


@pytest.fixture
def there() -> Actor:
    return county_office(county(OTHER_COUNTY_CODE))


@pytest.fixture
def bride() -> PersonDraft:
    """Somebody of a household of two, with a telephone of the own."""
    draft: PersonDraft = PersonDraftFactory.build(relation_code="04", phone="17910000003")
    return draft


@pytest.fixture
def home(here: Actor, bride: PersonDraft) -> Household:
    """The household that the bride leaves."""
    with tenant_scope(here):
        return registered(number="A1", status="lifted", members=(PersonDraftFactory.build(relation_code="01"), bride))


@pytest.fixture
def goal(there: Actor) -> Household:
    """The household of the other county that takes her in; its head lives alone."""
    with tenant_scope(there):
        alone = (PersonDraftFactory.build(relation_code="01"),)
        return registered(number="B1", village_code=OTHER_VILLAGE_CODE, status="filed", members=alone, **RISK)


def person_of(household: Household, actor: Actor, relation_code: str = "04") -> UUID:
    with tenant_scope(actor):
        return Membership.objects.get(household=household, ends_on=None, relation_code=relation_code).person_id


def offered(home: Household, here: Actor, **values: Any) -> UUID:
    """Offer the bride, and deliver the letter."""
    person = values.pop("person_id", None) or person_of(home, here)
    given = {**GIVEN, **values}
    with tenant_scope(here):
        key = offer_person(home.id, person, OTHER_COUNTY_CODE, actor=here, **given).key
    jobs.tick()
    return key


def accept(key: UUID, goal: Household, there: Actor, **values: Any) -> None:
    with tenant_scope(there):
        arriving = Transfer.objects.get(key=key)
        accept_person(arriving.id, goal.id, actor=there, **{**MARRIED, **values})


def transferred(home: Household, goal: Household, here: Actor, there: Actor) -> UUID:
    key = offered(home, here)
    accept(key, goal, there)
    jobs.tick()
    return key


def side(key: UUID, actor: Actor) -> Transfer:
    with tenant_scope(actor):
        return Transfer.objects.get(key=key)


def states(key: UUID, *actors: Actor) -> list[tuple[str, str]]:
    return [(row.state, row.outcome_code) for row in (side(key, actor) for actor in actors)]


def stock(actor: Actor, day: date) -> list[tuple[str, int, int]]:
    with tenant_scope(actor):
        assert stock_on(day) == posted_stock_on(day)
        return [(row.stock, row.households, row.persons) for row in stock_on(day)]


def refusal(verb: Callable[..., object], *args: Any, **values: Any) -> str:
    """Give the code of the refusal of a verb, or nothing."""
    try:
        with savepoint():
            verb(*args, **values)
    except DomainError as error:
        return error.code
    return ""


# --- both sides at once -----------------------------------------------------------------------------------------------
def test_membership_ends_here_and_begins_there_when_the_person_is_accepted(
    home: Household, goal: Household, here: Actor, there: Actor
) -> None:
    person = person_of(home, here)

    key = transferred(home, goal, here, there)

    assert states(key, here, there) == [("done", "")] * 2
    with tenant_scope(here):
        left = Membership.objects.get(person=person)
        assert (left.ends_on, left.end_reason_code) == (LATER, "22")
        assert Household.objects.get().status == "lifted"
    with tenant_scope(there):
        came = Membership.objects.get(relation_code="02")
        assert (came.household_id, came.starts_on, came.start_reason_code) == (goal.id, LATER, "12")
        assert came.person.scope_code == OTHER_VILLAGE_CODE
    assert (side(key, here).person_id, side(key, there).person_id) == (person, came.person_id)
    assert (side(key, there).other_county_name, side(key, there).scope_code) != ("", side(key, here).scope_code)


def test_ledgers_of_both_counties_move_one_person_and_no_household(
    home: Household, goal: Household, here: Actor, there: Actor
) -> None:
    before = LATER - timedelta(days=1)

    transferred(home, goal, here, there)

    assert [stock(here, day) for day in (before, LATER)] == [[("lifted", 1, 2)], [("lifted", 1, 1)]]
    assert stock(there, before) == [("monitored", 1, 1), ("not_lifted", 1, 1)]
    assert stock(there, LATER) == [("monitored", 1, 2), ("not_lifted", 1, 2)]
    with tenant_scope(here):
        posted = Posting.objects.filter(effective_on=LATER).values_list("kind", "households_delta", "persons_delta")
        assert list(posted) == [("natural_out", 0, -1)]
    with tenant_scope(there):
        posted = Posting.objects.filter(effective_on=LATER).values_list("kind", "households_delta", "persons_delta")
        assert set(posted) == {("natural_in", 0, 1)}


def test_person_arrives_with_own_facts_and_values_sealed_anew_and_nothing_of_the_household(
    home: Household, goal: Household, here: Actor, there: Actor, bride: PersonDraft
) -> None:
    facts = PersonYearDraft(year=2020, health_codes=("1",), education_code="3", has_basic_medical=True)
    with tenant_scope(here):
        record_person_year(person_of(home, here), facts, actor=here)

    transferred(home, goal, here, there)

    with tenant_scope(there):
        copy = Membership.objects.get(relation_code="02").person
        assert (copy.number, copy.name, copy.is_placeholder) == (bride.number, bride.name, False)
        assert copy.document_sealed is not None
        assert copy.phone_sealed is not None
        assert unseal(copy.document_sealed, Purpose.DOCUMENT, tenant_id=there.tenant_id) == bride.document_number
        assert unseal(copy.phone_sealed, Purpose.PHONE, tenant_id=there.tenant_id) == bride.phone
        year = PersonYear.objects.get()
        assert (year.person_id, year.scope_code, year.visit_id) == (copy.pk, OTHER_VILLAGE_CODE, None)
        assert (year.health_codes, year.education_code, year.has_basic_medical) == (["1"], "3", True)
        assert Household.objects.count() == 1
    with tenant_scope(here):
        assert PersonYear.objects.count() == 1


def test_work_by_month_goes_along_but_for_what_was_an_error_or_is_on_file_there(
    home: Household, goal: Household, here: Actor, there: Actor, bride: PersonDraft
) -> None:
    january, march, may = (date(2020, month, 1) for month in (1, 3, 5))
    with tenant_scope(there):
        members = (PersonDraftFactory.build(relation_code="01"), replace(bride, number=""))
        other = registered(village_code=OTHER_VILLAGE_CODE, members=members)
        known = Membership.objects.get(household=other, relation_code="04").person_id
        end_membership(other.id, known, actor=there, on=FIRST_DAY, reason_code="23")
        record_work(known, WorkDraft(starts_on=january, ends_on=march, employer="此县"), actor=there)
    with tenant_scope(here):
        person = person_of(home, here)
        for starts_on, ends_on in ((january, march), (march, may), (may, None)):
            record_work(person, WorkDraft(starts_on=starts_on, ends_on=ends_on, employer="彼县"), actor=here)
        withdraw_work(WorkRecord.objects.get(starts_on=may).id, actor=here, reason="误报")

    transferred(home, goal, here, there)

    with tenant_scope(there):
        rows = WorkRecord.objects.order_by("starts_on").values_list("person", "starts_on", "employer", "scope_code")
        assert list(rows) == [
            (known, january, "此县", OTHER_VILLAGE_CODE),
            (known, march, "彼县", OTHER_VILLAGE_CODE),
        ]


def test_letters_hold_no_document_and_are_empty_when_delivered(
    home: Household, goal: Household, here: Actor, there: Actor
) -> None:
    key = transferred(home, goal, here, there)

    assert [bytes(payload) for payload in Letter.objects.values_list("payload", flat=True)] == [b"", b""]
    assert (side(key, there).head_name, side(key, there).persons_count) == ("", 1)


def test_claim_moves_and_nobody_is_told_of_a_person_of_two_counties(
    home: Household, goal: Household, here: Actor, there: Actor
) -> None:
    person = person_of(home, here)

    transferred(home, goal, here, there)

    with tenant_scope(here):
        assert (Person.objects.get(pk=person).claim_index, DuplicateNotice.objects.count()) == (None, 0)
    with tenant_scope(there):
        copy = Membership.objects.get(relation_code="02").person
        assert (copy.claim_index is not None, DuplicateNotice.objects.count()) == (True, 0)


def test_person_comes_back_as_the_same_person_when_transferred_there_and_back(
    home: Household, goal: Household, here: Actor, there: Actor
) -> None:
    person = person_of(home, here)
    transferred(home, goal, here, there)
    with tenant_scope(there):
        arrived = Membership.objects.get(relation_code="02").person_id
        back = offer_person(goal.id, arrived, here.tenant_code, actor=there, on=LATER, leaving_code="29", reason="离婚")
    jobs.tick()
    with tenant_scope(here):
        arriving = Transfer.objects.get(key=back.key)
        again = {**MARRIED, "relation_code": "04", "joining_code": "13"}
        accept_person(arriving.id, home.id, actor=here, **again)
    jobs.tick()

    assert states(back.key, here, there) == [("done", "")] * 2
    with tenant_scope(here):
        assert Membership.objects.get(relation_code="04", ends_on=None).person_id == person
    assert stock(here, LATER) == [("lifted", 1, 2)]
    assert stock(there, LATER) == [("monitored", 1, 1), ("not_lifted", 1, 1)]


def test_both_counties_are_told_how_much_stays_with_the_household(
    home: Household, goal: Household, here: Actor, there: Actor
) -> None:
    line = LineDraft(item_code="101", amount_yuan=Decimal(9000))
    period: dict[str, Any] = {"period_start": date(2019, 10, 1), "period_end": date(2020, 10, 1), "person_count": 2}
    with tenant_scope(here):
        record_income([IncomeDraft(household_id=home.id, year=2020, lines=(line,), **period)], actor=here)
        record_measure(
            home.id, MeasureDraft(category_code="39", state_code="1", starts_on=date(2020, 1, 1)), actor=here
        )
        bride, head = person_of(home, here), person_of(home, here, "01")
        change: dict[str, Any] = {"actor": here, "reason": "外出"}
        # Another relation since then: she has lived there all along.
        change_head(home.id, bride, former_head_relation="02", on=date(2021, 1, 2), **change)
        change_head(home.id, head, former_head_relation="04", on=date(2021, 1, 3), **change)

    key = transferred(home, goal, here, there)

    told = {"income_lines": 1, "measures": 1}
    assert (side(key, here).stays, side(key, there).stays) == (told, told)


def test_two_of_one_household_go_by_two_offers(home: Household, goal: Household, here: Actor, there: Actor) -> None:
    sister: PersonDraft = PersonDraftFactory.build(relation_code="04")
    with tenant_scope(here):
        members = (PersonDraftFactory.build(relation_code="01"), PersonDraftFactory.build(relation_code="04"), sister)
        other = registered(status="filed", members=members)
        people = list(Membership.objects.filter(household=other, relation_code="04").values_list("person", flat=True))
    keys = [offered(other, here, person_id=person) for person in people]

    for key in keys:
        accept(key, goal, there, relation_code="99", joining_code="13")
    jobs.tick()

    assert [states(key, there) for key in keys] == [[("done", "")]] * 2
    assert ("not_lifted", 1, 3) in stock(there, LATER)


def test_somebody_who_looks_alike_is_noted_there_when_the_person_arrived(
    home: Household, goal: Household, here: Actor, there: Actor, bride: PersonDraft
) -> None:
    with tenant_scope(there):
        double = replace(bride, number="", relation_code="01", document_number=document_number(4, birth="19510305"))
        double = replace(double, document_number="", sex_code="2", birth_on=None)
        registered(village_code=OTHER_VILLAGE_CODE, members=(double,))

    transferred(home, goal, here, there)

    with tenant_scope(there):
        assert {row.why for row in NearDuplicate.objects.all()} == {"name_village"}


# --- what is refused when it is offered -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("relation_code", "changes", "code"),
    [
        ("01", {}, "transfer.head"),
        ("04", {"leaving_code": DEATH_REASON}, "transfer.reason"),
        ("04", {"leaving_code": "25"}, "transfer.reason"),
        ("04", {"leaving_code": "12"}, "code.unknown"),
        ("04", {"on": date(2100, 1, 1)}, "date.in_future"),
        ("04", {"on": FIRST_DAY - timedelta(days=1)}, "date.before_household"),
        ("04", {"reason": " "}, "reason.missing"),
        ("04", {"version": 7}, "registry.stale_version"),
        ("04", {}, ""),
    ],
)
def test_offer_of_a_person_is_refused_when_it_cannot_be(
    home: Household, goal: Household, here: Actor, relation_code: str, changes: dict[str, Any], code: str
) -> None:
    person = person_of(home, here, relation_code)
    given = {**GIVEN, **changes}

    with tenant_scope(here):
        found = refusal(offer_person, home.id, person, OTHER_COUNTY_CODE, actor=here, **given)

    assert found == code


def test_offer_names_the_household_instead_when_the_person_is_its_last_member(
    goal: Household, here: Actor, there: Actor
) -> None:
    person = person_of(goal, there, "01")

    with tenant_scope(there):
        found = refusal(offer_person, goal.id, person, here.tenant_code, actor=there, **GIVEN)

    assert found == "transfer.last_member"


def test_person_is_offered_to_one_county_at_a_time(home: Household, goal: Household, here: Actor) -> None:
    offered(home, here)

    with pytest.raises(DomainError) as refused:
        offered(home, here)
    with tenant_scope(here):
        withdraw_transfer(Transfer.objects.get().id, actor=here, reason="误报")
    key = offered(home, here)

    assert (refused.value.code, states(key, here)) == ("transfer.person_open", [("offered", "")])


# --- what is refused when it is accepted ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"relation_code": "01"}, "head.second"),
        ({"relation_code": "777"}, "code.unknown"),
        ({"relation_code": "03"}, "quality.R07-02"),
        ({"joining_code": "11"}, "transfer.reason"),
        ({"joining_code": "22"}, "code.unknown"),
        ({"reason": ""}, "reason.missing"),
        ({"version": 9}, "registry.stale_version"),
        ({}, ""),
    ],
)
def test_acceptance_of_a_person_is_refused_when_it_cannot_be(
    home: Household, goal: Household, here: Actor, there: Actor, changes: dict[str, Any], code: str
) -> None:
    offered(home, here)

    with tenant_scope(there):
        transfer = Transfer.objects.get()
        assert refusal(accept_person, transfer.id, goal.id, actor=there, **{**MARRIED, **changes}) == code


@pytest.mark.parametrize("status", ["candidate", "closed"])
def test_nobody_is_accepted_into_a_household_that_is_not_on_the_register(
    home: Household, here: Actor, there: Actor, status: str
) -> None:
    offered(home, here)
    with tenant_scope(there):
        other = registered(village_code=OTHER_VILLAGE_CODE, status="candidate")
        other.status = HouseholdStatus(status)
        Household.objects.filter(pk=other.pk).update(status=status)

        found = refusal(accept_person, Transfer.objects.get().id, other.id, actor=there, **MARRIED)

    assert found == "transfer.not_on_register"


def test_nobody_is_accepted_into_a_household_that_came_later(home: Household, here: Actor, there: Actor) -> None:
    offered(home, here)
    with tenant_scope(there):
        late = registered(village_code=OTHER_VILLAGE_CODE, on=LATER + timedelta(days=1))

        found = refusal(accept_person, Transfer.objects.get().id, late.id, actor=there, **MARRIED)

    assert found == "transfer.before_household"


def test_person_is_accepted_once(home: Household, goal: Household, here: Actor, there: Actor) -> None:
    key = offered(home, here)
    accept(key, goal, there)

    with tenant_scope(there):
        transfer = Transfer.objects.get()
        twice = refusal(accept_person, transfer.id, goal.id, actor=there, **MARRIED)
        declined = refusal(decline_transfer, transfer.id, actor=there, reason="x")
    jobs.tick()
    with tenant_scope(there):
        after = refusal(accept_person, transfer.id, goal.id, actor=there, **MARRIED)

    assert [twice, declined, after] == ["transfer.decided"] * 3
    assert states(key, here, there) == [("done", "")] * 2


def test_household_and_person_are_each_accepted_in_their_own_way(
    home: Household, goal: Household, here: Actor, there: Actor
) -> None:
    offered(home, here)
    with tenant_scope(there):
        person = Transfer.objects.get()
        as_household = refusal(accept_transfer, person.id, OTHER_VILLAGE_CODE, actor=there, reason="同意")
    with tenant_scope(here):
        offer_transfer(home.id, OTHER_COUNTY_CODE, actor=here, on=LATER, reason=REASON)
    jobs.tick()
    with tenant_scope(there):
        household = Transfer.objects.get(subject="household")
        as_person = refusal(accept_person, household.id, goal.id, actor=there, **MARRIED)

    assert [as_household, as_person] == ["transfer.other_subject"] * 2


def test_transfer_of_a_person_is_decided_by_the_right_people_alone(
    home: Household, goal: Household, here: Actor, there: Actor
) -> None:
    person = person_of(home, here)
    township = actor_of(Role.TOWNSHIP_CLERK)
    with tenant_scope(township), pytest.raises(NotAllowed):
        offer_person(home.id, person, OTHER_COUNTY_CODE, actor=township, **GIVEN)
    key = offered(home, here)

    with tenant_scope(there):
        incoming = Transfer.objects.get().id
        with pytest.raises(NotFound):
            accept_person(incoming, home.id, actor=there, **MARRIED)
    with tenant_scope(here), pytest.raises(NotFound):
        accept_person(incoming, home.id, actor=here, **MARRIED)

    assert states(key, here, there) == [("offered", "")] * 2


# --- what comes to nothing --------------------------------------------------------------------------------------------
def test_name_is_forgotten_and_nobody_moves_when_the_offer_is_declined_or_withdrawn(
    home: Household, goal: Household, here: Actor, there: Actor
) -> None:
    declined = offered(home, here)
    with tenant_scope(there):
        decline_transfer(Transfer.objects.get().id, actor=there, reason="未到本县")
    jobs.tick()
    withdrawn = offered(home, here)
    with tenant_scope(here):
        withdraw_transfer(Transfer.objects.get(key=withdrawn).id, actor=here, reason="误报")
    jobs.tick()

    assert states(declined, here, there) == [("declined", "")] * 2
    assert states(withdrawn, here, there) == [("withdrawn", "")] * 2
    assert [side(key, there).person_name for key in (declined, withdrawn)] == ["", ""]
    assert side(declined, here).answer == "未到本县"
    assert (stock(here, LATER), len(stock(there, LATER))) == ([("lifted", 1, 2)], 2)


def dies(home: Household, person: UUID, here: Actor) -> None:
    end_membership(home.id, person, actor=here, on=LATER, reason_code=DEATH_REASON)


def leaves(home: Household, person: UUID, here: Actor) -> None:
    end_membership(home.id, person, actor=here, on=LATER, reason_code="23")


def becomes_head(home: Household, person: UUID, here: Actor) -> None:
    change_head(home.id, person, former_head_relation="99", actor=here, on=LATER, reason="变更")


def founds_a_household(home: Household, person: UUID, here: Actor) -> None:
    split_household(home.id, NewHousehold(number="S1", relations={person: "01"}), actor=here, on=LATER, reason="分户")


def gets_another_name(home: Household, person: UUID, here: Actor) -> None:
    amend_person(person, {"name": "另一人"}, actor=here, version=1)


def household_is_closed(home: Household, person: UUID, here: Actor) -> None:
    change_status(home.id, "close_wrong", actor=here, on=LATER, reason="错评")


def household_grows_and_moves_on(home: Household, person: UUID, here: Actor) -> None:
    record_person_year(person, PersonYearDraft(year=2020, work_months=Decimal(3)), actor=here)


@pytest.mark.parametrize(
    ("happens", "state"),
    [
        (dies, ("lapsed", "transfer.person_died")),
        (leaves, ("lapsed", "transfer.person_left")),
        (becomes_head, ("lapsed", "transfer.head")),
        (founds_a_household, ("lapsed", "transfer.person_left")),
        (gets_another_name, ("lapsed", "transfer.person_changed")),
        (household_is_closed, ("lapsed", "transfer.person_left")),
        (household_grows_and_moves_on, ("done", "")),
    ],
)
def test_transfer_lapses_on_both_sides_when_the_person_is_not_as_offered(
    home: Household,
    goal: Household,
    here: Actor,
    there: Actor,
    happens: Callable[[Household, UUID, Actor], None],
    state: tuple[str, str],
) -> None:
    person = person_of(home, here)
    key = offered(home, here)
    accept(key, goal, there)

    with tenant_scope(here):
        happens(home, person, here)
    jobs.tick()

    assert states(key, here, there) == [state] * 2
    assert (("not_lifted", 1, 1) in stock(there, LATER)) == (state[0] == "lapsed")
    assert (side(key, there).person_name == "") == (state[0] == "lapsed")
    stock(here, LATER)


def test_transfer_lapses_when_the_last_other_member_left_meanwhile(
    home: Household, goal: Household, here: Actor, there: Actor
) -> None:
    with tenant_scope(here):
        change_head(home.id, person_of(home, here), former_head_relation="99", actor=here, on=FIRST_DAY, reason="变更")
        old = Membership.objects.get(household=home, ends_on=None, relation_code="99").person_id
    key = offered(home, here, person_id=old)
    accept(key, goal, there, relation_code="99")
    with tenant_scope(here):
        change_head(home.id, old, former_head_relation="04", actor=here, on=LATER, reason="变更")
        end_membership(home.id, person_of(home, here), actor=here, on=LATER, reason_code="23")
    jobs.tick()

    assert states(key, here, there) == [("lapsed", "transfer.last_member")] * 2


def test_transfer_lapses_when_the_household_that_takes_in_was_closed_meanwhile(
    home: Household, goal: Household, here: Actor, there: Actor
) -> None:
    key = offered(home, here)
    accept(key, goal, there)
    with tenant_scope(there):
        change_status(goal.id, "close_gone", actor=there, on=LATER, reason="整户迁离")
    jobs.tick()

    assert states(key, here, there) == [("lapsed", "transfer.not_on_register")] * 2
    assert stock(here, LATER) == [("lifted", 1, 2)]


@pytest.mark.parametrize(
    ("end_reason", "known", "state"),
    [
        ("", {}, ("lapsed", "transfer.person_on_file")),
        (DEATH_REASON, {}, ("lapsed", "person.dead")),
        ("23", {"name": "别名"}, ("lapsed", "person.another_name")),
        ("23", {}, ("done", "")),
    ],
)
def test_person_on_file_there_comes_only_as_the_same_person_who_left(
    home: Household,
    goal: Household,
    here: Actor,
    there: Actor,
    bride: PersonDraft,
    end_reason: str,
    known: dict[str, Any],
    state: tuple[str, str],
) -> None:
    with tenant_scope(there):
        members = (PersonDraftFactory.build(relation_code="01"), replace(bride, number="", **known))
        other = registered(village_code=OTHER_VILLAGE_CODE, members=members)
        person = Membership.objects.get(household=other, relation_code="04").person_id
        _end_if_asked(other, person, end_reason, there)
        count = Person.objects.count()

    key = transferred(home, goal, here, there)

    assert states(key, here, there) == [state] * 2
    with tenant_scope(there):
        assert Person.objects.count() == count
    assert stock(here, LATER) == [("lifted", 1, 1 if state[0] == "done" else 2)]


def _end_if_asked(household: Household, person: UUID, reason_code: str, actor: Actor) -> None:
    if reason_code:
        end_membership(household.id, person, actor=actor, on=FIRST_DAY, reason_code=reason_code)


# --- what the database holds, and what is told ------------------------------------------------------------------------
@pytest.mark.parametrize(
    "changes",
    [
        {"leaving_code": ""},
        {"subject": "household"},
        {"person_id": None},
        {"joining_code": "12"},
        {"state": "offered"},
    ],
)
def test_database_refuses_a_transfer_that_cannot_be(
    home: Household, goal: Household, here: Actor, there: Actor, changes: dict[str, Any]
) -> None:
    key = transferred(home, goal, here, there)

    with tenant_scope(here), pytest.raises(IntegrityError, match="transfer_"), savepoint():
        Transfer.objects.filter(key=key).update(**changes)


def test_events_tell_both_counties_where_the_person_went_and_came_from(
    home: Household, goal: Household, here: Actor, there: Actor
) -> None:
    transferred(home, goal, here, there)

    with tenant_scope(here):
        assert set(AuditDetail.objects.values_list("verb", flat=True)) >= {"households.offer_person", DONE}
        left = AuditDetail.objects.get(verb="households.end_membership", after__other_county_code=OTHER_COUNTY_CODE)
    with tenant_scope(there):
        assert set(AuditDetail.objects.values_list("verb", flat=True)) >= {"households.accept_transfer", DONE}
        came = AuditDetail.objects.get(verb="households.add_person", after__other_county_code=here.tenant_code)
    assert (left.username, came.username) == ("", "")


def test_trigger_holds_the_table_of_steps() -> None:
    armed = import_module("households.migrations.0021_arm_transfers")
    pairs = {(str(source), str(target)) for source, targets in TRANSFER_STEPS.items() for target in targets}

    assert set(armed.TRANSFER_PAIRS) == pairs


def test_offer_tells_nobody_when_who_was_never_confirmed_is_anonymised(goal: Household, here: Actor) -> None:
    with tenant_scope(here):
        members = (PersonDraftFactory.build(relation_code="01"), PersonDraftFactory.build(relation_code="04"))
        candidate = registered(status="candidate", members=members)
        set_objection_period(FIRST_DAY, days=30, actor=here)
    key = offered(candidate, here)
    with tenant_scope(here):
        withdraw_transfer(Transfer.objects.get().id, actor=here, reason="误报")
        change_status(candidate.id, "close_wrong", actor=here, on=LATER, reason="评议未通过")

    before = side(key, here).person_name
    with tenant_scope(service()) as actor:
        count = anonymise_unconfirmed(actor=actor, on=LATER + timedelta(days=30))

    assert (before != "", count, side(key, here).person_name) == (True, 2, "")


def test_who_went_to_another_county_is_not_anonymised_as_never_confirmed(
    goal: Household, here: Actor, there: Actor
) -> None:
    with tenant_scope(here):
        members = (PersonDraftFactory.build(relation_code="01"), PersonDraftFactory.build(relation_code="04"))
        candidate = registered(status="candidate", members=members)
        set_objection_period(FIRST_DAY, days=30, actor=here)
    gone = person_of(candidate, here)
    transferred(candidate, goal, here, there)
    with tenant_scope(here):
        change_status(candidate.id, "close_wrong", actor=here, on=LATER, reason="评议未通过")

    with tenant_scope(service()) as actor:
        anonymise_unconfirmed(actor=actor, on=LATER + timedelta(days=30))
        anonymised = set(Person.objects.exclude(anonymised_on=None).values_list("pk", flat=True))

    assert (len(anonymised), gone in anonymised) == (1, False)


def test_person_arrives_where_the_household_lives_when_it_moved_within_the_county_meanwhile(
    home: Household, goal: Household, here: Actor, there: Actor
) -> None:
    next_village = f"{int(OTHER_VILLAGE_CODE) + 1:012}"
    key = offered(home, here)
    accept(key, goal, there)
    with tenant_scope(there):
        VillageFactory.create(code=next_village)
        move_household(goal.id, next_village, actor=there, on=LATER, reason="搬迁")
    jobs.tick()

    assert (states(key, here, there), side(key, there).scope_code) == ([("done", "")] * 2, next_village)
    with tenant_scope(there):
        assert Membership.objects.get(relation_code="02").person.scope_code == next_village
    assert ("not_lifted", 1, 2) in stock(there, LATER)
