"""Relocation settlements: who lives in them, what was done since, and what is lacking."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError
from pytest_django import DjangoAssertNumQueries

from assistance.domain.measures import MeasureDraft, record_measure
from assistance.models import Measure
from households.domain.facts import PersonYearDraft, record_person_year
from households.domain.relocation import record_relocation
from households.domain.work import WorkDraft, record_work
from households.models import Household, Relocation
from households.queries.history import present_members
from households.queries.settlements import (
    Lack,
    SettlementLine,
    resettled_without_settlement,
    settlement_households,
    settlement_line,
    settlement_lines,
)
from registry.enums import Role
from registry.lib.errors import DomainError, NotFound
from registry.lib.periods import today
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.households import registered
from tests.factories.tenants import FAR_VILLAGE_CODE, TOWNSHIP_CODE, actor_of, county_office
from tests.factories.villages import VillageFactory
from tests.households.test_api import client
from tests.registry.people import client_of, person
from villages.domain.basics import PointDraft, add_point, amend_point
from villages.models import SettlementPoint

KEYS, MOVED = date(2021, 5, 1), date(2021, 5, 20)


def site(office: Actor, **values: Any) -> SettlementPoint:
    """Enter a settlement in a village of another township than that of the households."""
    draft = PointDraft(**{"name": "示例安置点", "kind_code": "3", "home_count": 40, **values})
    return add_point(VillageFactory.create(code=FAR_VILLAGE_CODE).pk, draft, actor=office)


def resettled(point: SettlementPoint, office: Actor, **facts: Any) -> Household:
    home = registered()
    given = {"settlement_id": point.pk, "building": "1栋", "room": "101", **facts}
    record_relocation(home.pk, given, actor=office)
    return home


def member_of(home: Household) -> UUID:
    return present_members(home).order_by("relation_code")[0].person_id


def test_settlement_counts_households_of_other_villages_when_their_relocation_names_it(office: Actor) -> None:
    point = site(office)
    resettled(point, office, handed_over_on=KEYS, moved_in_on=MOVED)
    resettled(point, office)
    registered()

    (line,) = settlement_lines(office)

    assert line == SettlementLine(
        settlement_id=point.pk,
        name="示例安置点",
        village_id=point.village_id,
        village_name=point.village.name,
        home_count=40,
        households=2,
        persons=4,
        handed_over=1,
        moved_in=1,
        without_work=1,
        without_follow_up=1,
    )
    assert Relocation.objects.filter(site_name="示例安置点").count() == 2


def test_nothing_is_lacking_when_a_member_works_and_a_measure_followed(office: Actor) -> None:
    point = site(office)
    home = resettled(point, office, handed_over_on=KEYS, moved_in_on=MOVED)
    record_work(member_of(home), WorkDraft(starts_on=today().replace(month=1, day=1)), actor=office)
    before, after = date(2021, 5, 19), date(2021, 6, 1)
    record_measure(home.pk, MeasureDraft(category_code="40", state_code="1", starts_on=before), actor=office)
    record_measure(home.pk, MeasureDraft(category_code="39", state_code="1", starts_on=after), actor=office)

    line = settlement_line(point.pk, actor=office)
    (row,) = settlement_households(point.pk, actor=office)

    assert (line.without_work, line.without_follow_up) == (0, 0)
    counted = {one.key: (one.count, one.last_on) for one in row.support}
    assert (counted["measures"], counted["jobs"][0], counted["training"]) == ((1, after), 1, (0, None))
    assert (row.is_at_work, row.is_followed, row.dwelling) == (True, True, "1栋 101")


def test_household_is_not_without_work_when_nobody_is_able_to_work(office: Actor) -> None:
    point = site(office)
    home = resettled(point, office, handed_over_on=KEYS, moved_in_on=MOVED)
    first, second = present_members(home).values_list("person_id", flat=True)
    record_person_year(first, PersonYearDraft(year=2021, skill_code="3"), actor=office)
    record_person_year(second, PersonYearDraft(year=2021, skill_code="4"), actor=office)

    assert settlement_line(point.pk, actor=office).without_work == 0
    assert settlement_households(point.pk, actor=office, lack=Lack.WORK) == []


def test_who_moved_in_has_the_keys_though_their_day_is_not_known(office: Actor) -> None:
    point = site(office)
    resettled(point, office, moved_in_on=MOVED)

    assert settlement_line(point.pk, actor=office).handed_over == 1
    assert settlement_households(point.pk, actor=office, lack=Lack.KEYS) == []


def test_support_that_is_still_to_come_does_not_count(office: Actor) -> None:
    point = site(office)
    home = resettled(point, office, handed_over_on=KEYS, moved_in_on=MOVED)
    ahead = today() + timedelta(days=1)
    measure = record_measure(home.pk, MeasureDraft(category_code="39", state_code="1", starts_on=today()), actor=office)
    Measure.objects.filter(pk=measure.pk).update(starts_on=ahead)

    (row,) = settlement_households(point.pk, actor=office, lack=Lack.FOLLOW_UP)

    assert (row.is_followed, [one.count for one in row.support]) == (False, [0] * 5)


def test_settlement_keeps_its_line_and_gives_its_new_name_when_it_is_given_up(office: Actor) -> None:
    point = site(office)
    home = resettled(point, office)
    over = PointDraft(name="示例社区", kind_code="3", home_count=40, ends_on=today())
    amend_point(point.pk, over, actor=office, version=point.version)

    written = record_relocation(home.pk, {"room": "102"}, actor=office)
    (line,) = settlement_lines(office)

    assert (line.name, line.village_id, line.households) == ("示例社区", point.village_id, 1)
    assert (written.settlement_id, written.site_name) == (point.pk, "示例社区")


def test_database_refuses_homes_of_another_kind_of_settlement(office: Actor) -> None:
    point = site(office)

    with pytest.raises(IntegrityError, match="settlementpoint_homes_are_of_a_relocation"), savepoint():
        SettlementPoint.objects.filter(pk=point.pk).update(kind_code="1")


def test_lists_of_what_is_lacking_hold_what_the_figures_count(office: Actor) -> None:
    point = site(office)
    waits = resettled(point, office)
    lives = resettled(point, office, handed_over_on=KEYS, moved_in_on=MOVED)

    found = {lack: [row.id for row in settlement_households(point.pk, actor=office, lack=lack)] for lack in Lack}

    assert found == {Lack.KEYS: [waits.pk], Lack.WORK: [lives.pk], Lack.FOLLOW_UP: [lives.pk]}


def test_township_sees_its_own_households_in_a_settlement_of_another(office: Actor) -> None:
    point = site(office)
    resettled(point, office, handed_over_on=KEYS, moved_in_on=MOVED)
    origin = actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)
    there = actor_of(Role.TOWNSHIP_CLERK, area="549901200000")

    with tenant_scope(origin):
        (line,) = settlement_lines(origin)
        amended = record_relocation(
            Household.objects.get().pk, {"settlement_id": point.pk, "room": "102", "site_name": "x"}, actor=origin
        )
    with tenant_scope(there):
        (seen,) = settlement_lines(there)

    assert (line.name, line.village_id, line.households) == ("示例安置点", None, 1)
    assert (amended.settlement_id, amended.site_name, amended.room) == (point.pk, "示例安置点", "102")
    assert (seen.name, seen.home_count, seen.households) == ("示例安置点", 40, 0)


@pytest.mark.parametrize(
    ("point", "facts", "code"),
    [
        ({"kind_code": "1", "home_count": None}, {}, "relocation.settlement"),
        ({"ends_on": date(2021, 1, 1)}, {}, "relocation.settlement"),
        ({}, {"handed_over_on": MOVED, "moved_in_on": KEYS}, "database.relocation_moved_in_after_the_keys"),
        ({}, {"handed_over_on": date(2999, 1, 1)}, "relocation.in_future"),
        ({"kind_code": "1"}, {}, "point.homes_of_another_kind"),
    ],
)
def test_relocation_to_a_settlement_is_refused_when_it_cannot_be(
    office: Actor, point: dict[str, Any], facts: dict[str, Any], code: str
) -> None:
    with pytest.raises(DomainError) as refused:
        resettled(site(office, **point), office, **facts)

    assert (refused.value.code, Relocation.objects.count()) == (code, 0)


def test_settlement_is_not_found_when_it_lies_outside_and_holds_no_household_of_the_area(office: Actor) -> None:
    point = site(office)
    origin = actor_of(Role.TOWNSHIP_CLERK, area=TOWNSHIP_CODE)

    with tenant_scope(origin), pytest.raises(NotFound):
        settlement_line(point.pk, actor=origin)


def test_households_resettled_together_without_a_settlement_are_counted(office: Actor) -> None:
    together, apart = registered(), registered()
    record_relocation(together.pk, {"settlement_mode_code": "1"}, actor=office)
    record_relocation(apart.pk, {"settlement_mode_code": "2"}, actor=office)

    assert list(resettled_without_settlement(office)) == [together]


@pytest.mark.parametrize("number", [1, 3])
def test_settlement_asks_the_same_queries_for_one_household_and_for_three(
    office: Actor, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    point = site(office)
    homes = [resettled(point, office, handed_over_on=KEYS, moved_in_on=MOVED) for _ in range(number)]

    with django_assert_num_queries(9):
        settlement_lines(office)
        rows = settlement_households(point.pk, actor=office)
    assert len(rows) == len(homes)


# --- doors ------------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_settlement_is_named_on_the_page_and_shown_with_its_households() -> None:
    with tenant_scope(county_office()) as actor:
        point, home, left = site(actor), registered(), registered()
        record_relocation(left.pk, {"settlement_mode_code": "1"}, actor=actor)
    browser = client_of(person(Role.COUNTY_OFFICE))
    form = {"version": "0", "settlement_id": str(point.pk), "moved_in_on": "2021-05-20", "room": "101"}

    saved = browser.post(f"/admin/households/{home.pk}/relocation/", form)

    board = browser.get("/admin/households/settlements/").content.decode()
    page = browser.get(f"/admin/households/settlements/{point.pk}/", {"lacks": "work", "page": "7"}).content.decode()
    told = browser.get(f"/admin/villages/settlementpoint/{point.pk}/change/").content.decode()
    assert saved.status_code == 302
    assert ("示例安置点" in board, f"/settlements/{point.pk}/?lacks=work" in board) == (True, True)
    assert f"/admin/households/{left.pk}/relocation/" in board
    assert (home.number in page, "Nobody at work: 1" in page, "No support since moving in" in page) == (True,) * 3
    assert f"/admin/households/settlements/{point.pk}/" in told


@pytest.mark.django_db
def test_settlement_is_named_and_listed_by_rest() -> None:
    with tenant_scope(county_office()) as actor:
        point, home = site(actor), registered()
    caller = client()
    body = {"settlement_id": str(point.pk), "handed_over_on": "2021-05-01", "moved_in_on": "2021-05-20"}

    saved = caller.put(
        f"/api/v1/households/{home.pk}/relocation/", body, content_type="application/json", headers={"if-match": '"0"'}
    )

    (line,) = caller.get("/api/v1/settlements/", {"division": "549901200000"}).json()["results"]
    one = caller.get(f"/api/v1/settlements/{point.pk}/").json()
    (row,) = caller.get(f"/api/v1/settlements/{point.pk}/households/", {"lacks": "follow-up"}).json()["results"]
    none = caller.get(f"/api/v1/settlements/{point.pk}/households/", {"lacks": "keys"}).json()["results"]
    assert (saved.status_code, saved.json()["site_name"], line, none) == (200, "示例安置点", one, [])
    assert (line["households"], line["without_follow_up"], row["number"]) == (1, 1, home.number)
    assert [one["count"] for one in row["support"]] == [0] * 5
