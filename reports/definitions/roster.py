"""The columns of the rosters. Source: exports of the national system, roster of persons and roster of households."""

from typing import Final

from reports.definitions.text import Text

PERSONS_ID: Final = "person-roster"
PERSONS_TITLE: Final = Text("建档立卡人口名单", "Roster of filed persons")
HOUSEHOLDS_ID: Final = "household-roster"
HOUSEHOLDS_TITLE: Final = Text("建档立卡户信息", "Roster of filed households")

WHICH: Final = "which"
WHICH_LABEL: Final = Text("名单范围", "Which households")
# What a choice takes in, with the title of the list of persons and of households.
LIFTED: Final = "lifted"
NOT_LIFTED: Final = "not_lifted"
FILED: Final = "filed"
MONITORED: Final = "monitored"
ALL: Final = "all"
CHOICES: Final = (
    (LIFTED, Text("脱贫户", "Lifted")),
    (NOT_LIFTED, Text("未脱贫户（含返贫）", "Not lifted, with those returned")),
    (FILED, Text("全部建档立卡户", "All filed")),
    (MONITORED, Text("监测对象（含风险已消除）", "Monitored, removed risks too")),
    (ALL, Text("系统内全部农户", "All on the register")),
)
PERSONS_TITLES: Final = {
    LIFTED: Text("脱贫人口名单", "Roster of lifted persons"),
    NOT_LIFTED: Text("未脱贫人口名单", "Roster of persons not lifted"),
    FILED: PERSONS_TITLE,
    MONITORED: Text("监测对象人口名单", "Roster of monitored persons"),
    ALL: Text("系统内人口名单", "Roster of all persons on the register"),
}
HOUSEHOLDS_TITLES: Final = {
    LIFTED: Text("脱贫户信息", "Roster of lifted households"),
    NOT_LIFTED: Text("未脱贫户信息", "Roster of households not lifted"),
    FILED: HOUSEHOLDS_TITLE,
    MONITORED: Text("监测对象户信息", "Roster of monitored households"),
    ALL: Text("系统内农户信息", "Roster of all households on the register"),
}
# The heading of each column, in the order of the form. Its column 民族 is one that the registry never holds.
PERSON_COLUMNS: Final[tuple[tuple[str, str, str], ...]] = (
    ("sequence", "序号", "No."),
    ("data_day", "数据日期", "Date of the data"),
    ("county", "县", "County"),
    ("township", "乡", "Township"),
    ("village", "行政村", "Village"),
    ("household_group_name", "自然村", "Natural village"),
    ("household_number", "户编号", "Household number"),
    ("person_number", "人编号", "Person number"),
    ("person_name", "姓名", "Name"),
    ("person_document", "证件号码", "Document number"),
    ("household_person_count", "人数", "Members"),
    ("person_relation_code", "与户主关系", "Relation to the head"),
    ("person_education_code", "文化程度", "Education"),
    ("person_school_code", "在校生状况", "Stage of school"),
    ("person_health_codes", "健康状况", "Health"),
    ("person_skill_code", "劳动技能", "Ability to work"),
    ("person_work_months", "务工时间(月)", "Months of work"),
    ("person_has_serious_illness_cover", "是否参加大病保险", "Serious-illness cover"),
    ("household_main_cause_code", "致贫原因1", "Cause of poverty 1"),
    ("household_dangerous_housing", "危房户", "Dangerous house"),
    ("household_safe_water", "是否解决安全饮用水", "Safe drinking water"),
    ("household_net_per_head_yuan", "人均纯收入", "Net income per head"),
    ("household_phone", "户联系电话", "Telephone of the household"),
    ("person_phone", "人联系电话", "Telephone of the person"),
    ("household_identified_on", "首次识别时间", "First identified"),
    ("person_starts_on", "人员识别时间", "Person identified"),
    ("household_kind", "户类型", "Kind of household"),
    ("household_monitoring_code", "监测对象类型", "Monitoring category"),
    ("household_risk_removed", "风险是否消除", "Risk removed"),
    ("household_monitored_on", "风险识别时间", "Risk identified"),
    ("household_risk_removed_on", "风险消除时间", "Risk removed on"),
)
HOUSEHOLD_COLUMNS: Final[tuple[tuple[str, str, str], ...]] = (
    ("sequence", "序号", "No."),
    ("data_day", "数据日期", "Date of the data"),
    ("county", "县", "County"),
    ("township", "乡", "Township"),
    ("village", "行政村", "Village"),
    ("household_group_name", "自然村", "Natural village"),
    ("household_number", "户编号", "Household number"),
    ("head_name", "户主姓名", "Head"),
    ("head_document", "户主证件号码", "Document number of the head"),
    ("household_person_count", "人数", "Members"),
    ("household_labour_count", "劳动力人数", "Members able to work"),
    ("household_worker_count", "务工人数", "Members at work"),
    ("household_main_cause_code", "致贫原因1", "Cause of poverty 1"),
    ("household_other_cause_codes", "致贫原因2、3", "Causes of poverty 2 and 3"),
    ("household_dangerous_housing", "危房户", "Dangerous house"),
    ("household_safe_water", "是否解决安全饮用水", "Safe drinking water"),
    ("household_wage_income_yuan", "工资性收入", "Wages"),
    ("household_business_income_yuan", "生产经营性收入", "Business"),
    ("household_property_income_yuan", "财产性收入", "Property"),
    ("household_transfer_income_yuan", "转移性收入", "Transfers"),
    ("household_business_cost_yuan", "生产经营性支出", "Cost of business"),
    ("household_net_per_head_yuan", "人均纯收入", "Net income per head"),
    ("household_phone", "户联系电话", "Telephone"),
    ("household_has_helper", "有帮扶责任人", "Has a helper"),
    ("household_identified_on", "首次识别时间", "First identified"),
    ("household_kind", "户类型", "Kind of household"),
    ("household_monitoring_code", "监测对象类型", "Monitoring category"),
    ("household_risk_removed", "风险是否消除", "Risk removed"),
    ("household_monitored_on", "风险识别时间", "Risk identified"),
    ("household_risk_removed_on", "风险消除时间", "Risk removed on"),
)
