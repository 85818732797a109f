"""Turn a condition that people chose into SQL, its values always under names of their own."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.utils.translation import get_language

from registry.domain.codes import code_list
from registry.lib.errors import DomainError
from registry.lib.messages import Message
from registry.lib.messages import gettext_lazy as _
from registry.lib.periods import parse_date
from registry.lib.text import clean
from reports.definitions.layout import CellKind
from reports.definitions.pictured import OPERATORS, VALUELESS, Condition, Operator, Pictured
from reports.definitions.text import language_of

_COMPARES: Final = {Operator.AT_LEAST: ">=", Operator.AT_MOST: "<="}
_YES: Final = {"true": True, "yes": True, "1": True, "是": True, "false": False, "no": False, "0": False, "否": False}
MOST_VALUES: Final = 30
_NO_CONDITION: Final = _("%(column)s tells who somebody is, or is made for reading. Take it out of the conditions.")
_OTHER_OPERATOR: Final = _("%(column)s cannot be compared like this. Choose another comparison.")
_ONE_TO_THIRTY: Final = _("%(column)s is compared with nothing, or with more than thirty values. Give one to thirty.")
_UNKNOWN_VALUE: Final = _("%(column)s knows no such value. Choose one of its list.")
_ONE_VALUE: Final = _("%(column)s is compared with several values. Give one.")


def bound(column: Pictured, condition: Condition, name: str) -> tuple[str, dict[str, Any]]:
    """Give the SQL of a condition and the values of its places. Raises: DomainError as `checked`."""
    values = checked(column, condition)
    expression, operator = column.expression, condition.operator
    if operator is Operator.EMPTY:
        return f"({_is_empty(column)})", {}
    if operator is Operator.NOT_EMPTY:
        return f"(NOT coalesce({_is_empty(column)}, true))", {}
    if operator in _COMPARES:
        return f"{expression} {_COMPARES[operator]} %({name})s", {name: values[0]}
    found = (
        f"{expression}::text[] && %({name})s::text[]"
        if column.kind is CellKind.CODES
        else f"{expression} = ANY(%({name})s)"
    )
    if operator is Operator.IS_NOT:
        return f"(NOT coalesce({found}, false))", {name: list(values)}
    return found, {name: list(values)}


def checked(column: Pictured, condition: Condition) -> tuple[Any, ...]:
    """Read the values of a condition as the column's kind has them.

    Raises: DomainError `own_report.…` that names the column and the remedy.
    """
    if not column.is_condition:
        raise _refused("not_a_condition", column, _NO_CONDITION)
    if condition.operator not in OPERATORS[column.kind]:
        raise _refused("operator", column, _OTHER_OPERATOR)
    if condition.operator in VALUELESS:
        return ()
    given = tuple(clean(value) for value in condition.values if clean(value))
    if not given or len(given) > MOST_VALUES:
        raise _refused("values", column, _ONE_TO_THIRTY)
    if condition.operator in _COMPARES and len(given) > 1:
        raise _refused("one_value", column, _ONE_VALUE)
    return tuple(_read(column, value) for value in given)


def _read(column: Pictured, value: str) -> str | bool | date | Decimal:
    kind = column.kind
    if kind in {CellKind.CODE, CellKind.CODES}:
        return _code(column, value)
    if kind is CellKind.YES_NO:
        if value.lower() not in _YES:
            raise _refused("value", column, _("%(column)s is yes or no. Write one of the two."))
        return _YES[value.lower()]
    if kind in {CellKind.DAY, CellKind.MONTH}:
        return _day(column, value)
    if kind in {CellKind.COUNT, CellKind.DECIMAL, CellKind.YUAN, CellKind.RATIO}:
        return _number(column, value)
    return value


def _code(column: Pictured, value: str) -> str:
    """Take a code, or a label or spelling that the list knows."""
    if not column.column.scheme:
        labels = column.column.labels
        found = next((code for code, label in labels.items() if value in {code, label.zh, label.en}), None)
        if labels and found is None:
            raise _refused("value", column, _UNKNOWN_VALUE)
        return found or value
    known = code_list(column.column.scheme)
    code = value if value in known else known.code_of(value)
    if code is None:
        raise _refused("value", column, _UNKNOWN_VALUE)
    return code


def _day(column: Pictured, value: str) -> date:
    try:
        return parse_date(value).on
    except DomainError:
        raise _refused("value", column, _("%(column)s is compared with a day. Write it like 2020-12-31.")) from None


def _number(column: Pictured, value: str) -> Decimal:
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) > Decimal(10) ** 15:
        raise _refused("value", column, _("%(column)s is compared with a number. Write it in digits."))
    return number


def _is_empty(column: Pictured) -> str:
    if column.kind is CellKind.CODES:
        return f"cardinality({column.expression}) = 0"
    if column.kind in {CellKind.TEXT, CellKind.IDENTIFIER, CellKind.CODE}:
        return f"coalesce({column.expression}, '') = ''"
    return f"{column.expression} IS NULL"


def _refused(code: str, column: Pictured, sentence: Message) -> DomainError:
    label = column.column.label.in_language(language_of(get_language() or ""))
    return DomainError(f"own_report.{code}", sentence % {"column": label}, field="filters")
