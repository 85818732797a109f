"""A death or another leaving that was recorded by mistake, and who left and is back."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from households.domain.closed_years import close_year
from households.domain.members import add_person, change_head, end_membership
from households.domain.near import settle_near
from households.domain.reinstate import reinstate_member
from households.domain.status import change_status
from households.domain.take_back import take_back
from households.models import DuplicateNotice, Household, Membership, NearDuplicate, Person, Posting
from households.queries.stocks import posted_stock_on, stock_on
from registry import jobs
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound
from registry.lib.periods import today
from registry.models import AuditDetail
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.households import FIRST_DAY, PersonDraftFactory, registered
from tests.factories.tenants import OTHER_COUNTY_CODE, OTHER_VILLAGE_CODE, VILLAGE_CODE, actor_of, county, county_office
from tests.households.near import WHY, without_document

pytestmark = pytest.mark.django_db
DIED = FIRST_DAY + timedelta(days=20)
Meanwhile = Callable[[Membership, Actor], None]
LATER = DIED + timedelta(days=20)


def spouse(household: Household) -> Membership:
    return Membership.objects.get(household=household, relation_code="02")


def dead(actor: Actor, reason_code: str = "21", **values: Any) -> Membership:
    household = registered(**{"status": "filed", **values})
    return end_membership(household.id, spouse(household).person_id, actor=actor, on=DIED, reason_code=reason_code)


def days_that_differ() -> list[date]:
    days = [FIRST_DAY + timedelta(days=number) for number in range(60)]
    return [day for day in days if stock_on(day) != posted_stock_on(day)]


def test_same_membership_goes_on_when_the_death_was_a_mistake(office: Actor) -> None:
    ended = dead(office)
    change_status(ended.household_id, "lift", actor=office, on=LATER, reason="脱贫公告")
    before = timezone.now()

    again = reinstate_member(ended.household_id, ended.person_id, actor=office, reason="同名误登")

    assert (again.id, again.ends_on, again.end_reason_code) == (ended.id, None, "")
    rows = Posting.objects.filter(recorded_at__gte=before).order_by("id")
    assert list(rows.values_list("kind", "stock", "effective_on", "households_delta", "persons_delta")) == [
        ("correction", "not_lifted", DIED, 0, 1),
        ("lifted", "not_lifted", LATER, 0, -1),
        ("lifted", "lifted", LATER, 0, 1),
    ]
    assert days_that_differ() == []
    # As it was known before, one person is less.
    (known,), (now,) = posted_stock_on(LATER, known_at=before), posted_stock_on(LATER)
    assert (known.persons, now.persons) == (1, 2)


def test_the_identity_is_claimed_again_and_one_event_tells_it() -> None:
    with tenant_scope(county_office()) as office:
        ended = dead(office)
        released = Person.objects.get(pk=ended.person_id).claim_index

    with tenant_scope(office):
        reinstate_member(ended.household_id, ended.person_id, actor=office, reason="同名误登")

    with tenant_scope(office):
        detail = AuditDetail.objects.get(verb="households.reinstate_member")
        claimed = Person.objects.get(pk=ended.person_id).claim_index
    assert (released, claimed is None) == (None, False)
    assert (detail.before or {})["end_reason_code"] == "21"
    assert ((detail.after or {})["effective_on"], detail.reason) == (DIED.isoformat(), "同名误登")


def test_head_who_never_died_comes_back_as_a_member_and_then_as_the_head(office: Actor) -> None:
    household = registered(status="filed")
    head = Membership.objects.get(household=household, relation_code="01").person_id
    other = spouse(household).person_id
    given: dict[str, Any] = {"actor": office, "on": DIED, "reason": "户主死亡"}
    change_head(household.id, other, former_head_relation="02", **given)
    end_membership(household.id, head, actor=office, on=DIED, reason_code="21")

    reinstate_member(household.id, head, relation_code="99", actor=office, reason="同名误登")
    change_head(household.id, head, former_head_relation="02", **given)

    present = Membership.objects.filter(household=household, ends_on=None)
    assert dict(present.values_list("person_id", "relation_code")) == {head: "01", other: "02"}
    assert days_that_differ() == []


def test_head_is_not_opened_beside_another_head(office: Actor) -> None:
    household = registered()
    head, other = Membership.objects.get(household=household, relation_code="01"), spouse(household)
    Membership.objects.filter(id=head.id).update(ends_on=DIED, end_reason_code="21")
    Membership.objects.filter(id=other.id).update(ends_on=DIED, end_reason_code="head_changed")
    Membership.objects.create(
        household=household, person=other.person, relation_code="01", scope_code=VILLAGE_CODE, starts_on=DIED,
        starts_precision="day",
    )  # fmt: skip

    with pytest.raises(Conflict) as refused, savepoint():
        reinstate_member(household.id, head.person_id, actor=office, reason="同名误登")
    reinstate_member(household.id, head.person_id, relation_code="02", actor=office, reason="同名误登")

    assert refused.value.code == "reinstate.head"


def _closes_the_year(ended: Membership, office: Actor) -> None:
    close_year(DIED.year, on=DIED + timedelta(days=400), actor=office)


def _lives_elsewhere(ended: Membership, office: Actor) -> None:
    _joins(registered(), ended.person_id, office)


def _lived_elsewhere(ended: Membership, office: Actor) -> None:
    other = registered()
    _joins(other, ended.person_id, office)
    end_membership(other.id, ended.person_id, actor=office, on=LATER, reason_code="23")


def _joins(household: Household, person_id: UUID, office: Actor) -> None:
    given: dict[str, Any] = {"relation_code": "99", "on": DIED, "reason_code": "13"}
    take_back(person_id, household.id, actor=office, **given)


@pytest.mark.parametrize(
    ("meanwhile", "code"),
    [
        (_closes_the_year, "reinstate.year_closed"),
        (_lives_elsewhere, "reinstate.present"),
        (_lived_elsewhere, "reinstate.elsewhere"),
    ],
)
def test_leaving_stays_when_something_was_built_on_it(meanwhile: Meanwhile, code: str, office: Actor) -> None:
    ended = dead(office, "22")
    meanwhile(ended, office)
    before = Posting.objects.count()

    with pytest.raises(Conflict) as refused, savepoint():
        reinstate_member(ended.household_id, ended.person_id, actor=office, reason="同名误登")

    assert (refused.value.code, Posting.objects.count()) == (code, before)


def test_leaving_stays_when_another_county_has_the_document_since(office: Actor) -> None:
    draft = PersonDraftFactory.build()
    ended = dead(office, "22", members=(PersonDraftFactory.build(relation_code="01"), draft))
    with tenant_scope(county_office(county(OTHER_COUNTY_CODE))):
        registered(village_code=OTHER_VILLAGE_CODE, members=(PersonDraftFactory.build(relation_code="01"), draft))

    with pytest.raises(Conflict) as refused, savepoint():
        reinstate_member(ended.household_id, ended.person_id, actor=office, reason="同名误登")

    assert (refused.value.code, Person.objects.get(pk=ended.person_id).claim_index) == ("reinstate.claimed", None)


def test_open_notice_does_not_stand_in_the_way_when_the_other_county_gave_the_document_back(office: Actor) -> None:
    draft = PersonDraftFactory.build()
    home = registered(members=(PersonDraftFactory.build(relation_code="01"), draft))
    with tenant_scope(county_office(county(OTHER_COUNTY_CODE))) as there:
        double = registered(
            village_code=OTHER_VILLAGE_CODE, members=(PersonDraftFactory.build(relation_code="01"), draft)
        )
    jobs.tick()
    ended = end_membership(home.id, spouse(home).person_id, actor=office, on=DIED, reason_code="22")
    with tenant_scope(there):
        end_membership(double.id, spouse(double).person_id, actor=there, on=DIED, reason_code="29")

    reinstate_member(home.id, ended.person_id, actor=office, reason="同名误登")

    assert DuplicateNotice.objects.get().state == "new"
    assert Membership.objects.filter(person=ended.person_id, ends_on=None).exists()


def test_death_in_a_household_that_ended_since_is_taken_back_until_its_end(office: Actor) -> None:
    ended = dead(office)
    change_status(ended.household_id, "lift", actor=office, on=LATER - timedelta(days=5), reason="脱贫公告")
    change_status(ended.household_id, "close_gone", actor=office, on=LATER, reason="整户迁出")
    home = registered(status="filed")

    again = reinstate_member(ended.household_id, ended.person_id, actor=office, reason="同名误登")
    back = take_back(ended.person_id, home.id, relation_code="99", actor=office, on=LATER, reason_code="15")

    assert (again.ends_on, again.end_reason_code, back.ends_on) == (LATER, "household_gone", None)
    assert days_that_differ() == []


def test_village_team_takes_no_leaving_back(office: Actor) -> None:
    ended = dead(office)

    with tenant_scope(actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)) as team, pytest.raises(NotAllowed):
        reinstate_member(ended.household_id, ended.person_id, actor=team, reason="同名误登")


@pytest.mark.parametrize("reason", ["", "  "])
def test_leaving_stays_without_a_reason(reason: str, office: Actor) -> None:
    ended = dead(office)

    with pytest.raises(DomainError) as refused:
        reinstate_member(ended.household_id, ended.person_id, actor=office, reason=reason)

    assert refused.value.code == "reason.missing"


def test_who_left_is_taken_back_as_the_same_person_in_a_new_membership(office: Actor) -> None:
    left = dead(office, "25")
    home = registered(status="filed")

    back = take_back(left.person_id, home.id, relation_code="99", actor=office, on=LATER, reason_code="15")

    assert (back.person_id, back.household_id, back.starts_on) == (left.person_id, home.id, LATER)
    flow = Posting.objects.filter(person=left.person_id).order_by("id").values_list("kind", "persons_delta")
    assert list(flow) == [("natural_out", -1), ("natural_in", 1)]
    assert days_that_differ() == []


def test_who_is_on_file_as_dead_comes_in_by_no_way(office: Actor) -> None:
    draft = PersonDraftFactory.build()
    ended = dead(office, members=(PersonDraftFactory.build(relation_code="01"), draft))
    home = registered()

    with pytest.raises(Conflict) as taken, savepoint():
        take_back(ended.person_id, home.id, relation_code="99", actor=office, on=LATER, reason_code="15")
    with pytest.raises(Conflict) as added, savepoint():
        add_person(home.id, draft, actor=office, on=LATER, reason_code="13")
    again = PersonDraftFactory.build(
        name=draft.name, document_number=draft.document_number, relation_code="01", starts_on=LATER,
        starts_precision="day",
    )  # fmt: skip
    with pytest.raises(DomainError) as entered, savepoint():
        registered(on=LATER, members=(again,))

    assert [taken.value.code, added.value.code, entered.value.code] == [
        "person.dead", "person.dead", "draft.person_dead",
    ]  # fmt: skip


def test_pair_of_who_came_back_is_settled_when_the_entry_on_file_is_taken_back(office: Actor) -> None:
    first = without_document(name="扎西次仁", number="")
    home, lately = first.memberships.get().household, today() - timedelta(days=30)
    end_membership(home.id, first.id, actor=office, on=lately, reason_code="25")
    double = without_document(name="扎西次仁", number="")
    entered = double.memberships.get().household
    row = NearDuplicate.objects.get(person=double)
    with pytest.raises(Conflict) as refused, savepoint():
        settle_near(row.pk, "same", actor=office, reason=WHY)

    end_membership(entered.id, double.id, actor=office, on=today(), reason_code="29")
    take_back(first.id, entered.id, relation_code="99", actor=office, on=today(), reason_code="15")
    settle_near(row.pk, "same", actor=office, reason=WHY)

    assert refused.value.code == "near.not_taken_back"
    assert set(NearDuplicate.objects.values_list("state", flat=True)) == {"same"}


def test_person_is_taken_back_only_by_who_sees_the_person(office: Actor) -> None:
    left = dead(office, "25", village_code="549901100300")
    home = registered()

    with tenant_scope(actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)) as team, pytest.raises(NotFound):
        take_back(left.person_id, home.id, relation_code="99", actor=team, on=LATER, reason_code="15")
