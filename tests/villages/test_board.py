"""The board of full coverage: its figures, the lists behind them, and what they cost."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.enums import Role
from registry.lib.errors import DomainError
from registry.models import ApiToken
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import (
    FAR_VILLAGE_CODE,
    NEXT_VILLAGE_CODE,
    OTHER_COUNTY_CODE,
    OTHER_VILLAGE_CODE,
    TOWNSHIP_CODE,
    VILLAGE_CODE,
    actor_of,
    county,
    county_office,
)
from tests.factories.villages import VillageFactory
from tests.registry.people import client_of, person
from tests.villages.teams import DAY, joined, sent
from tests.villages.test_api import client
from villages.domain.members import end_member
from villages.domain.teams import end_team, open_batch, plan_team
from villages.models import TeamMember
from villages.queries.board import BoardLine, Gap, board_on, gap_rows

ON, TERM = date(2022, 6, 1), date(2022, 3, 1)
FAR_TOWNSHIP_CODE = "549901200000"


def numbers(line: BoardLine) -> tuple[int, ...]:
    return (
        line.villages,
        line.teams,
        line.without_team,
        line.without_first_secretary,
        line.single_person,
        line.over_term,
    )


def codes(gap: Gap, *, division: str = "") -> list[str]:
    return [row.village_code for row in gap_rows(gap, ON, division=division)]


@pytest.fixture
def covered(office: Actor) -> Actor:
    """Two villages with teams, one over its batch's term and whole, one of a single person; and one without."""
    batch = open_batch({"number": 7, "name": "第七批", "starts_on": DAY, "planned_ends_on": TERM}, actor=office)
    whole = sent(leader="示例甲")
    joined(whole, "示例乙", "1")
    plan_team(whole.pk, batch_id=batch.pk, planned_ends_on=None, actor=office)
    lone = sent(village_code=FAR_VILLAGE_CODE, leader="示例丙")
    plan_team(lone.pk, batch_id=batch.pk, planned_ends_on=date(2023, 1, 1), actor=office)
    VillageFactory.create(code=NEXT_VILLAGE_CODE)
    return office


def test_board_counts_each_gap_by_township_when_asked_on_a_day(covered: Actor) -> None:
    total, lines = board_on(ON)

    assert [(line.code, numbers(line)) for line in lines] == [
        (TOWNSHIP_CODE, (2, 1, 1, 1, 0, 1)),
        (FAR_TOWNSHIP_CODE, (1, 1, 0, 1, 1, 0)),
    ]
    assert numbers(total) == (3, 2, 1, 2, 1, 1)


def test_each_list_holds_what_its_figure_counts_when_opened(covered: Actor) -> None:
    total, _lines = board_on(ON)

    lists = {gap: codes(gap) for gap in Gap}

    assert lists == {
        Gap.WITHOUT_TEAM: [NEXT_VILLAGE_CODE],
        Gap.WITHOUT_FIRST_SECRETARY: [NEXT_VILLAGE_CODE, FAR_VILLAGE_CODE],
        Gap.SINGLE_PERSON: [FAR_VILLAGE_CODE],
        Gap.OVER_TERM: [VILLAGE_CODE],
    }
    assert [len(rows) for rows in lists.values()] == list(numbers(total)[2:])
    assert codes(Gap.WITHOUT_FIRST_SECRETARY, division=FAR_TOWNSHIP_CODE) == [FAR_VILLAGE_CODE]
    assert codes(Gap.OVER_TERM, division=FAR_TOWNSHIP_CODE) == []


def test_term_is_over_from_its_first_day_after_when_asked_day_by_day(covered: Actor) -> None:
    before, after = (board_on(day)[0].over_term for day in (date(2022, 2, 28), TERM))

    assert (before, after, board_on(date(2021, 2, 28))[0].teams) == (0, 1, 0)


def test_team_of_which_nobody_is_left_is_a_gap_when_its_leader_left(covered: Actor) -> None:
    end_member(TeamMember.objects.get(name="示例丙").pk, on=date(2022, 1, 1), actor=covered)

    assert codes(Gap.SINGLE_PERSON) == [FAR_VILLAGE_CODE]


def test_ended_team_is_over_no_term_when_it_has_left(covered: Actor) -> None:
    end_team(TeamMember.objects.get(name="示例甲").team_id, on=date(2022, 5, 1), actor=covered)

    assert (codes(Gap.OVER_TERM), codes(Gap.WITHOUT_TEAM)) == ([], [VILLAGE_CODE, NEXT_VILLAGE_CODE])


def test_board_shows_the_own_area_alone_when_a_township_or_another_county_asks(covered: Actor) -> None:
    with tenant_scope(actor_of(Role.TOWNSHIP_CLERK, area=FAR_TOWNSHIP_CODE)):
        far = numbers(board_on(ON)[0])
    with tenant_scope(county_office(county(OTHER_COUNTY_CODE))):
        VillageFactory.create(code=OTHER_VILLAGE_CODE)
        theirs = numbers(board_on(ON)[0])

    assert (far, theirs) == ((1, 1, 0, 1, 1, 0), (1, 0, 1, 1, 0, 0))


def test_list_is_refused_when_the_division_is_none(covered: Actor) -> None:
    with pytest.raises(DomainError):
        gap_rows(Gap.OVER_TERM, ON, division="5499")


def test_board_reads_no_household_and_costs_the_same_when_there_are_more_villages(covered: Actor) -> None:
    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            board_on(ON)
        return [query["sql"] for query in queries]

    first = asked()
    sent(village_code="549901200201", leader="示例丁")
    again = asked()

    assert (len(first), len(again)) == (3, 3)
    assert [sql for sql in again if "household" in sql] == []


@pytest.mark.django_db
def test_board_and_its_lists_go_by_rest_when_a_program_asks() -> None:
    with tenant_scope(county_office()):
        sent(leader="示例甲")
        VillageFactory.create(code=FAR_VILLAGE_CODE)
    clerk = client(Role.TOWNSHIP_CLERK)
    ApiToken.objects.update(last_used_at="2999-01-01T00:00Z")

    board = clerk.get("/api/v1/team-board/?on=2021-03-01").json()
    lacking = clerk.get(f"/api/v1/team-gaps/?gap=single-person&on=2021-03-01&division={TOWNSHIP_CODE}").json()
    refused = clerk.get("/api/v1/team-gaps/?gap=late")

    assert (board["on"], board["total"]["teams"], board["total"]["single_person"]) == ("2021-03-01", 1, 1)
    assert [row["village_code"] for row in lacking["results"]] == [VILLAGE_CODE]
    assert refused.status_code == 400


@pytest.mark.django_db
def test_figures_of_the_board_lead_to_their_lists_when_the_page_is_opened() -> None:
    with tenant_scope(county_office()):
        team = sent(leader="示例甲")
        village = VillageFactory.create(code=FAR_VILLAGE_CODE)
    office = client_of(person(Role.COUNTY_OFFICE))

    board = office.get("/admin/villages/board/").content.decode()
    without = office.get(f"/admin/villages/gaps/?gap=without-team&division={FAR_TOWNSHIP_CODE}").content.decode()
    lone = office.get("/admin/villages/gaps/?gap=single-person").content.decode()
    coverage = office.get("/admin/assistance/coverage/").content.decode()

    assert f"gap=over-term&amp;division={FAR_TOWNSHIP_CODE}" in board
    assert (f"/villages/village/{village.pk}/change/" in without, f"/workteam/{team.pk}/change/" in lone) == (
        True,
        True,
    )
    assert ("/admin/villages/board/" in coverage, office.get("/admin/villages/gaps/?gap=no").status_code) == (True, 404)
