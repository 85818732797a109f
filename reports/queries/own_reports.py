"""Own reports of the county, and what their keys mean by the columns that there are now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from registry.lib.errors import DomainError, NotFound
from registry.lib.messages import gettext_lazy as _
from reports.definitions import pictured as kinds
from reports.definitions.pictured import Condition, Operator, Pictured
from reports.enums import RowLevel
from reports.models import OwnReport
from reports.queries.pictured import BASE
from reports.queries.pictured_columns import columns_of
from reports.queries.pictured_values import checked

MOST_COLUMNS: Final = 60
MOST_FILTERS: Final = 10
MOST_SORTS: Final = 3
MOST_GROUPS: Final = 2
# By which divisions rows may be counted, beside columns: made of the village's code.
_DIVISIONS: Final = {kinds.TOWNSHIP: "left({base}.village_code, 9) || '000'", kinds.VILLAGE: "{base}.village_code"}


@dataclass(frozen=True, slots=True)
class OwnSpec:
    """What an own report reads: its columns, conditions, order in SQL, and by which columns it counts."""

    level: RowLevel
    columns: tuple[Pictured, ...]
    conditions: tuple[tuple[Pictured, Condition], ...]
    order: tuple[str, ...]
    order_joins: frozenset[str]
    groups: tuple[Pictured, ...]

    @property
    def joins(self) -> frozenset[str]:
        """Name the tables that order and grouping read."""
        return self.order_joins.union(*(group.joins for group in self.groups))


def own_reports() -> "QuerySet[OwnReport]":
    """Give the own reports that are in use, by name."""
    return OwnReport.objects.filter(is_active=True).order_by("name", "id")


def find_own_report(own_id: UUID) -> OwnReport:
    """Give one that is in use. Raises: NotFound."""
    own = own_reports().filter(pk=own_id).first()
    if own is None:
        raise NotFound("own_report.unknown", _("There is no such report of your own. Choose one of the list."))
    return own


def group_columns(level: RowLevel) -> dict[str, Pictured]:
    """Give the columns by which rows of a level may be counted."""
    known = columns_of(level)
    return {key: one for key, one in known.items() if one.is_condition or one.derived in _DIVISIONS}


def group_expression(column: Pictured, level: RowLevel) -> str:
    """Give the SQL of the values by which rows are counted."""
    return _DIVISIONS.get(column.derived, column.source).replace("{base}", BASE[level])


def spec_of(
    level: str, columns: Sequence[str], filters: Sequence[Any], sort: Sequence[str], groups: Sequence[str]
) -> OwnSpec:
    """Read the keys and values of an own report against the columns that there are.

    Raises: DomainError `own_report.…` that names the column at fault and the remedy.
    """
    if level not in RowLevel.values:
        raise DomainError(
            "own_report.level", _("Choose what a row stands for: household, person or village."), field="level"
        )
    row_level = RowLevel(level)
    known = columns_of(row_level)
    for field, given, most in (
        ("columns", columns, MOST_COLUMNS),
        ("filters", filters, MOST_FILTERS),
        ("sort", sort, MOST_SORTS),
        ("groups", groups, MOST_GROUPS),
    ):
        if len(given) > most:
            message = _("More than %(most)s were chosen. Leave some out.") % {"most": most}
            raise DomainError("own_report.too_many", message, field=field)
    if not columns and not groups:
        raise DomainError(
            "own_report.empty", _("Choose at least one column, or a column to count by."), field="columns"
        )
    sorts = [(_known(known, key.removeprefix("-"), "sort"), key.startswith("-")) for key in sort]
    return OwnSpec(
        row_level,
        tuple(_known(known, key, "columns") for key in dict.fromkeys(columns)),
        tuple(_condition(known, one) for one in filters),
        tuple(_ordered(column, is_reversed=is_reversed) for column, is_reversed in sorts),
        frozenset[str]().union(*(column.joins for column, _reversed in sorts)),
        tuple(_known(group_columns(row_level), key, "groups") for key in dict.fromkeys(groups)),
    )


def spec_of_own(own: OwnReport) -> OwnSpec:
    """Read a kept own report. Raises: DomainError as `spec_of`, also for a column that was dropped since."""
    return spec_of(own.level, own.columns, own.filters, own.sort, own.groups)


def _known(known: dict[str, Pictured], key: str, field: str) -> Pictured:
    found = known.get(key)
    if found is None:
        message = _("There is no column %(key)s here, or none any more. Take it out, or choose another one.")
        raise DomainError("own_report.unknown_column", message % {"key": key[:60]}, field=field)
    return found


def _condition(known: dict[str, Pictured], given: Any) -> tuple[Pictured, Condition]:  # noqa: ANN401  (JSON)
    if not isinstance(given, dict) or not {"column", "operator"} <= set(given) <= {"column", "operator", "values"}:
        message = _("A condition names a column, a comparison and its values.")
        raise DomainError("own_report.condition", message, field="filters")
    column = _known(known, str(given["column"]), "filters")
    values = given.get("values") or []
    if given["operator"] not in set(Operator) or not isinstance(values, list):
        message = _("There is no such comparison. Choose one of the list.")
        raise DomainError("own_report.operator", message, field="filters")
    condition = Condition(column.key, Operator(given["operator"]), tuple(str(value) for value in values))
    checked(column, condition)
    return column, condition


def _ordered(column: Pictured, *, is_reversed: bool) -> str:
    if not column.is_condition:
        message = _("The list cannot be put in the order of %(key)s. Choose another column.")
        raise DomainError("own_report.sort", message % {"key": column.key}, field="sort")
    return f"{column.expression} DESC NULLS LAST" if is_reversed else f"{column.expression} ASC NULLS LAST"
