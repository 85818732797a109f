"""The pages of reports: start, watch, read, download, send, and set schedules."""

from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from periods.domain.periods import open_year
from registry.enums import Role
from registry.lib.periods import Month, today
from registry.models import Job, Tenant, User
from registry.tenancy.scope import tenant_scope
from reports.definitions.account import REPORT_ID
from reports.domain import deliveries, mails
from reports.enums import DeliveryState
from reports.models import Delivery, ReportRun, ReportSchedule
from tests.factories.households import registered
from tests.factories.tenants import COUNTY_CODE, OTHER_COUNTY_CODE, TOWNSHIP_CODE, VILLAGE_CODE, county, county_office
from tests.reports.mailserver import Behaviour, MailServer
from tests.reports.people import reader
from tests.support.workers import do_jobs

pytestmark = pytest.mark.django_db
RUNS = "/admin/reports/runs/"


def logged_in(user: User) -> Client:
    """Give a browser in which the user has logged in; their one post is taken by itself."""
    client = Client()
    client.force_login(user)
    return client


def office() -> Client:
    """Give the browser of a county clerk."""
    return logged_in(reader("office-clerk"))


def schedule_form(*recipients: User) -> dict[str, object]:
    """Fill in the form of a schedule."""
    chosen = [recipient.pk for recipient in recipients]
    return {
        "report_id": REPORT_ID,
        "about": "month",
        "rhythm": "monthly",
        "weekday": 1,
        "month": 1,
        "day_rule": "day",
        "day_of_month": 5,
        "shift": "none",
        "working_days": 3,
        "hour": 8,
        "form": "attachment",
        "is_active": "on",
        "recipients": chosen,
    }


def work(kind: str) -> None:
    """Do what is queued of one kind, as a worker does."""
    actor = county_office()
    do_jobs(actor, "periods.freeze", kind)
    with tenant_scope(actor):
        assert not Job.objects.filter(kind=kind).exclude(state="done").exists()


def finished(client: Client) -> str:
    """Make the December report of a county with one household; give the address of its page."""
    with tenant_scope(county_office()):
        registered(status="lifted", main_cause_code="01")
    address: str = client.post(RUNS, {"month": "2020-12"})["Location"]
    work("reports.run")
    return address


def test_office_agrees_on_the_page_when_the_account_freezes_many_months() -> None:
    client = office()
    finished(client)

    asked = client.post(RUNS, {"month": "2022-01"})
    agreed = client.post(RUNS, {"month": "2022-01", "catch_up": "on"})
    waiting = client.get(agreed["Location"]).content.decode()

    page = asked.content.decode()
    assert "13个月（2021-01至2022-01）" in page
    assert (
        '<input type="hidden" name="month" value="2022-01">\n<input type="hidden" name="catch_up" value="on">' in page
    )
    assert "需先冻结13个月，从2021-01起依次进行。" in waiting


def test_page_says_why_when_a_quarter_begins_before_the_first_account() -> None:
    client = office()
    finished(client)
    with tenant_scope(county_office()):
        quarter = next(row for row in open_year(2020, actor=county_office()) if row.name == "2020-Q4")

    page = client.post(RUNS, {"period": str(quarter.pk)})

    assert page.status_code == 200
    assert "本县账目从2020-12开始，2020-Q4的起始早于此。" in page.content.decode()


def test_run_is_watched_from_waiting_to_its_figures_when_started() -> None:
    client = office()
    with tenant_scope(county_office()):
        registered(status="lifted", main_cause_code="01")
    address = client.post(RUNS, {"month": "2020-12"})["Location"]

    waiting = client.get(address).content.decode()
    work("reports.run")
    done = client.get(address).content.decode()

    assert 'data-state="queued"' in waiting
    assert 'http-equiv="refresh"' in waiting
    assert 'data-state="finished"' in done
    assert "1 / 2" in done
    assert 'http-equiv="refresh"' not in done


def test_list_costs_the_same_when_there_are_more_runs() -> None:
    client = office()
    client.get(RUNS)

    costs = [queries_of_list(client, more=number) for number in (1, 2)]

    assert costs[0] == costs[1]


def queries_of_list(client: Client, *, more: int) -> int:
    """Start so many runs more; give the number of queries that the list costs then."""
    assert {client.post(RUNS, {"month": "2020-12"}).status_code for _ in range(more)} == {302}
    with CaptureQueriesContext(connection) as captured:
        client.get(RUNS)
    return len(captured)


def test_page_says_why_when_the_month_has_not_ended() -> None:
    client = office()

    answer = client.post(RUNS, {"month": str(Month.of(today()))})

    assert answer.status_code == 200
    assert answer.context["form"].errors["month"]
    with tenant_scope(county_office()):
        assert not ReportRun.objects.exists()


def test_workbook_is_downloaded_when_the_run_is_finished() -> None:
    client = office()

    answer = client.get(f"{finished(client)}workbook/")

    assert load_workbook(BytesIO(answer.content)).sheetnames[0] == "总表"


def test_account_is_a_pdf_and_a_data_file_too_when_the_run_is_finished() -> None:
    client = office()
    address = finished(client)

    page = client.get(address).content.decode()
    answers = {one: client.get(f"{address}files/{one}/") for one in ("xlsx", "pdf", "csv", "parquet", "html")}
    assert [one for one in answers if one != "xlsx" and f"files/{one}/" not in page] == []
    assert {one: answer.content[:4] for one, answer in answers.items()} == {
        "xlsx": b"PK\x03\x04",
        "pdf": b"%PDF",
        "csv": b"PK\x03\x04",
        "parquet": b"PK\x03\x04",
        "html": b"<!DO",
    }
    assert answers["pdf"]["Content-Type"] == "application/pdf"
    assert answers["xlsx"].content == client.get(f"{address}workbook/").content
    assert client.get(f"{address}files/docx/").status_code == 404


def test_causes_by_village_are_on_the_page_when_the_right_is_there() -> None:
    client = office()

    page = client.get(finished(client))

    tables = page.context["causes"]
    assert VILLAGE_CODE in {line.division.code for line in tables[0].lines}


@pytest.mark.parametrize(
    "role", [Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM, Role.SYSTEM_ADMINISTRATOR, Role.PROVINCE_READER]
)
def test_pages_are_refused_when_the_role_may_not(role: Role) -> None:
    address = finished(office())

    client = logged_in(reader("somebody", role=role, area=TOWNSHIP_CODE))

    paths = (RUNS, address, f"{address}workbook/", f"{address}files/pdf/", "/admin/reports/schedules/")
    assert [client.get(path).status_code for path in paths] == [403] * 5


def test_run_looks_unknown_when_the_clerk_is_of_another_county() -> None:
    address = finished(office())

    client = logged_in(reader("neighbour", area=OTHER_COUNTY_CODE, tenant=county(OTHER_COUNTY_CODE)))

    paths = (address, f"{address}workbook/", f"{address}files/pdf/")
    assert [client.get(path).status_code for path in paths] == [404] * 3


def test_schedule_is_set_and_changed_when_the_form_is_sent() -> None:
    client = office()
    leader = reader("leader")
    form = schedule_form(leader)

    client.post("/admin/reports/schedules/new/", form)
    with tenant_scope(county_office()):
        schedule = ReportSchedule.objects.get()
    client.post(f"/admin/reports/schedules/{schedule.pk}/", form | {"day_of_month": 7, "version": schedule.version})

    with tenant_scope(county_office()):
        schedule.refresh_from_db()
        recipients = [row.user_id for row in schedule.recipients.all()]
    assert (schedule.day_of_month, schedule.version, recipients) == (7, 2, [leader.pk])


@pytest.mark.parametrize("version", ["", "7"])
def test_change_is_refused_when_the_version_is_stale(version: str) -> None:
    client = office()
    leader = reader("leader")
    form = schedule_form(leader)
    client.post("/admin/reports/schedules/new/", form)
    with tenant_scope(county_office()):
        schedule = ReportSchedule.objects.get()

    answer = client.post(f"/admin/reports/schedules/{schedule.pk}/", form | {"day_of_month": 7, "version": version})

    with tenant_scope(county_office()):
        schedule.refresh_from_db()
    assert (answer.status_code, bool(answer.context["form"].errors), schedule.day_of_month) == (200, True, 5)


def test_unclear_mail_has_a_button_and_goes_out_once_more_when_it_is_pressed(mail_server: MailServer) -> None:
    client = office()
    address = finished(client)
    leader = reader("leader")
    form = schedule_form(leader)
    client.post("/admin/reports/schedules/new/", form)
    with tenant_scope(county_office()):
        schedule = ReportSchedule.objects.get()
    client.post(f"{address}send/", {"schedule": schedule.pk})
    mail_server.behaviour = Behaviour(hang_up=True)
    attempt()
    mail_server.behaviour = Behaviour()

    page = client.get(address).content.decode()
    with tenant_scope(county_office()):
        button = f"/admin/reports/mails/{Delivery.objects.get().pk}/send-again/"
    client.post(button)
    attempt()

    assert button in page
    assert len(mail_server.taken) == 1
    assert 'data-mail-state="sent"' in client.get(address).content.decode()


def test_page_stays_as_it_is_when_a_mail_waits_for_its_next_attempt(mail_server: MailServer) -> None:
    client = office()
    address = finished(client)
    client.post("/admin/reports/schedules/new/", schedule_form(reader("leader")))
    with tenant_scope(county_office()):
        schedule = ReportSchedule.objects.get()
    client.post(f"{address}send/", {"schedule": schedule.pk})
    mail_server.behaviour = Behaviour(recipient="450 later")

    first = client.get(address).content.decode()
    attempt()
    then = client.get(address).content.decode()

    assert ['http-equiv="refresh"' in page for page in (first, then)] == [True, False]
    assert 'data-mail-state="pending"' in then


def attempt() -> None:
    """Try the one mail, as a worker does."""
    with tenant_scope(county_office()) as actor:
        parcel = deliveries.claim(Delivery.objects.get().pk, actor=actor)
    assert parcel is not None
    deliveries.post(parcel, actor=county_office())


def test_sending_again_needs_the_button_when_asked_by_a_link(mail_server: MailServer) -> None:
    client = office()
    address = finished(client)

    answers = [client.get(f"{address}send/").status_code]

    with tenant_scope(county_office()):
        assert not Delivery.objects.filter(state=DeliveryState.PENDING).exists()
    assert answers == [405]


def test_province_reader_sees_county_totals_when_logged_in() -> None:
    finished(office())

    client = logged_in(
        reader("province", role=Role.PROVINCE_READER, area="540000000000", tenant=Tenant.objects.get(pk=1))
    )

    page = client.get("/admin/reports/published/")
    assert page.status_code == 200
    assert [row.county_code for row, _stocks in page.context["rows"]] == [COUNTY_CODE]
    assert "0 / 0" in page.content.decode()


def test_link_of_the_mail_is_the_address_of_the_page_when_compared() -> None:
    run_id = "0193f6d0-0000-7000-8000-000000000000"

    assert mails.RUN_PAGE.format(run_id=run_id) == reverse("admin:report-run", args=[run_id])
    assert mails.CATALOGUE_PAGE.format(run_id=run_id) == reverse("admin:catalogue-run", args=[run_id])


def test_recipient_without_verified_address_is_marked_when_chosen() -> None:
    client = office()
    known, unverified = reader("known"), reader("unverified", verified=False)

    form = client.get("/admin/reports/schedules/new/").context["form"]

    labels = dict(form.fields["recipients"].choices)
    assert labels[str(known.pk)] == "known (known)"
    assert labels[str(unverified.pk)] != "unverified (unverified)"
