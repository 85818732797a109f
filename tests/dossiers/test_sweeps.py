"""Sweep campaigns: every village stands in it, counts add up, and nobody without a lead is named."""

import json
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dossiers.domain.cases import raise_lead
from dossiers.domain.sweeps import SweepCounts, close_campaign, count_village, open_campaign
from dossiers.models import SweepCampaign, SweepVillage
from dossiers.queries.sweeps import totals_of, villages_of
from registry.enums import Role
from registry.lib.errors import DomainError, NotAllowed, NotFound, StaleVersion
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.cases import lead
from tests.factories.households import registered
from tests.factories.tenants import (
    FAR_VILLAGE_CODE,
    NEXT_VILLAGE_CODE,
    TOWNSHIP_CODE,
    VILLAGE_CODE,
    actor_of,
    county_office,
)
from tests.factories.villages import VillageFactory
from tests.registry.people import client_of, person, token_of
from villages.domain.villages import open_villages

DAY = date(2021, 3, 1)
PERIOD = {"starts_on": date(2021, 3, 1), "ends_on": date(2021, 4, 1)}
CODES = (VILLAGE_CODE, NEXT_VILLAGE_CODE, FAR_VILLAGE_CODE)


def opened(actor: Actor, name: str = "一季度排查") -> SweepCampaign:
    for code in CODES:
        VillageFactory.create(code=code)
    return open_campaign(name, **PERIOD, actor=actor)


def line(campaign: SweepCampaign, code: str = VILLAGE_CODE) -> SweepVillage:
    return SweepVillage.objects.get(campaign=campaign, scope_code=code)


def counts(**changes: Any) -> SweepCounts:
    values: dict[str, Any] = {"counted_on": DAY, "to_visit_count": 10, "visited_count": 6, "nobody_home_count": 1}
    return SweepCounts(**{**values, **changes})


def refusal(campaign: SweepCampaign, actor: Actor, **changes: Any) -> str:
    try:
        with savepoint():
            count_village(line(campaign).pk, counts(**changes), actor=actor)
    except DomainError as error:
        return error.code
    return ""


@pytest.mark.django_db
def test_campaign_has_a_line_for_every_village_when_it_is_opened(office: Actor) -> None:
    registered(village_code=VILLAGE_CODE)
    registered(village_code=VILLAGE_CODE, status="ordinary")

    campaign = opened(office)

    rows = SweepVillage.objects.filter(campaign=campaign).order_by("scope_code")
    assert [(row.scope_code, row.registered_count, row.to_visit_count) for row in rows] == [
        (VILLAGE_CODE, 2, None),
        (NEXT_VILLAGE_CODE, 0, None),
        (FAR_VILLAGE_CODE, 0, None),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, ""),
        ({"visited_count": 9}, ""),
        ({"visited_count": 10}, "campaign.too_many"),
        ({"refused_count": 2, "working_away_count": 1, "other_reason_count": 1}, "campaign.too_many"),
        ({"is_done": True}, "campaign.not_done"),
        ({"is_done": True, "visited_count": 9}, ""),
        ({"counted_on": date(2021, 2, 28)}, "campaign.counted_early"),
        ({"counted_on": date(2100, 1, 1)}, "date.in_future"),
    ],
)
def test_counts_add_up_or_are_refused(office: Actor, changes: dict[str, Any], code: str) -> None:
    assert refusal(opened(office), office, **changes) == code


@pytest.mark.django_db
def test_team_counts_its_own_village_and_the_township_looks_on(office: Actor) -> None:
    campaign = opened(office)
    own, far = line(campaign), line(campaign, FAR_VILLAGE_CODE)

    with tenant_scope(actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)) as team:
        counted = count_village(own.pk, counts(), actor=team, version=1)
        with pytest.raises(NotFound):
            count_village(far.pk, counts(), actor=team)
        with pytest.raises(StaleVersion):
            count_village(own.pk, counts(), actor=team, version=1)
    with tenant_scope(actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)) as clerk:
        with pytest.raises(NotAllowed):
            count_village(own.pk, counts(), actor=clerk)
        seen = totals_of(campaign)

    assert (counted.visited_count, counted.not_reached_count) == (6, 1)
    assert (seen.villages, seen.begun, seen.to_visit, seen.visited, seen.not_reached) == (2, 1, 10, 6, 1)


@pytest.mark.django_db
def test_county_alone_opens_and_closes(office: Actor) -> None:
    campaign = opened(office)
    clerk = actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)

    with pytest.raises(NotAllowed):
        open_campaign("二", **PERIOD, actor=clerk)
    with pytest.raises(NotAllowed):
        close_campaign(campaign.pk, on=DAY, reason="结束", actor=clerk)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "period", "code"),
    [
        (" ", PERIOD, "campaign.no_name"),
        ("一季度排查", PERIOD, "campaign.name_taken"),
        ("二", {"starts_on": DAY, "ends_on": DAY}, "campaign.period"),
    ],
)
def test_campaign_is_refused_when_it_is_not_whole(office: Actor, name: str, period: dict[str, date], code: str) -> None:
    opened(office)

    with pytest.raises(DomainError) as refused, savepoint():
        open_campaign(name, **period, actor=office)

    assert refused.value.code == code


@pytest.mark.django_db
def test_counts_stay_when_the_campaign_is_closed(office: Actor) -> None:
    campaign = opened(office)
    count_village(line(campaign).pk, counts(), actor=office)

    with pytest.raises(DomainError) as early, savepoint():
        close_campaign(campaign.pk, on=date(2021, 2, 1), reason="结束", actor=office)
    closed = close_campaign(campaign.pk, on=DAY, reason="结束", actor=office, version=1)
    with pytest.raises(IntegrityError, match="campaign_is_open"), savepoint():
        SweepVillage.objects.filter(campaign=campaign).update(visited_count=0)

    assert (early.value.code, closed.state, refusal(closed, office)) == (
        "campaign.closed_early",
        "closed",
        "campaign.closed",
    )
    assert line(campaign).visited_count == 6


@pytest.mark.django_db
def test_leads_are_counted_at_the_village_where_they_were_found(office: Actor) -> None:
    campaign = opened(office)
    household = registered(status="lifted", village_code=VILLAGE_CODE)
    far = registered(status="lifted", village_code=FAR_VILLAGE_CODE)
    count_village(line(campaign, FAR_VILLAGE_CODE).pk, counts(is_done=True, visited_count=9), actor=office)
    count_village(line(campaign).pk, counts(), actor=office)

    case = raise_lead(household.pk, lead(campaign_id=campaign.pk), actor=office)
    raise_lead(far.pk, lead(), actor=office)

    shown = [(row.scope_code, getattr(row, "leads_count", None)) for row in villages_of(campaign)]
    assert (case.sweep_village_id, totals_of(campaign).leads) == (line(campaign).pk, 1)
    assert shown == [(NEXT_VILLAGE_CODE, 0), (VILLAGE_CODE, 1), (FAR_VILLAGE_CODE, 0)]


@pytest.mark.django_db
def test_lead_names_no_closed_campaign_and_none_without_its_village(office: Actor) -> None:
    campaign = opened(office)
    new = registered(status="lifted", village_code="549901100202")
    closed = close_campaign(opened(office, "旧").pk, on=DAY, reason="结束", actor=office)
    codes = []

    for household, given in ((new, campaign), (registered(status="lifted"), closed)):
        with pytest.raises(DomainError) as refused, savepoint():
            raise_lead(household.pk, lead(campaign_id=given.pk), actor=office)
        codes.append(refused.value.code)

    assert codes == ["campaign.other_village", "campaign.closed"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"visited_count": 1}, "sweepvillage_counts_add_up"),
        ({"to_visit_count": 3}, "sweepvillage_counts_add_up"),
        (
            {"to_visit_count": 3, "counted_on": DAY, "visited_count": 2, "refused_count": 2},
            "sweepvillage_counts_add_up",
        ),
        ({"to_visit_count": 3, "counted_on": DAY, "is_done": True}, "sweepvillage_done_left_nobody_out"),
    ],
)
def test_database_refuses_counts_that_cannot_be(office: Actor, changes: dict[str, Any], constraint: str) -> None:
    campaign = opened(office)

    with pytest.raises(IntegrityError, match=constraint), savepoint():
        SweepVillage.objects.filter(campaign=campaign).update(**changes)


@pytest.mark.django_db
def test_village_has_its_line_in_campaigns_under_way_when_it_is_opened_meanwhile(office: Actor) -> None:
    campaign, closed = opened(office), opened(office, "旧")
    close_campaign(closed.pk, on=DAY, reason="结束", actor=office)
    codes = ("549901100202", "549901100203")

    open_villages([(code, "示例新村") for code in codes], actor=office)
    open_villages([(codes[0], "示例新村")], actor=office)

    rows = SweepVillage.objects.filter(scope_code__in=codes).order_by("scope_code")
    assert [(row.scope_code, row.campaign_id, row.to_visit_count) for row in rows] == [
        (code, campaign.pk, None) for code in codes
    ]
    household = registered(status="lifted", village_code=codes[0])
    assert raise_lead(household.pk, lead(campaign_id=campaign.pk), actor=office).sweep_village_id == rows[0].pk


# --- doors ------------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_campaign_is_run_when_the_pages_are_used() -> None:
    with tenant_scope(county_office()):
        for code in CODES:
            VillageFactory.create(code=code, name=f"示例村{code[-4:]}")
    office = client_of(person(Role.COUNTY_OFFICE))
    team = client_of(person(Role.VILLAGE_TEAM))

    form = {"name": "排查", "starts_on": "2021-03-01", "ends_on": "2021-04-01"}
    made = office.post("/admin/dossiers/sweepcampaign/add/", form).status_code
    with tenant_scope(county_office()):
        campaign = SweepCampaign.objects.get()
        row = line(campaign)
    where = f"/admin/dossiers/sweepvillage/{row.pk}/do/count/"
    body = {"version": 1, "counted_on": "2021-03-02", "to_visit_count": 10, "visited_count": 4}
    reasons = dict.fromkeys(("nobody_home_count", "working_away_count", "refused_count", "other_reason_count"), 1)
    wrong = team.post(where, body | reasons | {"visited_count": 7}).status_code
    counted = team.post(where, body | reasons).status_code
    page = office.get(f"/admin/dossiers/sweeps/{campaign.pk}/").content.decode()
    own = team.get(f"/admin/dossiers/sweeps/{campaign.pk}/").content.decode()
    closing = {"version": 1, "on": "2021-03-31", "reason": "结束"}
    closed = office.post(f"/admin/dossiers/sweepcampaign/{campaign.pk}/do/close/", closing).status_code

    assert (made, wrong, counted, closed) == (302, 200, 302, 302)
    assert page.index("示例村0201") < page.index("示例村0200")
    assert ("示例村0201" in own, "示例村0200" in own) == (False, True)


@pytest.mark.django_db
def test_campaign_is_run_when_a_program_is_used() -> None:
    with tenant_scope(county_office()):
        for code in CODES:
            VillageFactory.create(code=code)
    token = token_of(person(Role.COUNTY_OFFICE), Role.COUNTY_OFFICE)
    program = Client(headers={"authorization": f"Bearer {token}", "accept-language": "en"})

    def send(method: str, where: str, body: dict[str, Any], version: int = 1) -> Any:  # noqa: ANN401  (the test client's answer)
        headers = {"if-match": f'"{version}"'}
        return program.generic(method, f"/api/v1/{where}", json.dumps(body), "application/json", headers=headers)

    made = send("POST", "sweep-campaigns/", {"name": "排查", "starts_on": "2021-03-01", "ends_on": "2021-04-01"})
    campaign = made.json()["id"]
    found = program.get("/api/v1/sweep-villages/", {"campaign": campaign, "division": TOWNSHIP_CODE}).json()["results"]
    body = {"counted_on": "2021-03-02", "to_visit_count": 3, "visited_count": 3, "is_done": True}
    counted = send("PUT", f"sweep-villages/{found[0]['id']}/", body)
    totals = program.get(f"/api/v1/sweep-campaigns/{campaign}/").json()["totals"]
    closed = send("POST", f"sweep-campaigns/{campaign}/close/", {"on": "2021-03-31", "reason": "结束"})
    late = send("PUT", f"sweep-villages/{found[0]['id']}/", body, version=2)

    assert [answer.status_code for answer in (made, counted, closed, late)] == [201, 200, 200, 409]
    assert (len(found), counted["ETag"], totals["done"], totals["villages"], totals["visited"]) == (2, '"2"', 1, 3, 3)


@pytest.mark.django_db
def test_page_of_a_campaign_asks_as_many_queries_for_three_villages_as_for_one() -> None:
    client = client_of(person(Role.COUNTY_OFFICE))

    def cost(name: str, *codes: str) -> int:
        with tenant_scope(county_office()) as actor:
            for code in codes:
                VillageFactory.create(code=code)
            campaign = open_campaign(name, **PERIOD, actor=actor)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/admin/dossiers/sweeps/{campaign.pk}/").status_code == 200
        return len(captured)

    cost("一", VILLAGE_CODE)
    one = cost("二")

    assert cost("三", NEXT_VILLAGE_CODE, FAR_VILLAGE_CODE) == one


@pytest.mark.django_db
def test_database_refuses_to_open_a_campaign_again(office: Actor) -> None:
    campaign = close_campaign(opened(office).pk, on=DAY, reason="结束", actor=office)

    with pytest.raises(IntegrityError, match="state_workflow"), savepoint():
        SweepCampaign.objects.filter(pk=campaign.pk).update(state="open", closed_on=None)
