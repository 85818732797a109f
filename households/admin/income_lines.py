"""Rows of a form that tell the lines of a year's income, and the lines that they make."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from households.domain.income import LineDraft
from villages.admin.fields import code_field, yuan_field

# Empty rows below the lines on file.
_BLANK_ROWS: Final = 6
_MOST_ROWS: Final = 60
_ROW: Final = re.compile(r"line_(\d{1,3})_item_code")
# What a row of the form does not ask: it stays as it is on file.
_KEPT: Final = ("quantity", "unit", "counts_toward_net", "month", "source")


def ask_lines(form: forms.Form, lines: Sequence[Mapping[str, Any]], data: QueryDict | None) -> None:
    """Add a row for each line on file and some empty ones, and for each row that was sent."""
    sent = [int(found[1]) + 1 for name in (data or ()) if (found := _ROW.fullmatch(name))]
    count = min(max([len(lines) + _BLANK_ROWS, *sent]), max(_MOST_ROWS, len(lines)))
    for number in range(count):
        line = lines[number] if number < len(lines) else {}
        for name, field in _line_fields(number + 1).items():
            field.initial = line.get(name)
            form.fields[f"line_{number}_{name}"] = field


def refuse_rows_of_nothing(form: forms.Form, values: Mapping[str, Any]) -> None:
    """Refuse a row that says how much, and not of what: it would be left out without a word."""
    for name in [name for name in values if _ROW.fullmatch(name) and not values[name]]:
        row = name.removesuffix("_item_code")
        if any(values.get(f"{row}_{what}") for what in ("product", "amount_yuan", "own_consumed_yuan")):
            form.add_error(name, _("Choose the item of income of this row, or empty the row."))


def lines_of_rows(values: Mapping[str, Any], on_file: Sequence[Mapping[str, Any]]) -> tuple[LineDraft, ...]:
    """Make the lines of the rows that name an item."""
    rows = [name.removesuffix("_item_code") for name in values if _ROW.fullmatch(name) and values[name]]
    return tuple(_line(values, row, on_file) for row in rows)


def _line_fields(number: int) -> dict[str, forms.Field]:
    place = {"number": number}
    return {
        "item_code": code_field("income_item", _("Income %(number)d: item") % place),
        "product": forms.CharField(label=_("Income %(number)d: product") % place, max_length=60, required=False),
        "amount_yuan": yuan_field(_("Income %(number)d: amount (yuan)") % place),
        "own_consumed_yuan": yuan_field(_("Income %(number)d: own produce used (yuan)") % place),
    }


def _line(values: Mapping[str, Any], row: str, on_file: Sequence[Mapping[str, Any]]) -> LineDraft:
    """Make the line of a row; what the form does not ask stays as on file for the same item."""
    number = int(row.removeprefix("line_"))
    before = on_file[number] if number < len(on_file) else {}
    same = before.get("item_code") == values[f"{row}_item_code"]
    return LineDraft(
        item_code=values[f"{row}_item_code"],
        product=values[f"{row}_product"],
        amount_yuan=values[f"{row}_amount_yuan"] or Decimal(0),
        own_consumed_yuan=values[f"{row}_own_consumed_yuan"] or Decimal(0),
        **({name: before[name] for name in _KEPT} if same else {}),
    )
