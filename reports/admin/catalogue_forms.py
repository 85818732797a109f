"""The form of the catalogue by which a report is asked for."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from periods.models import Period
from registry.admin.forms import SiteForm, dress
from reports.catalogue.base import Choice, Report, Subject, Theme
from reports.definitions.text import Language
from reports.enums import Format

THEMES: Final = {
    Theme.ACCOUNT: _("The clear account"),
    Theme.PERSONS: _("Households and persons"),
    Theme.COVERAGE: _("Who is reached"),
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
    household_number = forms.CharField(label=_("Household number"), max_length=30)
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
            del self.fields["household_number"]
        if not (report.has_sealed and may_reveal):
            del self.fields["reveal_reason"]
        for choice in report.choices:
            self.fields[choice.key] = _field(choice, language, own)
        self.order_fields(["household_number", *(choice.key for choice in report.choices)])
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
