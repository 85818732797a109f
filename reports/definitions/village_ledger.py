"""The ledger of dynamic management of a village (动态管理台账), sheet by sheet.

Source: domain facts 5, item 9 (综合管理类: 会议, 培训, 宣传; 贫情分析; 实地调查; 评议, 公示, 公告). Pictures of
notices and sheets of signatures are files of the register and are counted here.
"""

from typing import Final

from reports.definitions.assistance_lists import UNTIL_NOTE
from reports.definitions.register_columns import (
    HEAD,
    HOUSEHOLD,
    KIND,
    MONITORING,
    NOT_WITHDRAWN,
    TOWNSHIP,
    VILLAGE,
    ListDefinition,
    choice,
    code,
    codes,
    count,
    day,
    text,
    yes_no,
)
from reports.definitions.text import Text

TITLE: Final = Text("动态管理台账", "Ledger of dynamic management")
_PLACE: Final = (TOWNSHIP, VILLAGE)
ACTIVITIES: Final = ListDefinition(
    title=Text("综合管理：会议、宣传和其他活动", "Meetings, briefings and other activities"),
    name=Text("综合管理", "Activities"),
    columns=(
        *_PLACE,
        day("held_on", "日期", "Held on"),
        code("kind_code", "类型", "Kind", "village_activity", 16),
        text("subject", "主题", "Subject", 36),
        count("participant_count", "参加人数", "People", 9),
        count("material_count", "影像资料份数", "Pictures and papers", 11),
    ),
    notes=(NOT_WITHDRAWN,),
)
TEAM: Final = ListDefinition(
    title=Text("驻村工作队", "Work team"),
    name=Text("工作队", "Team"),
    columns=(
        *_PLACE,
        text("member_name", "姓名", "Name", 12),
        codes("post_codes", "职务", "Posts", "team_post", 18),
        text("unit_name", "派出单位", "Unit", 22),
        day("starts_on", "到岗日期", "From"),
        day("ends_on", "离岗日期", "Until"),
    ),
    notes=(UNTIL_NOTE,),
)
_FORMS: Final = {
    "general": Text("一般", "General"),
    "application": Text("申请", "Application"),
    "visit": Text("入户", "Visit"),
    "meeting": Text("评议会议", "Meeting"),
    "notice": Text("公示", "Notice"),
    "comparison": Text("信息比对", "Comparison of data"),
    "decision": Text("审定", "Decision"),
    "mark": Text("预脱贫标注", "Pre-exit mark"),
    "signature": Text("农户签字", "Signature of the household"),
    "announcement": Text("公告", "Announcement"),
}
_SESSION_STATES: Final = {
    "open": Text("进行中", "Open"),
    "closed": Text("已结束", "Closed"),
    "cancelled": Text("已取消", "Cancelled"),
}
SESSIONS: Final = ListDefinition(
    title=Text("评议、公示和公告", "Meetings on lists, notices and announcements"),
    name=Text("评议公示公告", "Lists"),
    columns=(
        text("place", "区域", "Area", 16),
        text("session_title", "名称", "Title", 28),
        choice("form", "环节", "What happens", _FORMS),
        day("starts_on", "开始日期", "From"),
        day("ends_on", "结束日期", "Done on"),
        choice("state", "状态", "State", _SESSION_STATES, 9),
        count("entry_count", "涉及户数", "Households", 9),
        count("entitled_count", "应到人数", "Entitled", 9),
        count("present_count", "实到人数", "Present", 9),
        count("votes_for", "同意票", "Votes for", 8),
        count("votes_against", "反对票", "Votes against", 8),
        yes_no("has_minutes", "有无记录", "Minutes", 9),
        count("file_count", "影像材料份数", "Files", 11),
    ),
)
_KINDS: Final = {
    "identify": Text("识别", "Identification"),
    "return": Text("返贫", "Return to poverty"),
    "exit": Text("退出", "Exit from poverty"),
    "monitor": Text("监测识别", "Identification for monitoring"),
    "remove_risk": Text("风险消除", "Removal of a risk"),
}
_DOSSIER_STATES: Final = {
    "open": Text("办理中", "Open"),
    "finished": Text("已办结", "Finished"),
    "withdrawn": Text("已撤回", "Withdrawn"),
    "refused": Text("未通过", "Refused"),
}
SURVEYS: Final = ListDefinition(
    title=Text("实地调查和认定", "Surveys and procedures of households"),
    name=Text("实地调查", "Surveys"),
    columns=(
        *_PLACE,
        HOUSEHOLD,
        HEAD,
        KIND,
        MONITORING,
        choice("kind", "事项", "Procedure", _KINDS, 12),
        choice("state", "状态", "State", _DOSSIER_STATES, 9),
        day("begun_on", "受理日期", "Begun on"),
        count("step_count", "已办步骤", "Steps done", 9),
        day("looked_on", "入户调查日期", "Looked at on"),
        count("score", "调查得分", "Score", 9),
        count("objection_count", "异议数", "Objections", 8),
        count("evidence_count", "佐证材料份数", "Supporting documents", 11),
        day("ended_on", "办结日期", "Ended on"),
    ),
)
_CASE_STATES: Final = {
    "lead": Text("线索", "Lead"),
    "confirmed": Text("已确认", "Confirmed"),
    "dropped": Text("已排除", "Dropped"),
    "removed": Text("风险已消除", "Risk removed"),
}
CASES: Final = ListDefinition(
    title=Text("贫情分析：监测线索和对象", "Leads and monitored households"),
    name=Text("贫情分析", "Leads"),
    columns=(
        *_PLACE,
        HOUSEHOLD,
        HEAD,
        KIND,
        day("lead_on", "线索日期", "Lead on"),
        code("lead_channel_code", "线索来源", "Channel", "lead_channel", 16),
        code("category_code", "监测对象类别", "Category", "monitoring_category", 14),
        codes("risk_codes", "风险类型", "Risks", "risk", 20),
        choice("state", "状态", "State", _CASE_STATES, 10),
        day("confirmed_on", "确认日期", "Confirmed on"),
        day("measured_on", "首次帮扶日期", "First measure on"),
        day("ended_on", "结束日期", "Ended on"),
    ),
)
