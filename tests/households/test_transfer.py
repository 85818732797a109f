"""Households that go to another county: both sides in one transaction, or nothing."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from assistance.models import Pairing
from households.domain.amend import amend_household
from households.domain.drafts import PersonDraft, YearDraft
from households.domain.facts import PersonYearDraft, record_household_year, record_person_year
from households.domain.members import end_membership
from households.domain.monitoring import relapse
from households.domain.relocation import record_relocation
from households.domain.transfer import accept_transfer, decline_transfer, offer_transfer, withdraw_transfer
from households.enums import DEATH_REASON
from households.models import (
    Household,
    HouseholdTie,
    HouseholdYear,
    Membership,
    MonitoringSpell,
    Person,
    PersonYear,
    Posting,
    Relocation,
    Transfer,
)
from households.queries.stocks import StockCount, posted_stock_on, stock_on
from registry import jobs
from registry.crypto import Purpose, unseal
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound
from registry.models import DueWork, Letter, Tenant
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.assistance import paired
from tests.factories.households import FIRST_DAY, PersonDraftFactory, document_number, registered
from tests.factories.tenants import (
    COUNTY_CODE,
    OTHER_COUNTY_CODE,
    OTHER_VILLAGE_CODE,
    VILLAGE_CODE,
    actor_of,
    county,
    county_office,
)
from tests.factories.villages import VillageFactory
from tests.registry.people import client_of, person, token_of

pytestmark = pytest.mark.django_db
LATER = FIRST_DAY + timedelta(days=20)
REASON = "搬迁决定2021-1"


@pytest.fixture
def here() -> Actor:
    return county_office()


@pytest.fixture
def there() -> Actor:
    actor = county_office(county(OTHER_COUNTY_CODE))
    with tenant_scope(actor):
        VillageFactory.create(code=OTHER_VILLAGE_CODE)
    return actor


def a_household(actor: Actor, **values: Any) -> Household:
    with tenant_scope(actor):
        return registered(**{"number": "A1", "status": "lifted", **values})


def offered(household: Household, actor: Actor, county_code: str = OTHER_COUNTY_CODE) -> UUID:
    with tenant_scope(actor):
        transfer = offer_transfer(household.id, county_code, actor=actor, on=LATER, reason=REASON)
    jobs.tick()
    return transfer.key


def accept(key: UUID, actor: Actor, village_code: str = OTHER_VILLAGE_CODE) -> None:
    with tenant_scope(actor):
        accept_transfer(Transfer.objects.get(key=key).id, village_code, actor=actor, reason=REASON)


def transferred(household: Household, here: Actor, there: Actor) -> UUID:
    key = offered(household, here)
    accept(key, there)
    jobs.tick()
    return key


def state(key: UUID, actor: Actor) -> tuple[str, str]:
    with tenant_scope(actor):
        transfer = Transfer.objects.get(key=key)
        return transfer.state, transfer.outcome_code


def stock(actor: Actor, day: date) -> list[StockCount]:
    with tenant_scope(actor):
        assert stock_on(day) == posted_stock_on(day)
        return stock_on(day)


def test_one_side_closes_and_the_other_opens_when_the_transfer_is_accepted(here: Actor, there: Actor) -> None:
    risk = {"monitoring_state": "identified", "monitoring_code": "1", "monitored_on": date(2020, 6, 1)}
    household = a_household(here, **risk)

    key = transferred(household, here, there)

    assert [state(key, actor) for actor in (here, there)] == [("done", "")] * 2
    before = LATER - timedelta(days=1)
    assert [(row.stock, row.households, row.persons) for row in stock(here, before)] == [
        ("lifted", 1, 2),
        ("monitored", 1, 2),
    ]
    assert (stock(here, LATER), stock(there, before)) == ([], [])
    assert stock(there, LATER) == [
        StockCount(OTHER_VILLAGE_CODE, "lifted", 1, 2),
        StockCount(OTHER_VILLAGE_CODE, "monitored", 1, 2),
    ]
    with tenant_scope(here):
        assert set(Posting.objects.filter(effective_on=LATER).values_list("kind", flat=True)) == {"moved_out"}
        assert Household.objects.get().status == "closed"
        assert set(Membership.objects.values_list("ends_on", "end_reason_code")) == {(LATER, "transferred")}
        assert HouseholdTie.objects.values_list("kind", "other_county_code", "effective_on").get() == (
            "went_to",
            OTHER_COUNTY_CODE,
            LATER,
        )
    with tenant_scope(there):
        assert set(Posting.objects.values_list("kind", flat=True)) == {"moved_in"}
        assert MonitoringSpell.objects.get().starts_on == date(2020, 6, 1)
        assert HouseholdTie.objects.values_list("kind", "other_number", "other_county_code").get() == (
            "came_from",
            "A1",
            COUNTY_CODE,
        )


def test_copy_holds_facts_years_and_values_sealed_anew_when_done(here: Actor, there: Actor) -> None:
    head, child = (
        PersonDraftFactory.build(relation_code="01", phone="17910000003"),
        PersonDraftFactory.build(relation_code="03", document_number="", sex_code="1", number="", birth_on=FIRST_DAY),
    )
    household = a_household(here, members=(head, child), phone="17910000001", account="6222020000000000000")
    with tenant_scope(here):
        year = YearDraft(year=2019, is_declared=True, net_per_head_yuan=Decimal(6000), source="手册")
        record_household_year(household.pk, year, actor=here)
        person = Membership.objects.get(relation_code="03").person_id
        record_person_year(person, PersonYearDraft(year=2019, health_codes=("1",)), actor=here)
        record_relocation(household.pk, {"site_name": "安置点", "task_year": 2019}, actor=here)

    transferred(household, here, there)

    with tenant_scope(there):
        copy = Household.objects.get()
        assert (copy.number, copy.main_cause_code, copy.scope_code) == ("A1", "01", OTHER_VILLAGE_CODE)
        assert copy.phone_sealed is not None
        assert copy.account_sealed is not None
        assert unseal(copy.phone_sealed, Purpose.PHONE, tenant_id=there.tenant_id) == "17910000001"
        assert unseal(copy.account_sealed, Purpose.ACCOUNT, tenant_id=there.tenant_id) == "6222020000000000000"
        arrived = Membership.objects.get(relation_code="01").person
        assert unseal(arrived.document_sealed, Purpose.DOCUMENT, tenant_id=there.tenant_id) == head.document_number
        assert (arrived.number, arrived.name) == (head.number, head.name)
        assert HouseholdYear.objects.get().net_per_head_yuan == 6000
        relocation = Relocation.objects.get()
        assert (relocation.household_id, relocation.site_name, relocation.version) == (copy.id, "安置点", 1)
        assert PersonYear.objects.get().person_id == Membership.objects.get(relation_code="03").person_id
        assert set(Membership.objects.values_list("starts_on", flat=True)) == {None}


def test_letters_hold_no_document_and_are_empty_when_delivered(here: Actor, there: Actor) -> None:
    household = a_household(here)

    transferred(household, here, there)

    assert [bytes(payload) for payload in Letter.objects.values_list("payload", flat=True)] == [b"", b""]


def test_pairings_end_at_the_source_when_the_household_went(here: Actor, there: Actor) -> None:
    household = a_household(here)
    with tenant_scope(here):
        paired(household)

    transferred(household, here, there)

    with tenant_scope(here):
        assert Pairing.objects.get().ends_on == LATER


def test_nothing_changes_but_the_state_when_the_offer_is_declined(here: Actor, there: Actor) -> None:
    key = offered(a_household(here), here)
    with tenant_scope(there):
        decline_transfer(Transfer.objects.get().id, actor=there, reason="人在原县")
    jobs.tick()

    assert [state(key, actor) for actor in (here, there)] == [("declined", "")] * 2
    with tenant_scope(here):
        assert (Household.objects.get().status, Transfer.objects.get().answer) == ("lifted", "人在原县")
    with tenant_scope(there):
        assert (Household.objects.count(), Transfer.objects.get().head_name) == (0, "")


def test_acceptance_and_refusal_are_refused_when_accepted_already(here: Actor, there: Actor) -> None:
    key = offered(a_household(here), here)
    accept(key, there)

    with pytest.raises(Conflict, match=r"decided already|已经"):
        accept(key, there)
    with tenant_scope(there), pytest.raises(Conflict, match=r"decided already|已经"):
        decline_transfer(Transfer.objects.get().id, actor=there, reason="x")
    jobs.tick()
    with tenant_scope(here), pytest.raises(Conflict, match=r"decided already|已经"):
        withdraw_transfer(Transfer.objects.get().id, actor=here, reason="x")

    assert state(key, there) == ("done", "")


def test_transfer_lapses_on_both_sides_when_the_household_changed_meanwhile(here: Actor, there: Actor) -> None:
    household = a_household(here)
    key = offered(household, here)
    with tenant_scope(here):
        amend_household(household.id, {"group_name": "二组"}, actor=here, version=1)
    accept(key, there)
    jobs.tick()

    assert [state(key, actor) for actor in (here, there)] == [("lapsed", "transfer.changed")] * 2
    with tenant_scope(here):
        assert Household.objects.get().status == "lifted"
    assert stock(there, LATER) == []


def test_transfer_is_withdrawn_on_both_sides_when_taken_back_before_the_acceptance_arrives(
    here: Actor, there: Actor
) -> None:
    key = offered(a_household(here), here)
    accept(key, there)
    with tenant_scope(here):
        withdraw_transfer(Transfer.objects.get().id, actor=here, reason="误报")
    jobs.tick()

    assert state(key, here) == ("withdrawn", "")
    assert state(key, there)[0] in {"withdrawn", "lapsed"}
    assert (stock(there, LATER), len(stock(here, LATER))) == ([], 1)


def test_transfer_lapses_when_a_member_lives_in_a_household_of_the_receiver(here: Actor, there: Actor) -> None:
    spouse: PersonDraft = PersonDraftFactory.build()
    household = a_household(here, members=(PersonDraftFactory.build(relation_code="01"), spouse))
    with tenant_scope(there):
        registered(village_code=OTHER_VILLAGE_CODE, members=(replace(spouse, relation_code="01", number=""),))

    key = transferred(household, here, there)

    assert [state(key, actor) for actor in (here, there)] == [("lapsed", "transfer.person_on_file")] * 2
    with tenant_scope(here):
        assert Household.objects.get().status == "lifted"
        assert Membership.objects.filter(ends_on=None).count() == 2
    with tenant_scope(there):
        assert (Household.objects.count(), Person.objects.count()) == (1, 1)


def test_acceptance_is_refused_when_the_number_is_on_file_there(here: Actor, there: Actor) -> None:
    a_household(there, village_code=OTHER_VILLAGE_CODE)
    key = offered(a_household(here), here)

    with pytest.raises(Conflict) as refused:
        accept(key, there)

    assert (refused.value.code, state(key, there)) == ("transfer.number_on_file", ("offered", ""))


@pytest.mark.parametrize("code", [COUNTY_CODE, "549999000000", "000000000000"])
def test_offer_is_refused_when_its_receiver_is_no_other_county(here: Actor, code: str) -> None:
    household = a_household(here)

    with tenant_scope(here), pytest.raises(DomainError) as refused:
        offer_transfer(household.id, code, actor=here, on=LATER, reason=REASON)

    assert refused.value.code == "letter.no_such_receiver"


def test_offer_is_refused_when_one_is_open_and_stands_anew_when_withdrawn(here: Actor, there: Actor) -> None:
    household = a_household(here)
    offered(household, here)

    with pytest.raises(Conflict, match=r"offered to a county already|已向"):
        offered(household, here)
    with tenant_scope(here):
        withdraw_transfer(Transfer.objects.get().id, actor=here, reason="误报")
    key = offered(household, here)
    accept(key, there)
    jobs.tick()

    assert state(key, here) == ("done", "")


def test_offer_is_taken_back_when_the_other_county_went_out_of_service(here: Actor, there: Actor) -> None:
    key = offered(a_household(here), here)
    Tenant.objects.filter(code=OTHER_COUNTY_CODE).update(is_active=False)

    with tenant_scope(here):
        withdraw_transfer(Transfer.objects.get().id, actor=here, reason="误报")
    jobs.tick()
    waiting = state(key, there)
    Tenant.objects.filter(code=OTHER_COUNTY_CODE).update(is_active=True)
    DueWork.objects.update(due_at=timezone.now())
    jobs.tick()

    assert (state(key, here), waiting, state(key, there)) == (("withdrawn", ""), ("offered", ""), ("withdrawn", ""))


def test_transfer_is_seen_and_decided_by_the_right_people_alone(here: Actor, there: Actor) -> None:
    household = a_household(here)
    key = offered(household, here)
    clerk = actor_of(Role.TOWNSHIP_CLERK, tenant=county(OTHER_COUNTY_CODE), area="549902100000")

    with tenant_scope(clerk), pytest.raises(NotFound):
        accept_transfer(_id_of(key, there), OTHER_VILLAGE_CODE, actor=clerk, reason=REASON)
    township = actor_of(Role.TOWNSHIP_CLERK)
    with tenant_scope(township), pytest.raises(NotAllowed):
        offer_transfer(household.id, OTHER_COUNTY_CODE, actor=township, on=LATER, reason=REASON)
    with tenant_scope(there), pytest.raises(NotFound):
        accept_transfer(_id_of(key, there), VILLAGE_CODE, actor=there, reason=REASON)

    assert state(key, there) == ("offered", "")


def _id_of(key: UUID, actor: Actor) -> UUID:
    with tenant_scope(actor):
        return Transfer.objects.get(key=key).id


def test_transfer_lapses_when_a_member_is_on_file_as_dead_at_the_receiver(here: Actor, there: Actor) -> None:
    spouse: PersonDraft = PersonDraftFactory.build()
    household = a_household(here, members=(PersonDraftFactory.build(relation_code="01"), spouse))
    with tenant_scope(there):
        other = registered(
            village_code=OTHER_VILLAGE_CODE,
            members=(PersonDraftFactory.build(relation_code="01"), replace(spouse, number="")),
        )
        dead = Membership.objects.get(relation_code="02").person_id
        end_membership(other.id, dead, actor=there, on=FIRST_DAY, reason_code=DEATH_REASON)

    key = transferred(household, here, there)

    assert [state(key, actor) for actor in (here, there)] == [("lapsed", "draft.person_dead")] * 2


def test_years_arrive_when_a_member_is_on_file_there_under_the_identity_card(here: Actor, there: Actor) -> None:
    card = document_number(77)
    member: PersonDraft = PersonDraftFactory.build(relation_code="02", document_number=f"{card}21")
    household = a_household(here, members=(PersonDraftFactory.build(relation_code="01"), member))
    with tenant_scope(there):
        known = replace(member, document_number=card, number="")
        other = registered(
            village_code=OTHER_VILLAGE_CODE, members=(PersonDraftFactory.build(relation_code="01"), known)
        )
        person = Membership.objects.get(relation_code="02").person_id
        end_membership(other.id, person, actor=there, on=LATER, reason_code="23")
    with tenant_scope(here):
        gone = Membership.objects.get(relation_code="02").person_id
        record_person_year(gone, PersonYearDraft(year=2019, health_codes=("1",)), actor=here)

    key = transferred(household, here, there)

    assert state(key, there) == ("done", "")
    with tenant_scope(there):
        assert PersonYear.objects.get().person_id == person


def test_years_stay_with_their_person_when_two_without_a_number_have_one_name(here: Actor, there: Actor) -> None:
    nobody = {"document_number": "", "number": "", "name": "无名", "birth_on": FIRST_DAY}
    kinds = {"03": "1", "04": "2"}
    children = [PersonDraftFactory.build(relation_code=code, sex_code=sex, **nobody) for code, sex in kinds.items()]
    household = a_household(here, members=(PersonDraftFactory.build(relation_code="01"), *children))
    with tenant_scope(here):
        for person in Person.objects.filter(is_placeholder=True):
            record_person_year(person.id, PersonYearDraft(year=2019, work_months=Decimal(person.sex_code)), actor=here)

    transferred(household, here, there)

    with tenant_scope(there):
        assert set(PersonYear.objects.values_list("person__sex_code", "work_months")) == {
            ("1", Decimal(1)),
            ("2", Decimal(2)),
        }


def test_start_of_the_monitoring_goes_along_when_an_earlier_one_began_on_no_known_day(
    here: Actor, there: Actor
) -> None:
    household = a_household(here, monitoring_state="removed", monitoring_code="1")
    with tenant_scope(here):
        relapse(household.id, "2", actor=here, on=FIRST_DAY + timedelta(days=5), reason=REASON)

    transferred(household, here, there)

    with tenant_scope(there):
        assert MonitoringSpell.objects.get().starts_on == FIRST_DAY + timedelta(days=5)


def test_household_that_went_at_risk_is_nowhere_shown_as_one_whose_risk_was_removed(here: Actor, there: Actor) -> None:
    household = a_household(here, monitoring_state="identified", monitoring_code="1")
    transferred(household, here, there)
    removed = a_household(here, number="A2", monitoring_state="removed", monitoring_code="1")
    account = person(Role.COUNTY_OFFICE)
    program = Client(headers={"authorization": f"Bearer {token_of(account, Role.COUNTY_OFFICE)}"})
    site = client_of(account)
    rows, pages = "/api/v1/households/", "/admin/households/household/"

    ended = program.get(f"{rows}?monitoring_state=ended").json()["results"]
    gone = program.get(f"{rows}?monitoring_state=removed").json()["results"]
    both = program.get(f"{rows}?monitoring_state=removed&monitoring_state=ended").json()["results"]
    listed = site.get(f"{pages}?monitoring_state=ended").content.decode()
    told = site.get(f"/admin/households/{household.id}/timeline/").content.decode()

    assert [(row["id"], row["monitoring_state"]) for row in ended] == [(str(household.id), "ended")]
    assert [(row["id"], row["monitoring_state"]) for row in gone] == [(str(removed.id), "removed")]
    assert (len(both), program.get(f"{rows}{household.id}/").json()["monitoring_state"]) == (2, "ended")
    assert (">A1<" in listed, ">A2<" in listed, "Gone to another county" in listed) == (True, False, True)
    assert ("Gone to another county" in told, "Risk removed" in told) == (True, False)
