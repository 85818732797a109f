"""The timeline of a household: what it tells, to whom, and nothing of it to the village that lost the household.

Each verb has a transaction of its own, as in service: by its moment the trail and the former versions meet.
"""

import dataclasses
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from households.domain.amend import amend_household
from households.domain.drafts import HouseholdDraft, YearDraft, copy_drafts
from households.domain.facts import record_household_year
from households.domain.members import end_membership
from households.domain.move import move_household
from households.domain.register import match_drafts
from households.domain.reveal import reveal_of_household
from households.domain.update import update_contacts_and_years
from households.models import Household, Membership
from households.queries.timeline import timeline
from households.queries.timeline_lines import Entry
from registry.enums import Role
from registry.lib.gbcode import subtree
from registry.models import RowVersion
from registry.queries.audit import FieldChange
from registry.queries.versions import row_as_stood, versions_of
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.households import FIRST_DAY, HouseholdDraftFactory, registered
from tests.factories.tenants import (
    NEXT_VILLAGE_CODE,
    OTHER_COUNTY_CODE,
    OTHER_VILLAGE_CODE,
    VILLAGE_CODE,
    county,
    county_office,
)
from tests.factories.villages import VillageFactory
from tests.registry.people import grant, token_of, user

pytestmark = pytest.mark.usefixtures("committed_database")
FACTS = YearDraft(year=2020, is_declared=True, net_per_head_yuan=6000, source="入户")  # type: ignore[arg-type]  # a whole number of yuan


def known(draft: HouseholdDraft, actor: Actor) -> Household:
    """Register the household of a draft, in a scope of its own."""
    with tenant_scope(actor):
        names = ("number", "phone", "facts", "members", "village_code", "group_name")
        return registered(**{name: getattr(draft, name) for name in names})


def told(household: Household, actor: Actor, *kinds: str) -> list[Entry]:
    with tenant_scope(actor):
        return [entry for entry in timeline(household, actor=actor) if entry.kind in kinds]


def at_village(actor: Actor, code: str) -> Actor:
    return dataclasses.replace(actor, role=Role.VILLAGE_TEAM, ranges=(subtree(code),))


def program(role: Role, code: str | None = None) -> Client:
    tenant = county(code) if code else county()
    account = user(f"timeline-{role.replace('_', '-')}-{tenant.pk}")
    grant(account, role, tenant=tenant)
    return Client(headers={"authorization": f"Bearer {token_of(account, role, tenant=tenant)}"})


def test_change_is_told_once_with_verb_who_and_reason_when_a_household_is_amended() -> None:
    office = county_office()
    household = known(HouseholdDraftFactory.build(group_name="一组"), office)
    with tenant_scope(office):
        amend_household(household.id, {"group_name": "二组"}, actor=office, version=1, reason="更正")

    (entry,) = told(household, office, "change")

    assert (entry.verb, entry.who, entry.reason) == ("households.amend", office.username, "更正")
    assert entry.changes == (FieldChange("group_name", "一组", "二组"),)


def test_change_is_told_with_before_and_after_when_a_roster_changed_many_households() -> None:
    office = county_office()
    draft = HouseholdDraftFactory.build(phone="17910000001", facts=FACTS)
    household = known(draft, office)
    newer = dataclasses.replace(draft, phone="17910000002", facts=dataclasses.replace(FACTS, source="比对"))
    with tenant_scope(office):
        copy_drafts([newer], tenant_id=office.tenant_id)
        match_drafts(actor=office)
        update_contacts_and_years(actor=office, reason="roster")

    entries = told(household, office, "change")

    changes = {change for entry in entries for change in entry.changes}
    assert changes == {FieldChange("phone_sealed", "***", "***"), FieldChange("source", "入户", "比对")}
    assert [entry.verb for entry in entries] == [""]


def test_facts_of_a_year_are_told_once_when_they_are_recorded_again() -> None:
    office = county_office()
    household = known(HouseholdDraftFactory.build(facts=FACTS), office)
    with tenant_scope(office):
        record_household_year(household.id, dataclasses.replace(FACTS, source="比对"), actor=office)

    (entry,) = told(household, office, "change")

    assert [change for change in entry.changes if change.label == "source"] == [FieldChange("source", "入户", "比对")]


def test_members_and_status_are_told_newest_first_when_somebody_left() -> None:
    office = county_office()
    household = known(HouseholdDraftFactory.build(), office)
    with tenant_scope(office):
        member = Membership.objects.get(relation_code="02")
        end_membership(household.id, member.person_id, actor=office, on=date(2021, 2, 1), reason_code="21")

    entries = told(household, office, "left", "status", "joined")

    assert [(entry.kind, entry.on, entry.code) for entry in entries] == [
        ("left", date(2021, 2, 1), "21"),
        ("status", FIRST_DAY, "filed"),
        ("joined", None, "02"),
        ("joined", None, "01"),
    ]


@pytest.mark.parametrize(("role", "count"), [(Role.COUNTY_OFFICE, 1), (Role.TOWNSHIP_CLERK, 0), (Role.VILLAGE_TEAM, 0)])
def test_looks_at_sealed_values_are_told_to_the_county_office_alone_when_there_were_any(role: Role, count: int) -> None:
    office = county_office()
    household = known(HouseholdDraftFactory.build(phone="17910000001"), office)
    with tenant_scope(office):
        reveal_of_household(household.id, "phone", actor=office, reason="回访")

    entries = told(household, dataclasses.replace(office, role=role), "look")

    assert [(entry.verb, entry.who, entry.reason) for entry in entries] == [
        ("households.reveal", office.username, "回访")
    ] * count


def test_old_village_sees_nothing_and_the_new_one_all_when_the_household_moved() -> None:
    office = county_office()
    household = known(HouseholdDraftFactory.build(group_name="一组"), office)
    stays = known(HouseholdDraftFactory.build(group_name="一组"), office)
    with tenant_scope(office):
        VillageFactory.create(code=NEXT_VILLAGE_CODE)
        for one in (household, stays):
            amend_household(one.id, {"group_name": "二组"}, actor=office, version=1)
    with tenant_scope(office):
        move_household(household.id, NEXT_VILLAGE_CODE, actor=office, on=date(2021, 2, 1), reason="搬迁", version=2)

    def owners(code: str) -> set[UUID]:
        with tenant_scope(at_village(office, code)):
            return set(RowVersion.objects.values_list("owner_id", flat=True))

    assert owners(VILLAGE_CODE) == {stays.id}
    assert owners(NEXT_VILLAGE_CODE) == {household.id}
    assert told(household, at_village(office, VILLAGE_CODE), "change") == []
    assert len(told(household, at_village(office, NEXT_VILLAGE_CODE), "change")) == 2


def test_row_is_given_as_it_stood_when_it_changed_twice() -> None:
    office = county_office()
    household = known(HouseholdDraftFactory.build(group_name="1"), office)
    for version, name in ((1, "2"), (2, "3")):
        with tenant_scope(office):
            amend_household(household.id, {"group_name": name}, actor=office, version=version)

    with tenant_scope(office):
        first, second = versions_of([household.id]).values_list("at", flat=True)
        moments = (first - timedelta(microseconds=1), first, second)
        stood = [(row_as_stood(household, at) or {})["group_name"] for at in moments]

    assert stood == ["1", "2", "3"]


def test_timeline_is_a_page_for_the_county_and_nothing_for_another_when_asked_over_rest() -> None:
    office, other = county_office(), county_office(county(OTHER_COUNTY_CODE))
    household = known(HouseholdDraftFactory.build(group_name="一组"), office)
    known(HouseholdDraftFactory.build(village_code=OTHER_VILLAGE_CODE), other)
    with tenant_scope(office):
        amend_household(household.id, {"group_name": "二组"}, actor=office, version=1)
    address = f"/api/v1/households/{household.id}/timeline/"

    answer = program(Role.COUNTY_OFFICE).get(address)
    far = program(Role.COUNTY_OFFICE, OTHER_COUNTY_CODE).get(address)
    asking = program(Role.MACHINE_CLIENT)
    bad = [asking.get(address, asked) for asked in ({"cursor": "x"}, {"topic": "x"}, {"since": "x"})]

    body = answer.json()
    assert body["next"] is None
    assert body["results"][0]["changes"] == [
        {
            "label": "group_name",
            "title": "所在组（自然村）",
            "before": "一组",
            "after": "二组",
            "before_text": "一组",
            "after_text": "二组",
        }
    ]
    assert [far.status_code, *(one.status_code for one in bad)] == [404, 422, 400, 400]


def test_pages_follow_each_other_when_there_are_many_lines() -> None:
    office = county_office()
    household = known(HouseholdDraftFactory.build(group_name="0"), office)
    for number in range(1, 52):
        with tenant_scope(office):
            amend_household(household.id, {"group_name": str(number)}, actor=office, version=number)
    caller, address = program(Role.COUNTY_OFFICE), f"/api/v1/households/{household.id}/timeline/"

    first = caller.get(address, {"topic": "change"}).json()
    with tenant_scope(office):
        amend_household(household.id, {"group_name": "52"}, actor=office, version=52)
    second = caller.get(address, {"topic": "change", "cursor": first["next"]}).json()

    assert (len(first["results"]), len(second["results"]), second["next"]) == (50, 1, None)
    assert first["results"][-1]["changes"][0]["before"] == "1"
    assert second["results"][0]["changes"][0]["before"] == "0"


def test_queries_stay_as_many_when_a_household_changed_more_often() -> None:
    office = county_office()
    counts = []
    for changes in (1, 3):
        household = known(HouseholdDraftFactory.build(group_name="0"), office)
        for number in range(1, changes + 1):
            with tenant_scope(office):
                amend_household(household.id, {"group_name": str(number)}, actor=office, version=number)
        with tenant_scope(office), CaptureQueriesContext(connection) as queries:
            timeline(household, actor=office)
        counts.append(len(queries))

    assert counts[0] == counts[1]
