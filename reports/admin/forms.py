"""Forms of the reports: which month or period to make."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.admin.forms import SiteForm


class AccountForm(SiteForm):
    """Choose the month of an account, or another period; `catch_up` agrees to the freeze of many months before it."""

    month = forms.CharField(
        label=_("Month"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"type": "month", "placeholder": "2020-12"}),
        help_text=_("A month that has ended, for example 2020-12."),
    )
    period = forms.UUIDField(required=False, widget=forms.HiddenInput)
    catch_up = forms.BooleanField(required=False, widget=forms.HiddenInput)

    @override
    def clean(self) -> dict[str, Any]:
        """Take a month or a period."""
        values = super().clean() or {}
        if not values.get("month") and not values.get("period") and not self.errors:
            self.add_error("month", _("Choose a month that has ended."))
        return values
