"""What the demonstration shows of learning and posts: wishes, courses held and planned, and public-welfare posts."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from exchange.domain.demo_staff import Staff, ago
from exchange.queries.demo import Home
from livelihoods.domain.courses import CourseDraft, close_course, plan_course
from livelihoods.domain.enrolments import Attendance, certify, enrol, record_attendance, record_outcome
from livelihoods.domain.months import confirm_month
from livelihoods.domain.posts import PostDraft, fill_post, open_post
from livelihoods.domain.wishes import record_wish
from registry.lib.periods import months_after

_KINDS: Final = ("02", "05", "06", "03", "02", "08")
_ATTENDED: Final = (10, 10, 9, 10, 3)


def show_livelihoods(staff: Staff, village_id: UUID, homes: list[Home]) -> None:
    """Show wishes, a course that was held, one that is planned to an employer's order, and two kinds of posts."""
    with staff.at_work("village") as actor:
        for home, kind in zip(homes[4:], _KINDS, strict=False):
            record_wish(home.workers[0], kind, told_on=ago(40), actor=actor)
    _show_courses(staff, homes)
    _show_posts(staff, village_id, homes)


def _show_courses(staff: Staff, homes: list[Home]) -> None:
    held = CourseDraft(
        name="牦牛养殖技术班", kind_code="02", organiser="县农业农村局", place="示例乡", starts_on=ago(150),
        last_on=ago(139), day_count=10, hour_count=80, seat_count=40,
    )  # fmt: skip
    ordered = replace(
        held, name="挖掘机操作班", kind_code="05", organiser="县人社局", place="县城", starts_on=ago(-14),
        last_on=ago(-34), day_count=20, hour_count=160, seat_count=20, employer="示例建筑公司",
        ordered_post="挖掘机手", ordered_count=12,
    )  # fmt: skip
    with staff.at_work("office") as actor:
        course = plan_course(held, actor=actor)
        coming = plan_course(ordered, actor=actor)
    with staff.at_work("village") as actor:
        rows = [enrol(course.pk, home.workers[0], actor=actor) for home in homes[: len(_ATTENDED)]]
        lines = [Attendance(row.pk, days, row.version) for row, days in zip(rows, _ATTENDED, strict=False)]
        record_attendance(course.pk, lines, actor=actor)
        for home in homes[5:8]:
            enrol(coming.pk, home.workers[0], actor=actor)
    with staff.at_work("office") as actor:
        close_course(course.pk, actor=actor, version=None)
        for number, row in enumerate(rows[:3], start=1):
            certify(row.pk, kind_code="1", number=f"示例{number:04}", on=ago(139), actor=actor, version=None)
        record_outcome(rows[0].pk, "2", on=ago(30), actor=actor, version=None)


def _show_posts(staff: Staff, village_id: UUID, homes: list[Home]) -> None:
    began = months_after(ago(0).replace(day=1), -11)
    with staff.at_work("township") as actor:
        keeper = PostDraft(
            name="草原监督员", kind_code="02", seat_count=3, monthly_yuan=Decimal(500), funding_code="1",
            pay_item_code="1021", duties="每月巡护草场，报告毒杂草和围栏损坏", starts_on=began,
        )  # fmt: skip
        cleaner = replace(keeper, name="村保洁员", kind_code="05", seat_count=2, duties="打扫村道和公共场所")
        posts = [open_post(village_id, draft, actor=actor) for draft in (keeper, cleaner)]
    with staff.at_work("village") as actor:
        ends = months_after(began, 12)
        for number, home in enumerate(homes[5:8]):
            term = fill_post(posts[number % 2].pk, home.workers[-1], starts_on=began, ends_on=ends, actor=actor)
            for month in (began, (began + timedelta(days=31)).replace(day=1)):
                confirm_month(term.pk, month, actor=actor)
