"""Forms of the catalogue: ask for a report, put one together."""

import re
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from periods.models import Period
from registry.admin.forms import SiteForm, dress
from reports.catalogue.base import Choice, Report, Subject, Theme
from reports.definitions.pictured import Operator
from reports.definitions.text import Language
from reports.domain.own import OwnDraft
from reports.enums import Format, RowLevel
from reports.models import OwnReport
from reports.queries.own_reports import group_columns
from reports.queries.pictured_columns import columns_of

THEMES: Final = {
    Theme.ACCOUNT: _("The clear account"),
    Theme.PERSONS: _("Households and persons"),
    Theme.COVERAGE: _("Coverage"),
    Theme.VILLAGES: _("Villages"),
    Theme.NOTICES: _("Notices for the wall"),
    Theme.CARDS: _("Cards of a household"),
    Theme.REGISTER: _("Ledgers of the register"),
    Theme.OWN: _("Own reports"),
}


class AskForm(SiteForm):
    """Ask for a report; each choice of the report is a field of its own, under its own name."""

    period_id = forms.ChoiceField(label=_("Period"), required=False)
    as_of = forms.DateField(
        label=_("As the facts stood on"), required=False, help_text=_("Instead of a period; today when empty.")
    )
    known_on = forms.DateField(
        label=_("As known on"), required=False, help_text=_("What was on file by the end of that day; now when empty.")
    )
    area = forms.ChoiceField(label=_("Area"), required=False)
    household_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    formats = forms.MultipleChoiceField(label=_("Formats"), widget=forms.CheckboxSelectMultiple)
    reveal_reason = forms.CharField(
        label=_("Reason for showing numbers in full"),
        required=False,
        max_length=200,
        help_text=_("Empty: document numbers and telephones are masked. The reason is noted in the audit trail."),
    )

    def __init__(
        self,
        *args: Any,
        report: Report,
        language: Language,
        periods: Sequence[Period],
        areas: Sequence[tuple[str, str]],
        own: Sequence[tuple[str, str]],
        may_reveal: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choices = report.choices
        self._choose("period_id", [("", _("As of a day")), *((str(one.pk), one.name) for one in periods)])
        if not self.is_bound and periods and "period_id" not in self.initial and "as_of" not in self.initial:
            self.initial["period_id"] = str(periods[0].pk)
        self._choose("area", areas)
        self._choose("formats", [(str(one), Format(one).label) for one in report.formats])
        self.initial.setdefault("formats", [str(report.formats[0])])
        if report.subject is Subject.HOUSEHOLD:
            del self.fields["area"]
        else:
            del self.fields["household_id"]
        if not (report.has_sealed and may_reveal):
            del self.fields["reveal_reason"]
        for choice in report.choices:
            self.fields[choice.key] = _field(choice, language, own)
        self.order_fields([*(choice.key for choice in report.choices)])
        dress(self)

    def _choose(self, name: str, choices: Any) -> None:  # noqa: ANN401  (as a form takes them)
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]  # both are fields with choices

    def options(self) -> tuple[tuple[str, str], ...]:
        """Give what was chosen for the report's own choices."""
        given = ((choice.key, self.cleaned_data.get(choice.key)) for choice in self.choices)
        return tuple((key, str(value)) for key, value in given if value)


def _field(choice: Choice, language: Language, own: Sequence[tuple[str, str]]) -> forms.Field:
    label = choice.label.in_language(language)
    if choice.values:
        values = [(key, text.in_language(language)) for key, text in choice.values]
        return forms.ChoiceField(label=label, choices=values, required=False)
    if choice.names:
        return forms.ChoiceField(label=label, choices=own, required=choice.is_needed)
    return forms.DateField(label=label, required=choice.is_needed)


MOST_LINES: Final = 5


class OwnForm(SiteForm):
    """Put a list together: columns, up to five conditions, the order, and by what it counts."""

    name = forms.CharField(label=_("Name"), max_length=60)
    columns = forms.MultipleChoiceField(
        label=_("Columns"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 14}),
        help_text=_("Hold the control key to choose several."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, level: RowLevel, language: Language, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = columns_of(level)
        named = [(key, one.column.label.in_language(language)) for key, one in known.items()]
        conditions = [("", "–"), *((key, label) for key, label in named if known[key].is_condition)]
        groups = [("", "–"), *((key, label) for key, label in named if key in group_columns(level))]
        self.fields["columns"].choices = named  # type: ignore[attr-defined]  # it has choices
        for number in range(1, MOST_LINES + 1):
            self.fields[f"column_{number}"] = _one(_("Condition %(number)s"), number, conditions)
            self.fields[f"operator_{number}"] = _one(_("Comparison %(number)s"), number, OPERATOR_LABELS)
            self.fields[f"values_{number}"] = forms.CharField(
                label=_("Values %(number)s") % {"number": number}, required=False, max_length=300
            )
        for number in (1, 2, 3):
            self.fields[f"sort_{number}"] = _one(_("Order %(number)s"), number, _sorts(conditions))
        for number in (1, 2):
            self.fields[f"group_{number}"] = _one(_("Counted by %(number)s"), number, groups)
        dress(self)

    def draft(self, level: RowLevel, former: Sequence[str] = ()) -> OwnDraft:
        """Give what was put together; columns that stood there before keep their order."""
        values = self.cleaned_data
        chosen = values["columns"]
        kept = [key for key in former if key in chosen]
        numbers = range(1, MOST_LINES + 1)
        return OwnDraft(
            name=values["name"],
            level=level,
            columns=(*kept, *(key for key in chosen if key not in kept)),
            filters=tuple(_condition(values, number) for number in numbers if values[f"column_{number}"]),
            sort=tuple(values[f"sort_{number}"] for number in (1, 2, 3) if values[f"sort_{number}"]),
            groups=tuple(values[f"group_{number}"] for number in (1, 2) if values[f"group_{number}"]),
        )


OPERATOR_LABELS: Final = (
    (Operator.IS.value, _("is one of")),
    (Operator.IS_NOT.value, _("is none of")),
    (Operator.AT_LEAST.value, _("is at least")),
    (Operator.AT_MOST.value, _("is at most")),
    (Operator.EMPTY.value, _("is empty")),
    (Operator.NOT_EMPTY.value, _("is not empty")),
)


def _one(label: Any, number: int, choices: Any) -> forms.ChoiceField:  # noqa: ANN401  (lazy text, form choices)
    return forms.ChoiceField(label=label % {"number": number}, choices=choices, required=False)


def _sorts(conditions: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give each column upwards and downwards."""
    empty, *named = conditions
    return [
        empty,
        *((sign + key, f"{label} {arrow}") for key, label in named for sign, arrow in (("", "↑"), ("-", "↓"))),
    ]


def _condition(values: dict[str, Any], number: int) -> dict[str, Any]:
    parts = [part.strip() for part in re.split("[,，、;；]", values[f"values_{number}"]) if part.strip()]
    operator = values[f"operator_{number}"] or Operator.IS.value
    return {"column": values[f"column_{number}"], "operator": operator, "values": parts}


def initial_of(own: OwnReport) -> dict[str, Any]:
    """Give what the form of a kept report shows first."""
    found: dict[str, Any] = {"name": own.name, "columns": own.columns, "version": own.version}
    for number, one in enumerate(own.filters, start=1):
        found[f"column_{number}"], found[f"operator_{number}"] = one["column"], one["operator"]
        found[f"values_{number}"] = "、".join(one.get("values") or [])
    for name, given in (("sort", own.sort), ("group", own.groups)):
        found |= {f"{name}_{number}": key for number, key in enumerate(given, start=1)}
    return found
