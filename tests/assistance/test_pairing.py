"""Pairing: who leads, who follows, and who may not be left alone."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection

from assistance.domain.assign import Assigned, assign_helpers
from assistance.domain.helper import (
    HelperChanges,
    add_helper,
    amend_helper,
    amend_support_period,
    link_login,
    reveal_phone,
    set_support_period,
)
from assistance.domain.pairing import SeenLead, end_pairing, hand_over, let_unit_stand_in, pair
from assistance.models import Helper, Pairing
from assistance.queries.coverage import CoverageCount, coverage_by_village, households_without_helper
from assistance.queries.keeping import must_keep_helper
from households.domain.drafts import index_drafts, open_drafts
from households.domain.members import end_membership
from households.domain.move import move_household
from households.domain.register import match_drafts
from households.domain.status import change_status
from households.models import Household, Membership
from households.queries.visibility import households_visible_to, memberships_visible_to, persons_visible_to
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotFound, StaleVersion
from registry.models import User
from registry.tenancy.context import Actor
from registry.tenancy.models import new_id
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.assistance import HelperFactory, paired
from tests.factories.households import FIRST_DAY, registered
from tests.factories.tenants import FAR_VILLAGE_CODE, OTHER_COUNTY_CODE, VILLAGE_CODE, actor_of, county, county_office
from tests.factories.villages import UnitFactory, VillageFactory

LATER = FIRST_DAY + timedelta(days=20)


def test_handing_over_leaves_no_gap_when_another_helper_leads(office: Actor) -> None:
    household = registered()
    first = paired(household)

    second = hand_over(household.id, HelperFactory.create().id, actor=office, on=LATER, reason="工作调动")

    first.refresh_from_db()
    assert (first.ends_on, second.starts_on, second.ends_on) == (LATER, LATER, None)


def test_second_lead_is_refused_when_one_leads_already(office: Actor) -> None:
    household = registered()
    paired(household)

    with pytest.raises(Conflict) as refused:
        pair(household.id, HelperFactory.create().id, actor=office, on=LATER)
    pair(household.id, HelperFactory.create().id, actor=office, on=LATER, is_lead=False)

    assert (refused.value.code, Pairing.objects.filter(is_lead=True).count()) == ("pairing.has_lead", 1)


def test_database_refuses_a_second_lead_when_the_periods_overlap(office: Actor) -> None:
    household = registered()
    paired(household)

    with pytest.raises(IntegrityError, match="pairing_one_lead_a_day"), savepoint():
        Pairing.objects.create(
            household=household,
            helper=HelperFactory.create(),
            scope_code=VILLAGE_CODE,
            starts_on=LATER,
            starts_precision="day",
        )


@pytest.mark.parametrize(
    "state",
    [
        {"status": "filed"},
        {"status": "returned"},
        {"status": "lifted", "monitoring_state": "identified", "monitoring_code": "1"},
        {"status": "ordinary", "monitoring_state": "identified", "monitoring_code": "2"},
    ],
)
def test_pairing_is_kept_when_the_household_must_have_a_helper(office: Actor, state: dict[str, Any]) -> None:
    pairing = paired(registered(**state))

    with pytest.raises(Conflict) as refused:
        end_pairing(pairing.id, actor=office, on=LATER, reason="退休")

    assert refused.value.code == "pairing.must_be_kept"


def test_pairing_is_kept_when_the_household_came_to_the_register_later(office: Actor) -> None:
    pairing = paired(registered(status="filed"), on=FIRST_DAY - timedelta(days=30))

    with pytest.raises(Conflict) as refused:
        end_pairing(pairing.id, actor=office, on=FIRST_DAY - timedelta(days=10), reason="退休")

    assert refused.value.code == "pairing.must_be_kept"


def test_pairing_is_kept_when_the_household_returned_since_that_day(office: Actor) -> None:
    household = registered(status="lifted")
    pairing = paired(household)
    change_status(household.id, "return", actor=office, on=LATER + timedelta(days=5), reason="返贫")
    change_status(household.id, "lift", actor=office, on=LATER + timedelta(days=9), reason="公告")

    with pytest.raises(Conflict) as refused:
        end_pairing(pairing.id, actor=office, on=LATER, reason="退休")
    ended = end_pairing(pairing.id, actor=office, on=LATER + timedelta(days=9), reason="退休")

    assert (refused.value.code, ended.ends_on) == ("pairing.must_be_kept", LATER + timedelta(days=9))


def test_pairing_is_kept_when_support_began_since_that_day(office: Actor) -> None:
    pairing = paired(registered(status="lifted"))
    set_support_period(2021, starts_on=date(2021, 3, 1), ends_on=date(2021, 7, 1), actor=office)

    with pytest.raises(Conflict) as refused:
        end_pairing(pairing.id, actor=office, on=LATER, reason="退休")
    ended = end_pairing(pairing.id, actor=office, on=date(2021, 7, 1), reason="退休")

    assert (refused.value.code, ended.ends_on) == ("pairing.must_be_kept", date(2021, 7, 1))


def test_pairing_stays_as_it_ended_when_it_is_ended_again(office: Actor) -> None:
    household = registered(status="ordinary")
    first = paired(household)
    hand_over(household.id, HelperFactory.create().id, actor=office, on=LATER, reason="工作调动")

    with pytest.raises(Conflict) as refused:
        end_pairing(first.id, actor=office, on=LATER + timedelta(days=9), reason="退休")

    first.refresh_from_db()
    assert (refused.value.code, first.ends_on) == ("pairing.ended", LATER)


def test_further_helper_leads_when_the_former_pairing_was_ended(office: Actor) -> None:
    household = registered(status="filed")
    paired(household)
    further = pair(household.id, HelperFactory.create().id, actor=office, on=FIRST_DAY, is_lead=False)
    assert further.helper_id is not None

    with pytest.raises(Conflict, match="paired with the household already"), savepoint():
        hand_over(household.id, further.helper_id, actor=office, on=LATER, reason="接任")
    end_pairing(further.id, actor=office, on=LATER, reason="接任")
    lead = hand_over(household.id, further.helper_id, actor=office, on=LATER, reason="接任")

    assert (lead.is_lead, lead.starts_on) == (True, LATER)


def test_stand_in_ends_when_the_household_is_closed(office: Actor) -> None:
    household = registered(status="filed")
    paired(household)
    stand_in = let_unit_stand_in(household.id, actor=office, on=LATER, reason="退休")

    change_status(household.id, "close_gone", actor=office, on=LATER + timedelta(days=2), reason="全户死亡")

    stand_in.refresh_from_db()
    assert stand_in.ends_on == LATER + timedelta(days=2)


@pytest.mark.parametrize("state", [{"status": "lifted"}, {"status": "ordinary"}, {"status": "candidate"}])
def test_pairing_ends_when_nothing_demands_it(office: Actor, state: dict[str, Any]) -> None:
    pairing = paired(registered(**state))

    ended = end_pairing(pairing.id, actor=office, on=LATER, reason="退休")

    assert ended.ends_on == LATER


def test_pairing_of_a_lifted_household_is_kept_when_support_lasts(office: Actor) -> None:
    household = registered(status="lifted")
    set_support_period(2021, starts_on=date(2021, 1, 1), ends_on=date(2021, 7, 1), actor=office)

    days = [date(2020, 12, 31), date(2021, 1, 1), date(2021, 6, 30), date(2021, 7, 1)]

    assert [must_keep_helper(household, day) for day in days] == [False, True, True, False]


def test_support_period_is_changed_from_its_version_when_on_file(office: Actor) -> None:
    period = set_support_period(2021, starts_on=date(2021, 1, 1), ends_on=date(2021, 7, 1), actor=office)

    with pytest.raises(Conflict) as refused:
        set_support_period(2021, starts_on=date(2021, 1, 1), ends_on=date(2022, 1, 1), actor=office)
    days = {"starts_on": date(2021, 1, 1), "ends_on": date(2022, 1, 1)}
    amended = amend_support_period(period.id, actor=office, version=1, **days)
    with pytest.raises(StaleVersion):
        amend_support_period(period.id, actor=office, version=1, **days)

    assert (refused.value.code, amended.ends_on, amended.version) == ("support.year_on_file", date(2022, 1, 1), 2)


def test_handing_over_is_refused_when_another_pairing_leads_by_now(office: Actor) -> None:
    household = registered(status="filed")
    first = paired(household)
    seen = SeenLead(first.id, first.version)
    second = hand_over(household.id, HelperFactory.create().id, actor=office, on=LATER, reason="工作调动", seen=seen)

    with pytest.raises(StaleVersion):
        hand_over(household.id, HelperFactory.create().id, actor=office, on=LATER, reason="接任", seen=seen)
    with pytest.raises(StaleVersion):
        let_unit_stand_in(household.id, actor=office, on=LATER, reason="退休", seen=seen)

    assert Pairing.objects.filter(ends_on=None).get() == second


def test_further_helper_may_go_when_the_lead_stays(office: Actor) -> None:
    household = registered(status="filed")
    paired(household)
    further = pair(household.id, HelperFactory.create().id, actor=office, on=FIRST_DAY, is_lead=False)

    ended = end_pairing(further.id, actor=office, on=LATER, reason="退休")

    assert ended.ends_on == LATER


def test_unit_stands_in_for_thirty_days_when_the_helper_leaves(office: Actor) -> None:
    household = registered(status="filed")
    lead = paired(household)

    stand_in = let_unit_stand_in(household.id, actor=office, on=LATER, reason="退休")

    assert (stand_in.unit_id, stand_in.ends_on) == (lead.helper.unit_id, LATER + timedelta(days=30))
    assert [row.unit_stands_in for row in households_without_helper(LATER)] == [True]
    assert [row.unit_stands_in for row in households_without_helper(LATER + timedelta(days=30))] == [False]
    with pytest.raises(Conflict):
        let_unit_stand_in(household.id, actor=office, on=LATER, reason="退休")


def test_stand_in_ends_early_when_a_helper_takes_over(office: Actor) -> None:
    household = registered(status="filed")
    paired(household)
    stand_in = let_unit_stand_in(household.id, actor=office, on=LATER, reason="退休")

    hand_over(household.id, HelperFactory.create().id, actor=office, on=LATER + timedelta(days=3), reason="接任")

    stand_in.refresh_from_db()
    assert (stand_in.ends_on, households_without_helper(LATER + timedelta(days=3))) == (LATER + timedelta(days=3), [])


def test_pairings_end_when_the_household_is_closed(office: Actor) -> None:
    household = registered(status="filed")
    pairing = paired(household)

    change_status(household.id, "close_gone", actor=office, on=LATER, reason="全户死亡")

    pairing.refresh_from_db()
    assert (pairing.ends_on, pairing.end_reason, households_without_helper(LATER)) == (LATER, "整户消亡或迁离", [])


def test_coverage_counts_by_village_when_some_have_no_helper(office: Actor) -> None:
    paired(registered(status="filed"))
    registered(status="filed")
    registered(status="lifted")
    registered(status="filed", village_code=FAR_VILLAGE_CODE)

    counts = coverage_by_village(LATER)

    assert counts == [CoverageCount(VILLAGE_CODE, 2, 1, 0, 1), CoverageCount(FAR_VILLAGE_CODE, 1, 0, 0, 1)]


def test_coverage_counts_in_the_village_of_the_day_when_the_household_moved_since(office: Actor) -> None:
    household = registered(status="filed")
    VillageFactory.create(code=FAR_VILLAGE_CODE)
    move_household(household.id, FAR_VILLAGE_CODE, actor=office, on=LATER, reason="迁居")

    days = [LATER - timedelta(days=1), LATER]

    assert [coverage_by_village(day)[0].village_code for day in days] == [VILLAGE_CODE, FAR_VILLAGE_CODE]
    assert [households_without_helper(day)[0].village_code for day in days] == [VILLAGE_CODE, FAR_VILLAGE_CODE]


def test_helper_is_known_by_name_unit_and_phone_when_entered_again(office: Actor) -> None:
    unit = UnitFactory.create()
    add_helper({"name": "示例干部甲", "unit_id": unit.id, "phone": "17930000001"}, actor=office)
    add_helper({"name": "示例干部甲", "unit_id": unit.id, "phone": "17930000002"}, actor=office)

    with pytest.raises(Conflict):
        add_helper({"name": "示例干部甲", "unit_id": unit.id, "phone": "179 3000 0001"}, actor=office)

    assert Helper.objects.count() == 2


def test_helper_is_amended_when_the_phone_changes(office: Actor) -> None:
    helper = HelperFactory.create()

    amended = amend_helper(helper.id, {"phone": "17930000009"}, actor=office, version=1)

    assert (amended.version, reveal_phone(helper.id, actor=office, reason="联系")) == (2, "17930000009")


@pytest.mark.parametrize(
    ("values", "error"),
    [({"name": " "}, DomainError), ({"unit_id": uuid4()}, NotFound), ({"phone": "1"}, DomainError)],
)
def test_helper_is_refused_when_a_value_is_impossible(
    office: Actor, values: HelperChanges, error: type[DomainError]
) -> None:
    good: HelperChanges = {"name": "示例干部乙", "unit_id": UnitFactory.create().id, "phone": "17930000001"}

    with pytest.raises(error):
        add_helper({**good, **values}, actor=office)
    add_helper(good, actor=office)

    assert Helper.objects.count() == 1


def test_helper_sees_only_the_paired_households_when_logged_in(office: Actor) -> None:
    mine, other = registered(), registered()
    user = User.objects.create(username="helper-of-tests", name="示例")
    helper = HelperFactory.create()
    link_login(helper.id, "Helper-of-tests", actor=office)
    paired(mine, helper=helper)
    paired(other)

    with tenant_scope(actor_of(Role.HELPER, user_id=user.id)) as actor:
        seen = list(households_visible_to(actor).values_list("id", flat=True))
        members, persons = memberships_visible_to(actor).count(), persons_visible_to(actor).count()

    assert (seen, members, persons, Household.objects.count()) == ([mine.id], 2, 2, 2)


def test_helper_sees_no_person_who_left_when_the_household_is_paired(office: Actor) -> None:
    household, user = registered(), User.objects.create(username="helper-of-tests", name="示例")
    helper = HelperFactory.create()
    link_login(helper.id, user.username, actor=office)
    paired(household, helper=helper)
    leaves = Membership.objects.get(household=household, relation_code="02").person_id
    end_membership(household.id, leaves, actor=office, on=LATER, reason_code="22")

    with tenant_scope(actor_of(Role.HELPER, user_id=user.id)) as actor:
        persons = set(persons_visible_to(actor).values_list("id", flat=True))
        memberships = memberships_visible_to(actor).count()

    assert (leaves in persons, len(persons), memberships) == (False, 1, 2)


def test_helper_sees_nothing_when_the_login_is_linked_in_another_county(office: Actor) -> None:
    user = User.objects.create(username="helper-of-tests", name="示例")
    helper = HelperFactory.create()
    link_login(helper.id, user.username, actor=office)
    paired(registered(), helper=helper)

    with tenant_scope(county_office(county(OTHER_COUNTY_CODE))):
        registered(village_code="549902100200")
    stranger = actor_of(Role.HELPER, tenant=county(OTHER_COUNTY_CODE), user_id=user.id)
    with tenant_scope(stranger):
        seen = households_visible_to(stranger).count()

    assert seen == 0


def test_bulk_assignment_pairs_households_without_a_lead_when_drafts_name_helpers(office: Actor) -> None:
    first, second = registered(), registered()
    kept = paired(second)
    sql_drafts(office, [first, second], name="示例干部丙", unit="示例县单位丙")

    assigned = assign_helpers(actor=office, on=LATER, reason="roster")
    again = assign_helpers(actor=office, on=LATER, reason="roster")

    pairing = Pairing.objects.select_related("helper__unit").get(household=first)
    assert (assigned, again) == (Assigned(1, 1, 1), Assigned(0, 0, 0))
    assert (pairing.helper.name, pairing.helper.unit.name, pairing.starts_on) == ("示例干部丙", "示例县单位丙", None)
    assert Pairing.objects.get(household=second).id == kept.id


def sql_drafts(actor: Actor, households: list[Household], *, name: str, unit: str) -> None:
    """Fill the draft tables as the sheet import does."""
    open_drafts()
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO draft_household (id, number, village_code, status, helper_name, helper_unit_name)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            [(new_id(), household.number, VILLAGE_CODE, household.status, name, unit) for household in households],
        )
    index_drafts()
    match_drafts(actor=actor)
