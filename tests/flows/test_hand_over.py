"""A helper's hand-over through the site and REST, and what else a county's people enter wrongly."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from registry.lib.periods import today
from tests.flows.desk import INSIDE
from tests.flows.ground import Ground, two_counties
from tests.flows.handover import FORMER, NEXT, HandOver, hand_over, pairings
from tests.flows.refusals import Mistakes, err

pytestmark = [pytest.mark.flow, pytest.mark.slow]
OVERDUE = "逾期，应于"


@pytest.fixture(scope="module")
def ground(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Ground]:
    with two_counties(django_db_blocker, "office", "colleague", "township", "village", "helper1", "helper2") as site:
        yield site


@pytest.fixture(scope="module")
def story(ground: Ground) -> HandOver:
    """Let it happen, and give what was noted."""
    found = HandOver(
        office=ground.desk("office"),
        township=ground.desk("township"),
        team=ground.desk("village"),
        former=ground.desk("helper1"),
        following=ground.desk("helper2"),
        county_program=ground.phone("office"),
    )
    hand_over(found)
    return found


@pytest.fixture(scope="module")
def mistakes(ground: Ground) -> Mistakes:
    """Make them, and give what was answered."""
    found = Mistakes(
        office=ground.desk("office"),
        township=ground.desk("township"),
        program=ground.phone("office"),
        second_program=ground.phone("colleague"),
    )
    err(found)
    return found


# --- the hand-over ----------------------------------------------------------------------------------------------------
def test_visit_is_overdue_at_every_desk_when_the_helper_did_not_come(story: HandOver) -> None:
    assert [OVERDUE in page and FORMER in page for page in story.notes["due"]] == [True, True, True]


def test_visit_is_refused_when_its_day_lies_ahead(story: HandOver) -> None:
    assert "日期晚于今天" in story.notes["ahead"]


def test_end_is_refused_and_changes_nothing_when_nobody_follows(story: HandOver) -> None:
    assert "必须有帮扶责任人" in story.notes["end"]
    assert story.notes["after refusal"] == [(FORMER, True, story.paired_on.isoformat(), None)]


def test_lead_has_no_gap_and_no_overlap_when_the_township_confirmed_once(story: HandOver) -> None:
    (first, second) = pairings(story)

    assert (first[0], second[0], first[3], second[3]) == (FORMER, NEXT, second[2], None)
    assert second[2] < today().isoformat()


def test_second_confirmation_is_refused_when_another_desk_still_shows_the_former_helper(story: HandOver) -> None:
    assert "主要帮扶责任人已变更" in story.notes["twice"]


def test_household_goes_out_of_sight_of_the_former_helper_when_it_is_handed_over(story: HandOver) -> None:
    assert story.notes["former sees"] == 404
    assert "没有待走访的户" in story.notes["former is due"]


def test_overdue_visit_is_owed_by_the_next_helper_and_settled_when_it_is_made(story: HandOver) -> None:
    assert OVERDUE in story.notes["next is due"]
    assert ["没有待走访的户" in page for page in story.notes["nobody is due"]] == [True, True]


def test_timeline_tells_of_the_hand_over_with_its_reason_when_it_is_read(story: HandOver) -> None:
    told = story.notes["timeline"]

    assert "变更帮扶责任人 · 理由: 调离" in told
    assert f"{FORMER} → {NEXT}" in told
    assert "township" in told
    assert INSIDE.findall(told) == []


# --- bad input --------------------------------------------------------------------------------------------------------
def test_unit_is_refused_when_its_credit_code_has_a_typing_error(mistakes: Mistakes) -> None:
    assert mistakes.answers["code"] == (422, "统一社会信用代码校验位不符，录入有误。")
    assert "校验位不符" in mistakes.pages["code"]
    assert mistakes.left["units"] == []


def test_dividend_is_refused_when_its_parts_do_not_add_up(mistakes: Mistakes) -> None:
    status, sentence = mistakes.answers["parts"]

    assert (status, "分配合计与总额不符" in sentence, mistakes.left["dividends"]) == (422, True, [])


def test_visit_of_the_form_is_refused_when_its_day_lies_ahead(mistakes: Mistakes) -> None:
    status, sentence = mistakes.answers["visit"]

    assert (status, "走访日期不能晚于今天" in sentence, mistakes.left["visits"]) == (422, True, 0)


def test_course_is_not_closed_when_nobody_was_trained(mistakes: Mistakes) -> None:
    status, sentence = mistakes.answers["course"]

    assert (status, "无人参加该培训班" in sentence, mistakes.left["course"]) == (409, True, "planned")
    assert "无人参加该培训班" in mistakes.pages["course"]


def test_household_is_paid_once_when_it_is_listed_or_paid_again(mistakes: Mistakes) -> None:
    listed = "第 1 笔：该对象已在本项目本期间的清册中。"

    assert [listed in mistakes.answers[name][1] for name in ("same list", "other list")] == [True, True]
    assert mistakes.answers["paid again"] == (409, "清册审批后才能发放，且只发放一次。")
    assert mistakes.answers["approved again"][0] == 409
    assert [row["amount_yuan"] for row in mistakes.left["payments"]] == ["100.00"]
