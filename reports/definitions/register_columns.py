"""Columns that many lists of the register share, and how a list is described."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from reports.definitions.layout import CellKind, Column
from reports.definitions.text import Text


@dataclass(frozen=True, slots=True)
class ListDefinition:
    """A list of the register: title, columns, what stands below it, and which columns are added up.

    The key of a column is the name under which the statement of the list selects it, but for what follows from
    another: `county`, `township` and `village` from `village_code`, `work_place` from `division_code`.
    """

    title: Text
    columns: tuple[Column, ...]
    notes: tuple[Text, ...] = ()
    added_up: tuple[str, ...] = ()
    unit: Text | None = None
    signatures: tuple[Text, ...] = ()
    name: Text | None = None


def text(key: str, zh: str, en: str, width: int = 14, *, group: Text | None = None) -> Column:
    """Describe a column of text."""
    return Column(key, Text(zh, en), CellKind.TEXT, width, group)


def digits(key: str, zh: str, en: str, width: int = 16) -> Column:
    """Describe a column of digits that are no number."""
    return Column(key, Text(zh, en), CellKind.IDENTIFIER, width)


def code(key: str, zh: str, en: str, scheme: str, width: int = 12, *, group: Text | None = None) -> Column:
    """Describe a column of codes of a list."""
    return Column(key, Text(zh, en), CellKind.CODE, width, group, scheme)


def codes(key: str, zh: str, en: str, scheme: str, width: int = 16) -> Column:
    """Describe a column with several codes of a list."""
    return Column(key, Text(zh, en), CellKind.CODES, width, None, scheme)


def choice(key: str, zh: str, en: str, labels: Mapping[str, Text], width: int = 12) -> Column:
    """Describe a column of choices that stand in no code list."""
    return Column(key, Text(zh, en), CellKind.TEXT, width, labels=labels)


def day(key: str, zh: str, en: str) -> Column:
    """Describe a column of days."""
    return Column(key, Text(zh, en), CellKind.DAY, 12)


def month(key: str, zh: str, en: str) -> Column:
    """Describe a column of months."""
    return Column(key, Text(zh, en), CellKind.MONTH, 11)


def count(key: str, zh: str, en: str, width: int = 8, *, group: Text | None = None) -> Column:
    """Describe a column of whole numbers."""
    return Column(key, Text(zh, en), CellKind.COUNT, width, group)


def decimal(key: str, zh: str, en: str, width: int = 10) -> Column:
    """Describe a column of numbers with two places."""
    return Column(key, Text(zh, en), CellKind.DECIMAL, width)


def yuan(key: str, zh: str, en: str, width: int = 12, *, group: Text | None = None) -> Column:
    """Describe a column of amounts in yuan."""
    return Column(key, Text(zh, en), CellKind.YUAN, width, group)


def yes_no(key: str, zh: str, en: str, width: int = 8) -> Column:
    """Describe a column of yes and no."""
    return Column(key, Text(zh, en), CellKind.YES_NO, width)


COUNTY: Final = text("county", "县", "County", 12)
TOWNSHIP: Final = text("township", "乡镇", "Township", 12)
VILLAGE: Final = text("village", "行政村", "Village", 14)
GROUP: Final = text("group_name", "自然村（组）", "Natural village or group", 12)
HOUSEHOLD: Final = digits("household_number", "户编号", "Household number", 18)
HEAD: Final = text("head_name", "户主姓名", "Head", 12)
PERSON: Final = digits("person_number", "人口编号", "Person number", 18)
NAME: Final = text("person_name", "姓名", "Name", 12)
DOCUMENT: Final = digits("document", "证件号码", "Document number", 22)
RELATION: Final = code("relation_code", "与户主关系", "Relation to the head", "relation", 10)
KIND: Final = code("status", "户类型", "Household kind", "household_status", 10)
MONITORING: Final = code("category_code", "监测对象类别", "Monitoring category", "monitoring_category", 14)
PLACE: Final = (COUNTY, TOWNSHIP, VILLAGE)
YES: Final = Text("是", "Yes")
NO: Final = Text("否", "No")
# Of what is neither kept in versions nor written once, the past is what stands there today.
NOT_KNOWN: Final = Text(
    "以下内容系统不保存修改前的情况，按现在的登记：{tables}。",
    "Of these the register keeps no former state, and they stand as they are today: {tables}.",
)
NOT_WITHDRAWN: Final = Text(
    "录入有误而撤回的记录不在表内。", "What was entered in error and withdrawn is not in the list."
)
