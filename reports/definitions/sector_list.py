"""What a sector clerk has as a list: the facts of the sector with whom they are about, and nothing else.

The columns are those that the pages of sectors show (`households.queries.sectors`).
"""

from typing import Final

from registry.enums import Sector
from reports.definitions.layout import Column
from reports.definitions.register_columns import (
    HOUSEHOLD,
    NAME,
    PERSON,
    TOWNSHIP,
    VILLAGE,
    ListDefinition,
    code,
    codes,
    text,
    yes_no,
)
from reports.definitions.text import Text

TITLE: Final = Text("行业部门信息表", "Facts of a sector")
_OF_PERSON: Final = (TOWNSHIP, VILLAGE, PERSON, NAME)
_OF_HOUSEHOLD: Final = (TOWNSHIP, VILLAGE, HOUSEHOLD)
_YEAR: Final = text("of_year", "年度", "Year", 8)
_COLUMNS: Final[dict[str, tuple[Text, tuple[Column, ...]]]] = {
    Sector.EDUCATION: (
        Text("教育信息表", "Education"),
        (
            *_OF_PERSON,
            _YEAR,
            code("education_code", "文化程度", "Education", "education"),
            code("school_code", "在校生状况", "At school", "school_status"),
            code("dropout_reason_code", "失学辍学原因", "Why out of school", "dropout_reason"),
        ),
    ),
    Sector.MEDICAL_INSURANCE: (
        Text("医疗保障信息表", "Medical insurance"),
        (
            *_OF_PERSON,
            _YEAR,
            yes_no("has_basic_medical", "城乡居民基本医疗保险", "Basic medical insurance", 12),
            yes_no("has_employee_medical", "城镇职工基本医疗保险", "Medical insurance of employees", 12),
            yes_no("has_serious_illness_cover", "大病保险", "Serious-illness insurance", 12),
            yes_no("has_commercial_medical", "商业补充医疗保险", "Commercial medical insurance", 12),
            yes_no("receives_medical_assistance", "医疗救助", "Medical assistance", 12),
            yes_no("receives_other_health_support", "其他健康帮扶", "Other health support", 12),
        ),
    ),
    Sector.DISABILITY: (
        Text("残疾信息表", "Disability"),
        (
            *_OF_PERSON,
            _YEAR,
            codes("health_codes", "健康状况", "Health", "health"),
            code("disability_category_code", "残疾类别", "Category of disability", "disability_category"),
            code("disability_grade_code", "残疾等级", "Grade of disability", "disability_grade"),
            text("disability_card_year", "残疾证办证年度", "Year of the certificate", 12),
        ),
    ),
    Sector.CIVIL_AFFAIRS: (
        Text("民政救助信息表", "Civil affairs"),
        (
            TOWNSHIP,
            VILLAGE,
            HOUSEHOLD,
            PERSON,
            NAME,
            _YEAR,
            code("attribute_code", "户属性", "Attribute of the household", "household_attribute"),
            code("minimum_living_allowance_code", "低保情况", "Minimum living allowance", "minimum_living_allowance"),
            code("special_support_code", "特困供养情况", "Special support", "special_support"),
            yes_no("is_unsupported_child", "事实无人抚养儿童", "Unsupported child", 12),
        ),
    ),
    Sector.HOUSING: (
        Text("住房安全信息表", "Housing"),
        (*_OF_HOUSEHOLD, _YEAR, yes_no("dangerous_housing", "是否危房户", "Dangerous housing", 12)),
    ),
    Sector.WATER: (
        Text("饮水安全信息表", "Water"),
        (*_OF_HOUSEHOLD, _YEAR, yes_no("safe_water", "是否解决安全饮用水", "Safe drinking water", 12)),
    ),
}
OF_HOUSEHOLDS: Final = frozenset({Sector.HOUSING, Sector.WATER})
_NOTE: Final = Text("为截至所问之日年度最近一年的登记。", "Of the latest year on file up to that of the day.")


def definition_of(sector: str) -> ListDefinition | None:
    """Give the list of a sector; nothing for one that has none."""
    found = _COLUMNS.get(sector)
    return None if found is None else ListDefinition(found[0], found[1], (_NOTE,))
