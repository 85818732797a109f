"""Reports over REST: who may ask for what, and what they get."""

import zipfile
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from registry.domain.tokens import digest_of
from registry.enums import Role
from registry.lib.periods import Month, today
from registry.models import ApiToken, Job, PublishedFigure, Tenant
from registry.tenancy.scope import tenant_scope
from reports.models import ReportRun
from tests.factories.households import registered
from tests.factories.tenants import COUNTY_CODE, OTHER_COUNTY_CODE, TOWNSHIP_CODE, county, county_office
from tests.reports.people import reader
from tests.support.workers import do_jobs

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db
RUNS = "/api/v1/report-runs/"


def client_of(role: Role, *, area: str = COUNTY_CODE, tenant: Tenant | None = None) -> Client:
    """Give a client with a token of a new user in that role."""
    user = reader(f"{role}-{area}", role=role, area=area, tenant=tenant)
    text = f"token-{user.pk}"
    ApiToken.objects.create(
        user=user,
        tenant=tenant or county(),
        role=role,
        label="test",
        prefix="token",
        digest=digest_of(text),
        expires_at=timezone.now() + timedelta(days=1),
    )
    return Client(headers={"Authorization": f"Bearer {text}"})


def ask(client: Client, month: str = "2020-12") -> "Answer":
    """Ask for the report of a month."""
    return client.post(RUNS, {"report": "dynamic-management", "month": month}, content_type="application/json")


def work() -> None:
    """Do what is queued, as a worker does."""
    actor = county_office()
    do_jobs(actor)
    with tenant_scope(actor):
        assert not Job.objects.exclude(state="done").exists()


def finished_run() -> str:
    """Make the December run of a county with one household and give its id."""
    with tenant_scope(county_office()):
        registered(status="lifted", main_cause_code="01")
    run_id: str = ask(client_of(Role.COUNTY_OFFICE)).json()["id"]
    work()
    return run_id


def test_run_is_asked_for_made_and_shown_when_the_client_may() -> None:
    client = client_of(Role.MACHINE_CLIENT)
    with tenant_scope(county_office()):
        registered(status="lifted", main_cause_code="01")

    asked = ask(client)
    work()

    shown = client.get(f"{RUNS}{asked.json()['id']}/").json()
    county_line = shown["figures"]["accounts"]["lifted"][0]
    assert (asked.status_code, asked.json()["state"], shown["state"]) == (201, "queued", "finished")
    assert (county_line["code"], county_line["closing"]) == (COUNTY_CODE, {"households": 1, "persons": 2})
    assert county_line["flows"]["takeover_in"] == {"households": 1, "persons": 2}


@pytest.mark.parametrize(
    ("role", "levels"),
    [
        (Role.MACHINE_CLIENT, {"county", "township"}),
        (Role.COUNTY_OFFICE, {"county", "township", "village"}),
    ],
)
def test_causes_by_village_are_shown_when_the_role_may_see_them(role: Role, levels: set[str]) -> None:
    client = client_of(role, area=COUNTY_CODE)
    with tenant_scope(county_office()):
        registered(status="lifted", main_cause_code="01")
    run_id = ask(client).json()["id"]
    work()

    figures = client.get(f"{RUNS}{run_id}/").json()["figures"]

    assert {line["level"] for line in figures["causes"]} == levels


def test_workbook_is_downloaded_when_the_run_is_finished() -> None:
    run_id = finished_run()

    answer = client_of(Role.MACHINE_CLIENT).get(f"{RUNS}{run_id}/workbook/")

    assert answer.status_code == 200
    assert load_workbook(BytesIO(answer.content)).sheetnames[0] == "总表"
    assert ".xlsx" in answer["Content-Disposition"]


def test_account_is_downloaded_as_data_when_the_run_is_finished() -> None:
    run_id = finished_run()

    answer = client_of(Role.MACHINE_CLIENT).get(f"{RUNS}{run_id}/files/parquet/")

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        assert "lifted_persons.parquet" in archive.namelist()


def test_runs_are_listed_by_month_when_filtered() -> None:
    client = client_of(Role.COUNTY_OFFICE)
    ask(client, "2020-11")
    ask(client, "2020-12")

    listed = client.get(RUNS, {"month": "2020-11"}).json()["results"]

    assert [row["month"] for row in listed] == ["2020-11"]


def test_run_is_refused_with_a_sentence_when_the_month_has_not_ended() -> None:
    client = client_of(Role.COUNTY_OFFICE)
    allowed = ask(client, str(Month.of(today()).previous))

    refused = ask(client, str(Month.of(today())))

    assert (allowed.status_code, refused.status_code) == (201, 422)
    assert refused.json()["code"] == "report.month_not_ended"
    with tenant_scope(county_office()):
        assert ReportRun.objects.count() == 1


@pytest.mark.parametrize("month", ["2020-13", "December", "2020-12-01"])
def test_run_is_refused_when_the_month_is_none(month: str) -> None:
    client = client_of(Role.COUNTY_OFFICE)

    refused = ask(client, month)

    assert (ask(client).status_code, refused.status_code in {400, 422}) == (201, True)


@pytest.mark.parametrize("role", [Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM, Role.HELPER, Role.PROVINCE_READER])
def test_runs_are_refused_when_the_role_may_not_see_them(role: Role) -> None:
    run_id = finished_run()

    client = client_of(role, area=TOWNSHIP_CODE)

    paths = (RUNS, f"{RUNS}{run_id}/", f"{RUNS}{run_id}/workbook/")
    assert [client.get(path).status_code for path in paths] == [403, 403, 403]


def test_run_looks_unknown_when_the_client_is_of_another_county() -> None:
    run_id = finished_run()

    client = client_of(Role.COUNTY_OFFICE, area=OTHER_COUNTY_CODE, tenant=county(OTHER_COUNTY_CODE))

    assert client.get(f"{RUNS}{run_id}/").status_code == 404
    assert client.get(f"{RUNS}{run_id}/workbook/").status_code == 404
    assert client.get(RUNS).json()["results"] == []


def test_province_reader_gets_county_totals_and_nothing_else_when_asking() -> None:
    finished_run()
    client = client_of(Role.PROVINCE_READER, area="540000000000", tenant=Tenant.objects.get(pk=1))

    listed = client.get("/api/v1/published-figures/", {"month": "2020-12"}).json()["results"]

    assert [(row["county_code"], row["edition"]) for row in listed] == [(COUNTY_CODE, 1)]
    assert listed[0]["figures"]["stocks"]["lifted"]["closing"] == {"households": 1, "persons": 2}


def test_newest_month_is_shown_when_the_reader_names_none() -> None:
    finished_run()
    with tenant_scope(county_office()):
        PublishedFigure.objects.create(
            tenant=county(), report="dynamic-management", month="2020-11-01", figures={}, digest="x"
        )
    client = client_of(Role.PROVINCE_READER, area="540000000000", tenant=Tenant.objects.get(pk=1))

    listed = client.get("/api/v1/published-figures/").json()["results"]

    assert [row["month"] for row in listed] == ["2020-12"]


def test_reader_sees_no_county_outside_the_area_when_asking() -> None:
    finished_run()
    other = county(OTHER_COUNTY_CODE)
    with tenant_scope(county_office(other)):
        PublishedFigure.objects.create(
            tenant=other, report="dynamic-management", month="2020-12-01", figures={}, digest="x"
        )
    client = client_of(Role.PREFECTURE_READER, area=OTHER_COUNTY_CODE, tenant=Tenant.objects.get(pk=1))

    listed = client.get("/api/v1/published-figures/").json()["results"]
    assert [row["county_code"] for row in listed] == [OTHER_COUNTY_CODE]


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_when_there_are_more_runs(django_assert_max_num_queries: Any, number: int) -> None:  # noqa: ANN401  (a fixture without a type)
    client = client_of(Role.COUNTY_OFFICE)
    asked = [ask(client, f"2020-{month:02}").status_code for month in range(1, number + 1)]

    with django_assert_max_num_queries(8):
        listed = client.get(RUNS)

    assert (asked, len(listed.json()["results"])) == ([201] * number, number)
