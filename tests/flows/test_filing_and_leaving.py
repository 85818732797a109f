"""A household comes onto the register by the eleven steps, and another one leaves it for the next county."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from pytest_django import DjangoDbBlocker

from tests.flows.desk import INSIDE
from tests.flows.filing import Filing, file_household
from tests.flows.ground import Ground, two_counties
from tests.flows.leaving import HEAD, NUMBER, Leaving, leave
from tests.flows.year import done

pytestmark = [pytest.mark.flow, pytest.mark.slow]


@pytest.fixture(scope="module")
def ground(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Ground]:
    with two_counties(django_db_blocker, "office", "township", "village", "neighbour") as site:
        yield site


@pytest.fixture(scope="module")
def filing(ground: Ground) -> Filing:
    """Take the dossier through its steps, and give what was noted."""
    story = Filing(
        office=ground.desk("office"),
        township=ground.desk("township"),
        team=ground.desk("village"),
        county_program=ground.phone("office"),
    )
    file_household(story)
    return story


@pytest.fixture(scope="module")
def leaving(ground: Ground) -> Leaving:
    """Let the household go, and give what was noted."""
    story = Leaving(
        office=ground.desk("office"),
        township=ground.desk("township"),
        team=ground.desk("village"),
        neighbour=ground.desk("neighbour"),
        county_program=ground.phone("office"),
    )
    leave(story)
    return story


def filed_on(story: Filing, day: date) -> int:
    """Count the filed households of a day, as the ledger tells it."""
    rows = done(story.county_program.get(f"/api/v1/ledger/stock/?on={day.isoformat()}"))["results"]
    return sum(row["households"] for row in rows if row["stock"] == "not_lifted")


# --- the eleven steps -------------------------------------------------------------------------------------------------
def test_dossier_says_what_is_missing_and_who_does_the_step_when_it_is_opened(filing: Filing) -> None:
    assert "下一步 1 宣传动员 办理人 驻村工作队, 乡镇经办人, 县级业务部门" in filing.notes["before"]
    assert "本步骤需要“宣传记录”文件" in filing.notes["before"]
    assert "本步骤需要“宣传记录”文件" in filing.notes["out of turn"]


def test_meeting_decides_nothing_when_too_few_came(filing: Filing) -> None:
    assert "到会人数不足" in filing.notes["no quorum"]


def test_notice_does_not_count_when_it_is_taken_down_early_or_objected_to(filing: Filing) -> None:
    assert "公示至少7天" in filing.notes["too early"]
    assert "有异议尚未答复" in filing.notes["objected"]
    assert "公示至少7天" in filing.notes["too early again"]


def test_step_of_the_township_is_not_offered_to_the_team_and_refused_when_tried(filing: Filing) -> None:
    assert {"step", "meeting", "notice", "finish"}.isdisjoint(filing.notes["offered to the team"])
    assert "evidence" in filing.notes["offered to the team"]
    assert "由他人办理" in filing.notes["not theirs"]


def test_county_announces_what_the_township_posted_when_the_notice_is_over(filing: Filing) -> None:
    assert "下一步 10 县级审定公告 办理人 县级业务部门" in filing.notes["after the notice"]
    assert (filing.notes["waiting"], filing.notes["finish by the team"]) == ("candidate", False)


def test_household_is_filed_from_the_day_of_the_announcement_when_the_office_finishes(filing: Filing) -> None:
    announced = date.fromisoformat(filing.notes["announced on"])

    assert [filed_on(filing, day) for day in (announced - timedelta(days=1), announced)] == [0, 1]
    assert f"已办结 下一步 – 办理人 – 本步骤还缺 – 开始日期 {filing.notes['begun on']}" in filing.notes["after"]


def test_timeline_tells_the_steps_in_words_when_a_clerk_reads_it(filing: Filing) -> None:
    told = filing.notes["timeline"]

    assert INSIDE.findall(told) == []
    assert "佐证材料种类: 公告文件" in told
    assert "异议成立: 否" in told


# --- to the other county ----------------------------------------------------------------------------------------------
def test_both_offices_see_the_transfer_done_when_the_other_county_accepted(leaving: Leaving) -> None:
    assert f"户编号 {NUMBER} 户主 {HEAD}" in leaving.notes["arrived"]
    assert "状态 已完成" in leaving.notes["transfer"]
    assert "答复 同意接收" in leaving.notes["transfer"]


def test_second_acceptance_is_refused_when_the_page_was_still_open(leaving: Leaving) -> None:
    assert "请重新打开" in leaving.notes["twice"]


@pytest.mark.parametrize("desk", ["office", "township", "team"])
def test_old_number_leads_to_where_the_household_is_when_it_is_looked_up(leaving: Leaving, desk: str) -> None:
    assert f"户 {NUMBER} · 示例镇1村 · {leaving.gone_on}起不再是家庭成员 · 转往外县" in leaving.notes[f"{desk} finds"]
    went = f"户状态 已销户 去向 已转往外县，户编号 · {NUMBER} · 邻县 · {leaving.gone_on} 监测状态 转往外县"
    assert went in leaving.notes[f"{desk} reads"]


def test_sending_county_keeps_the_history_and_no_button_of_a_closed_household(leaving: Leaving) -> None:
    assert set(leaving.notes["buttons"]) == set()
    assert "向外县提出转移 · 理由: 投靠亲属" in leaving.notes["timeline"]
    assert INSIDE.findall(leaving.notes["timeline"]) == []


def test_receiving_county_has_the_household_with_its_risk_and_its_origin(leaving: Leaving) -> None:
    assert f"户 {NUMBER} · 示例镇1村" in leaving.notes["there finds"]
    assert "户状态 普通农户 监测状态 风险未消除" in leaving.notes["there reads"]
    assert f"由外县转入，原户 {NUMBER}" in leaving.notes["there timeline"]
