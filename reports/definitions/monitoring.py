"""The columns of the monitoring list. Source: export 监测对象信息 of the national system, 86 columns.

Which of them the registry holds, and why the others are left out, stands in docs/catalogue.md.
"""

from typing import Final

from reports.definitions.roster import PERSON_COLUMNS
from reports.definitions.text import Text

ID: Final = "monitoring-list"
TITLE: Final = Text("监测对象信息", "Monitored households and their members")
WHICH: Final = "which"
WHICH_LABEL: Final = Text("监测状态", "Which of them")
AT_RISK: Final = "at_risk"
REMOVED: Final = "removed"
ALL: Final = "all"
CHOICES: Final = (
    (AT_RISK, Text("风险未消除", "Risk not removed")),
    (REMOVED, Text("风险已消除", "Risk removed")),
    (ALL, Text("全部监测对象", "All that are or were monitored")),
)
CHANNEL: Final = Text("线索来源", "Channel of the lead")
RISKS: Final = Text("致贫返贫风险", "Risks of poverty")
DISASTER: Final = Text("自然灾害种类", "Kind of natural disaster")
# 帮扶措施: a column for each kind of the list `measure`, by its code.
MEASURES: Final[tuple[tuple[str, Text], ...]] = (
    ("39", Text("产业帮扶", "Business")),
    ("40", Text("就业帮扶", "Employment")),
    ("41", Text("金融帮扶", "Finance")),
    ("42", Text("公益岗位帮扶", "Public-service post")),
    ("45", Text("健康帮扶", "Health")),
    ("46", Text("义务教育保障", "Compulsory education")),
    ("47", Text("其他教育帮扶", "Other education")),
    ("48", Text("综合保障", "Social safeguard")),
    ("50", Text("住房安全保障", "Safe housing")),
    ("51", Text("饮水安全保障", "Safe drinking water")),
    ("52", Text("社会帮扶", "Support by society")),
    ("53", Text("搬迁", "Relocation")),
    ("54", Text("生产生活条件改善", "Better conditions")),
    ("55", Text("基础设施建设", "Infrastructure")),
)
DEVELOPMENT: Final = Text("实施开发式帮扶措施情况", "Development measures")
DEVELOPMENT_LABELS: Final = {"yes": Text("已实施", "Under way"), "no": Text("尚未实施", "Not yet")}
AFTER: Final = Text("风险消除核查", "Checked at the removal")
AFTER_COLUMNS: Final[tuple[tuple[str, str, Text], ...]] = (
    ("removed_year", "checked_year", Text("收入年度", "Year of the income")),
    ("removed_net_yuan", "net_per_head_yuan", Text("消除后人均纯收入", "Net income per head")),
    ("removed_line_yuan", "line_yuan", Text("监测收入线", "Monitoring line")),
    ("removed_schooling", "has_schooling", Text("义务教育有保障", "Compulsory education assured")),
    ("removed_medical", "has_medical_care", Text("基本医疗有保障", "Basic medical care assured")),
    ("removed_housing", "has_safe_housing", Text("住房安全有保障", "Safe housing assured")),
    ("removed_water", "has_safe_water", Text("饮水安全有保障", "Safe water assured")),
)
# From the number of the row to the ability to work, as the roster of persons has them.
IDENTITY: Final = PERSON_COLUMNS[:16]
FACTS: Final[tuple[tuple[str, str, str], ...]] = (
    ("person_work_months", "务工时间(月)", "Months of work"),
    ("person_industry_code", "所属行业", "Industry"),
    ("person_employment_channel_code", "就业渠道", "Way into work"),
    ("person_public_post_code", "公益性岗位", "Public-service post"),
    ("person_has_basic_medical", "居民医保", "Residents' medical insurance"),
    ("person_has_employee_medical", "职工医保", "Employees' medical insurance"),
    ("person_has_serious_illness_cover", "大病保险", "Serious-illness insurance"),
    ("person_has_commercial_medical", "商业补充医疗保险", "Commercial medical insurance"),
    ("person_has_resident_pension", "居民养老保险", "Residents' pension"),
    ("person_has_employee_pension", "职工养老保险", "Employees' pension"),
    ("person_minimum_living_allowance_code", "低保", "Minimum living allowance"),
    ("person_special_support_code", "特困供养", "Special support"),
    ("person_is_unsupported_child", "事实无人抚养儿童", "Child without support"),
    ("person_dropout_reason_code", "失学或辍学原因", "Reason for leaving school"),
    ("household_phone", "户联系电话", "Telephone"),
    ("household_kind", "户类型", "Kind of household"),
    ("household_monitoring_code", "监测对象类别", "Monitoring category"),
    ("household_monitored_on", "识别监测时间", "Identified on"),
)
INCOME: Final[tuple[tuple[str, str, str], ...]] = (
    ("household_income_year", "收入年度", "Year of the income"),
    ("household_wage_income_yuan", "工资性收入", "Wages"),
    ("household_business_income_yuan", "生产经营性收入", "Business"),
    ("household_property_income_yuan", "财产性收入", "Property"),
    ("household_transfer_income_yuan", "转移性收入", "Transfers"),
    ("household_business_cost_yuan", "生产经营性支出", "Cost of business"),
    ("household_net_per_head_yuan", "人均纯收入", "Net income per head"),
    ("household_claims_yuan", "理赔收入", "Insurance claims"),
    ("household_self_paid_cost_yuan", "合规自付支出", "Allowed cost paid by the household"),
    ("household_dangerous_housing", "是否危房户", "Dangerous house"),
    ("household_safe_water", "是否解决安全饮用水", "Safe drinking water"),
)
END: Final[tuple[tuple[str, str, str], ...]] = (
    ("household_risk_removed", "风险是否已消除", "Risk removed"),
    ("household_risk_removed_on", "消除监测时间", "Risk removed on"),
    ("household_removal_code", "风险消除方式", "How the risk ended"),
)
