"""What the demonstration shows of forms that offices send down, and of a sample check on the doorstep."""

from typing import Final

from exchange.domain.demo_staff import Staff, ago
from oneform.domain.forms import FormDraft, count_form, map_column, mark_part, receive_form
from oneform.queries.forms import county_pictures, parts_of
from registry.lib.periods import today
from reports.enums import RowLevel
from sampling.domain.checks import SampleDraft, announce_sample, draw_sample, note_result
from sampling.enums import Outcome, Section
from sampling.queries.samples import households_drawn, snapshots_to_draw_from

_HOUSEHOLDS: Final = (
    "序号", "乡镇", "行政村", "户编号", "户主姓名", "户主证件号码", "家庭人口数", "主要致贫原因", "人均纯收入(元)",
    "饮水是否安全", "民族", "是否安装光伏", "光伏装机容量",
)  # fmt: skip
_PERSONS: Final = ("序号", "行政村", "姓名", "与户主关系", "文化程度", "是否参加大病保险", "体检日期")
_SIZE, _CAP, _CHECKED = 90, 20, 24
# Every so-manieth household that was checked has something wrong, and nobody was met at every so-manieth.
_WRONG, _NOT_MET = 6, 11


def show_forms(staff: Staff) -> None:
    """Show a form that is counted and done in one village, and one of another office that is overdue."""
    with staff.at_work("office") as actor:
        picture = county_pictures().first()
        if picture is None:
            return
        power = FormDraft("光伏帮扶摸底表", "示例县能源局", ago(12), ago(-9), RowLevel.HOUSEHOLD, "all", _HOUSEHOLDS)
        cover = FormDraft("参保情况核对表", "示例县医疗保障局", ago(20), ago(4), RowLevel.PERSON, "filed", _PERSONS)
        form, other = receive_form(power, actor=actor), receive_form(cover, actor=actor)
        map_column(form.pk, len(_HOUSEHOLDS), "", is_remembered=True, actor=actor)
        for one in (form, other):
            count_form(one.pk, picture.pk, actor=actor)
    with staff.at_work("village") as actor:
        part = parts_of(form).first()
        if part is not None:
            mark_part(part.pk, is_done=True, actor=actor)


def show_samples(staff: Staff) -> None:
    """Show a sample that was drawn and is partly checked, and one that is announced."""
    with staff.at_work("office") as actor:
        snapshot = snapshots_to_draw_from().first()
        if snapshot is None:
            return
        drawn = announce_sample(SampleDraft("档案准确率抽查", snapshot.pk, _SIZE, _CAP), actor=actor)
        draw_sample(drawn.pk, actor=actor)
        announce_sample(SampleDraft("下季度抽查", snapshot.pk, _SIZE, _CAP), actor=actor)
    with staff.at_work("township") as actor:
        for place, row in enumerate(households_drawn(drawn)[:_CHECKED], start=1):
            outcome = Outcome.NOT_REACHED if not place % _NOT_MET else Outcome.CORRECT
            wrong = [Section.INCOME] if not place % _WRONG else []
            note_result(row.pk, Outcome.WRONG if wrong else outcome, wrong_codes=wrong, on=today(), actor=actor)
