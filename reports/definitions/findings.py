"""Columns of the table of findings (疑点数据统计表) and of the findings of one rule.

Source: domain facts 5, item 11 (rule name, number of rows, and a file for each rule).
"""

from typing import Final

from reports.definitions.register_columns import (
    HOUSEHOLD,
    NAME,
    PERSON,
    TOWNSHIP,
    VILLAGE,
    ListDefinition,
    choice,
    count,
    day,
    digits,
    text,
)
from reports.definitions.text import Text

_SEVERITIES: Final = {
    "refuse": Text("录入即拒绝", "Refused at entry"),
    "warn": Text("提醒", "Warning"),
    "suspicion": Text("疑点", "Suspicion"),
}
COUNTS: Final = ListDefinition(
    title=Text("疑点数据统计表", "Findings by rule"),
    columns=(
        digits("rule_code", "规则编号", "Rule", 12),
        text("rule_title", "规则", "What is wrong", 50),
        choice("severity", "级别", "Severity", _SEVERITIES, 10),
        count("open_count", "疑点条数", "Open", 9),
        count("household_count", "涉及户数", "Households", 9),
        count("person_count", "涉及人数", "Persons", 9),
        count("village_count", "涉及村数", "Villages", 9),
        count("late_count", "其中逾期", "of which late", 9),
        count("settled_count", "已处理", "Settled", 9),
        count("exempted_count", "其中豁免或属实", "of which exempted or true", 12),
    ),
    notes=(
        Text(
            "疑点条数为所问之日未处理的条数；已处理为当年以来截至该日处理的条数。",
            "Open are those not settled on the day; settled are those of its year up to it.",
        ),
    ),
    added_up=("open_count", "late_count", "settled_count", "exempted_count"),
)
_STATES: Final = {"new": Text("新增", "New"), "assigned": Text("已交办", "Assigned")}
LINES: Final = ListDefinition(
    title=Text("疑点数据明细", "Findings"),
    columns=(
        digits("rule_code", "规则编号", "Rule", 12),
        text("rule_title", "疑点", "What is wrong", 44),
        TOWNSHIP,
        VILLAGE,
        HOUSEHOLD,
        PERSON,
        NAME,
        choice("severity", "级别", "Severity", _SEVERITIES, 10),
        day("first_seen_on", "首次发现日期", "First seen on"),
        day("due_on", "整改期限", "To be settled by"),
        text("remedy", "整改办法", "How it is put right", 44),
    ),
)
FROM_ABOVE: Final = Text("上级下发疑点清单", "Suspicion list from above")
