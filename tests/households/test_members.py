"""Persons who join and leave, the head, and the household that moves."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from households.domain.drafts import YearDraft
from households.domain.facts import PersonYearDraft, record_person_year
from households.domain.members import add_person, amend_relation, change_head, end_membership
from households.domain.move import move_household
from households.domain.scope import links_to
from households.models import Household, Membership, Person, PersonYear, Posting
from households.queries.stocks import posted_stock_on, stock_on
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.models import AuditDetail
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.assistance import paired
from tests.factories.households import FIRST_DAY, PersonDraftFactory, registered
from tests.factories.tenants import (
    FAR_VILLAGE_CODE,
    OTHER_VILLAGE_CODE,
    TOWNSHIP_CODE,
    VILLAGE_CODE,
    actor_of,
    county_office,
)
from tests.factories.villages import VillageFactory

LATER = FIRST_DAY + timedelta(days=20)


def member(household: Household, relation_code: str = "02") -> Membership:
    return Membership.objects.get(household=household, relation_code=relation_code, ends_on=None)


def flows() -> set[tuple[str, str, int, int]]:
    rows = Posting.objects.exclude(kind="takeover")
    return set(rows.values_list("kind", "stock", "households_delta", "persons_delta"))


def test_person_joins_every_stock_of_the_household_when_born(office: Actor) -> None:
    household = registered(status="lifted", monitoring_state="identified", monitoring_code="1")
    child = PersonDraftFactory.build(
        document_number="", sex_code="2", relation_code="04", birth_on=LATER, birth_precision="day"
    )

    membership = add_person(household.id, child, actor=office, on=LATER, reason_code="11")

    assert flows() == {("natural_in", "lifted", 0, 1), ("natural_in", "monitored", 0, 1)}
    assert (membership.person.is_placeholder, membership.starts_on, membership.start_reason_code) == (True, LATER, "11")


def test_person_leaves_the_stock_when_dead(office: Actor) -> None:
    household = registered(status="filed")

    ended = end_membership(household.id, member(household).person_id, actor=office, on=LATER, reason_code="21")

    assert flows() == {("natural_out", "not_lifted", 0, -1)}
    assert (ended.ends_on, ended.end_reason_code) == (LATER, "21")


def test_person_keeps_the_history_when_married_into_another_village(office: Actor) -> None:
    spouse = PersonDraftFactory.build()
    old = registered(members=(PersonDraftFactory.build(relation_code="01"), spouse))
    new = registered(village_code=FAR_VILLAGE_CODE)
    end_membership(old.id, member(old).person_id, actor=office, on=LATER, reason_code="22")

    membership = add_person(new.id, replace(spouse, number=""), actor=office, on=LATER, reason_code="12")

    assert Person.objects.get(pk=membership.person_id).scope_code == FAR_VILLAGE_CODE
    assert Membership.objects.filter(person=membership.person).count() == 2


def test_joining_is_refused_when_the_person_lives_in_another_household(office: Actor) -> None:
    spouse = PersonDraftFactory.build()
    registered(members=(PersonDraftFactory.build(relation_code="01"), spouse))
    new = registered()

    with pytest.raises(Conflict) as refused:
        add_person(new.id, replace(spouse, number=""), actor=office, on=LATER, reason_code="12")

    assert (refused.value.code, flows()) == ("database.membership_one_household_a_day", set())


def test_joining_is_refused_when_the_number_belongs_to_somebody_of_another_name(office: Actor) -> None:
    spouse = PersonDraftFactory.build()
    old = registered(members=(PersonDraftFactory.build(relation_code="01"), spouse))
    end_membership(old.id, member(old).person_id, actor=office, on=LATER, reason_code="22")
    new = registered()

    with pytest.raises(Conflict) as refused:
        add_person(new.id, replace(spouse, name="示例别人"), actor=office, on=LATER, reason_code="12")
    add_person(new.id, spouse, actor=office, on=LATER, reason_code="12")

    assert (refused.value.code, Person.objects.count()) == ("person.another_name", 4)


def test_person_without_document_is_known_by_the_number_when_joining_again(office: Actor) -> None:
    child = PersonDraftFactory.build(document_number="", sex_code="1", relation_code="03")
    old = registered(members=(PersonDraftFactory.build(relation_code="01"), child))
    person = member(old, "03").person_id
    end_membership(old.id, person, actor=office, on=LATER, reason_code="24")

    membership = add_person(registered().id, child, actor=office, on=LATER, reason_code="18")

    assert membership.person_id == person


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reason_code": "21"}, "code.unknown"),
        ({"on": FIRST_DAY - timedelta(days=1)}, "date.before_household"),
        ({"draft": PersonDraftFactory.build(relation_code="01")}, "head.second"),
        ({"draft": PersonDraftFactory.build(relation_code="77")}, "code.unknown"),
        ({"draft": PersonDraftFactory.build(document_number="549901198001010013")}, "document.check_digit"),
    ],
)
def test_joining_is_refused_when_it_is_impossible(office: Actor, change: dict[str, Any], code: str) -> None:
    household = registered()
    good: dict[str, Any] = {"draft": PersonDraftFactory.build(relation_code="03"), "on": LATER, "reason_code": "13"}

    with pytest.raises(DomainError) as refused:
        add_person(household.id, actor=office, **{**good, **change})
    add_person(household.id, actor=office, **good)

    assert (refused.value.code, Membership.objects.count()) == (code, 3)


def test_head_leaves_only_after_the_head_was_changed(office: Actor) -> None:
    household = registered(status="filed")
    head, spouse = member(household, "01").person_id, member(household).person_id

    with pytest.raises(Conflict):
        end_membership(household.id, head, actor=office, on=LATER, reason_code="21")
    change_head(household.id, spouse, former_head_relation="02", actor=office, on=LATER, reason="户主死亡")
    end_membership(household.id, head, actor=office, on=LATER, reason_code="21")

    assert (member(household, "01").person_id, flows()) == (spouse, {("natural_out", "not_lifted", 0, -1)})


def test_last_member_stays_when_the_household_is_not_closed(office: Actor) -> None:
    household = registered(members=(PersonDraftFactory.build(relation_code="01"),))

    with pytest.raises(Conflict) as refused:
        end_membership(household.id, member(household, "01").person_id, actor=office, on=LATER, reason_code="21")

    assert refused.value.code == "member.last"


def joined(household: Household, person: Person, relation_code: str, on: date) -> Membership:
    """Write a membership past the domain."""
    return Membership.objects.create(
        household=household,
        person=person,
        relation_code=relation_code,
        scope_code=household.scope_code,
        starts_on=on,
        starts_precision="day",
    )


def test_database_holds_one_head_a_day_when_another_begins(office: Actor) -> None:
    household = registered()
    head, spouse = member(household, "01"), member(household)
    Membership.objects.filter(id__in=[head.id, spouse.id]).update(ends_on=LATER, end_reason_code="head_changed")
    newcomer = registered(members=(PersonDraftFactory.build(relation_code="01"),))
    Membership.objects.filter(household=newcomer).update(ends_on=FIRST_DAY, end_reason_code="29")
    stranger = Person.objects.get(memberships__household=newcomer)

    with pytest.raises(IntegrityError, match="membership_one_head_a_day"), savepoint():
        joined(household, stranger, "01", LATER - timedelta(days=1))
    begins = joined(household, spouse.person, "01", LATER)

    assert begins.is_head


def test_database_holds_one_household_a_day_when_another_begins(office: Actor) -> None:
    leaves, other = member(registered()), registered()
    Membership.objects.filter(id=leaves.id).update(ends_on=LATER, end_reason_code="22")

    with pytest.raises(IntegrityError, match="membership_one_household_a_day"), savepoint():
        joined(other, leaves.person, "99", LATER - timedelta(days=1))
    begins = joined(other, leaves.person, "99", LATER)

    assert begins.starts_on == LATER


def test_relation_is_corrected_in_place_when_the_member_is_not_the_head(office: Actor) -> None:
    household = registered()

    amend_relation(household.id, member(household).person_id, "99", actor=office, reason="录入错误")

    assert sorted(Membership.objects.values_list("relation_code", flat=True)) == ["01", "99"]


def test_move_cancels_in_the_county_when_the_household_changes_its_village(office: Actor) -> None:
    household = registered(status="filed")
    VillageFactory.create(code=FAR_VILLAGE_CODE)

    moved = move_household(household.id, FAR_VILLAGE_CODE, actor=office, on=LATER, reason="迁居")

    rows = set(
        Posting.objects.exclude(kind="takeover").values_list("kind", "village_code", "persons_delta", "scope_code")
    )
    assert moved.scope_code == FAR_VILLAGE_CODE
    assert rows == {
        ("moved_out", VILLAGE_CODE, -2, FAR_VILLAGE_CODE),
        ("moved_in", FAR_VILLAGE_CODE, 2, FAR_VILLAGE_CODE),
    }


def test_move_takes_every_row_along_when_it_rewrites_the_scope(office: Actor) -> None:
    members = (PersonDraftFactory.build(relation_code="01", education_code="2"), PersonDraftFactory.build())
    facts = YearDraft(year=2020, safe_water=True)
    household = registered(members=members, facts=facts, monitoring_state="identified", monitoring_code="1")
    paired(household)
    VillageFactory.create(code=FAR_VILLAGE_CODE)

    move_household(household.id, FAR_VILLAGE_CODE, actor=office, on=LATER, reason="迁居")

    tables = {model for model, _ in links_to(Household)} | {Person, PersonYear, Household}
    left = {model.__name__: model.objects.filter(scope_code=VILLAGE_CODE).count() for model in tables}
    kept = {model.__name__ for model in tables if model.objects.exists()}
    assert set(left.values()) == {0}
    assert {"Pairing", "Posting", "Membership", "HouseholdSpell", "HouseholdYear", "PersonYear"} <= kept


def test_move_hides_the_household_from_the_former_township_when_done(office: Actor) -> None:
    stays, goes = registered(), registered()
    VillageFactory.create(code=FAR_VILLAGE_CODE)
    clerk = actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)

    move_household(goes.id, FAR_VILLAGE_CODE, actor=office, on=LATER, reason="迁居")

    with tenant_scope(clerk):
        seen = list(Household.objects.values_list("id", flat=True))
        details = AuditDetail.objects.filter(object_id=goes.id).count()
        persons = Person.objects.count()
    assert (seen, details, persons) == ([stays.id], 0, 2)


@pytest.fixture
def teams(db: None) -> tuple[Actor, Actor]:
    """Give the village teams of the former and of the new village."""
    return tuple(actor_of(Role.VILLAGE_TEAM, area=code) for code in (VILLAGE_CODE, FAR_VILLAGE_CODE))  # type: ignore[return-value]  # two codes, two teams


def test_move_takes_the_dead_along_when_their_last_household_moves(teams: tuple[Actor, Actor]) -> None:
    former, new = teams
    with tenant_scope(county_office()) as office:
        household = registered(facts=YearDraft(year=2020))
        spouse = member(household).person_id
        record_person_year(spouse, PersonYearDraft(year=2020, health_codes=("3",)), actor=office)
        VillageFactory.create(code=FAR_VILLAGE_CODE)
        end_membership(household.id, spouse, actor=office, on=LATER, reason_code="21")
    with tenant_scope(office):
        move_household(household.id, FAR_VILLAGE_CODE, actor=office, on=LATER, reason="迁居")

    # That somebody was registered there stays with the village, whose month counts it; whom, the detail does not say.
    assert seen_by(former) == (0, 0, 0, 1)
    assert seen_by(new) == (2, 2, 1, 3)


def seen_by(actor: Actor) -> tuple[int, int, int, int]:
    with tenant_scope(actor):
        counted = [model.objects.count() for model in (Person, Membership, PersonYear, AuditDetail)]
    return counted[0], counted[1], counted[2], counted[3]


def test_move_takes_the_audit_of_pairings_along_when_done(teams: tuple[Actor, Actor]) -> None:
    former, new = teams
    with tenant_scope(county_office()) as office:
        household = registered()
        paired(household)
        VillageFactory.create(code=FAR_VILLAGE_CODE)
    with tenant_scope(office):
        move_household(household.id, FAR_VILLAGE_CODE, actor=office, on=LATER, reason="迁居")

    # That somebody was registered there stays with the village; whom, the detail does not say.
    assert (seen_by(former)[3], seen_by(new)[3]) == (1, 2)


def test_move_leaves_persons_behind_when_they_joined_another_household(office: Actor) -> None:
    spouse = PersonDraftFactory.build()
    goes = registered(members=(PersonDraftFactory.build(relation_code="01"), spouse))
    stays = registered()
    person = member(goes).person_id
    end_membership(goes.id, person, actor=office, on=LATER, reason_code="22")
    add_person(stays.id, replace(spouse, number=""), actor=office, on=LATER, reason_code="12")
    VillageFactory.create(code=FAR_VILLAGE_CODE)

    move_household(goes.id, FAR_VILLAGE_CODE, actor=office, on=LATER, reason="迁居")

    assert Person.objects.get(pk=person).scope_code == VILLAGE_CODE


@pytest.mark.parametrize("code", [OTHER_VILLAGE_CODE, "549901200299"])
def test_move_is_refused_when_the_village_is_not_of_this_county(office: Actor, code: str) -> None:
    household = registered()

    with pytest.raises(NotFound):
        move_household(household.id, code, actor=office, on=LATER, reason="迁居")

    assert Household.objects.get().scope_code == VILLAGE_CODE


def test_move_is_refused_when_a_later_change_is_on_file(office: Actor) -> None:
    household = registered()
    VillageFactory.create(code=FAR_VILLAGE_CODE)
    end_membership(household.id, member(household).person_id, actor=office, on=date(2021, 3, 1), reason_code="21")

    with pytest.raises(DomainError) as refused:
        move_household(household.id, FAR_VILLAGE_CODE, actor=office, on=LATER, reason="迁居")

    assert (refused.value.code, "2021-03-01" in str(refused.value)) == ("date.before_last_change", True)


def test_both_ledgers_of_villages_post_a_person_who_goes_from_one_household_to_another(office: Actor) -> None:
    spouse = PersonDraftFactory.build()
    old = registered(status="filed", members=(PersonDraftFactory.build(relation_code="01"), spouse))
    new = registered(status="filed", village_code=FAR_VILLAGE_CODE)
    end_membership(old.id, member(old).person_id, actor=office, on=LATER, reason_code="23")

    add_person(new.id, replace(spouse, number=""), actor=office, on=LATER, reason_code="13")

    lines = Posting.objects.exclude(kind="takeover").order_by("persons_delta")
    assert list(lines.values_list("kind", "village_code", "households_delta", "persons_delta")) == [
        ("natural_out", VILLAGE_CODE, 0, -1),
        ("natural_in", FAR_VILLAGE_CODE, 0, 1),
    ]
    assert [(row.village_code, row.persons) for row in posted_stock_on(LATER)] == [
        (VILLAGE_CODE, 1),
        (FAR_VILLAGE_CODE, 3),
    ]
    assert posted_stock_on(LATER) == stock_on(LATER)
