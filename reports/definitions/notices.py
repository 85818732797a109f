"""What stands on a notice at the wall of a village, column by column: nothing else may.

No number of a document, no telephone, no account, no health, no income. Source: rules on public notices, which show no
sensitive data; the lists that counties post print more of it.
"""

from typing import Final

from reports.definitions.text import Text

NOTICE_ID: Final = "notice-list"
NOTICE_TITLE: Final = Text("公示名单", "Public notice of households")
REMOVAL_ID: Final = "removal-notice"
REMOVAL_TITLE: Final = Text("风险消除对象公示名单", "Public notice of removed risks")
# Source: a notice hangs in the village for five days at least (monitoring procedures of counties, 2024).
LEAST_DAYS: Final = 5
# House rule: a list that hangs longer than this has been forgotten. docs/decisions/0246.
MOST_DAYS: Final = 60

APPROVED_ON: Final = "approved_on"
APPROVED_LABEL: Final = Text("审核同意日期", "Approved on")
UNTIL: Final = "until"
UNTIL_LABEL: Final = Text("公示截止日期", "Posted until")
SINCE: Final = "since"
SINCE_LABEL: Final = Text("风险消除不早于", "Removed from this day on")
WHICH: Final = "which"
WHICH_LABEL: Final = Text("公示对象", "Which households")
CHOICES: Final = (
    ("at_risk", Text("监测对象", "Monitored")),
    ("not_lifted", Text("未脱贫户（含返贫）", "Not lifted, with those returned")),
    ("lifted", Text("脱贫户", "Lifted")),
)
REMARK: Final = Text("备注", "Remark")
SEX: Final = Text("性别", "Sex")
RELATION: Final = Text("与户主关系", "Relation to the head")
COLUMNS: Final[tuple[tuple[str, str, str], ...]] = (
    ("sequence", "序号", "No."),
    ("head_name", "户主", "Head"),
    ("household_kind", "户类型", "Kind of household"),
    ("household_group_name", "组", "Group"),
)
MONITORING: Final = (("household_monitoring_code", "监测对象", "Monitored as"),)
REMOVAL_COLUMNS: Final[tuple[tuple[str, str, str], ...]] = (
    ("sequence", "序号", "No."),
    ("head_name", "户主", "Head"),
    ("household_group_name", "组", "Group"),
    ("household_person_count", "人数", "Members"),
    ("household_removal_code", "消除方式", "How the risk ended"),
)
# Whatever a later edition adds: none of these may stand on a wall.
FORBIDDEN: Final = ("document", "phone", "health", "disability", "income", "yuan", "birth", "account", "address")

APPROVED: Final = Text(
    "本名单于{approved_on}审核同意公示。公示期至{until}，期满由村委会撤下。",
    "This list was approved for posting on {approved_on}. It hangs until {until}; the village takes it down then.",
)
OBJECTION: Final = Text(
    "对名单有异议的，公示期内向村委会或乡镇反映。",
    "Whoever objects tells the village committee or the township while this is posted.",
)
WATERMARK: Final = Text("仅供{area}公示 至{until}", "For posting in {area} until {until}")
SEAL: Final = Text("村委会（盖章）", "Village committee (seal)")
DAY: Final = Text("年  月  日", "Date")
