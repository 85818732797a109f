"""The list of those who are due an entitlement and do not receive it."""

from typing import Final

from reports.definitions.text import Text

ID: Final = "eligible-without-allowance"
TITLE: Final = Text("应享未享人员名单", "Eligible without the allowance")
TOTALS_ID: Final = "eligible-without-allowance-totals"
TOTALS_TITLE: Final = Text("应享未享情况统计表", "Eligible without the allowance, totals")
POLICY: Final = Text("政策", "Policy")
SUBJECT: Final = Text("应享人员", "Person who is due it")
SINCE: Final = Text("发现时间", "Found on")
FINDINGS_OF_NOW: Final = Text(
    "应享未享以系统比对结果为准，按制表时的比对记录列示；是否符合条件由主管部门认定。",
    "Who is due follows from the comparison on file when this was made; the authority decides who is eligible.",
)
COLUMNS: Final[tuple[tuple[str, str, str], ...]] = (
    ("sequence", "序号", "No."),
    ("township", "乡镇", "Township"),
    ("village", "行政村", "Village"),
    ("household_group_name", "组", "Group"),
    ("household_number", "户编号", "Household number"),
    ("head_name", "户主姓名", "Head"),
    ("household_kind", "户类型", "Kind of household"),
    ("household_monitoring_code", "监测对象类型", "Monitoring category"),
    ("household_person_count", "人数", "Members"),
    ("household_net_per_head_yuan", "人均纯收入", "Net income per head"),
)
