"""One household over six years through the site and REST: the ledger equals the stock on every day of it."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from pytest_django import DjangoDbBlocker

from assistance.domain.helper import add_helper
from dossiers.domain.templates import load_shipped_templates
from households.queries.stocks import posted_stock_on, stock_on
from registry.enums import Role
from registry.queries.tenants import county_actor
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import actor_of
from tests.flows.life import FIRST, GONE, HOME, LAST, NEW_HOME, OTHER_COUNTY, Figures, Life, live
from tests.households.invariants import broken_rules
from tests.support.county import COUNTY, VILLAGE
from tests.support.database import django_connected_to
from tests.support.live import LiveSite, running_site
from tests.support.people import county_in_service, enrol, enrol_program
from tests.support.web import Reader
from villages.domain.units import add_unit

pytestmark = [pytest.mark.flow, pytest.mark.slow]
DAYS = [FIRST + timedelta(days=number) for number in range(-1, (LAST - FIRST).days)]


@pytest.fixture(scope="module")
def site(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[LiveSite]:
    with running_site() as live_site, django_db_blocker.unblock(), django_connected_to(live_site.database):
        yield live_site


@pytest.fixture(scope="module")
def life(site: LiveSite) -> Life:
    """Let the household live, and give what was done."""
    county, other = county_in_service(COUNTY, "示例县"), county_in_service(OTHER_COUNTY, "示例邻县")
    with tenant_scope(actor_of(Role.COUNTY_OFFICE, tenant=county)) as actor:
        helper = add_helper(
            {"name": "示例帮扶", "unit_id": add_unit({"name": "示例单位"}, actor=actor).id}, actor=actor
        )
    with tenant_scope(county_actor(county, origin="test")) as service:
        load_shipped_templates(actor=service)
    office = enrol("office", Role.COUNTY_OFFICE, county, division_code=COUNTY)
    clerk = Reader(site.address)
    clerk.log_in(office.username, office.password)
    found = Life(
        office=Reader(
            site.address, token=enrol_program("program-office", Role.COUNTY_OFFICE, county, division_code=COUNTY)
        ),
        clerk=clerk,
        village=Reader(
            site.address, token=enrol_program("program-village", Role.VILLAGE_TEAM, county, division_code=VILLAGE)
        ),
        neighbour=Reader(
            site.address,
            token=enrol_program("program-neighbour", Role.COUNTY_OFFICE, other, division_code=OTHER_COUNTY),
        ),
        helper_id=str(helper.id),
    )
    live(found)
    return found


def stock(life: Life, day: date, known_at: str = "") -> Figures:
    """Ask the counties for the stock of a day; the other one has no household before the transfer."""
    readers = (life.office, life.neighbour)[: 1 + (day >= GONE - timedelta(days=9))]
    asked = f"/api/v1/ledger/stock/?on={day.isoformat()}" + (f"&known_at={known_at}" if known_at else "")
    rows = [row for reader in readers for row in reader.get(asked).json()["results"]]
    return {
        (row["village_code"], row["stock"]): (row["households"], row["persons"])
        for row in sorted(rows, key=lambda row: (row["village_code"], row["stock"]))
        if row["households"] or row["persons"]
    }


def test_ledger_is_the_stock_of_the_story_when_every_day_is_asked(life: Life) -> None:
    differing = [(day, asked) for day in DAYS if (asked := stock(life, day)) != life.expected(day)]

    assert differing == []
    assert life.expected(LAST) == {
        (NEW_HOME, "not_lifted"): (1, 3),
        ("549902100200", "not_lifted"): (1, 1),
    }


def test_stock_is_given_as_it_was_known_when_each_deed_was_done(life: Life) -> None:
    found = [
        stock(life, LAST, told.known_at.isoformat().replace("+", "%2B")) == life.expected(LAST, deeds=number)
        for number, told in enumerate(life.told, start=1)
    ]

    assert [told.deed for told, is_right in zip(life.told, found, strict=True) if not is_right] == []


@pytest.mark.parametrize("code", [COUNTY, OTHER_COUNTY])
def test_rows_say_what_the_postings_say_and_break_no_rule_when_counted_on_every_day(life: Life, code: str) -> None:
    from registry.models import Tenant  # noqa: PLC0415  (the database is the site's only inside the test)

    with tenant_scope(county_actor(Tenant.objects.get(code=code), origin="test")):
        differing = [day for day in DAYS if stock_on(day) != posted_stock_on(day)]
        broken = broken_rules(DAYS)

    assert (differing, broken) == ([], [])


def test_no_pairing_ended_before_its_household_went_when_the_life_is_over(life: Life) -> None:
    rows = life.office.get("/api/v1/pairings/").json()["results"]

    ends = {(row["household_id"], row["starts_on"]): row["ends_on"] for row in rows}
    assert ends == {
        (life.household_id, life.filed_on.isoformat()): None,
        (life.young_id, "2023-02-01"): GONE.isoformat(),
    }


def test_history_tells_the_life_in_sentences_when_it_is_read_on_the_site(life: Life) -> None:
    page = life.clerk.get(f"/admin/households/{life.household_id}/timeline/?topic=status").text
    members = life.clerk.get(f"/admin/households/{life.household_id}/timeline/?topic=members").text
    pages = [life.office.get(f"/api/v1/households/{life.household_id}/timeline/").json()]
    pages.append(life.office.get(f"/api/v1/households/{life.household_id}/timeline/?cursor={pages[0]['next']}").json())

    assert [text in page for text in ("未脱贫", "示例镇1村", "示例镇2村")] == [True] * 3
    assert "示例儿媳" in members
    assert {row["topic"] for one in pages for row in one["results"]} >= {
        "status", "members", "visit", "monitoring", "dossier", "assistance", "change",
    }  # fmt: skip
    assert HOME in {row["village_code"] for one in pages for row in one["results"]}
