"""The columns of a roster, each declared once: for reading, for the template, for the workbook of refused rows."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final


class Level(StrEnum):
    """What a column tells of: the sheet as a whole, the household (the head's row counts), or the person."""

    SHEET = "sheet"
    HOUSEHOLD = "household"
    PERSON = "person"


class Kind(StrEnum):
    """How the cells of a column are read; see `exchange.sheets.cells`."""

    TEXT = "text"
    NAME = "name"
    NUMBER = "number"
    DIVISION = "division"
    DOCUMENT = "document"
    PHONE = "phone"
    ACCOUNT = "account"
    CODE = "code"
    CODES = "codes"
    STATUS = "status"
    YES_NO = "yes_no"
    DAY = "day"
    MONTH = "month"
    YUAN = "yuan"
    COUNT = "count"
    MONTHS = "months"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `name` is its identifier everywhere, `label` what stands above it in a roster.

    `scheme` is the code list of its cells. A `required` column must be in the file; in a `filled` one no cell is empty.
    What a `lenient` one does not know is left out with a warning: its list is ours or a proposal, and sheets differ.
    """

    name: str
    label: str
    level: Level
    kind: Kind
    scheme: str = ""
    required: bool = False
    filled: bool = False
    most: int = 0
    lenient: bool = False


def _sheet(name: str, label: str, kind: Kind) -> Column:
    return Column(name, label, Level.SHEET, kind)


def _household(name: str, label: str, kind: Kind, **more: Any) -> Column:
    return Column(name, label, Level.HOUSEHOLD, kind, **more)


def _person(name: str, label: str, kind: Kind, **more: Any) -> Column:
    return Column(name, label, Level.PERSON, kind, **more)


# In the order of the national export of lifted persons; the template has the same order.
COLUMNS: Final = (
    _sheet("data_date", "数据日期", Kind.DAY),
    _household("township_name", "乡", Kind.TEXT, most=100),
    _household("village_name", "行政村", Kind.TEXT, most=100),
    _household("village_code", "行政村编码", Kind.DIVISION),
    _household("group_name", "自然村", Kind.TEXT, most=60),
    _household("address", "家庭住址", Kind.TEXT, most=200),
    _household("household_number", "户编号", Kind.NUMBER, required=True, filled=True),
    _person("person_number", "人编号", Kind.NUMBER),
    _person("name", "姓名", Kind.NAME, required=True, filled=True, most=60),
    _person("sex", "性别", Kind.CODE, scheme="sex"),
    _person("document_number", "证件号码", Kind.DOCUMENT, required=True, filled=True),
    _person("birth_on", "出生日期", Kind.DAY),
    _household("person_count", "人数", Kind.COUNT),
    _person("relation", "与户主关系", Kind.CODE, scheme="relation", required=True, filled=True),
    _person("education", "文化程度", Kind.CODE, scheme="education"),
    _person("school", "在校生状况", Kind.CODE, scheme="school_status"),
    _person("dropout_reason", "失学或辍学原因", Kind.CODE, scheme="dropout_reason", lenient=True),
    _person("health", "健康状况", Kind.CODES, scheme="health"),
    _person("disability_card_year", "残疾证办证年度", Kind.YEAR, lenient=True),
    _person("skill", "劳动技能", Kind.CODE, scheme="labour_skill"),
    _person("work_place", "务工所在地", Kind.TEXT, most=100),
    _person("work_province", "务工省", Kind.TEXT, most=30, lenient=True),
    _person("work_prefecture", "务工市", Kind.TEXT, most=30, lenient=True),
    _person("work_division", "务工县", Kind.TEXT, most=30, lenient=True),
    _person("work_township", "务工乡", Kind.TEXT, most=30),
    _person("work_months", "务工时间(月)", Kind.MONTHS),
    _person("employer", "务工企业名称", Kind.TEXT, most=100),
    _person("industry", "产业分类", Kind.CODE, scheme="industry", lenient=True),
    _person("employment_channel", "就业渠道", Kind.CODE, scheme="employment_channel", lenient=True),
    _person("works_abroad", "是否国外务工", Kind.YES_NO, scheme="yes_no", lenient=True),
    _person("public_post", "公益性岗位类型", Kind.CODE, scheme="public_post", lenient=True),
    _person("public_post_months", "公益性岗位(月数)", Kind.MONTHS, lenient=True),
    _person("minimum_living_allowance", "是否享受低保", Kind.CODE, scheme="minimum_living_allowance", lenient=True),
    _person("special_support", "是否特困供养人员", Kind.CODE, scheme="special_support", lenient=True),
    _person("has_basic_medical", "是否参加城乡居民基本医疗保险", Kind.YES_NO, scheme="yes_no"),
    _person("has_employee_medical", "是否参加城镇职工基本医疗保险", Kind.YES_NO, scheme="yes_no", lenient=True),
    _person("has_serious_illness_cover", "是否参加大病保险", Kind.YES_NO, scheme="yes_no"),
    _person("has_commercial_medical", "是否参加商业补充医疗保险", Kind.YES_NO, scheme="yes_no", lenient=True),
    _person("receives_medical_assistance", "是否接受医疗救助", Kind.YES_NO, scheme="yes_no", lenient=True),
    _person("receives_other_health_support", "是否接受其他健康扶贫", Kind.YES_NO, scheme="yes_no", lenient=True),
    _person("has_resident_pension", "是否参加城乡居民基本养老保险", Kind.YES_NO, scheme="yes_no", lenient=True),
    _person("has_employee_pension", "是否参加城镇职工基本养老保险", Kind.YES_NO, scheme="yes_no", lenient=True),
    _person("receives_accident_subsidy", "是否享受人身意外保险补贴", Kind.YES_NO, scheme="yes_no", lenient=True),
    _person("is_in_military_service", "是否现役军人", Kind.YES_NO, scheme="yes_no", lenient=True),
    _person("is_unsupported_child", "是否事实无人抚养儿童", Kind.YES_NO, scheme="yes_no", lenient=True),
    _person("graduate_unemployed_reason", "大专或本科毕业生未就业原因", Kind.TEXT, most=100),
    _household("standard", "识别标准", Kind.CODE, scheme="identification_standard"),
    _household("attribute", "贫困户属性", Kind.CODE, scheme="household_attribute"),
    _household("main_cause", "致贫原因1", Kind.CODE, scheme="poverty_cause"),
    _household("other_cause_1", "致贫原因2", Kind.CODE, scheme="poverty_cause"),
    _household("other_cause_2", "致贫原因3", Kind.CODE, scheme="poverty_cause"),
    _household("dangerous_housing", "危房户", Kind.YES_NO, scheme="yes_no"),
    _household("safe_water", "是否解决安全饮用水", Kind.YES_NO, scheme="yes_no"),
    _household("wage_income", "工资性收入", Kind.YUAN),
    _household("business_income", "生产经营性收入", Kind.YUAN),
    _household("property_income", "财产性收入", Kind.YUAN),
    _household("transfer_income", "转移性收入", Kind.YUAN),
    _household("business_cost", "生产经营性支出", Kind.YUAN),
    _household("net_income", "纯收入", Kind.YUAN),
    _household("net_per_head", "人均纯收入", Kind.YUAN),
    _household("income_from", "收入计算开始时间", Kind.DAY),
    _household("income_until", "收入计算结束时间", Kind.DAY),
    _household("household_phone", "户联系电话", Kind.PHONE),
    _person("person_phone", "人联系电话", Kind.PHONE),
    _household("bank_name", "开户银行", Kind.TEXT, most=100),
    _household("account", "银行账号", Kind.ACCOUNT),
    _household("is_servicemans_family", "是否军烈属", Kind.YES_NO, scheme="yes_no", lenient=True),
    _household("planned_lifting_year", "计划脱贫年度", Kind.YEAR, lenient=True),
    _household("identified_on", "首次识别时间", Kind.MONTH),
    _person("starts_on", "人员识别时间", Kind.MONTH),
    _household("household_kind", "户类型", Kind.STATUS, scheme="household_kind", required=True, filled=True),
    _household("monitoring_category", "监测对象类型", Kind.CODE, scheme="monitoring_category"),
    _household("risk_removed", "风险是否消除", Kind.CODE, scheme="monitoring_state"),
    _household("monitored_on", "风险识别时间", Kind.MONTH),
    _household("risk_removed_on", "风险消除时间", Kind.MONTH),
    _household("helper_name", "帮扶责任人", Kind.NAME, most=60),
    _household("helper_unit_name", "帮扶单位", Kind.TEXT, most=100),
    _household("helper_phone", "帮扶责任人电话", Kind.PHONE),
    _household("helper_starts_on", "帮扶开始时间", Kind.MONTH),
)
BY_NAME: Final = {column.name: column for column in COLUMNS}
LENIENT: Final = frozenset(column.name for column in COLUMNS if column.lenient)
REQUIRED: Final = tuple(column for column in COLUMNS if column.required)
