"""Forms of the exchange: bring a roster, and decide on it."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.sheets.suspicions import ANSWERS
from registry.admin.forms import DayInput, SiteForm


class UploadForm(SiteForm):
    """Choose the file of a roster."""

    file = forms.FileField(
        label=_("Roster"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("An Excel workbook (.xlsx) or a .csv file, one row a person."),
    )
    data_date = forms.DateField(
        label=_("Data date"),
        required=False,
        help_text=_("The day to which the data refer; only where the file does not state it."),
    )


class DecisionForm(SiteForm):
    """Decide on a roster that somebody has looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=200)


def _heading(label: Any, *, required: bool = False, initial: str = "") -> forms.CharField:  # noqa: ANN401 - a lazy text
    return forms.CharField(label=label, required=required, max_length=100, initial=initial)


class ListForm(SiteForm):
    """A list from above: its file, what the covering letter says, and which heading stands for what."""

    file = forms.FileField(
        label=_("File"), allow_empty_file=True, widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"})
    )
    title = forms.CharField(label=_("Title"), max_length=100)
    sender = forms.CharField(label=_("Sender"), max_length=100)
    received_on = forms.DateField(label=_("Received on"), widget=DayInput)
    due_on = forms.DateField(label=_("To be answered by"), widget=DayInput)
    household_number = _heading(_("Heading of the household number"), initial="户编号")
    person_number = _heading(_("Heading of the person number"))
    document_number = _heading(_("Heading of the document number"))
    rule_text = _heading(_("Heading of what is doubted"), initial="疑点内容")
    number = _heading(_("Heading of the sender's number"))
    due_on_heading = _heading(_("Heading of the deadline"))
    answer = _heading(_("Heading of the answer"), initial=ANSWERS["answer"])
    answer_note = _heading(_("Heading of the explanation"), initial=ANSWERS["answer_note"])
    answered_on = _heading(_("Heading of the day of the answer"), initial=ANSWERS["answered_on"])
    layout_name = forms.CharField(
        label=_("Keep as layout"),
        required=False,
        max_length=60,
        help_text=_("Under this name the headings are offered next time."),
    )


class MatchForm(SiteForm):
    """Name whom a line is about: `named` holds the household, and the person after a colon where it is one."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    named = forms.CharField(
        label=_("Household or person"),
        max_length=80,
        error_messages={"required": _("Choose the household or the person that the line is about.")},
    )
    is_compared = forms.BooleanField(label=_("I have compared name and number with the sender's list."))

    def clean_named(self) -> dict[str, UUID | None]:
        """Give the ids. Raises: ValidationError for what is none of ours."""
        household_id, _colon, person_id = str(self.cleaned_data["named"]).partition(":")
        try:
            return {"household_id": UUID(household_id), "person_id": UUID(person_id) if person_id else None}
        except ValueError as error:
            message = _("Choose the household or the person that the line is about.")
            raise forms.ValidationError(message) from error
