"""Households that are split and merged: who counts where, who leads, and what is refused."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from assistance.domain.pairing import hand_over, let_unit_stand_in
from assistance.models import Pairing
from households.domain.merge import merge_households
from households.domain.split import NewHousehold, split_household
from households.models import Household, HouseholdTie, Membership, MonitoringSpell, Person, Posting
from households.queries.stocks import posted_stock_on, stock_on
from registry.enums import Role
from registry.lib.errors import DomainError, NotAllowed, NotFound, StaleVersion
from registry.models import AuditDetail
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.assistance import HelperFactory, paired
from tests.factories.households import FIRST_DAY, PersonDraftFactory, registered
from tests.factories.tenants import FAR_VILLAGE_CODE, VILLAGE_CODE, actor_of
from tests.factories.villages import VillageFactory

LATER = FIRST_DAY + timedelta(days=20)
AFTER = LATER + timedelta(days=10)


def of_three(**values: Any) -> Household:
    members = tuple(PersonDraftFactory.build(relation_code=code) for code in ("01", "02", "03"))
    return registered(**{"members": members, "status": "filed", **values})


def person(household: Household, relation_code: str = "03") -> UUID:
    return Membership.objects.get(household=household, relation_code=relation_code, ends_on=None).person_id


def split(household: Household, actor: Actor, **values: Any) -> Household:
    on, version = values.pop("on", LATER), values.pop("version", None)
    new = NewHousehold(**{"number": "B1", "relations": {person(household): "01"}, **values})
    return split_household(household.id, new, actor=actor, on=on, reason="分户申请", version=version)


def flows(kind: str) -> set[tuple[str, str, int, int, str]]:
    rows = Posting.objects.filter(kind=kind)
    return set(rows.values_list("household__number", "stock", "households_delta", "persons_delta", "village_code"))


def counts(day: date) -> list[tuple[str, str, int, int]]:
    assert stock_on(day) == posted_stock_on(day)
    return [(row.village_code, row.stock, row.households, row.persons) for row in stock_on(day)]


def test_split_counts_one_household_more_and_the_same_persons_when_done(office: Actor) -> None:
    household = of_three(number="A1", monitoring_state="identified", monitoring_code="1")
    VillageFactory.create(code=FAR_VILLAGE_CODE)

    split(household, office, village_code=FAR_VILLAGE_CODE)

    assert flows("split") == {
        ("A1", "not_lifted", 0, -1, VILLAGE_CODE),
        ("A1", "monitored", 0, -1, VILLAGE_CODE),
        ("B1", "not_lifted", 1, 1, FAR_VILLAGE_CODE),
        ("B1", "monitored", 1, 1, FAR_VILLAGE_CODE),
    }
    assert counts(LATER - timedelta(days=1)) == [(VILLAGE_CODE, "monitored", 1, 3), (VILLAGE_CODE, "not_lifted", 1, 3)]
    assert counts(LATER) == [
        (VILLAGE_CODE, "monitored", 1, 2),
        (VILLAGE_CODE, "not_lifted", 1, 2),
        (FAR_VILLAGE_CODE, "monitored", 1, 1),
        (FAR_VILLAGE_CODE, "not_lifted", 1, 1),
    ]


def test_new_household_takes_over_what_the_first_stands_for_when_split(office: Actor) -> None:
    known = {"identified_on": date(2014, 3, 1), "identified_precision": "month", "main_cause_code": "01"}
    household = of_three(
        number="A1", monitoring_state="identified", monitoring_code="1", monitored_on=date(2020, 6, 1), **known
    )

    new = split(household, office, main_cause_code="02")

    assert (new.status, new.identified_on, new.main_cause_code, new.monitoring_code) == (
        "filed",
        date(2014, 3, 1),
        "02",
        "1",
    )
    assert MonitoringSpell.objects.get(household=new).starts_on == date(2020, 6, 1)
    assert new.phone_sealed is None
    assert set(HouseholdTie.objects.values_list("household__number", "kind", "other_number", "effective_on")) == {
        ("A1", "split_off", "B1", LATER),
        ("B1", "split_from", "A1", LATER),
    }


def test_persons_go_along_with_all_that_is_theirs_when_split_to_another_township(office: Actor) -> None:
    household = of_three()
    VillageFactory.create(code=FAR_VILLAGE_CODE)
    going = person(household)

    new = split(household, office, village_code=FAR_VILLAGE_CODE)

    assert Person.objects.get(pk=going).scope_code == FAR_VILLAGE_CODE
    assert not AuditDetail.objects.filter(object_id=going).exclude(scope_code=FAR_VILLAGE_CODE).exists()
    assert Membership.objects.get(person=going, household=household).end_reason_code == "24"
    assert Membership.objects.get(person=going, ends_on=None).household_id == new.id


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"relations": {}}, "split.nobody"),
        ({"relations": {"head": "01"}}, "split.head"),
        ({"relations": {"child": "03"}}, "split.one_head"),
        ({"relations": {"child": "01", "spouse": "01"}}, "split.one_head"),
        ({"relations": {"stranger": "01"}}, "member.not_found"),
        ({"relations": {"child": "77"}}, "code.unknown"),
        ({"on": FIRST_DAY - timedelta(days=1)}, "date.before_last_change"),
        ({"on": date(2999, 1, 1)}, "date.in_future"),
        ({"number": "TAKEN"}, "database.household_number_once_a_tenant"),
        ({"village_code": "549902100200"}, "village.not_found"),
        ({"main_cause_code": "77"}, "code.unknown"),
    ],
)
def test_split_is_refused_and_changes_nothing_when_it_cannot_be(
    office: Actor, change: dict[str, Any], code: str
) -> None:
    household, stranger = of_three(), registered(number="TAKEN")
    people = {
        "head": person(household, "01"),
        "spouse": person(household, "02"),
        "child": person(household),
        "stranger": person(stranger, "02"),
    }
    relations = change.get("relations", {"child": "01"})

    with pytest.raises(DomainError) as refused:
        split(household, office, **{**change, "relations": {people[name]: value for name, value in relations.items()}})

    assert (refused.value.code, Household.objects.count(), flows("split")) == (code, 2, set())
    split(household, office)


def test_split_is_refused_when_the_page_is_old_or_the_right_is_missing(office: Actor) -> None:
    household = of_three()
    village = actor_of(Role.VILLAGE_TEAM)

    with pytest.raises(StaleVersion):
        split(household, office, version=household.version + 1)
    with tenant_scope(village), pytest.raises(NotAllowed):
        split(household, village)

    assert Household.objects.count() == 1


def leads(household: Household) -> list[tuple[Any, date | None, date | None]]:
    rows = Pairing.objects.filter(household=household, is_lead=True).order_by("starts_on")
    return list(rows.values_list("helper_id", "starts_on", "ends_on"))


def test_both_households_have_the_leads_of_each_day_when_split_told_late(office: Actor) -> None:
    household = of_three()
    first, second = HelperFactory.create(), HelperFactory.create()
    paired(household, helper=first, on=FIRST_DAY)
    hand_over(household.id, second.id, actor=office, on=AFTER, reason="换人")

    new = split(household, office)

    assert leads(new) == [(first.id, LATER, AFTER), (second.id, AFTER, None)]
    assert leads(household) == [(first.id, FIRST_DAY, AFTER), (second.id, AFTER, None)]


def test_unit_stands_in_until_the_same_day_when_the_household_is_split(office: Actor) -> None:
    household = of_three()
    paired(household, on=FIRST_DAY)
    stands_in = let_unit_stand_in(household.id, actor=office, on=LATER - timedelta(days=5), reason="调离")

    new = split(household, office)

    assert leads(new) == [(None, LATER, stands_in.ends_on)]


def merge(merged: Household, into: Household, actor: Actor, **values: Any) -> Household:
    members = Membership.objects.filter(household=merged, ends_on=None)
    relations = values.pop("relations", {row.person_id: "99" for row in members})
    return merge_households(
        merged.id, into.id, relations, **{"actor": actor, "on": LATER, "reason": "并户申请", **values}
    )


def test_merger_counts_one_household_less_and_the_same_persons_when_done(office: Actor) -> None:
    into, merged = registered(number="A1", status="filed"), of_three(number="B1", village_code=FAR_VILLAGE_CODE)
    before = counts(LATER)

    stays = merge(merged, into, office)

    assert before == [(VILLAGE_CODE, "not_lifted", 1, 2), (FAR_VILLAGE_CODE, "not_lifted", 1, 3)]
    assert counts(LATER) == [(VILLAGE_CODE, "not_lifted", 1, 5)]
    assert flows("merge") == {("B1", "not_lifted", -1, -3, FAR_VILLAGE_CODE), ("A1", "not_lifted", 0, 3, VILLAGE_CODE)}
    merged.refresh_from_db()
    assert (stays.id, merged.status) == (into.id, "closed")
    assert set(Membership.objects.filter(household=merged).values_list("end_reason_code", flat=True)) == {"merged"}
    assert set(HouseholdTie.objects.values_list("household__number", "kind", "other_number")) == {
        ("B1", "merged_into", "A1"),
        ("A1", "merged_from", "B1"),
    }


@pytest.mark.parametrize(
    ("status", "monitored", "code"),
    [("lifted", False, "merge.different"), ("ordinary", False, "merge.different"), ("filed", True, "merge.different")],
)
def test_merger_is_refused_when_persons_would_leave_or_enter_a_stock(
    office: Actor, status: str, monitored: bool, code: str
) -> None:
    risk: dict[str, Any] = {"monitoring_state": "identified", "monitoring_code": "1"} if monitored else {}
    into, merged = registered(status=status, **risk), of_three()

    with pytest.raises(DomainError) as refused:
        merge(merged, into, office)

    merged.refresh_from_db()
    assert (refused.value.code, merged.status, flows("merge")) == (code, "filed", set())


def test_returned_and_filed_households_are_merged_when_both_are_not_lifted(office: Actor) -> None:
    into, merged = registered(status="returned"), of_three()

    merge(merged, into, office)

    into.refresh_from_db()
    assert (into.status, counts(LATER)) == ("returned", [(VILLAGE_CODE, "not_lifted", 1, 5)])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"relations": {}}, "merge.relations"),
        ({"on": FIRST_DAY - timedelta(days=1)}, "date.before_last_change"),
        ({"reason": " "}, "reason.missing"),
    ],
)
def test_merger_is_refused_when_something_is_missing(office: Actor, change: dict[str, Any], code: str) -> None:
    into, merged = registered(status="filed"), of_three()

    with pytest.raises(DomainError) as refused:
        merge(merged, into, office, **change)
    merge(merged, into, office)

    assert refused.value.code == code


def test_merger_is_refused_when_somebody_would_be_a_second_head_or_the_household_is_itself(office: Actor) -> None:
    into, merged = registered(status="filed"), of_three()
    relations = {row.person_id: row.relation_code for row in Membership.objects.filter(household=merged)}

    with pytest.raises(DomainError, match=r"has its head|已有户主"):
        merge(merged, into, office, relations=relations)
    with pytest.raises(DomainError, match=r"into itself|自身"):
        merge(merged, merged, office)
    with pytest.raises(NotFound):
        merge_households(merged.id, UUID(int=1), {}, actor=office, on=LATER, reason="并户申请")


def test_household_takes_the_lead_of_the_other_when_it_has_none(office: Actor) -> None:
    into, merged = registered(status="filed"), of_three()
    helper = HelperFactory.create()
    paired(merged, helper=helper)

    merge(merged, into, office)

    assert leads(into) == [(helper.id, LATER, None)]
    assert leads(merged) == [(helper.id, FIRST_DAY, LATER)]


def test_household_keeps_its_own_lead_when_another_ends_in_it(office: Actor) -> None:
    into, merged = registered(status="filed"), of_three()
    own, other = HelperFactory.create(), HelperFactory.create()
    paired(into, helper=own)
    paired(merged, helper=other)

    merge(merged, into, office)

    assert (leads(into), leads(merged)) == ([(own.id, FIRST_DAY, None)], [(other.id, FIRST_DAY, LATER)])
