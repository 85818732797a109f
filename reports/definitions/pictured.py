"""What a column of a list reads from a picture of the register, and what conditions a list may have."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from reports.definitions.layout import CellKind, Column
from reports.definitions.text import Text

# Values that no table holds: the number of the row, the day of the picture, and the names of divisions.
SEQUENCE: Final = "sequence"
DATA_DAY: Final = "data_day"
COUNTY: Final = "county"
TOWNSHIP: Final = "township"
VILLAGE: Final = "village"
# Sealed values, each with the purpose of its seal.
DOCUMENT: Final = "document"
PHONE: Final = "phone"


class Operator(StrEnum):
    """How a condition compares; which of them a column takes follows from its kind."""

    IS = "is"
    IS_NOT = "is_not"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EMPTY = "empty"
    NOT_EMPTY = "not_empty"


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of a list: what a column is compared with; `values` are alternatives for "is" and "is not"."""

    key: str
    operator: Operator
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pictured:
    """A column with the SQL expression that it reads, over the tables that its `joins` name.

    `compared` is the expression that conditions and sorting read where it is another one, of the kind `compared_kind`.
    `derived` names a value that is made of the division code or of the row's number. `sealed` names the purpose of a
    sealed value, and a day that `is_loose` is read with its precision. What `is_identity` tells who somebody is: it may
    be shown, and is never a condition.
    """

    column: Column
    source: str = ""
    joins: frozenset[str] = frozenset()
    compared: str = ""
    compared_kind: CellKind | None = None
    derived: str = ""
    sealed: str = ""
    is_identity: bool = False
    is_loose: bool = False

    @property
    def key(self) -> str:
        """Give the identifier of the column."""
        return self.column.key

    @property
    def kind(self) -> CellKind:
        """Give the kind of value that a condition is about."""
        return self.compared_kind or self.column.kind

    @property
    def expression(self) -> str:
        """Give the expression that conditions and sorting read."""
        return self.compared or self.source

    @property
    def is_condition(self) -> bool:
        """Tell whether a list may be narrowed by the column."""
        return not (self.derived or self.sealed or self.is_identity)

    def titled(self, zh: str, en: str, *, width: int | None = None, scheme: str | None = None) -> "Pictured":
        """Give the same column under the heading of an official form."""
        column = replace(
            self.column,
            label=Text(zh, en),
            width=width or self.column.width,
            scheme=self.column.scheme if scheme is None else scheme,
        )
        return replace(self, column=column)


_ORDERED: Final = (Operator.IS, Operator.AT_LEAST, Operator.AT_MOST, Operator.EMPTY, Operator.NOT_EMPTY)
_NAMED: Final = (Operator.IS, Operator.IS_NOT, Operator.EMPTY, Operator.NOT_EMPTY)
OPERATORS: Final[dict[CellKind, tuple[Operator, ...]]] = {
    CellKind.TEXT: _NAMED,
    CellKind.IDENTIFIER: _NAMED,
    CellKind.CODE: _NAMED,
    CellKind.CODES: _NAMED,
    CellKind.COUNT: _ORDERED,
    CellKind.DECIMAL: _ORDERED,
    CellKind.YUAN: _ORDERED,
    CellKind.RATIO: _ORDERED,
    CellKind.DAY: _ORDERED,
    CellKind.MONTH: _ORDERED,
    CellKind.YES_NO: (Operator.IS, Operator.EMPTY, Operator.NOT_EMPTY),
}
VALUELESS: Final = frozenset({Operator.EMPTY, Operator.NOT_EMPTY})

# Which code list each column of codes is of, by its name in the picture.
SCHEMES: Final[dict[str, str]] = {
    "status": "household_status",
    "monitoring_state": "monitoring_state",
    "removal_code": "risk_removal",
    "standard_code": "identification_standard",
    "attribute_code": "household_attribute",
    "main_cause_code": "poverty_cause",
    "other_cause_codes": "poverty_cause",
    "monitoring_code": "monitoring_category",
    "water_source_code": "drinking_water_source",
    "entry_road_code": "entry_road",
    "dangerous_grade_code": "dangerous_housing_grade",
    "house_structure_code": "house_structure",
    "fuel_code": "fuel",
    "industry_help_code": "industry_help",
    "relation_code": "relation",
    "sex_code": "sex",
    "document_code": "document_kind",
    "disability_category_code": "disability_category",
    "disability_grade_code": "disability_grade",
    "education_code": "education",
    "school_code": "school_status",
    "health_codes": "health",
    "skill_code": "labour_skill",
    "dropout_reason_code": "dropout_reason",
    "employment_channel_code": "employment_channel",
    "industry_code": "industry",
    "public_post_code": "public_post",
    "minimum_living_allowance_code": "minimum_living_allowance",
    "special_support_code": "special_support",
    "priority_codes": "village_priority",
    "direction_code": "village_direction",
    "terrain_code": "village_terrain",
}
# The wording of values that stand in no list.
LABELS: Final[dict[str, dict[str, Text]]] = {
    "cover": {
        "helper": Text("有帮扶责任人", "A helper"),
        "stand_in": Text("由单位代管", "A unit stands in"),
        "none": Text("无", "Nobody"),
    },
}
# The same name in two tables is of two lists.
VILLAGE_SCHEMES: Final[dict[str, str]] = {**SCHEMES, "attribute_code": "village_attribute"}
