"""Columns of the monthly monitoring of work (务工月监测): gone out, and planned to go out.

Source: domain facts 5, item 3 (务工月监测 已外出 / 计划外出).
"""

from typing import Final

from reports.definitions.register_columns import (
    DOCUMENT,
    HOUSEHOLD,
    KIND,
    MONITORING,
    NAME,
    PLACE,
    ListDefinition,
    code,
    codes,
    month,
    text,
    yes_no,
    yuan,
)
from reports.definitions.text import Text

_WHO: Final = (*PLACE, HOUSEHOLD, NAME, DOCUMENT, KIND, MONITORING)

GONE_OUT: Final = ListDefinition(
    title=Text("务工月监测（已外出）", "Monthly monitoring of work: gone out"),
    columns=(
        *_WHO,
        yes_no("works", "是否已务工", "At work"),
        month("first_month", "开始时间", "Since"),
        month("last_month", "结束时间", "Until"),
        text("work_place", "务工所在省市县", "Place of work", 22),
        text("employer", "务工企业名称", "Employer", 20),
        code("industry_code", "所属行业", "Industry", "industry"),
        yuan("monthly_income_yuan", "务工月收入（元）", "Income a month (yuan)"),
        code("channel_code", "就业渠道", "Way into work", "employment_channel"),
        yes_no("is_point_to_point", "是否点对点输送", "Taken there point to point", 10),
        yuan("transport_subsidy_yuan", "年度交通费补助（元）", "Transport subsidy of the year (yuan)"),
    ),
    notes=(
        Text(
            "结束时间为务工的最后一个月；未填结束时间的，算至当年年底。",
            "Until is the last month of work; without an end it lasts to the end of the year.",
        ),
    ),
)
PLANNED: Final = ListDefinition(
    title=Text("务工月监测（计划外出）", "Monthly monitoring of work: planned"),
    columns=(
        *_WHO,
        yes_no("is_planned", "是否计划务工", "Plans to work"),
        month("first_month", "计划开始时间", "Planned from"),
        text("work_place", "计划务工所在省市县", "Planned place of work", 22),
        codes("service_codes", "就业服务需求", "Services wanted", "employment_service", 20),
    ),
)
# Those able to work who have no record of the month, beside those who are at work.
WITHOUT_WORK: Final = "without_work"
WITHOUT_WORK_LABEL: Final = Text("同时列出有劳动能力未务工的人员", "Also those able to work who have no work")
