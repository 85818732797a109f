"""The figures of the first page for programs: the same as on the site, in the token's area alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from dashboards.queries.overview import overview_of
from dashboards.queries.waiting import waiting_of
from periods.models import Period, PeriodStage
from registry.enums import Role
from registry.lib.periods import today
from registry.models import User
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.dashboards.conftest import Homes
from tests.factories.tenants import COUNTY_CODE, FAR_VILLAGE_CODE, VILLAGE_CODE
from tests.registry.people import at_work, person, token_of

DASHBOARD = "/api/v1/dashboard/"


def asked(role: Role, address: str = DASHBOARD, *, other: bool = False, **query: str) -> Any:  # noqa: ANN401  (an answer)
    """Ask as a program of somebody of the role."""
    account = person(role, other=other)
    tenant = account.memberships.get().tenant
    client = Client(headers={"authorization": f"Bearer {token_of(account, role, tenant=tenant)}"})
    return client.get(address, query)


@pytest.mark.parametrize("role", [Role.COUNTY_OFFICE, Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM])
def test_program_gets_the_figures_of_the_page(homes: Homes, role: Role) -> None:
    answer = asked(role).json()

    with tenant_scope(at_work(person_of(role))) as actor:
        found = overview_of(actor)
    assert {row["key"]: row["value"] for row in answer["figures"]} == {key: found.total(key) for key in found.figures}
    assert [row["code"] for row in answer["villages"]] == [village.code for village in found.villages]
    assert len(answer["months"]) == len(found.months)
    assert {(row["stock"], row["cause_code"]): row["households"] for row in answer["causes"]} == {
        (str(stock), code): count for (stock, code), count in found.causes.items()
    }


def person_of(role: Role) -> User:
    """Give the account that was made for the role."""
    return User.objects.get(username=role.replace("_", "-"))


def test_figures_of_villages_add_up(homes: Homes) -> None:
    answer = asked(Role.COUNTY_OFFICE).json()

    sums: dict[str, int] = {}
    for row in answer["villages"]:
        for key, value in row["figures"].items():
            sums[key] = sums.get(key, 0) + value

    assert {row["key"]: row["value"] for row in answer["figures"] if row["value"]} == sums


def test_division_narrows_and_is_checked(homes: Homes) -> None:
    account = person(Role.COUNTY_OFFICE)
    client = Client(headers={"authorization": f"Bearer {token_of(account, Role.COUNTY_OFFICE)}"})

    village = client.get(DASHBOARD, {"division": FAR_VILLAGE_CODE}).json()
    refused = [client.get(DASHBOARD, query).status_code for query in ({"division": "1"}, {"devision": VILLAGE_CODE})]

    assert [row["code"] for row in village["villages"]] == [FAR_VILLAGE_CODE]
    assert refused == [422, 400]


def test_other_county_gets_nothing_of_this_one(homes: Homes) -> None:
    answer = asked(Role.COUNTY_OFFICE, other=True).json()

    assert (answer["villages"], answer["causes"]) == ([], [])
    assert not any(row["value"] for row in answer["figures"])


def test_machine_gets_no_figure_whose_list_it_may_not_read(homes: Homes) -> None:
    keys = {row["key"] for row in asked(Role.MACHINE_CLIENT).json()["figures"]}

    assert {"lifted", "overdue", "findings"} <= keys
    assert keys.isdisjoint({"uncovered", "without_team"})


def test_reader_above_gets_nothing(homes: Homes) -> None:
    assert asked(Role.PROVINCE_READER).status_code == 403


def test_what_waits_is_counted_as_on_the_page(homes: Homes) -> None:
    answer = asked(Role.TOWNSHIP_CLERK, f"{DASHBOARD}waiting/").json()

    with tenant_scope(at_work(person_of(Role.TOWNSHIP_CLERK))) as actor:
        expected = [(line.kind.key, line.count) for line in waiting_of(actor)]
    assert [(row["key"], row["count"]) for row in answer["results"]] == expected
    assert answer["results"][0]["is_urgent"]


def test_campaign_tells_stage_next_stage_and_days_left(office: Actor) -> None:
    day = today()
    period = Period.objects.create(
        scope_code=COUNTY_CODE,
        kind="campaign",
        name="示例集中排查",
        first_day=day - timedelta(days=3),
        last_day=day + timedelta(days=20),
    )
    stages = [("visit", -3, 4), ("entry", 5, 9), ("self_clean", 10, 12)]
    PeriodStage.objects.bulk_create(
        PeriodStage(
            scope_code=COUNTY_CODE,
            period=period,
            kind=kind,
            first_day=day + timedelta(days=first),
            last_day=day + timedelta(days=last),
        )
        for kind, first, last in stages
    )

    campaign = asked(Role.VILLAGE_TEAM).json()["campaign"]

    assert (campaign["stage"]["kind"], campaign["next_stage"]["kind"]) == ("visit", "entry")
    assert (campaign["days_left"], campaign["entry_open"]) == (5, True)
