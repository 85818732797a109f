"""What the demonstration shows of what people ask for: requests in each state, and two grievances."""

from dataclasses import replace
from typing import Final

from concerns.domain.grievances import (
    AnswerDraft,
    GrievanceDraft,
    acknowledge_grievance,
    answer_grievance,
    file_grievance,
)
from concerns.domain.pasting import enter_pasted
from concerns.domain.requests import RequestDraft, enter_request
from concerns.domain.solving import confirm_request, solve_request, take_request
from concerns.domain.whom import Whom
from concerns.enums import OwnerRole
from exchange.domain.demo_staff import Staff, ago
from exchange.queries.demo import Home
from villages.models import Village

_ASKED: Final = (
    ("1", 6, "老人需要有人日间照看", OwnerRole.VILLAGE_TEAM),
    ("5", 75, "冬季水管冻裂，取水要走两公里", OwnerRole.TOWNSHIP_CLERK),
    ("3", 30, "想在县内找一份工作", OwnerRole.HELPER),
    ("2", 48, "孩子上中职的资助没有申请成", OwnerRole.VILLAGE_TEAM),
    ("4", 90, "需要一副助行器", OwnerRole.COUNTY_OFFICE),
)


def show_concerns(staff: Staff, village: Village, homes: list[Home]) -> None:
    """Show requests that wait, are overdue, taken on, solved and confirmed, and grievances new and answered."""
    with staff.at_work("village") as actor:
        made = []
        for home, (kind, days, text, owner) in zip(homes, _ASKED, strict=False):
            draft = RequestDraft(
                kind_code=kind, channel_code="1", told_on=ago(days), text=text, household_id=home.id, owner_role=owner
            )
            made.append(enter_request(draft, actor=actor))
        road = RequestDraft(
            kind_code="6", channel_code="6", told_on=ago(20), text="下组道路雨后不能通车", village_id=village.pk,
            owner_role=OwnerRole.TOWNSHIP_CLERK,
        )  # fmt: skip
        enter_request(road, actor=actor)
        solved = made[3]
        take_request(solved.pk, actor=actor)
        solve_request(solved.pk, on=ago(10), solution="陪同到学校补交了申请表", actor=actor)
    with staff.at_work("office") as actor:
        done = made[4]
        take_request(done.pk, actor=actor)
        solve_request(done.pk, on=ago(60), solution="残联已发放助行器", actor=actor)
        confirm_request(done.pk, on=ago(55), confirmation_code="1", actor=actor)
    _show_pasted(staff, village, homes)
    _show_grievances(staff, homes)


def _show_pasted(staff: Staff, village: Village, homes: list[Home]) -> None:
    """Enter what a team noted on a sheet at a meeting of the village, pasted line by line."""
    noted = (
        (homes[5].number, "7", ago(3), "想改造厨房和厕所"),
        (homes[6].number, "3", ago(3), "想参加焊工培训"),
        (village.code, "9", ago(3), "上组需要一处垃圾收集点"),
    )
    lines = "\n".join(f"{place}\t{kind}\t{day.isoformat()}\t{text}" for place, kind, day, text in noted)
    with staff.at_work("village") as actor:
        enter_pasted(lines, channel_code="6", owner_role=OwnerRole.VILLAGE_TEAM, actor=actor)


def _show_grievances(staff: Staff, homes: list[Home]) -> None:
    told = GrievanceDraft(filed_on=ago(25), channel_code="6", matter_code="2", text="补助到账比邻居晚了两个月")
    with staff.at_work("village") as actor:
        answered = file_grievance(homes[0].id, told, Whom(), actor=actor)
        other = replace(told, filed_on=ago(20), matter_code="1", text="今年没有被识别为监测户")
        file_grievance(homes[1].id, other, Whom(), actor=actor)
    with staff.at_work("township") as actor:
        acknowledge_grievance(answered.pk, actor=actor)
        answer = AnswerDraft(answered_on=ago(5), verdict="upheld", remedy_code="5", text="账号登记有误，已更正并补发")
        answer_grievance(answered.pk, answer, actor=actor)
