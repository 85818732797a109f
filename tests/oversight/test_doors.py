"""The pages and programs of readers above the counties, with what counties really published."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from oversight.models import LookGrant
from registry.enums import Role
from registry.lib.periods import today
from registry.models import GrantedLook, PublishedEdition
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import COUNTY_CODE, OTHER_COUNTY_CODE
from tests.oversight.ground import MARCH, OTHER_VILLAGES, PROVINCE, VILLAGES, county_publishes, publish_again, settle
from tests.oversight.looking import granted
from tests.registry.people import client_of, person, token_of

PERIOD = "month-2021-03-01"
BASE = "/api/v1/oversight/"


@pytest.fixture
def published(here: Actor, there: Actor) -> None:
    """Let two counties publish March."""
    county_publishes(here, {VILLAGES[0]: ["01"] * 6, VILLAGES[1]: ["02"] * 5, VILLAGES[2]: ["01"]})
    county_publishes(there, {OTHER_VILLAGES[0]: ["01"]})


def browser(role: Role = Role.PROVINCE_READER) -> Client:
    return client_of(person(role))


def program(role: Role = Role.PROVINCE_READER, *, other: bool = False) -> Client:
    account = person(role, other=other)
    return Client(headers={"authorization": f"Bearer {token_of(account, role)}"})


def page(client: Client, where: str, status: int = 200) -> str:
    answer = client.get(where)
    assert answer.status_code == status
    return answer.content.decode()


def answer(client: Client, where: str, status: int = 200) -> Any:  # noqa: ANN401  (JSON)
    found = client.get(f"{BASE}{where}")
    assert found.status_code == status, found.content
    return found.json()


# --- pages ------------------------------------------------------------------------------------------------------------
def test_readers_begin_with_their_area_and_go_down_by_links(published: None) -> None:
    client = browser()

    home = page(client, "/admin/")

    down = f"/admin/oversight/areas/549900000000/?period={PERIOD}&amp;about=stocks"
    assert down in home
    assert f"/admin/oversight/areas/{COUNTY_CODE}/" in page(client, down.replace("&amp;", "&"))


def test_the_county_office_begins_elsewhere_and_sees_its_own_figures(published: None) -> None:
    client = browser(Role.COUNTY_OFFICE)

    own = page(client, f"/admin/oversight/?period={PERIOD}")

    assert f"/admin/oversight/areas/{VILLAGES[0][:9]}000/" in own
    page(client, f"/admin/oversight/areas/{OTHER_COUNTY_CODE}/", 404)


@pytest.mark.parametrize(
    "about", ["stocks", "causes", "anomalies", "monitoring", "coverage", "quality", "timeliness", "work"]
)
def test_each_table_is_shown_at_each_level_without_scripts(published: None, about: str) -> None:
    client = browser()

    pages = [
        page(client, f"/admin/oversight/areas/{code}/?period={PERIOD}&about={about}")
        for code in (PROVINCE, "549900000000", COUNTY_CODE, f"{VILLAGES[0][:9]}000", VILLAGES[0])
    ]

    assert all("<h1" in text or "<h2" in text for text in pages)
    # Nothing lies below a village: on a phone its figures are read line by line.
    assert [("<dl" in text, 'scope="row"' in text) for text in pages[-2:]] == [(False, True), (True, False)]
    assert not any("示例人" in text for text in pages)
    page(client, f"/admin/oversight/areas/{COUNTY_CODE}/?about=nothing", 404)


def test_a_page_takes_as_many_queries_for_many_villages_as_for_one(here: Actor, there: Actor) -> None:
    few = county_publishes(there, {OTHER_VILLAGES[0]: ["01"]})
    many = county_publishes(here, {VILLAGES[0]: ["01"], VILLAGES[1]: ["01"], VILLAGES[2]: ["01"]})
    client = browser()
    page(client, "/admin/")

    counts = []
    for code in (OTHER_COUNTY_CODE, COUNTY_CODE):
        with CaptureQueriesContext(connection) as caught:
            page(client, f"/admin/oversight/areas/{code}/?period={PERIOD}&about=quality")
        counts.append(len(caught))

    assert (counts[0], few.edition) == (counts[1], many.edition)


def test_rules_are_named_at_the_county(published: None) -> None:
    text = page(browser(), f"/admin/oversight/areas/{COUNTY_CODE}/?period={PERIOD}&about=quality")

    assert "R16-01" in text
    assert "{" not in text.split("R16-01")[1][:200]


def test_an_edition_shows_what_it_changed(here: Actor, published: None) -> None:
    with tenant_scope(here):
        settle(here, {VILLAGES[2]: ["03"]})
        edition = publish_again(MARCH, actor=here)

    text = page(browser(), f"/admin/oversight/editions/{edition.pk}/")

    assert "+1" in text
    assert edition.checksum in text


def test_a_look_is_opened_on_the_site_and_shut_when_withdrawn(here: Actor, published: None) -> None:
    account = person(Role.PROVINCE_READER)
    client = client_of(account)
    look = granted(here, reader=account.username)
    where = f"/admin/oversight/looks/{look.pk}/"

    listed = page(client, f"{where}?list=lifted")

    assert "示例人" in listed
    assert where in page(client, "/admin/oversight/looks/")
    assert where in page(client, f"/admin/oversight/areas/{VILLAGES[0]}/?period={PERIOD}")
    office = client_of(person(Role.COUNTY_OFFICE))
    office.post(f"/admin/oversight/lookgrant/{look.grant_id}/do/withdraw/", {"reason": "检查结束", "version": "2"})
    page(client, f"{where}?list=lifted", 404)
    page(client, where, 404)


def test_the_county_asks_on_the_site_and_the_security_administrator_decides(here: Actor, published: None) -> None:
    account = person(Role.PREFECTURE_READER)
    office, guardian = client_of(person(Role.COUNTY_OFFICE)), client_of(person(Role.SECURITY_ADMINISTRATOR))
    form = {
        "reader_name": account.username,
        "area_code": COUNTY_CODE,
        "purpose": "数据质量检查",
        "starts_on": today().isoformat(),
        "ends_on": (today() + timedelta(days=91)).isoformat(),
    }

    too_long = office.post("/admin/oversight/lookgrant/add/", form)
    office.post("/admin/oversight/lookgrant/add/", {**form, "ends_on": (today() + timedelta(days=9)).isoformat()})
    with tenant_scope(here):
        grant = LookGrant.objects.get()
    where = f"/admin/oversight/lookgrant/{grant.pk}/do/give/"
    refused = office.get(where)
    guardian.post(where, {"version": "1", "reason": ""})

    assert "at most 90" in too_long.content.decode()
    assert refused.status_code == 403
    assert GrantedLook.objects.get().user_id == account.pk


# --- programs ---------------------------------------------------------------------------------------------------------
def test_programs_read_the_same_figures_at_each_level(published: None) -> None:
    client = program()

    home = answer(client, f"areas/?period={PERIOD}")
    county = answer(client, f"areas/{COUNTY_CODE}/?period={PERIOD}")
    village = answer(client, f"areas/{VILLAGES[0]}/?period={PERIOD}&about=causes")

    assert home["total"]["figures"]["lifted_households"] == 13
    assert county["total"]["figures"]["lifted_households"] == 12
    assert [row["code"] for row in county["rows"]] == ["549901100000", "549901200000"]
    assert set(village["total"]["figures"].values()) == {None}


def test_programs_read_periods_trends_and_who_is_late(published: None) -> None:
    client = program()

    periods = answer(client, "periods/")["results"]
    trend = answer(client, f"areas/{COUNTY_CODE}/trend/")["results"]
    late = answer(client, f"timeliness/?period={PERIOD}")["results"]

    assert [one["period"] for one in periods] == [PERIOD]
    assert [one["figures"]["lifted_households"] for one in trend] == [12]
    assert {one["code"]: one["state"] for one in late} == {COUNTY_CODE: "late", OTHER_COUNTY_CODE: "late"}


def test_a_table_comes_as_a_workbook(published: None) -> None:
    found = program().get(f"{BASE}areas/{COUNTY_CODE}/file/?period={PERIOD}&about=stocks")

    sheet = load_workbook(io.BytesIO(found.content)).worksheets[0]
    cells = [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {"549901100000", 11, 12} <= set(cells)


@pytest.mark.parametrize(("kind", "begins"), [("csv", "\ufeff".encode()), ("pdf", b"%PDF")])
def test_a_table_comes_in_other_formats(published: None, kind: str, begins: bytes) -> None:
    found = program().get(f"{BASE}areas/{COUNTY_CODE}/file/?period={PERIOD}&about=causes&file={kind}")

    assert found.content.startswith(begins)


def test_a_format_that_is_none_is_refused(published: None) -> None:
    problem = answer(program(), f"areas/{COUNTY_CODE}/file/?file=docx", 422)

    assert problem["code"] == "oversight.format"


def test_programs_open_a_look_and_no_other_readers_do(here: Actor, published: None) -> None:
    account = person(Role.PROVINCE_READER)
    own = Client(headers={"authorization": f"Bearer {token_of(account, Role.PROVINCE_READER)}"})
    look = granted(here, reader=account.username)
    stranger = program(Role.PREFECTURE_READER)

    [listed] = answer(own, "looks/")["results"]
    rows = answer(own, f"looks/{look.pk}/households/?list=lifted")["results"]
    household = answer(own, f"looks/{look.pk}/households/{rows[0]['id']}/")

    assert (listed["id"], len(rows), len(household["persons"])) == (str(look.pk), 11, 2)
    assert answer(stranger, "looks/")["results"] == []
    answer(stranger, f"looks/{look.pk}/households/?list=lifted", 404)
    answer(stranger, f"looks/{look.pk}/households/{rows[0]['id']}/", 404)


def test_an_edition_is_read_with_its_checksums(published: None) -> None:
    edition = PublishedEdition.objects.get(tenant__code=COUNTY_CODE)

    found = answer(program(), f"editions/{edition.pk}/")

    assert (found["county_code"], found["edition"], found["changes"]) == (COUNTY_CODE, 1, [])
    assert GrantedLook.objects.count() == 0
