"""Forms of micro-credit."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from credit.enums import PURPOSE_SCHEME, LoanEntryKind
from households.models import Household
from households.queries.history import present_members
from registry.admin.forms import SiteForm
from registry.admin.verbs import ReasonForm
from registry.lib.periods import today
from villages.admin.fields import VersionedForm, code_field


class TermsForm(VersionedForm):
    """What the contract says beside the money."""

    lender = forms.CharField(label=_("lender"), max_length=100)
    purpose_code = code_field(PURPOSE_SCHEME, _("purpose"), required=True)
    rating = forms.CharField(label=_("credit rating"), max_length=20, required=False)
    rate_percent = forms.DecimalField(label=_("yearly rate (%)"), max_digits=6, decimal_places=3, min_value=0)
    is_subsidised = forms.BooleanField(label=_("interest is subsidised"), required=False)
    is_guaranteed = forms.BooleanField(label=_("is guaranteed"), required=False)


class LoanForm(TermsForm):
    """A loan to a present member of the household."""

    person_id = forms.TypedChoiceField(label=_("borrower"), coerce=UUID)
    amount_yuan = forms.DecimalField(label=_("amount (yuan)"), max_digits=14, decimal_places=2)
    granted_on = forms.DateField(label=_("granted on"), initial=today)
    due_on = forms.DateField(label=_("due on"))

    field_order = ("person_id", "lender", "amount_yuan", "granted_on", "due_on", "rate_percent", "purpose_code")

    def __init__(self, *args: Any, initial: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, initial=initial, **kwargs)
        household = Household.objects.get(pk=initial["household_id"])
        members = present_members(household).select_related("person")
        self.fields["person_id"].choices = [(str(one.person_id), one.person.name) for one in members]  # type: ignore[attr-defined]  # a field with choices


class PaymentForm(VersionedForm):
    """What was paid out or back."""

    kind = forms.ChoiceField(label=_("kind"), choices=LoanEntryKind.choices)
    on = forms.DateField(label=_("On"), initial=today)
    amount_yuan = forms.DecimalField(label=_("amount (yuan)"), max_digits=14, decimal_places=2)


class ExtendForm(VersionedForm, ReasonForm):
    """A later due day."""

    on = forms.DateField(label=_("agreed on"), initial=today)
    due_on = forms.DateField(label=_("due on"))


class WithdrawLoanForm(VersionedForm, ReasonForm):
    """Why a loan was wrong."""


class ReversalForm(SiteForm):
    """Why an entry was wrong."""

    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("No names or numbers of persons."))
