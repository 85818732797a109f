"""What stands in the assistance handbook of a household (扶贫手册 / 帮扶手册).

Source: domain facts 5, item 6: 家庭情况, 家庭成员, 帮扶责任人 (单位, 隶属, 电话, 起止), 帮扶计划/措施 (项目, 规模,
资金, 时限), 收入, 帮扶记录.
"""

from typing import Final

from reports.definitions.layout import CellKind, Column
from reports.definitions.register_columns import (
    DOCUMENT,
    NAME,
    RELATION,
    choice,
    code,
    codes,
    count,
    day,
    digits,
    text,
    yes_no,
    yuan,
)
from reports.definitions.text import Text

TITLE: Final = Text("帮扶手册", "Assistance handbook")
OF_VILLAGE: Final = Text("帮扶手册（全村）", "Assistance handbooks of a village")
# What is printed of the household itself, as (name, description), several a line.
FAMILY: Final = (
    digits("household_number", "户编号", "Household number"),
    text("village", "行政村", "Village"),
    text("group_name", "自然村（组）", "Natural village or group"),
    text("address", "家庭住址", "Address"),
    text("head_name", "户主", "Head"),
    digits("phone", "联系电话", "Telephone"),
    count("member_count", "家庭人口", "Members"),
    count("labour_count", "劳动力", "Able to work"),
    code("status", "户类型", "Household kind", "household_status"),
    code("attribute_code", "户属性", "Attribute", "household_attribute"),
    code("standard_code", "识别标准", "Standard of identification", "identification_standard"),
    day("identified_on", "首次识别时间", "First identified on"),
    code("main_cause_code", "主要致贫原因", "Main cause", "poverty_cause"),
    codes("other_cause_codes", "其他致贫原因", "Other causes", "poverty_cause"),
    code("category_code", "监测对象类别", "Monitoring category", "monitoring_category"),
    day("monitored_on", "监测识别时间", "Monitored since"),
)
# Living conditions of the latest year on file.
LIVING: Final = (
    text("living_year", "年度", "Year"),
    Column("cropland_mu", Text("耕地（亩）", "Cropland (mu)"), CellKind.DECIMAL),
    Column("woodland_mu", Text("林地（亩）", "Woodland (mu)"), CellKind.DECIMAL),
    Column("pasture_mu", Text("牧草地（亩）", "Pasture (mu)"), CellKind.DECIMAL),
    Column("housing_area_m2", Text("住房面积（㎡）", "Housing (m²)"), CellKind.DECIMAL),
    yes_no("dangerous_housing", "是否危房", "Dangerous housing"),
    yes_no("safe_water", "是否解决安全饮用水", "Safe drinking water"),
    code("entry_road_code", "入户路类型", "Road to the house", "entry_road"),
    yes_no("has_household_power", "是否通生活用电", "Electricity"),
    yes_no("has_sanitary_toilet", "有无卫生厕所", "Sanitary toilet"),
    code("fuel_code", "主要燃料类型", "Fuel", "fuel"),
    code("industry_help_code", "到户产业帮扶类型", "Help for the business", "industry_help"),
)
FAMILY_TITLE: Final = Text("一、家庭基本情况", "1 Household")
LIVING_TITLE: Final = Text("二、生产生活条件", "2 Living conditions")
MEMBERS_TITLE: Final = Text("三、家庭成员", "3 Members")
MEMBERS: Final = (
    NAME,
    RELATION,
    code("sex_code", "性别", "Sex", "sex", 6),
    day("birth_on", "出生日期", "Born on"),
    DOCUMENT,
    code("education_code", "文化程度", "Education", "education", 10),
    code("school_code", "在校生状况", "At school", "school_status", 10),
    codes("health_codes", "健康状况", "Health", "health", 12),
    code("skill_code", "劳动技能", "Ability to work", "labour_skill", 12),
    text("employer", "务工企业", "Employer", 14),
    yes_no("has_basic_medical", "城乡居民医保", "Basic medical insurance"),
    yes_no("has_serious_illness_cover", "大病保险", "Serious-illness insurance"),
    yes_no("has_resident_pension", "居民养老保险", "Pension insurance"),
)
HELPERS_TITLE: Final = Text("四、帮扶责任人", "4 Helpers")
HELPERS: Final = (
    text("helper_name", "姓名", "Name", 12),
    code("helper_kind_code", "类型", "Kind", "helper_kind", 12),
    text("unit_name", "帮扶单位", "Unit", 22),
    code("level_code", "隶属关系", "Level of the unit", "unit_level", 10),
    digits("helper_phone", "联系电话", "Telephone", 14),
    yes_no("is_lead", "是否牵头", "Leads"),
    day("starts_on", "开始时间", "From"),
    day("ends_on", "结束时间", "Until"),
)
PLANS_TITLE: Final = Text("五、帮扶计划", "5 Plans")
_STATES: Final = {
    "adopted": Text("已采纳", "Adopted"),
    "amended": Text("已修改，待重新采纳", "Amended, to be adopted again"),
    "closed": Text("已办结", "Closed"),
    "drafted": Text("起草中", "Drafted"),
}
PLANS: Final = (
    text("year", "年度", "Year", 8),
    text("goals", "帮扶目标", "Goals", 30),
    yuan("target_yuan", "人均纯收入目标（元）", "Target net income per person (yuan)", 14),
    choice("state", "状态", "State", _STATES, 12),
    day("adopted_on", "采纳日期", "Adopted on"),
    code("agreement_code", "农户确认", "Agreement", "visit_confirmation", 10),
    text("result", "完成情况", "Result", 24),
)
PLANNED_TITLE: Final = Text("六、计划的措施", "6 Planned measures")
PLANNED: Final = (
    text("year", "年度", "Year", 8),
    code("measure_category_code", "帮扶类别", "Kind of measure", "measure", 12),
    text("what", "项目内容", "What is to be done", 24),
    yuan("planned_yuan", "计划资金（元）", "Planned (yuan)"),
    code("source_code", "资金来源", "Source of the money", "funding_source", 14),
    day("starts_on", "开始时间", "From"),
    day("due_on", "完成时限", "To be done by"),
    text("helper_name", "责任人", "Who sees to it", 12),
)
MEASURES_TITLE: Final = Text("七、落实的措施", "7 Measures")
MEASURES: Final = (
    code("measure_category_code", "帮扶类别", "Kind of measure", "measure", 12),
    code("item_code", "帮扶措施", "Measure", "measure", 18),
    code("state_code", "实施情况", "State", "measure_state", 10),
    day("starts_on", "开始时间", "From"),
    day("ends_on", "结束时间", "Until"),
    yuan("money_yuan", "资金（元）", "Money (yuan)"),
    text("note", "备注", "Note", 24),
)
INCOME_TITLE: Final = Text("八、收入情况", "8 Income")
INCOME: Final = (
    text("year", "年度", "Year", 8),
    count("person_count", "人口", "Persons", 6),
    yuan("wage_income_yuan", "工资性收入", "Wages"),
    yuan("business_income_yuan", "生产经营性收入", "Business"),
    yuan("property_income_yuan", "财产性收入", "Property"),
    yuan("transfer_income_yuan", "转移性收入", "Transfers"),
    yuan("business_cost_yuan", "生产经营性支出", "Business cost"),
    yuan("net_yuan", "纯收入", "Net income"),
    yuan("net_per_head_yuan", "人均纯收入", "Net income per person"),
)
VISITS_TITLE: Final = Text("九、帮扶记录", "9 Visits of helpers")
VISITS: Final = (
    day("visited_on", "走访日期", "Visited on"),
    text("helper_name", "走访人", "Helper", 12),
    code("place_code", "走访地点", "Place", "visit_place", 10),
    text("found", "走访情况", "What was found", 44),
    code("confirmation_code", "农户确认", "Confirmed by", "visit_confirmation", 10),
)
SIGNATURES: Final = (
    Text("户主（签字）", "Head (signature)"),
    Text("帮扶责任人（签字）", "Helper (signature)"),
    Text("村（盖章）", "Village (seal)"),
)
NOTE: Final = Text(
    "本手册由系统按所问之日打印，内容与系统一致；如有出入，以系统更正后重新打印为准。",
    "This handbook is printed from the register as of its day. Where it is wrong the register is corrected, then it is "
    "printed anew.",
)
