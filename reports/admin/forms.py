"""Forms of the reports: which month to make."""

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.admin.forms import SiteForm


class MonthForm(SiteForm):
    """Choose the month of a report."""

    month = forms.CharField(
        label=_("Month"),
        max_length=20,
        widget=forms.TextInput(attrs={"type": "month", "placeholder": "2020-12"}),
        help_text=_("A month that has ended, for example 2020-12."),
    )
