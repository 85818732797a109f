"""The coverage lists: who is not reached yet, and what each list counts against.

Who must be covered are the filed households and those that are monitored; what is not on file is shown as such and
never counted as a yes. Source: the questions that prefectures ask of counties; the conditions are house rules,
docs/decisions/0245.
"""

from dataclasses import dataclass
from typing import Final

from reports.definitions.text import Text
from reports.enums import RowLevel

# Filed or monitored: for whom the county has to answer.
COVERED: Final = "(h.stock <> '' OR h.is_monitored)"
# 16 is the working age, and who is at school is neither looking for work nor paying for a pension.
_AT_SCHOOL: Final = "p.school_code NOT IN ('', '00')"
# Of insurances the residents' one decides, in which nearly all of them are: that somebody is not in the employees' one
# says nothing of it.


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that may be missing: of whom it is asked, and by what it is known to be missing or not on file.

    The three conditions are SQL over the tables of a picture: `asked` says who is counted, `missing` who lacks it by
    what is on file, `unknown` of whom nothing is on file. The list holds both of the latter.
    """

    id: str
    level: RowLevel
    title: Text
    total_title: Text
    asked: str
    missing: str
    unknown: str
    columns: tuple[tuple[str, str, str], ...]
    counted: Text


_WHERE: Final = (
    ("sequence", "序号", "No."),
    ("township", "乡镇", "Township"),
    ("village", "行政村", "Village"),
    ("household_group_name", "组", "Group"),
    ("household_number", "户编号", "Household number"),
)
_HOUSEHOLD: Final = (
    *_WHERE,
    ("head_name", "户主姓名", "Head"),
    ("household_kind", "户类型", "Kind of household"),
    ("household_monitoring_code", "监测对象类型", "Monitoring category"),
    ("household_risk_removed", "风险是否消除", "Risk removed"),
    ("household_person_count", "人数", "Members"),
)
_PERSON: Final = (
    *_WHERE,
    ("person_name", "姓名", "Name"),
    ("person_document", "证件号码", "Document number"),
    ("person_relation_code", "与户主关系", "Relation to the head"),
    ("person_sex_code", "性别", "Sex"),
    ("person_birth_on", "出生日期", "Born on"),
    ("household_kind", "户类型", "Kind of household"),
    ("household_monitoring_code", "监测对象类型", "Monitoring category"),
)
_PHONE: Final = (("household_phone", "户联系电话", "Telephone"),)

GAPS: Final = (
    Gap(
        "without-income-path",
        RowLevel.HOUSEHOLD,
        Text("无增收渠道户名单", "Households without an income path"),
        Text("增收渠道覆盖情况统计表", "Coverage by income paths"),
        COVERED,
        "h.worker_count = 0 AND h.post_count = 0 AND h.development_measure_count = 0 AND h.partner_count = 0"
        " AND h.share_count = 0 AND coalesce(h.business_income_yuan, 0) <= 0",
        "false",
        (
            *_HOUSEHOLD,
            ("household_labour_count", "劳动力人数", "Members able to work"),
            ("household_net_per_head_yuan", "人均纯收入", "Net income per head"),
            ("household_cover", "帮扶责任人", "Cover by a helper"),
            *_PHONE,
        ),
        Text("户", "households"),
    ),
    Gap(
        "able-without-work",
        RowLevel.PERSON,
        Text("有劳动能力未就业人员名单", "Members able to work without work"),
        Text("有劳动能力人员就业情况统计表", "Work of members able to work"),
        f"{COVERED} AND p.is_able_to_work AND NOT ({_AT_SCHOOL}) AND p.is_in_military_service IS NOT TRUE",
        "p.works_now IS FALSE AND NOT p.has_post",
        "p.works_now IS NULL AND NOT p.has_post",
        (
            *_PERSON,
            ("person_skill_code", "劳动技能", "Ability to work"),
            ("person_education_code", "文化程度", "Education"),
            ("person_works_now", "是否就业", "At work"),
            ("person_phone", "人联系电话", "Telephone of the person"),
            *_PHONE,
        ),
        Text("人", "persons"),
    ),
    Gap(
        "without-basic-medical",
        RowLevel.PERSON,
        Text("未参加基本医疗保险人员名单", "Residents without basic medical insurance"),
        Text("基本医疗保险覆盖情况统计表", "Coverage by basic medical insurance"),
        f"{COVERED} AND p.is_in_military_service IS NOT TRUE",
        "p.has_basic_medical IS FALSE AND p.has_employee_medical IS NOT TRUE",
        "p.has_basic_medical IS NULL AND p.has_employee_medical IS NOT TRUE",
        (
            *_PERSON,
            ("person_has_basic_medical", "居民医保", "Residents' insurance"),
            ("person_has_employee_medical", "职工医保", "Employees' insurance"),
            *_PHONE,
        ),
        Text("人", "persons"),
    ),
    Gap(
        "without-serious-illness-cover",
        RowLevel.PERSON,
        Text("未参加大病保险人员名单", "Residents without serious-illness insurance"),
        Text("大病保险覆盖情况统计表", "Coverage by serious-illness insurance"),
        f"{COVERED} AND p.is_in_military_service IS NOT TRUE AND p.has_employee_medical IS NOT TRUE",
        "p.has_serious_illness_cover IS FALSE",
        "p.has_serious_illness_cover IS NULL",
        (
            *_PERSON,
            ("person_has_basic_medical", "居民医保", "Residents' insurance"),
            ("person_has_serious_illness_cover", "大病保险", "Serious-illness insurance"),
            *_PHONE,
        ),
        Text("人", "persons"),
    ),
    Gap(
        "without-pension",
        RowLevel.PERSON,
        Text("未参加基本养老保险人员名单", "Residents without a pension insurance"),
        Text("基本养老保险覆盖情况统计表", "Coverage by pension insurance"),
        f"{COVERED} AND NOT ({_AT_SCHOOL}) AND p.is_in_military_service IS NOT TRUE"
        " AND p.birth_on <= (%(as_of)s::date - interval '16 years')",
        "p.has_resident_pension IS FALSE AND p.has_employee_pension IS NOT TRUE",
        "p.has_resident_pension IS NULL AND p.has_employee_pension IS NOT TRUE",
        (
            *_PERSON,
            ("person_has_resident_pension", "居民养老保险", "Residents' pension"),
            ("person_has_employee_pension", "职工养老保险", "Employees' pension"),
            *_PHONE,
        ),
        Text("人", "persons"),
    ),
    Gap(
        "villages-under-goal",
        RowLevel.VILLAGE,
        Text("村集体经济收入未达标村名单", "Villages under the collective-income goal"),
        Text("村集体经济收入达标情况统计表", "Villages by the collective-income goal"),
        "v.income_goal_yuan IS NOT NULL",
        "v.ledger_income_yuan < v.income_goal_yuan",
        "v.ledger_income_yuan IS NULL",
        (
            ("sequence", "序号", "No."),
            ("county", "县", "County"),
            ("township", "乡镇", "Township"),
            ("village", "行政村", "Village"),
            ("division_code", "行政编码", "Division code"),
            ("village_ledger_income_yuan", "村集体经济自主收入", "Own income of the collective"),
            ("village_ledger_aid_yuan", "补助收入（不计入）", "Aid, not counted"),
            ("village_income_goal_yuan", "目标", "Goal"),
            ("village_has_team", "有工作队", "Has a team"),
        ),
        Text("村", "villages"),
    ),
)
