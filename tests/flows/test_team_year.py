"""A team's year through the site and REST: from the plan that sends it to the team that follows it."""

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from tests.flows.desk import INSIDE
from tests.flows.ground import Ground, two_counties
from tests.flows.year import HOME, LEADER, NEXT_LEADER, NEXT_UNIT, SECRETARY, UNIT, Year, done, live_through
from tests.support.web import Reader

pytestmark = [pytest.mark.flow, pytest.mark.slow]


@pytest.fixture(scope="module")
def ground(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Ground]:
    with two_counties(django_db_blocker, "prefecture", "office", "township", "village") as site:
        yield site


@pytest.fixture(scope="module")
def year(ground: Ground) -> Year:
    """Let the team live through its year, and give what was noted."""
    found = Year(
        prefecture=ground.desk("prefecture"),
        office=ground.desk("office"),
        township=ground.desk("township"),
        team=ground.desk("village"),
        county_program=ground.phone("office"),
        team_phone=ground.phone("village"),
    )
    live_through(found)
    return found


def rows(program: Reader, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = done(program.get(path))["results"]
    return found


def test_board_counts_the_village_as_covered_over_term_and_followed_when_the_year_goes_by(year: Year) -> None:
    names = ("teams", "without_first_secretary", "single_person", "over_term")
    villages = year.boards[0]["villages"]

    assert [tuple(board[name] for name in names) for board in year.boards] == [
        (0, villages, 0, 0),
        (1, villages - 1, 0, 1),
        (1, villages - 1, 0, 1),
        (1, villages, 1, 0),
    ]


def test_prefecture_reads_why_the_hardest_village_gets_its_unit_when_it_plans(year: Year) -> None:
    assert f"示例镇1村 (示例县): {UNIT} 改选" in year.notes["reasons"]


def test_one_team_follows_the_other_without_a_day_between_when_the_term_is_over(year: Year) -> None:
    teams = {row["unit_name"]: row for row in rows(year.county_program, "/api/v1/work-teams/")}
    members = {row["name"]: row["ends_on"] for row in rows(year.county_program, "/api/v1/team-members/")}

    former, following = teams[UNIT], teams[NEXT_UNIT]
    assert (former["starts_on"], former["ends_on"]) == (year.sent_on.isoformat(), following["starts_on"])
    assert former["term_ends_on"] == year.term_ends_on.isoformat()
    assert members == {LEADER: former["ends_on"], SECRETARY: former["ends_on"], NEXT_LEADER: None}


def test_month_is_drawn_from_what_the_team_entered_when_it_is_opened(year: Year) -> None:
    drawn = year.notes["drawn"]
    figures = {one["key"]: one["count"] for task in drawn["tasks"] for one in task["figures"]}

    assert (drawn["members"], drawn["members_without_login"]) == (2, 1)
    assert (figures["visits"], figures["village_years"]) == (1, 1)
    assert "未关联用户、无法汇总的队员：1" in year.notes["month"]


def test_village_has_plan_income_water_and_activities_when_the_year_is_over(year: Year) -> None:
    program = year.team_phone

    (plan,) = rows(program, "/api/v1/village-plans/")
    assert (plan["village_code"], plan["state"], plan["goals"]) == (HOME, "adopted", "通水，集体收入过五万元")
    income = next(row for row in rows(program, "/api/v1/collective-incomes/") if row["code"] == HOME)
    assert (income["own_yuan"], income["meets_goal"]) == ("52000.00", True)
    assert "已达目标" in year.notes["ledger"]
    works = rows(program, "/api/v1/infrastructure-projects/")
    assert [(row["stage"], row["arrived_yuan"], row["spent_yuan"]) for row in works] == [
        ("accepted", "200000.00", "198000.00")
    ]
    held = {(row["kind_code"], row["participant_count"]) for row in rows(program, "/api/v1/village-activities/")}
    assert held == {("2", 18), ("4", 21)}


def test_household_is_helped_by_its_own_word_and_by_plan_when_the_year_is_over(year: Year) -> None:
    program = year.team_phone

    (request,) = rows(program, "/api/v1/help-requests/")
    (plan,) = rows(program, "/api/v1/household-plans/")
    (visit,) = rows(program, "/api/v1/help-visits/")
    assert (request["state"], request["confirmation_code"]) == ("confirmed", "1")
    assert (plan["state"], plan["edition"], plan["planned_yuan"]) == ("adopted", 1, "1500.00")
    assert (visit["helper_name"], visit["confirmation_code"]) == ("示例帮扶", "1")


def test_timeline_of_the_household_tells_the_year_in_words_when_the_office_reads_it(year: Year) -> None:
    told = year.notes["timeline"]

    assert INSIDE.findall(told) == []
    assert [words in told for words in ("登记帮扶走访", "轮椅与复诊", "示例帮扶")] == [True, True, True]


def test_township_marked_the_days_away_when_the_team_reads_them(year: Year) -> None:
    (absence,) = rows(year.team_phone, "/api/v1/team-absences/")

    assert (absence["reason_code"], absence["ends_on"] is None) == ("2", False)
