"""The main job of the first slice: a county's roster in, its reconciled report out by mail; through HTTP only.

Web server, worker, beat and mail server are real processes. The roster is the example county's, of 2,300 households.
"""

import io
import json
import re
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from registry.embedded.mailbox import CaughtMail
from tests.support.county import CountySite
from tests.support.waiting import wait_for
from tests.support.web import Answer, Reader, Upload

pytestmark = [pytest.mark.flow, pytest.mark.slow]

DEMO = Path(__file__).resolve().parent.parent.parent / "exchange" / "data" / "demo"
ROSTER = DEMO / "county-roster.xlsx"
COUNTS = json.loads((DEMO / "county-roster.manifest.json").read_text())
NUMBER = re.compile(r"5499\d{13}[\dX]\d*|179\d{8}")
MONTH = "2020-12"
PATIENCE_SECONDS = 180


def state_of(page: Answer) -> str:
    found = re.search(r'data-state="(\w+)"', page.text)
    assert found, page.text
    return found[1]


def page_in_state(reader: Reader, address: str, *states: str) -> Answer:
    """Open a page again and again until it shows one of the states."""

    def look() -> Answer | None:
        page = reader.get(address)
        return page if state_of(page) in states else None

    return wait_for(look, what=f"{address} to be {' or '.join(states)}", seconds=PATIENCE_SECONDS)


def upload(reader: Reader, path: Path) -> Answer:
    form = reader.get("/admin/exchange/rosters/").form(having="data_date")
    page = reader.submit(form, files={"file": Upload(path.name, path.read_bytes())})
    return page_in_state(reader, page.address, "checked", "failed")


def verdict_counts(page: Answer) -> dict[str, tuple[int, int]]:
    """Read from the preview how many households and persons have each verdict."""
    rows = re.findall(r'data-verdict="(\w+)">.*?<td>([\d,]+)</td><td>([\d,]+)</td>', page.text)
    return {
        name: (int(households.replace(",", "")), int(persons.replace(",", ""))) for name, households, persons in rows
    }


@pytest.fixture(scope="module")
def office(county_site: CountySite) -> Reader:
    return county_site.reader(county_site.office)


@pytest.fixture(scope="module")
def preview(office: Reader) -> Answer:
    return upload(office, ROSTER)


@pytest.fixture(scope="module")
def households_before(county_site: CountySite, preview: Answer) -> list[dict[str, Any]]:
    """What is on file when the roster was checked, and not decided."""
    found: list[dict[str, Any]] = county_site.program().get("/api/v1/households/").json()["results"]
    return found


@pytest.fixture(scope="module")
def applied(office: Reader, preview: Answer, households_before: list[dict[str, Any]]) -> Answer:
    page = office.submit(preview.form(having="/apply/"))
    return page_in_state(office, page.address, "applied", "failed")


@pytest.fixture(scope="module")
def run(office: Reader, applied: Answer) -> Answer:
    form = office.get("/admin/reports/runs/").form(having="month")
    page = office.submit(form, {"month": MONTH})
    return page_in_state(office, page.address, "finished", "failed")


@pytest.fixture(scope="module")
def figures(county_site: CountySite, run: Answer) -> dict[str, Any]:
    """The figures of the run as a program reads them."""
    identifier = run.address.rstrip("/").rsplit("/", 1)[-1]
    found: dict[str, Any] = county_site.program().get(f"/api/v1/report-runs/{identifier}/").json()["figures"]
    return found


@pytest.fixture(scope="module")
def mail(county_site: CountySite, office: Reader, run: Answer) -> CaughtMail:
    """The mail that arrives when the clerk sets a schedule for the county's office and sends the run to it."""
    page = office.get("/admin/reports/schedules/new/")
    # The townships' clerks are offered too: for reports of their own part, which the account is not.
    of_county = recipients_offered(page, county_site.office.username, "program")
    answer = office.submit(page.form(having="day_of_month"), {"recipients": of_county})
    assert answer.address.endswith("/reports/schedules/"), answer.text
    office.submit(office.get(run.address).form(having="/send/"))
    return wait_for(lambda: next(iter(county_site.live.mails()), None), what="the mail", seconds=PATIENCE_SECONDS)


def recipients_offered(page: Answer, *usernames: str) -> list[str]:
    """Read from the page of a schedule how it knows some users, who stand there as "name (username)"."""
    offered = re.findall(r'name="recipients" value="([^"]+)"[^>]*>([^<]+)</label>', page.text)
    return [value for value, label in offered if any(re.search(rf"\W{name}\W", label) for name in usernames)]


def county_line(figures: dict[str, Any], stock: str) -> dict[str, Any]:
    """Return the county's row of a stock, without the columns in which nothing happened."""
    line = figures["accounts"][stock][0]
    flows = {name: count for name, count in line["flows"].items() if count["households"] or count["persons"]}
    return {"opening": line["opening"], "flows": flows, "closing": line["closing"]}


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


@pytest.fixture(scope="module")
def private_values() -> frozenset[str]:
    """What may never leave the register unasked: names, identity numbers and phones of the roster."""
    with closing(load_workbook(io.BytesIO(ROSTER.read_bytes()), read_only=True)) as book:
        rows = [[str(cell or "").strip() for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    name = next(row for row in rows if "姓名" in row).index("姓名")
    names = {row[name] for row in rows if len(row[name]) > 1} - {"姓名"}
    return frozenset(names | {cell for row in rows for cell in row if NUMBER.fullmatch(cell)})


def test_preview_takes_every_household_as_new_when_the_register_is_empty(preview: Answer) -> None:
    assert state_of(preview) == "checked"
    assert verdict_counts(preview)["new"] == (COUNTS["households"], COUNTS["persons"])


def test_nothing_is_on_file_when_the_roster_was_only_checked(households_before: list[dict[str, Any]]) -> None:
    assert households_before == []


def test_roster_is_applied_whole_when_the_button_is_pressed(applied: Answer) -> None:
    assert state_of(applied) == "applied"


def test_same_roster_changes_nothing_when_it_comes_again_as_csv(office: Reader, applied: Answer) -> None:
    page = upload(office, ROSTER.with_suffix(".csv"))

    assert verdict_counts(page)["new"] == (0, 0)
    assert "data-nothing-to-write" in page.text


def test_report_takes_all_over_and_closes_as_the_roster_says_when_made(figures: dict[str, Any]) -> None:
    lines = {stock: county_line(figures, stock) for stock in figures["accounts"]}

    nothing = {"households": 0, "persons": 0}
    assert {stock: line["opening"] for stock, line in lines.items()} == dict.fromkeys(lines, nothing)
    assert {stock: line["flows"]["takeover_in"] for stock, line in lines.items()} == {
        stock: line["closing"] for stock, line in lines.items()
    }
    assert {stock: line["closing"]["households"] for stock, line in lines.items()} == {
        "lifted": COUNTS["lifted_households"],
        "not_lifted": COUNTS["not_lifted_households"],
        "monitored": COUNTS["monitored_households"],
    }
    assert lines["lifted"]["closing"]["persons"] + lines["not_lifted"]["closing"]["persons"] == COUNTS["persons"]


def test_workbook_opens_when_it_is_downloaded(office: Reader, run: Answer) -> None:
    answer = office.get(f"{run.address}workbook/")

    with closing(load_workbook(io.BytesIO(answer.content), read_only=True)) as book:
        assert len(book.sheetnames) > 3


def test_mail_goes_to_the_verified_address_with_chart_and_totals_when_sent(
    county_site: CountySite, mail: CaughtMail
) -> None:
    page = part(mail.message, "html")

    assert mail.recipients == (county_site.office.email,)
    assert [str(COUNTS[name]) in page.replace(",", "") for name in ("lifted_households", "not_lifted_households")] == [
        True,
        True,
    ]
    assert 'src="cid:' in page
    assert [found.get_content_type() for found in mail.message.walk() if found["Content-ID"]] == ["image/png"] * 2


def test_mail_names_no_person_of_the_roster_when_read(mail: CaughtMail, private_values: frozenset[str]) -> None:
    content = part(mail.message, "html") + part(mail.message, "plain")

    assert len(private_values) > COUNTS["persons"]
    assert {value for value in private_values if value in content} == set()


def test_mail_is_sent_once_and_all_recipients_accounted_for_when_the_button_is_pressed_again(
    county_site: CountySite, office: Reader, run: Answer, mail: CaughtMail
) -> None:
    office.submit(office.get(run.address).form(having="/send/"))

    page = wait_for(
        lambda: page if 'data-mail-state="sent"' in (page := office.get(run.address)).text else None, what="sent"
    )
    # The program's account may read reports too, but has no address.
    assert sorted(re.findall(r'data-mail-state="(\w+)"', page.text)) == ["failed", "sent"]
    assert [caught.message["Message-ID"] for caught in county_site.live.mails()] == [mail.message["Message-ID"]]


def test_village_team_sees_households_of_its_village_only_when_the_county_is_on_file(
    county_site: CountySite, applied: Answer
) -> None:
    whole = county_site.program().get("/api/v1/households/?division=549901100200").json()["results"]
    all_of_county = county_site.program().get("/api/v1/households/").json()["results"]

    seen = (
        Reader(county_site.live.address, token=county_site.village_token).get("/api/v1/households/").json()["results"]
    )

    assert [row["id"] for row in seen] == [row["id"] for row in whole]
    assert {row["village_code"] for row in seen} == {"549901100200"}
    assert len({row["village_code"] for row in all_of_county}) > 1


@pytest.mark.parametrize("process", ["web", "worker", "beat", "mail"])
def test_log_holds_nobodys_data_when_the_job_is_done(
    county_site: CountySite, mail: CaughtMail, private_values: frozenset[str], process: str
) -> None:
    log = county_site.live.log(process)

    assert {value for value in private_values if value in log} == set()
