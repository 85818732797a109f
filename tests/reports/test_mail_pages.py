"""Pages and REST of schedules, mails, addresses outside and what came back."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings

from registry.enums import Role
from registry.tenancy.scope import tenant_scope
from reports.definitions.account import REPORT_ID
from reports.domain.bounces import take_bounce
from reports.enums import About, AddressState
from reports.models import Delivery, OutsideAddress, ReportRun, ReportSchedule
from tests.factories.tenants import COUNTY_CODE, OTHER_COUNTY_CODE, TOWNSHIP_CODE, county, county_office
from tests.reports.mailserver import Behaviour, MailServer
from tests.reports.people import reader
from tests.reports.test_admin import finished, logged_in, office, schedule_form
from tests.reports.test_api import client_of
from tests.reports.test_deliveries import attempt, queued_mail
from tests.support.workers import do_jobs

pytestmark = pytest.mark.django_db
SCHEDULES = "/admin/reports/schedules/"


def schedule_set(client: Client, **values: object) -> ReportSchedule:
    """Set a schedule by its form for one reader."""
    client.post(f"{SCHEDULES}new/", schedule_form(reader("leader")) | values)
    with tenant_scope(county_office()):
        return ReportSchedule.objects.get()


def rows_of_log(client: Client, query: str = "") -> list[str]:
    """Give the names in the log."""
    page = client.get(f"/admin/reports/mails/{query}")
    assert page.status_code == 200
    return [mail.name for mail, _page, _title in page.context["mails"]]


def test_next_five_dates_are_shown_and_nothing_is_saved_when_looked_at() -> None:
    client = office()
    form = schedule_form(reader("leader")) | {"day_rule": "working_day", "day_of_month": 3, "look": "1"}

    page = client.post(f"{SCHEDULES}new/", form)

    assert (page.status_code, len(page.context["times"])) == (200, 5)
    assert page.content.decode().count("<li data-sure=") == 5
    with tenant_scope(county_office()):
        assert not ReportSchedule.objects.exists()


def test_page_says_that_days_are_not_sure_when_the_calendar_ends_before_them() -> None:
    client = office()
    look = {"rhythm": "yearly", "about": "month", "look": "1"}

    refused = client.post(f"{SCHEDULES}new/", schedule_form(reader("leader")) | look)
    yearly = client.post(
        f"{SCHEDULES}new/",
        schedule_form(reader("second")) | {"day_rule": "last_working_day", "look": "1", "month": 1},
    )

    assert refused.context["form"].errors["about"]
    known = yearly.context["last_known_year"]
    unsure = [moment.is_sure for moment in yearly.context["times"]]
    assert unsure == [moment.at.year <= known for moment in yearly.context["times"]]
    assert ("report-note" in yearly.content.decode()) is True


def test_whoever_holds_a_post_is_chosen_by_the_form_when_offered() -> None:
    client = office()
    form = schedule_form() | {"posts": [f"county_office:{COUNTY_CODE}"]}

    client.post(f"{SCHEDULES}new/", form)

    with tenant_scope(county_office()):
        schedule = ReportSchedule.objects.get()
        named = [(one.role, one.division_code, one.user_id) for one in schedule.recipients.all()]
    page = client.get(f"{SCHEDULES}{schedule.pk}/")
    assert named == [("county_office", COUNTY_CODE, None)]
    assert page.context["form"].initial["posts"] == [f"county_office:{COUNTY_CODE}"]


def test_report_is_made_and_sent_at_once_when_the_button_is_pressed() -> None:
    client = office()
    schedule = schedule_set(client)

    answers = [client.post(f"{SCHEDULES}{schedule.pk}/send/") for _ in range(2)]

    with tenant_scope(county_office()):
        run = ReportRun.objects.get()
    assert [answer["Location"] for answer in answers] == [f"/admin/reports/runs/{run.pk}/"] * 2
    assert f"/admin/reports/runs/{run.pk}/" in client.get(f"{SCHEDULES}{schedule.pk}/").content.decode()


def test_preview_shows_both_parts_with_the_chart_when_the_run_is_finished() -> None:
    client = office()
    address = finished(client)

    page = client.get(f"{address}mail/")

    assert page.status_code == 200
    assert "data:image/png;base64," in page.context["html"]
    assert "cid:" not in page.context["html"]
    assert page.context["text"].strip().startswith("以下是")
    assert [name for name, _size in page.context["files"]] == [page.context["files"][0][0]]
    assert "sandbox srcdoc=" in page.content.decode()


@pytest.mark.parametrize(("query", "word"), [("?form=link", "/admin/reports/runs/"), ("?language=en", "households")])
def test_preview_shows_what_was_chosen_when_asked(query: str, word: str) -> None:
    client = office()
    address = finished(client)

    page = client.get(f"{address}mail/{query}")

    assert word in page.context["text"]
    assert (page.context["files"] == []) is ("link" in query)


def test_preview_says_so_when_the_run_has_no_figures() -> None:
    client = office()
    address = client.post("/admin/reports/runs/", {"month": "2020-12"})["Location"]

    assert client.get(f"{address}mail/").status_code == 404


def test_log_shows_what_is_asked_for_when_narrowed(mail_server: MailServer) -> None:
    client = office()
    with tenant_scope(county_office()) as actor:
        mail = queued_mail(actor)
        schedule_id = mail.run.schedule_id
    today = timezone.localdate()
    tomorrow = today + timedelta(days=1)

    assert rows_of_log(client) == ["leader"]
    assert rows_of_log(client, "?state=pending&recipient=LEAD") == ["leader"]
    assert rows_of_log(client, f"?schedule={schedule_id}&report={REPORT_ID}&since={today}&until={today}") == ["leader"]
    assert rows_of_log(client, "?state=sent") == []
    assert rows_of_log(client, "?recipient=somebody") == []
    assert rows_of_log(client, f"?since={tomorrow}") == []


def test_log_costs_the_same_when_there_are_more_mails(mail_server: MailServer) -> None:
    client = office()
    with tenant_scope(county_office()) as actor:
        mail = queued_mail(actor)
    rows_of_log(client)  # takes the one post
    costs = []
    for more in ("second", "third"):
        user = reader(more)
        with tenant_scope(county_office()):
            Delivery.objects.create(
                run=mail.run, recipient=user, scope_code=mail.scope_code, message_id=f"<{more}@example.invalid>"
            )
        with CaptureQueriesContext(connection) as captured:
            rows_of_log(client)
        costs.append(len(captured))

    assert costs[0] == costs[1]


def test_mail_that_came_back_is_listed_for_the_security_administrator_without_an_address(
    mail_server: MailServer, settings: Settings
) -> None:
    settings.BOUNCE_ADDRESS = "bounces@example.invalid"
    mail_server.behaviour = Behaviour(later="failed 5.1.1")
    with tenant_scope(county_office()) as actor:
        attempt(queued_mail(actor).pk, actor)
    take_bounce(mail_server.notices[0])

    page = logged_in(reader("keeper", role=Role.SECURITY_ADMINISTRATOR)).get("/admin/reports/bounces/").content.decode()
    log = office().get("/admin/reports/mails/?state=bounced").content.decode()

    assert ("leader" in page, "5.1.1" in page, "leader@" in page) == (True, True, False)
    assert 'data-mail-state="bounced"' in log


def test_address_is_asked_for_allowed_and_confirmed_on_pages() -> None:
    clerk = office()
    first = logged_in(reader("first", role=Role.SECURITY_ADMINISTRATOR))
    second = logged_in(reader("second", role=Role.SYSTEM_ADMINISTRATOR))
    values = {"name": "示例局", "email": "bureau@example.invalid", "purpose": "通报", "language": "zh-hans"}
    asked = clerk.post("/admin/reports/addresses/ask/", values)
    with tenant_scope(county_office()):
        row = OutsideAddress.objects.get()
    base = f"/admin/reports/addresses/{row.pk}/"

    refused = clerk.post(f"{base}decide/", {"verb": "allow", "version": 1})
    decided = first.post(f"{base}decide/", {"verb": "allow", "version": 1})
    own = first.post(f"{base}confirm/", {"version": 2})
    confirmed = second.post(f"{base}confirm/", {"version": 2})

    codes = [answer.status_code for answer in (asked, refused, decided, own, confirmed)]
    with tenant_scope(county_office()):
        row.refresh_from_db()
    assert codes == [302, 403, 302, 403, 302]
    assert (row.state, row.is_usable) == (AddressState.ALLOWED, True)
    assert "示例局" in clerk.get("/admin/reports/addresses/").content.decode()


@pytest.mark.parametrize("path", ["decide/", "confirm/", "link/"])
def test_address_is_unknown_to_another_county_when_its_id_is_used(path: str) -> None:
    clerk = office()
    values = {"name": "示例局", "email": "bureau@example.invalid", "purpose": "通报", "language": "zh-hans"}
    clerk.post("/admin/reports/addresses/ask/", values)
    with tenant_scope(county_office()):
        row = OutsideAddress.objects.get()
    other = county(OTHER_COUNTY_CODE)
    keeper = reader("keeper", role=Role.SECURITY_ADMINISTRATOR, area=OTHER_COUNTY_CODE, tenant=other)

    answer = logged_in(keeper).post(f"/admin/reports/addresses/{row.pk}/{path}", {"verb": "allow", "version": 1})

    assert answer.status_code == 404


# --- REST -------------------------------------------------------------------------------------------------------------
API = "/api/v1/"


def test_schedule_is_set_read_and_changed_when_the_program_may() -> None:
    client = client_of(Role.COUNTY_OFFICE)
    leader = reader("leader")
    body = {
        "report": REPORT_ID,
        "day_rule": "working_day",
        "day_of_month": 3,
        "recipients": [leader.username],
        "posts": [{"role": "county_office", "division_code": COUNTY_CODE}],
    }

    made = client.post(f"{API}report-schedules/", body, content_type="application/json")
    address = f"{API}report-schedules/{made.json()['id']}/"
    changed = client.put(
        address, body | {"posts": []}, content_type="application/json", headers={"If-Match": made["ETag"]}
    )
    shown = client.get(address).json()
    listed = client.get(f"{API}report-schedules/?is_active=true").json()["results"]

    assert (made.status_code, changed.status_code, shown["recipients"]) == (201, 200, ["leader"])
    assert (made.json()["posts"], shown["posts"], len(shown["next_times"])) == (body["posts"], [], 5)
    assert [row["id"] for row in listed] == [shown["id"]]


def test_schedule_names_the_field_when_somebody_is_no_user_here() -> None:
    client = client_of(Role.COUNTY_OFFICE)
    body = {"report": REPORT_ID, "recipients": ["nobody-here"]}

    answer = client.post(f"{API}report-schedules/", body, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (422, "schedule.recipient")


def test_report_is_sent_now_and_its_mails_are_listed_by_rest(mail_server: MailServer) -> None:
    client = client_of(Role.COUNTY_OFFICE)
    with tenant_scope(county_office()) as actor:
        mail = attempt(queued_mail(actor).pk, actor)
        schedule_id = mail.run.schedule_id

    rows = client.get(f"{API}report-mails/?state=sent&username=leader").json()["results"]
    none = client.get(f"{API}report-mails/?state=failed").json()["results"]
    again = client.post(f"{API}report-mails/{mail.pk}/sending/", {}, content_type="application/json")
    # The county's only frozen month lies years back: nobody agreed to freeze all since, and a day freezes none.
    refused = client.post(f"{API}report-schedules/{schedule_id}/sending/", {}, content_type="application/json")
    with tenant_scope(county_office()):
        ReportSchedule.objects.filter(pk=schedule_id).update(about=About.DAY)
    now = client.post(f"{API}report-schedules/{schedule_id}/sending/", {}, content_type="application/json")
    twice = client.post(f"{API}report-schedules/{schedule_id}/sending/", {}, content_type="application/json")

    assert [(row["id"], row["month"], row["report"]) for row in rows] == [(str(mail.pk), "2020-12", REPORT_ID)]
    assert (none, again.status_code, now.status_code) == ([], 409, 201)
    assert (refused.status_code, refused.json()["code"]) == (409, "period.long_gap")
    assert (twice.status_code, twice.json()["id"]) == (201, now.json()["id"])
    assert "leader@" not in str(rows)


def test_address_is_asked_for_and_decided_by_rest() -> None:
    clerk, keeper = client_of(Role.COUNTY_OFFICE), client_of(Role.SECURITY_ADMINISTRATOR)
    body = {"name": "示例局", "email": "bureau@example.invalid", "purpose": "通报"}
    made = clerk.post(f"{API}outside-addresses/", body, content_type="application/json")
    address = f"{API}outside-addresses/{made.json()['id']}/"

    refused = clerk.post(f"{address}decision/", {"is_allowed": True}, content_type="application/json")
    decided = keeper.post(
        f"{address}decision/", {"is_allowed": True}, content_type="application/json", headers={"If-Match": '"1"'}
    )
    withdrawn = keeper.post(
        f"{address}withdrawal/", {}, content_type="application/json", headers={"If-Match": decided["ETag"]}
    )

    codes = [answer.status_code for answer in (made, refused, decided, withdrawn)]
    assert codes == [201, 403, 200, 200]
    assert clerk.get(f"{API}outside-addresses/?state=withdrawn").json()["results"][0]["name"] == "示例局"


@pytest.mark.parametrize("role", [Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM, Role.MACHINE_CLIENT])
@pytest.mark.parametrize("path", ["report-schedules/", "outside-addresses/", "mail-bounces/"])
def test_lists_are_refused_when_the_role_may_not(role: Role, path: str) -> None:
    assert client_of(role).get(f"{API}{path}").status_code == 403


# --- reports of the catalogue -----------------------------------------------------------------------------------------
def test_link_is_previewed_before_anything_was_made_when_the_report_holds_persons() -> None:
    client = office()
    schedule = schedule_set(client, report_id="household-roster", form="link")

    page = client.get(f"{SCHEDULES}{schedule.pk}/mail/?form=attachment")

    assert page.status_code == 200
    assert "/admin/reports/catalogue/ask/?report=household-roster" in page.context["text"]
    assert (page.context["form"], [value for value, _label in page.context["forms"]]) == ("link", ["link"])
    assert client.get(f"{SCHEDULES}{schedule.pk}/").content.decode().count(f"{SCHEDULES}{schedule.pk}/mail/") == 1


def test_preview_leads_to_the_page_that_makes_the_report_when_there_is_none_yet() -> None:
    client = office()
    schedule = schedule_set(client, report_id="causes", about="day", form="attachment")
    with tenant_scope(county_office()):
        ReportSchedule.objects.update(area_code=TOWNSHIP_CODE)

    answer = client.get(f"{SCHEDULES}{schedule.pk}/mail/")

    assert answer["Location"] == "/admin/reports/catalogue/ask/?report=causes"
    assert "</a> · 示例镇</th>" in client.get(SCHEDULES).content.decode()


def test_log_shows_a_mail_of_the_catalogue_and_leads_back_to_its_run_when_sent_again() -> None:
    client = office()
    schedule = schedule_set(client, report_id="household-roster", about="day", form="link")
    answer = client.post(f"{SCHEDULES}{schedule.pk}/send/")
    with tenant_scope(county_office()) as actor:
        do_jobs(actor, "reports.report")
        run = ReportRun.objects.get()
        Delivery.objects.filter(run=run).update(state="failed", reason="refused")
        mail = Delivery.objects.get(run=run)

    again = client.post(f"/admin/reports/mails/{mail.pk}/send-again/")

    assert answer["Location"] == f"/admin/reports/mails/?schedule={schedule.pk}"
    assert again["Location"] == "/admin/reports/mails/"
    assert "leader" in rows_of_log(client)
    assert ">建档立卡户信息</a>" in client.get("/admin/reports/mails/").content.decode()


def test_page_says_so_when_the_period_of_a_link_is_open_again() -> None:
    page = office().get(f"/admin/reports/catalogue/ask/?report=causes&period_id={UUID(int=1)}")

    assert [message.level_tag for message in page.context["messages"]] == ["warning"]
