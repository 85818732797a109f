"""Forms of the exchange: bring a roster, and decide on it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.admin.forms import SiteForm


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
