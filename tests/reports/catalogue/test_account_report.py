"""The clear account as a report of the catalogue: of a period and of a day, by REST and on its pages."""

from datetime import date

import pytest
from django.db import connection
from django.utils import timezone

from households.domain.status import change_status
from periods.domain.freezing import empty_snapshot
from periods.domain.periods import month_of
from periods.models import Snapshot
from registry.enums import Role
from registry.lib.errors import DomainError
from registry.lib.periods import Month
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from reports.catalogue.base import reports
from reports.definitions.account import REPORT_ID
from reports.definitions.layout import Layout, Table
from reports.domain.asking import ReportDraft, start_report
from reports.domain.making import file_of_run, picture_of_run
from reports.domain.runs import workbook_of
from reports.models import ReportRun
from tests.factories.households import registered
from tests.factories.tenants import COUNTY_CODE, FAR_VILLAGE_CODE, TOWNSHIP_CODE, county_office
from tests.reports.catalogue.pictures import made
from tests.reports.catalogue.test_doors import CATALOGUE, RUNS, browser
from tests.reports.people import reader
from tests.reports.test_admin import logged_in
from tests.reports.test_api import client_of
from tests.support.workers import do_jobs

LIFTED_ON = date(2021, 1, 10)


def of_county(layout: Layout, key: str) -> dict[str, object]:
    """Give the county's line of one sheet by its columns."""
    table = next(part for sheet in layout.sheets for part in sheet.parts if isinstance(part, Table) and part.key == key)
    row = next(row for row in table.rows if COUNTY_CODE in row)
    return dict(zip([column.key for column in table.columns], row, strict=True))


def of_day(run: ReportRun, actor: Actor) -> dict[str, object]:
    """Give what the account of a day says of the lifted households of the county."""
    layout = reports()[REPORT_ID].layout(picture_of_run(run), actor=actor, language="zh-hans")
    return of_county(layout, "lifted_households")


def by_hand(first: date, last: date) -> tuple[int, int, int]:
    """Count opening, flows and closing of the lifted households by the ledger alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(households_delta) FILTER (WHERE effective_on < %(first)s), 0),"
            " coalesce(sum(households_delta) FILTER (WHERE effective_on >= %(first)s), 0), sum(households_delta)"
            " FROM households_posting WHERE stock = 'lifted' AND effective_on <= %(last)s",
            {"first": first, "last": last},
        )
        return tuple(cursor.fetchone())


@pytest.mark.usefixtures("committed_database")
def test_account_of_a_day_says_what_took_effect_and_was_known_when_asked_for() -> None:
    with tenant_scope(county_office()):
        household = registered(status="filed")
        registered(status="lifted", village_code=FAR_VILLAGE_CODE)
    before = timezone.now()
    with tenant_scope(county_office()) as office:
        change_status(household.id, "lift", actor=office, on=LIFTED_ON, reason="test")
    asked = [(date(2021, 1, 15), None), (date(2021, 1, 9), None), (date(2021, 1, 15), before)]
    with tenant_scope(county_office()) as office:
        drafts = [ReportDraft(REPORT_ID, as_of=day, known_at=known_at) for day, known_at in asked]
        runs = [start_report(draft, actor=office) for draft in drafts]

    do_jobs(county_office(), "reports.report")

    with tenant_scope(county_office()) as office:
        lines = [of_day(ReportRun.objects.get(pk=run.pk), office) for run in runs]
        counted = by_hand(date(2021, 1, 1), date(2021, 1, 15))
    found = [(line["opening"], line["in_lifted"], line["closing"]) for line in lines]
    assert found == [(1, 1, 2), (1, 0, 1), (1, 0, 1)]
    assert found[0] == counted


def test_account_of_a_day_stays_as_it_was_when_it_is_laid_out_after_a_late_posting(office: Actor) -> None:
    household = registered(status="filed")
    run = made(
        ReportDraft(REPORT_ID, as_of=date(2021, 1, 15), formats=("csv", "html"), language="zh-hans"), actor=office
    )

    change_status(household.id, "lift", actor=office, on=LIFTED_ON, reason="test")

    assert of_day(run, office)["closing"] == 0
    assert of_day(made(ReportDraft(REPORT_ID, as_of=date(2021, 1, 15)), actor=office), office)["closing"] == 1
    assert "2021年1月1日至15日" in file_of_run(run.pk, "html", actor=office)[2].decode()


def test_account_of_a_day_fails_with_a_sentence_when_ledger_and_picture_differ(office: Actor) -> None:
    registered(status="lifted")
    run = made(ReportDraft(REPORT_ID, as_of=date(2021, 1, 15)), actor=office)
    empty_snapshot(Snapshot.objects.get())

    with pytest.raises(DomainError) as refused:
        of_day(run, office)

    assert refused.value.code == "report.day_does_not_close"


@pytest.mark.django_db
def test_account_of_a_period_is_frozen_kept_and_handed_out_when_asked_for_in_the_catalogue() -> None:
    with tenant_scope(county_office()) as office:
        registered(status="lifted")
        period = month_of(Month(2020, 12), actor=office)
    client, pages = client_of(Role.COUNTY_OFFICE), logged_in(reader("reader-of-pages"))
    body = {"report": REPORT_ID, "period_id": str(period.pk), "formats": ["csv"]}

    first, again = (client.post(RUNS, body, content_type="application/json") for _ in range(2))
    do_jobs(county_office(), "periods.freeze", "reports.run")
    address = f"{RUNS}{first.json()['id']}/"
    run = client.get(address).json()

    with tenant_scope(county_office()) as office:
        kept = ReportRun.objects.get(pk=run["id"])
        workbook = workbook_of(kept, actor=office)[1]
    assert (first.status_code, again.json()["id"], run["state"]) == (201, run["id"], "finished")
    assert [one["format"] for one in run["files"]] == ["xlsx", "pdf", "csv", "parquet", "html"]
    assert client.get(f"{address}files/xlsx/").content == workbook
    assert client.get(f"{address}files/csv/").content.startswith(b"PK")
    assert [row["id"] for row in client.get(RUNS).json()["results"]] == [run["id"]]
    page = pages.get(CATALOGUE).content.decode()
    assert (f"report={REPORT_ID}" in page, f"{run['id']}/files/pdf/" in page) == (True, True)
    assert pages.get(f"{CATALOGUE}runs/{run['id']}/")["Location"] == f"/admin/reports/runs/{run['id']}/"
    assert client_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE).get(address).status_code == 404


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"area_code": TOWNSHIP_CODE}, "report.area_level"),
        ({"period_id": date(2020, 1, 1), "as_of": date(2020, 12, 1)}, "report.period_and_day"),
        ({"reveal_reason": "核对"}, "report.nothing_sealed"),
    ],
)
def test_account_is_refused_with_a_sentence_when_asked_wrongly(
    office: Actor, values: dict[str, object], code: str
) -> None:
    with pytest.raises(DomainError) as refused:
        start_report(ReportDraft(REPORT_ID, **values), actor=office)  # type: ignore[arg-type]

    assert (refused.value.code, ReportRun.objects.count()) == (code, 0)


@pytest.mark.django_db
def test_page_says_that_the_picture_is_gone_when_it_was_removed() -> None:
    with tenant_scope(county_office()) as office:
        registered(status="lifted", main_cause_code="01")
        runs = [made(ReportDraft(one, as_of=date(2021, 1, 15)), actor=office) for one in ("causes", REPORT_ID)]
    client = browser()
    shown = [client.get(f"{CATALOGUE}runs/{run.pk}/").content.decode() for run in runs]
    with tenant_scope(county_office()):
        for picture in Snapshot.objects.all():
            empty_snapshot(picture)
            picture.delete()

    gone = [client.get(f"{CATALOGUE}runs/{run.pk}/").content.decode() for run in runs]
    behind = client.get(f"{CATALOGUE}runs/{runs[0].pk}/behind/?table=main&column=households&division={COUNTY_CODE}")

    assert ["<td" in page for page in shown] == [True, True]
    assert ["<td" in page for page in gone] == [False, False]
    assert ["files/xlsx/" in page for page in gone] == [True, True]
    assert behind.status_code == 422


def test_asking_twice_gives_one_run_when_the_first_still_waits(office: Actor) -> None:
    draft = ReportDraft("causes", as_of=date(2021, 1, 15))

    first, second = (start_report(draft, actor=office) for _ in range(2))
    other = start_report(ReportDraft("causes", as_of=date(2021, 1, 14)), actor=office)

    assert (second.pk, other.pk != first.pk, ReportRun.objects.count()) == (first.pk, True, 2)
