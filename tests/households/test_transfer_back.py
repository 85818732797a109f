"""Who went to another county and comes back: the same household under the same number, and the same person."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError

from households.domain.amend import amend_household, amend_person
from households.domain.drafts import PersonDraft, YearDraft
from households.domain.facts import record_household_year
from households.domain.members import add_person, end_membership
from households.domain.monitoring import identify_for_monitoring, remove_risk
from households.domain.person_transfer import accept_person, offer_person
from households.domain.reinstate import reinstate_member
from households.domain.status import change_status
from households.domain.take_back import take_back
from households.domain.transfer import accept_transfer, offer_transfer
from households.models import Household, HouseholdTie, Membership, MonitoringSpell, Person, Posting, Transfer
from households.queries.stocks import StockCount, posted_stock_on, stock_on
from registry import jobs
from registry.lib.errors import Conflict, DomainError
from registry.models import AuditDetail
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.households import FIRST_DAY, PersonDraftFactory, registered
from tests.factories.tenants import (
    NEXT_VILLAGE_CODE,
    OTHER_COUNTY_CODE,
    OTHER_VILLAGE_CODE,
    VILLAGE_CODE,
    county,
    county_office,
)
from tests.factories.villages import VillageFactory

pytestmark = pytest.mark.django_db
WENT = FIRST_DAY + timedelta(days=10)
BACK = FIRST_DAY + timedelta(days=30)
REASON = "搬迁决定2021-1"


@pytest.fixture
def here() -> Actor:
    actor = county_office()
    with tenant_scope(actor):
        VillageFactory.create(code=VILLAGE_CODE)
        VillageFactory.create(code=NEXT_VILLAGE_CODE)
    return actor


@pytest.fixture
def there() -> Actor:
    actor = county_office(county(OTHER_COUNTY_CODE))
    with tenant_scope(actor):
        VillageFactory.create(code=OTHER_VILLAGE_CODE)
    return actor


def a_household(actor: Actor, **values: Any) -> Household:
    with tenant_scope(actor):
        return registered(**{"number": "A1", "status": "lifted", **values})


def goes(number: str, source: Actor, receiver: Actor, on: date, village_code: str) -> Transfer:
    """Offer the household of the number, accept it, and give the receiver's side once the letters arrived."""
    with tenant_scope(source):
        household = Household.objects.get(number=number)
        key = offer_transfer(household.id, receiver.tenant_code, actor=source, on=on, reason=REASON).key
    jobs.tick()
    with tenant_scope(receiver):
        accept_transfer(Transfer.objects.get(key=key).id, village_code, actor=receiver, reason=REASON)
    jobs.tick()
    with tenant_scope(receiver):
        return Transfer.objects.get(key=key)


def there_and_back(here: Actor, there: Actor, village_code: str = VILLAGE_CODE) -> Transfer:
    goes("A1", here, there, WENT, OTHER_VILLAGE_CODE)
    return goes("A1", there, here, BACK, village_code)


def stock(actor: Actor, day: date) -> list[tuple[str, str, int, int]]:
    with tenant_scope(actor):
        counted: list[StockCount] = stock_on(day)
        assert counted == posted_stock_on(day)
        return [(row.village_code, row.stock, row.households, row.persons) for row in counted]


def days_that_differ(actor: Actor) -> list[date]:
    with tenant_scope(actor):
        days = [FIRST_DAY + timedelta(days=number) for number in range(45)]
        return [day for day in days if stock_on(day) != posted_stock_on(day)]


def test_household_that_comes_back_is_the_one_that_went(here: Actor, there: Actor) -> None:
    household = a_household(here)

    done = there_and_back(here, there, NEXT_VILLAGE_CODE)

    assert (done.state, done.outcome_code, done.household_id) == ("done", "", household.id)
    with tenant_scope(here):
        again = Household.objects.get()
        ties = list(HouseholdTie.objects.order_by("effective_on").values_list("kind", "other_county_code"))
        members = Membership.objects.filter(household=again, ends_on=None)
        assert (again.status, again.scope_code, members.count()) == ("lifted", NEXT_VILLAGE_CODE, 2)
        assert Person.objects.count() == 2
        assert set(Posting.objects.values_list("scope_code", flat=True)) == {NEXT_VILLAGE_CODE}
    assert ties == [("went_to", OTHER_COUNTY_CODE), ("came_from", OTHER_COUNTY_CODE)]
    assert [stock(here, day) for day in (WENT - timedelta(days=1), WENT, BACK)] == [
        [(VILLAGE_CODE, "lifted", 1, 2)], [], [(NEXT_VILLAGE_CODE, "lifted", 1, 2)],
    ]  # fmt: skip
    assert [stock(there, day) for day in (WENT, BACK)] == [[(OTHER_VILLAGE_CODE, "lifted", 1, 2)], []]


def test_both_ledgers_hold_when_much_happened_in_the_other_county(here: Actor, there: Actor) -> None:
    child = PersonDraftFactory.build(document_number="", sex_code="1", relation_code="03", number="")
    a_household(here, status="filed", members=(PersonDraftFactory.build(relation_code="01"), child))
    goes("A1", here, there, WENT, OTHER_VILLAGE_CODE)
    with tenant_scope(there):
        away = Household.objects.get()
        born = PersonDraftFactory.build(document_number="", sex_code="2", relation_code="04")
        add_person(away.id, born, actor=there, on=WENT + timedelta(days=3), reason_code="11")
        change_status(away.id, "lift", actor=there, on=WENT + timedelta(days=5), reason="脱贫公告")
        identify_for_monitoring(away.id, "2", actor=there, on=WENT + timedelta(days=6), reason="预警")

    done = goes("A1", there, here, BACK, VILLAGE_CODE)

    assert (done.state, done.outcome_code) == ("done", "")
    assert stock(here, BACK) == [(VILLAGE_CODE, "lifted", 1, 3), (VILLAGE_CODE, "monitored", 1, 3)]
    assert (days_that_differ(here), days_that_differ(there)) == ([], [])
    with tenant_scope(here):
        # The child without document and number is the one who went.
        assert Person.objects.count() == 3
        assert list(MonitoringSpell.objects.values_list("starts_on", "ends_on")) == [(BACK, None)]


def test_risk_that_went_along_and_was_removed_there_stays_removed(here: Actor, there: Actor) -> None:
    a_household(here, monitoring_state="identified", monitoring_code="1")
    goes("A1", here, there, WENT, OTHER_VILLAGE_CODE)
    with tenant_scope(there):
        remove_risk(Household.objects.get().id, "2", actor=there, on=WENT + timedelta(days=3), reason="评议")

    goes("A1", there, here, BACK, VILLAGE_CODE)

    with tenant_scope(here):
        assert Household.objects.get().monitoring_state == "removed"
    assert (days_that_differ(here), days_that_differ(there)) == ([], [])


def test_years_on_file_stay_and_those_since_come_along(here: Actor, there: Actor) -> None:
    household = a_household(here, facts=YearDraft(year=2019, safe_water=True))
    goes("A1", here, there, WENT, OTHER_VILLAGE_CODE)
    with tenant_scope(there):
        record_household_year(Household.objects.get().id, YearDraft(year=2020, safe_water=False), actor=there)

    goes("A1", there, here, BACK, VILLAGE_CODE)

    with tenant_scope(here):
        assert dict(household.years.values_list("year", "safe_water")) == {2019: True, 2020: False}


def test_household_goes_and_comes_twice(here: Actor, there: Actor) -> None:
    a_household(here)
    there_and_back(here, there)

    goes("A1", here, there, BACK + timedelta(days=2), OTHER_VILLAGE_CODE)
    done = goes("A1", there, here, BACK + timedelta(days=4), VILLAGE_CODE)

    assert done.state == "done"
    assert (days_that_differ(here), days_that_differ(there)) == ([], [])


def test_nobody_joins_before_the_household_came_back(here: Actor, there: Actor) -> None:
    household = a_household(here)
    there_and_back(here, there)
    draft = PersonDraftFactory.build(relation_code="03")

    with tenant_scope(here), pytest.raises(DomainError) as refused:
        add_person(household.id, draft, actor=here, on=WENT + timedelta(days=3), reason_code="13")

    assert (refused.value.code, BACK.isoformat() in str(refused.value)) == ("date.before_household", True)


def test_number_of_strangers_is_refused_at_the_delivery(here: Actor, there: Actor) -> None:
    a_household(here)
    goes("A1", here, there, WENT, OTHER_VILLAGE_CODE)
    with tenant_scope(there):
        change_status(Household.objects.get().id, "close_gone", actor=there, on=BACK, reason="整户迁出")
        stranger = registered(number="B1", village_code=OTHER_VILLAGE_CODE, on=BACK)
        gone = Household.objects.get(number="A1")
        amend_household(gone.id, {"number": "C1"}, actor=there, version=gone.version)
        amend_household(stranger.id, {"number": "A1"}, actor=there, version=1)

    done = goes("A1", there, here, BACK, VILLAGE_CODE)

    assert (done.state, done.outcome_code) == ("lapsed", "transfer.number_on_file")
    with tenant_scope(here):
        assert Household.objects.get().status == "closed"


def test_number_closed_for_another_reason_is_refused_when_accepted(here: Actor, there: Actor) -> None:
    with tenant_scope(here):
        change_status(registered(number="A1").id, "close_gone", actor=here, on=WENT, reason="整户迁出")
    a_household(there, village_code=OTHER_VILLAGE_CODE)

    with pytest.raises(Conflict) as refused:
        goes("A1", there, here, BACK, VILLAGE_CODE)

    assert refused.value.code == "transfer.number_on_file"


def test_database_opens_no_closed_household_without_an_accepted_offer(here: Actor, there: Actor) -> None:
    household = a_household(here)
    goes("A1", here, there, WENT, OTHER_VILLAGE_CODE)

    with tenant_scope(here), pytest.raises(IntegrityError, match="status_workflow"), savepoint():
        Household.objects.filter(pk=household.pk).update(status="filed")


def test_database_opens_no_household_that_ended_here_for_the_offer_of_strangers(here: Actor, there: Actor) -> None:
    with tenant_scope(here):
        change_status(registered(number="A1").id, "close_gone", actor=here, on=WENT, reason="整户迁出")
    a_household(there, village_code=OTHER_VILLAGE_CODE)
    with tenant_scope(there):
        offer_transfer(Household.objects.get().id, here.tenant_code, actor=there, on=BACK, reason=REASON)
    jobs.tick()

    with tenant_scope(here):
        Transfer.objects.update(state="accepted")
        with pytest.raises(IntegrityError, match="status_workflow"), savepoint():
            Household.objects.update(status="filed")


def test_wrong_death_before_the_household_went_and_came_back_is_taken_back_until_it_went(
    here: Actor, there: Actor
) -> None:
    household = a_household(here)
    with tenant_scope(here):
        person_id = Membership.objects.get(relation_code="02").person_id
        end_membership(household.id, person_id, actor=here, on=FIRST_DAY + timedelta(days=5), reason_code="21")
    there_and_back(here, there)

    with tenant_scope(here):
        again = reinstate_member(household.id, person_id, actor=here, reason="误登")
        ended = (again.ends_on, again.end_reason_code)
        back = take_back(person_id, household.id, relation_code="02", actor=here, on=BACK, reason_code="15")

    assert (ended, back.starts_on, back.person_id) == ((WENT, "transferred"), BACK, person_id)
    assert days_that_differ(here) == []
    assert [row[2:] for row in stock(here, BACK)] == [(1, 2)]


def test_wrong_death_is_taken_back_by_stock_when_the_household_was_lifted_on_the_day_on_which_it_went(
    here: Actor, there: Actor
) -> None:
    household = a_household(here, status="filed")
    with tenant_scope(here):
        person_id = Membership.objects.get(relation_code="02").person_id
        end_membership(household.id, person_id, actor=here, on=FIRST_DAY + timedelta(days=5), reason_code="21")
        change_status(household.id, "lift", actor=here, on=WENT, reason="脱贫公告")
    there_and_back(here, there)

    with tenant_scope(here):
        reinstate_member(household.id, person_id, actor=here, reason="误登")

    assert days_that_differ(here) == []


def test_wrong_leaving_is_taken_back_by_stock_when_the_household_went_and_came_back_that_day(
    here: Actor, there: Actor
) -> None:
    household = a_household(here)
    with tenant_scope(here):
        person_id = Membership.objects.get(relation_code="02").person_id
        end_membership(household.id, person_id, actor=here, on=WENT, reason_code="21")
    goes("A1", here, there, WENT, OTHER_VILLAGE_CODE)
    goes("A1", there, here, WENT, VILLAGE_CODE)

    with tenant_scope(here):
        reinstate_member(household.id, person_id, actor=here, reason="误登")

    assert days_that_differ(here) == []


def test_who_left_on_the_day_on_which_the_household_went_was_not_sent_away(here: Actor, there: Actor) -> None:
    alone = PersonDraftFactory.build(document_number="", number="P1", sex_code="1", relation_code="03")
    household = a_household(here, members=(PersonDraftFactory.build(relation_code="01"), alone))
    other = a_household(here, number="A2")
    with tenant_scope(here):
        person_id = Membership.objects.get(relation_code="03").person_id
        end_membership(household.id, person_id, actor=here, on=WENT, reason_code="24")
    goes("A1", here, there, WENT, OTHER_VILLAGE_CODE)

    with tenant_scope(here):
        back = take_back(person_id, other.id, relation_code="99", actor=here, on=WENT, reason_code="15")

    assert back.household_id == other.id


def test_household_brings_back_by_letter_who_was_sent_away_alone(here: Actor, there: Actor) -> None:
    alone = PersonDraftFactory.build(document_number="", number="P1", sex_code="1", relation_code="03")
    a_household(here, members=(PersonDraftFactory.build(relation_code="01"), alone))
    goal = a_household(there, number="B1", village_code=OTHER_VILLAGE_CODE)
    with tenant_scope(here):
        person_id = Membership.objects.get(relation_code="03").person_id
    sends(here, there, person_id, goal, WENT)

    done = goes("B1", there, here, BACK, VILLAGE_CODE)

    with tenant_scope(here):
        assert (done.state, Membership.objects.get(person=person_id, ends_on=None).household_id) == (
            "done", done.household_id,
        )  # fmt: skip
    assert (days_that_differ(here), days_that_differ(there)) == ([], [])


def test_two_alike_without_number_come_back_each_as_one_of_those_who_went(here: Actor, there: Actor) -> None:
    twin = PersonDraftFactory.build(document_number="", number="", name="示例双生", sex_code="1", relation_code="03")
    members = (PersonDraftFactory.build(relation_code="01"), twin, twin)
    a_household(here, members=members)
    with tenant_scope(here):
        went = set(Membership.objects.values_list("person_id", flat=True))

    transfer = there_and_back(here, there)

    with tenant_scope(here):
        now = Membership.objects.filter(ends_on__isnull=True).values_list("person_id", flat=True)
        assert (transfer.state, set(now), len(now)) == ("done", went, 3)


def test_of_two_alike_the_one_who_went_comes_back_and_not_the_one_who_lives_elsewhere_here(
    here: Actor, there: Actor
) -> None:
    twin = PersonDraftFactory.build(document_number="", number="", name="示例双生", sex_code="1", relation_code="03")
    household = a_household(here, members=(PersonDraftFactory.build(relation_code="01"), twin, twin))
    other = a_household(here, number="A2")
    with tenant_scope(here):
        (moved, stayed) = Membership.objects.filter(relation_code="03").order_by("person_id")
        end_membership(household.id, moved.person_id, actor=here, on=FIRST_DAY, reason_code="24")
        take_back(moved.person_id, other.id, relation_code="99", actor=here, on=FIRST_DAY, reason_code="15")

    done = there_and_back(here, there)

    with tenant_scope(here):
        back = Membership.objects.get(household=household, person=stayed.person_id, ends_on=None)
        assert (done.state, back.starts_on) == ("done", BACK)


# --- one person -------------------------------------------------------------------------------------------------------
def sends(source: Actor, receiver: Actor, person_id: UUID, into: Household, on: date) -> Transfer:
    """Offer the person, accept into the household, and give the receiver's side once the letters arrived."""
    with tenant_scope(source):
        home = Membership.objects.get(person=person_id, ends_on=None).household_id
        given: dict[str, Any] = {"on": on, "leaving_code": "22", "reason": REASON}
        key = offer_person(home, person_id, receiver.tenant_code, actor=source, **given).key
    jobs.tick()
    with tenant_scope(receiver):
        answer: dict[str, Any] = {"relation_code": "99", "joining_code": "12", "reason": REASON}
        accept_person(Transfer.objects.get(key=key).id, into.id, actor=receiver, **answer)
    jobs.tick()
    with tenant_scope(receiver):
        return Transfer.objects.get(key=key)


WITHOUT = PersonDraft(name="示例某某", sex_code="2", relation_code="99")


@pytest.mark.parametrize(
    "member", [PersonDraftFactory.build(), replace(WITHOUT, number="P1"), WITHOUT], ids=["document", "number", "name"]
)
def test_person_who_was_sent_away_comes_back_as_the_same_person(member: PersonDraft, here: Actor, there: Actor) -> None:
    home = a_household(here, members=(PersonDraftFactory.build(relation_code="01"), member))
    goal = a_household(there, number="B1", village_code=OTHER_VILLAGE_CODE)
    with tenant_scope(here):
        person = Membership.objects.exclude(relation_code="01").get().person_id

    away = sends(here, there, person, goal, WENT)
    assert away.person_id is not None
    back = sends(there, here, away.person_id, home, BACK)

    assert (back.state, back.person_id) == ("done", person)
    assert (days_that_differ(here), days_that_differ(there)) == ([], [])


def test_person_who_got_a_document_there_comes_back_with_it(here: Actor, there: Actor) -> None:
    home = a_household(here, members=(PersonDraftFactory.build(relation_code="01"), WITHOUT))
    goal = a_household(there, number="B1", village_code=OTHER_VILLAGE_CODE)
    with tenant_scope(here):
        person = Membership.objects.exclude(relation_code="01").get().person_id
    away = sends(here, there, person, goal, WENT)
    number = PersonDraftFactory.build(relation_code="04").document_number
    with tenant_scope(there):
        known = Membership.objects.get(person=away.person_id, ends_on=None).person
        amend_person(known.id, {"document_number": number}, actor=there, version=known.version)

    back = sends(there, here, known.id, home, BACK)

    assert (back.state, back.outcome_code, back.person_id) == ("done", "", person)
    with tenant_scope(here):
        again = Person.objects.get(pk=person)
    assert (again.is_placeholder, again.claim_index is not None) == (False, True)


def test_person_who_got_a_document_there_comes_back_as_who_is_on_file_under_it(here: Actor, there: Actor) -> None:
    member = PersonDraftFactory.build(name=WITHOUT.name)
    home = a_household(here, members=(PersonDraftFactory.build(relation_code="01"), WITHOUT, member))
    goal = a_household(there, number="B1", village_code=OTHER_VILLAGE_CODE)
    with tenant_scope(here):
        person = Membership.objects.get(relation_code="99").person_id
        double = Membership.objects.get(relation_code="02").person_id
        end_membership(home.id, double, actor=here, on=WENT, reason_code="29")
    away = sends(here, there, person, goal, WENT)
    with tenant_scope(there):
        known = Membership.objects.get(person=away.person_id, ends_on=None).person
        amend_person(known.id, {"document_number": member.document_number}, actor=there, version=known.version)

    back = sends(there, here, known.id, home, BACK)

    assert (back.state, back.outcome_code, back.person_id) == ("done", "", double)


def test_person_who_died_here_on_file_does_not_come_back(here: Actor, there: Actor) -> None:
    member = PersonDraftFactory.build()
    home = a_household(here, members=(PersonDraftFactory.build(relation_code="01"), member))
    goal = a_household(there, number="B1", village_code=OTHER_VILLAGE_CODE)
    with tenant_scope(here):
        person = Membership.objects.get(relation_code="02").person_id
        end_membership(home.id, person, actor=here, on=WENT, reason_code="21")
    with tenant_scope(there):
        double = add_person(goal.id, member, actor=there, on=WENT, reason_code="13").person_id

    back = sends(there, here, double, home, BACK)

    assert (back.state, back.outcome_code) == ("lapsed", "person.dead")


def test_who_was_sent_away_without_a_document_joins_again_only_by_the_other_countys_word(
    here: Actor, there: Actor
) -> None:
    alone = PersonDraftFactory.build(document_number="", number="P1", sex_code="1", relation_code="03")
    home = a_household(here, members=(PersonDraftFactory.build(relation_code="01"), alone))
    goal = a_household(there, number="B1", village_code=OTHER_VILLAGE_CODE)
    with tenant_scope(here):
        person_id = Membership.objects.get(relation_code="03").person_id
    sends(here, there, person_id, goal, WENT)
    given: dict[str, Any] = {"relation_code": "03", "actor": here, "on": BACK, "reason_code": "15"}

    # The number is meant in its normal form, and the document number stands for none.
    typed = replace(alone, number=" P1 ", document_number="999999198001010011")
    listed = replace(alone, relation_code="01", starts_on=BACK, starts_precision="day")
    with tenant_scope(here):
        with pytest.raises(Conflict) as refused:
            take_back(person_id, home.id, **given)
        with pytest.raises(Conflict) as entered:
            add_person(home.id, typed, actor=here, on=BACK, reason_code="15")
        with pytest.raises(DomainError) as rostered, savepoint():
            registered(on=BACK, members=(listed,))
        back = take_back(person_id, home.id, **given, other_countys_word="该县电话答复：已不在任何户内")

    with tenant_scope(here):
        told = AuditDetail.objects.get(verb="households.take_back")
    assert (refused.value.code, refused.value.field) == ("person.sent_away", "other_countys_word")
    assert (entered.value.code, back.person_id) == ("person.sent_away", person_id)
    assert rostered.value.code == "draft.person_sent_away"
    assert told.reason.startswith("该县电话答复")
