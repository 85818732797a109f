"""The catalogue by its pages and by REST: asked for, made, opened to lists behind figures, and shut to all others."""

import re
from typing import Any

import pytest
from django.test import Client

from households.models import Household
from periods.models import Period
from registry.enums import Role
from registry.models import Tenant
from registry.tenancy.scope import tenant_scope
from reports.domain.asking import ReportDraft, start_report
from reports.domain.own import OwnDraft, keep_own_report
from reports.domain.reading import catalogue_runs
from reports.models import OwnReport, ReportRun
from tests.factories.households import registered
from tests.factories.tenants import (
    COUNTY_CODE,
    FAR_VILLAGE_CODE,
    OTHER_COUNTY_CODE,
    TOWNSHIP_CODE,
    VILLAGE_CODE,
    actor_of,
    county,
    county_office,
)
from tests.reports.catalogue.pictures import frozen_period
from tests.reports.people import reader
from tests.reports.test_admin import logged_in
from tests.reports.test_api import client_of
from tests.support.workers import do_jobs

pytestmark = pytest.mark.django_db
CATALOGUE = "/admin/reports/catalogue/"
RUNS = "/api/v1/catalogue-runs/"
OWN = "/api/v1/own-reports/"


@pytest.fixture
def period() -> Period:
    """Give a frozen month of a county with three households in two townships."""
    with tenant_scope(county_office()) as office:
        registered(status="lifted", main_cause_code="01")
        registered(status="filed", main_cause_code="07", other_cause_codes=("01",))
        registered(status="lifted", main_cause_code="01", village_code=FAR_VILLAGE_CODE)
        return frozen_period(office)


def browser(role: Role = Role.COUNTY_OFFICE, area: str = COUNTY_CODE, tenant: Tenant | None = None) -> Client:
    """Give the browser of somebody in a role."""
    return logged_in(reader(f"page-{role}-{area}", role=role, area=area, tenant=tenant))


def asked(client: Client, report: str, period: Period, **values: Any) -> str:
    """Ask for a report by its page, let a worker make it, and give the address of its page."""
    form = {"period_id": str(period.pk), "area": COUNTY_CODE, "formats": ["xlsx"], **values}
    answer = client.post(f"{CATALOGUE}ask/?report={report}", form)
    assert answer.status_code == 302, re.findall("errorlist.*", answer.content.decode())
    do_jobs(county_office(), "reports.report")
    return str(answer["Location"])


def test_catalogue_names_the_reports_of_each_role_when_opened(period: Period) -> None:
    office = browser().get(CATALOGUE).content.decode()
    helper = browser(Role.HELPER, VILLAGE_CODE).get(CATALOGUE)
    village = browser(Role.VILLAGE_TEAM, VILLAGE_CODE).get(CATALOGUE).content.decode()

    assert "report=person-roster" in office
    assert "report=person-roster" in village
    assert "reports/own/" not in village
    assert helper.status_code == 403


def test_figures_lead_to_lists_of_as_many_rows_when_their_links_are_followed(period: Period) -> None:
    client = browser()
    page = client.get(asked(client, "causes", period, which="filed", depth="village")).content.decode()

    found = re.findall(r'<a[^>]* href="([^"]*behind[^"]*)"[^>]*>([\d,]+)</a>', page)
    counts = [
        re.findall(r'data-count="(\d+)"', client.get(link.replace("&amp;", "&")).content.decode())
        for link, _figure in found
    ]
    assert counts == [[figure] for _link, figure in found]
    assert len(found) > 10


@pytest.mark.parametrize(
    "report", ["without-basic-medical-totals", "without-pension-totals", "villages-under-goal-totals"]
)
def test_totals_lead_to_lists_of_as_many_rows_when_their_links_are_followed(period: Period, report: str) -> None:
    client = browser()
    page = client.get(asked(client, report, period, depth="township")).content.decode()

    found = re.findall(r'<a[^>]* href="([^"]*behind[^"]*)"[^>]*>([\d,]+)</a>', page)
    counts = [
        re.findall(r'data-count="(\d+)"', client.get(link.replace("&amp;", "&")).content.decode())
        for link, _figure in found
    ]
    assert counts == [[figure] for _link, figure in found]
    assert len(found) > 0


def test_list_behind_a_figure_is_refused_when_another_county_or_area_asks(period: Period) -> None:
    client = browser()
    address = asked(client, "causes", period)
    query = f"?table=main&column=households&division={FAR_VILLAGE_CODE}"

    assert client.get(f"{address}behind/{query}").status_code == 200
    assert client.get(f"{address}behind/?table=main&column=nothing&division={COUNTY_CODE}").status_code == 404
    assert client.get(f"{address}behind/?table=main&column=households&division={OTHER_COUNTY_CODE}").status_code == 403
    assert browser(Role.TOWNSHIP_CLERK, TOWNSHIP_CODE).get(f"{address}behind/{query}").status_code == 404
    other = browser(area=OTHER_COUNTY_CODE, tenant=county(OTHER_COUNTY_CODE))
    assert other.get(f"{address}behind/{query}").status_code == 404
    assert Client().get(f"{address}behind/{query}").status_code == 302


def test_file_is_handed_out_to_who_asked_when_made(period: Period) -> None:
    client = browser()
    address = asked(client, "person-roster", period, which="filed")

    mine = client.get(f"{address}files/xlsx/")
    colleague = logged_in(reader("page-colleague")).get(f"{address}files/xlsx/")
    missing = client.get(f"{address}files/pdf/")

    assert (mine.status_code, mine.content[:2]) == (200, b"PK")
    assert (colleague.status_code, missing.status_code) == (404, 404)
    assert "attachment" in mine["Content-Disposition"]


def test_card_of_a_household_is_asked_for_by_its_number_when_it_lies_in_the_area(period: Period) -> None:
    with tenant_scope(county_office()):
        near, far = Household.objects.get(status="filed"), Household.objects.get(scope_code=FAR_VILLAGE_CODE)
    client = browser(Role.TOWNSHIP_CLERK, TOWNSHIP_CODE)
    form = {"period_id": "", "formats": ["xlsx"]}
    address = f"{CATALOGUE}ask/?report=assistance-handbook"

    missing, wrong, right = (
        client.post(address, form | {"household_number": number}) for number in ("", far.number, near.number)
    )

    assert [answer.context["form"].errors.keys() for answer in (missing, wrong)] == [{"household_number"}] * 2
    assert right.status_code == 302
    with tenant_scope(county_office()):
        assert ReportRun.objects.get().household_id == near.pk


def test_notice_is_refused_at_its_field_when_it_hangs_too_short(period: Period) -> None:
    form = {
        "period_id": str(period.pk),
        "area": VILLAGE_CODE,
        "formats": ["xlsx"],
        "which": "lifted",
        "approved_on": "2021-01-04",
        "until": "2021-01-05",
    }

    refused = browser().post(f"{CATALOGUE}ask/?report=notice-list", form)

    assert refused.status_code == 200
    assert refused.context["form"].errors.keys() == {"until"}


def test_own_report_is_put_together_changed_and_put_out_of_use_when_done_by_its_pages(period: Period) -> None:
    client = browser()
    form = {
        "name": "脱贫户清单",
        "columns": ["household_number", "head_name"],
        "column_1": "household_status",
        "operator_1": "is",
        "values_1": "已脱贫",
        "sort_1": "-household_number",
    }

    made = client.post("/admin/reports/own/new/?level=household", form)
    page = client.get(made["Location"])
    changed = client.post(made["Location"], form | {"name": "另一份", "version": "1"})
    wrong = client.post(made["Location"], form | {"values_1": "富裕", "version": "2"})
    retired = client.post(f"{made['Location']}retire/", {"version": "2"})

    with tenant_scope(county_office()):
        own = OwnReport.objects.get()
    assert page.content.decode().count("549901") > 1
    assert (changed.status_code, wrong.status_code, retired.status_code) == (302, 200, 302)
    assert (own.name, own.is_active, own.columns) == ("另一份", False, ["household_number", "head_name"])
    assert own.filters == [{"column": "household_status", "operator": "is", "values": ["已脱贫"]}]


def test_page_keeps_all_conditions_and_the_order_of_columns_when_only_a_name_is_changed() -> None:
    counts: list[dict[str, Any]] = [
        {"column": "household_person_count", "operator": one, "values": ["3"]} for one in ("at_least", "at_most")
    ]
    words: dict[str, Any] = {"column": "household_group_name", "operator": "is", "values": ["一组、二组", "三组"]}
    numbered: dict[str, Any] = {"column": "household_number", "operator": "not_empty", "values": []}
    filters = [*counts, words, *([numbered] * 4)]
    with tenant_scope(county_office()) as office:
        columns = ("household_status", "household_number", "head_name")
        own = keep_own_report(OwnDraft("清单", "household", columns, tuple(filters)), actor=office)
    client, address = browser(), f"/admin/reports/own/{own.pk}/"
    page = client.get(address)
    form = {name: value for name, value in page.context["form"].initial.items() if value is not None}

    more = client.post(address, form | {"more": "1", "values_1": "4"})
    client.post(address, form | {"name": "别名"})
    with tenant_scope(county_office()):
        kept = OwnReport.objects.get()
    client.post(address, form | {"name": "别名", "version": "2", "place_head_name": "1"})
    with tenant_scope(county_office()):
        moved = OwnReport.objects.get()

    shown = more.context["form"]
    assert (more.status_code, shown.lines, shown["values_1"].value(), shown["column_7"].value()) == (
        200,
        8,
        "4",
        "household_number",
    )
    assert (kept.name, kept.version, kept.columns, kept.filters) == ("别名", 2, list(columns), filters)
    assert (moved.columns, moved.filters) == (["head_name", "household_status", "household_number"], filters)


def test_report_is_asked_for_and_downloaded_when_done_by_rest(period: Period) -> None:
    client = client_of(Role.COUNTY_OFFICE)
    body = {"report": "person-roster", "period_id": str(period.pk), "formats": ["csv"], "options": {"which": "all"}}

    asked_for = client.post(RUNS, body, content_type="application/json")
    do_jobs(county_office(), "reports.report")
    run = client.get(f"{RUNS}{asked_for.json()['id']}/").json()
    file = client.get(f"{RUNS}{run['id']}/files/csv/")

    assert (asked_for.status_code, run["state"], run["area"]) == (201, "finished", COUNTY_CODE)
    assert [one["format"] for one in run["files"]] == ["csv"]
    assert file.content.startswith(b"\xef\xbb\xbf")
    assert [row["id"] for row in client.get(RUNS).json()["results"]] == [run["id"]]
    assert "person-roster" in [row["id"] for row in client.get("/api/v1/catalogue-reports/").json()["results"]]


def test_machine_gets_figures_and_no_persons_when_it_asks_by_rest(period: Period) -> None:
    client = client_of(Role.MACHINE_CLIENT)
    figures = {"report": "causes", "period_id": str(period.pk)}
    persons = {"report": "person-roster", "period_id": str(period.pk)}

    assert client.post(RUNS, figures, content_type="application/json").status_code == 201
    assert client.post(RUNS, persons, content_type="application/json").status_code == 403
    assert (
        client.post(RUNS, figures | {"options": {"depth": "village"}}, content_type="application/json").status_code
        == 403
    )


def test_figures_of_a_village_are_hidden_when_a_machine_asks_for_them_or_looks_for_runs(
    period: Period,
) -> None:
    by_village = (("depth", "village"),)
    with tenant_scope(county_office()) as office:
        drafts = [
            ReportDraft("causes", period_id=period.pk, options=by_village),
            ReportDraft("without-pension-totals", period_id=period.pk, area_code=VILLAGE_CODE),
            ReportDraft("causes", period_id=period.pk),
        ]
        hidden, other, open_ = (str(start_report(draft, actor=office).pk) for draft in drafts)
        seen_by_office = {str(run.pk) for run in catalogue_runs(office)}
    machine, clerk = client_of(Role.MACHINE_CLIENT), actor_of(Role.TOWNSHIP_CLERK)
    body = {"report": "causes", "period_id": str(period.pk), "area": VILLAGE_CODE}

    asked_for = machine.post(RUNS, body, content_type="application/json")
    answers = [machine.get(f"{RUNS}{run}/").status_code for run in (hidden, other, open_)]
    with tenant_scope(clerk):
        seen_by_clerk = {str(run.pk) for run in catalogue_runs(clerk)}

    assert (asked_for.status_code, answers) == (403, [404, 404, 200])
    assert [row["id"] for row in machine.get(RUNS).json()["results"]] == [open_]
    assert (seen_by_office, seen_by_clerk) == ({hidden, other, open_}, {other, open_})


def test_run_is_not_found_when_another_county_asks_by_rest(period: Period) -> None:
    client = client_of(Role.COUNTY_OFFICE)
    client.post(RUNS, {"report": "causes", "period_id": str(period.pk)}, content_type="application/json")
    with tenant_scope(county_office()):
        run = ReportRun.objects.get()

    other = client_of(Role.COUNTY_OFFICE, area=OTHER_COUNTY_CODE, tenant=county(OTHER_COUNTY_CODE))
    assert client.get(f"{RUNS}{run.pk}/").status_code == 200
    assert other.get(f"{RUNS}{run.pk}/").status_code == 404
    assert other.get(f"{RUNS}{run.pk}/files/xlsx/").status_code == 404
    assert Client().get(f"{RUNS}{run.pk}/").status_code == 401


def test_report_is_made_as_of_a_day_when_no_period_is_named() -> None:
    with tenant_scope(county_office()):
        registered(status="lifted")
    client = client_of(Role.COUNTY_OFFICE)
    body = {"report": "household-roster", "as_of": "2020-12-20", "formats": ["csv"], "options": {"which": "lifted"}}
    before = body | {"as_of": "2020-12-14"}

    addresses = [
        f"{RUNS}{client.post(RUNS, one, content_type='application/json').json()['id']}/" for one in (body, before)
    ]
    do_jobs(county_office(), "reports.report")

    files = [client.get(f"{address}files/csv/").content.decode() for address in addresses]
    assert [client.get(address).json()["error"] for address in addresses] == ["", ""]
    assert ["示例人" in file for file in files] == [True, False]


def test_own_report_is_kept_and_changed_when_done_by_rest() -> None:
    client = client_of(Role.COUNTY_OFFICE)
    body = {"name": "清单", "level": "person", "columns": ["person_name"]}

    made = client.post(OWN, body, content_type="application/json")
    address = f"{OWN}{made.json()['id']}/"
    wrong = client.post(OWN, body | {"name": "x", "columns": ["no_such"]}, content_type="application/json")
    changed = client.put(
        address, body | {"name": "新清单"}, content_type="application/json", headers={"If-Match": made["ETag"]}
    )
    gone = client.delete(address, headers={"If-Match": changed["ETag"]})

    assert (made.status_code, changed.json()["name"], gone.status_code) == (201, "新清单", 200)
    assert (wrong.status_code, wrong.json()["code"]) == (422, "own_report.unknown_column")
    assert client.get(address).status_code == 404
    columns = client.get("/api/v1/own-report-columns/?level=person").json()["results"]
    assert {"key", "label", "kind", "scheme", "operators", "is_group"} == set(columns[0])
