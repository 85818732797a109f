"""The form by which an office puts a list together, without scripts: a button adds a further condition."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from registry.admin.forms import SiteForm, dress
from reports.definitions.pictured import Operator
from reports.definitions.text import Language
from reports.domain.own import OwnDraft
from reports.enums import RowLevel
from reports.models import OwnReport
from reports.queries.own_reports import MOST_COLUMNS, MOST_FILTERS, MOST_GROUPS, MOST_SORTS, group_columns
from reports.queries.pictured_columns import columns_of

LINES: Final = "lines"
_FEWEST_LINES: Final = 3
_SIGNS: Final = re.compile("[,，、;；]")
_OPERATORS: Final = (
    (Operator.IS.value, _("is one of")),
    (Operator.IS_NOT.value, _("is none of")),
    (Operator.AT_LEAST.value, _("is at least")),
    (Operator.AT_MOST.value, _("is at most")),
    (Operator.EMPTY.value, _("is empty")),
    (Operator.NOT_EMPTY.value, _("is not empty")),
)


class OwnForm(SiteForm):
    """Put a list together: columns and their order, conditions, the order of rows, and by what it counts.

    It has `lines` of conditions, any column in each, also one again. Without `own` it is a new report.
    """

    name = forms.CharField(label=_("Name of the report"), max_length=60)
    columns = forms.MultipleChoiceField(
        label=_("Columns"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 14}),
        help_text=_("Hold the control key to choose several."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, level: RowLevel, language: Language, lines: int, own: OwnReport | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines, self.kept = min(max(lines, _FEWEST_LINES), MOST_FILTERS), own
        known = columns_of(level)
        named = [(key, one.column.label.in_language(language)) for key, one in known.items()]
        self.fields["columns"].choices = named  # type: ignore[attr-defined]  # it has choices
        self.placed = [(key, label) for key, label in named if own is not None and key in own.columns]
        self._add_conditions([("", "–"), *((key, label) for key, label in named if known[key].is_condition)])
        groups = [("", "–"), *((key, label) for key, label in named if key in group_columns(level))]
        for number in range(1, MOST_GROUPS + 1):
            self.fields[f"group_{number}"] = _one(_("Counted by %(number)s"), number, groups)
        for key, label in self.placed:
            self.fields[f"place_{key}"] = forms.IntegerField(
                label=label, required=False, min_value=1, max_value=MOST_COLUMNS
            )
        self.fields[LINES] = forms.IntegerField(required=False, widget=forms.HiddenInput)
        self.initial[LINES] = self.lines
        dress(self)

    def _add_conditions(self, choices: list[tuple[str, Any]]) -> None:
        for number in range(1, self.lines + 1):
            self.fields[f"column_{number}"] = _one(_("Condition %(number)s"), number, choices)
            self.fields[f"operator_{number}"] = _one(_("Comparison %(number)s"), number, _OPERATORS)
            self.fields[f"values_{number}"] = forms.CharField(
                label=_("Values %(number)s") % {"number": number}, required=False, max_length=2000
            )
        for number in range(1, MOST_SORTS + 1):
            self.fields[f"sort_{number}"] = _one(_("Order %(number)s"), number, _sorts(choices))

    @property
    def can_have_more(self) -> bool:
        """Tell whether a further condition may be added."""
        return self.lines < MOST_FILTERS

    def of_list(self) -> list[Any]:
        """Give the fields that stand first: the name, and which columns."""
        return [self["name"], self["columns"]]

    def parts(self) -> list[tuple[Any, list[Any]]]:
        """Give the fields of the page under their headings."""
        numbers = range(1, self.lines + 1)
        conditions = [f"{name}_{number}" for number in numbers for name in ("column", "operator", "values")]
        rest = [name for name in self.fields if name.startswith(("sort_", "group_"))]
        places = [f"place_{key}" for key, _label in self.placed]
        return [
            (_("Conditions, all of which hold"), [self[name] for name in conditions]),
            (_("Order of the rows, and counts"), [self[name] for name in rest]),
            *([(_("Which column stands where"), [self[name] for name in places])] if places else []),
        ]

    def draft(self, level: RowLevel) -> OwnDraft:
        """Give what was put together."""
        values = self.cleaned_data
        numbers = range(1, self.lines + 1)
        return OwnDraft(
            name=values["name"],
            level=level,
            columns=tuple(self._in_order(values)),
            filters=tuple(self._condition(values, number) for number in numbers if values[f"column_{number}"]),
            sort=_chosen(values, "sort", MOST_SORTS),
            groups=_chosen(values, "group", MOST_GROUPS),
        )

    def _in_order(self, values: Mapping[str, Any]) -> list[str]:
        """Give the chosen columns by their places: one that was moved goes before the one that stood there."""
        former = list(self.kept.columns) if self.kept is not None else []
        chosen: list[str] = values["columns"]
        shown = [key for key in former if key in chosen] + [key for key in chosen if key not in former]
        stood = {key: number for number, key in enumerate(former, start=1)}
        wanted = {key: values.get(f"place_{key}") or MOST_COLUMNS + 1 for key in shown}
        moved_down = {key: wanted[key] > stood.get(key, wanted[key]) for key in shown}
        moved = {key: wanted[key] != stood.get(key) for key in shown}

        def place(key: str) -> tuple[int, int]:
            # Moved up it goes before, moved down behind the one that keeps its place.
            return wanted[key], 1 if not moved[key] else 2 if moved_down[key] else 0

        return sorted(shown, key=place)

    def _condition(self, values: Mapping[str, Any], number: int) -> dict[str, Any]:
        """Give a condition; what was kept and not touched stays as it was, whatever signs its values hold."""
        column, operator = values[f"column_{number}"], values[f"operator_{number}"] or Operator.IS.value
        typed = values[f"values_{number}"]
        for kept in self.kept.filters if self.kept is not None else []:
            if (kept["column"], kept["operator"], _written(kept)) == (column, operator, typed):
                return dict(kept)
        parts = [part.strip() for part in _SIGNS.split(typed) if part.strip()]
        return {"column": column, "operator": operator, "values": parts}


def initial_of(own: OwnReport) -> dict[str, Any]:
    """Give what the form of a kept report shows first."""
    found: dict[str, Any] = {"name": own.name, "columns": own.columns, "version": own.version}
    for number, one in enumerate(own.filters, start=1):
        found[f"column_{number}"], found[f"operator_{number}"] = one["column"], one["operator"]
        found[f"values_{number}"] = _written(one)
    for name, given in (("sort", own.sort), ("group", own.groups)):
        found |= {f"{name}_{number}": key for number, key in enumerate(given, start=1)}
    return found | {f"place_{key}": number for number, key in enumerate(own.columns, start=1)}


def typed_in(data: QueryDict) -> dict[str, Any]:
    """Give what was typed so far, to be shown again with a further line."""
    return {name: data[name] for name in data if name != LINES} | {"columns": data.getlist("columns")}


def lines_of(data: Mapping[str, Any], own: OwnReport | None) -> int:
    """Give how many conditions the form shows: as many as it had, and never fewer than are kept."""
    text = str(data.get(LINES, ""))
    shown = int(text) if text.isdecimal() and len(text) < 3 else 0
    return max(shown, len(own.filters) if own is not None else 0)


def _written(condition: Mapping[str, Any]) -> str:
    return "、".join(condition.get("values") or [])


def _chosen(values: Mapping[str, Any], name: str, most: int) -> tuple[str, ...]:
    given = (values[f"{name}_{number}"] for number in range(1, most + 1))
    return tuple(dict.fromkeys(key for key in given if key))


def _one(label: Any, number: int, choices: Any) -> forms.ChoiceField:  # noqa: ANN401  (lazy text, form choices)
    return forms.ChoiceField(label=label % {"number": number}, choices=choices, required=False)


def _sorts(conditions: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give each column upwards and downwards."""
    empty, *named = conditions
    return [
        empty,
        *((sign + key, f"{label} {arrow}") for key, label in named for sign, arrow in (("", "↑"), ("-", "↓"))),
    ]
