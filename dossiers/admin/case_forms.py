"""Forms of monitoring cases and of sweeps."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dossiers.admin.forms import day_field
from dossiers.enums import NextDue
from dossiers.models import SweepCampaign
from dossiers.queries.sweeps import open_campaigns
from registry.admin.forms import SiteForm
from villages.admin.fields import DressedForm, VersionedForm, code_field, codes_field


def _count(label: Any) -> forms.IntegerField:  # noqa: ANN401  (a lazy text)
    return forms.IntegerField(label=label, min_value=0, max_value=100_000, initial=0)


class _LeadFields(forms.Form):
    """What is stated of a lead, in a new case and in one that is amended."""

    lead_on = day_field(_("Lead raised on"))
    lead_channel_code = code_field("lead_channel", _("Channel of the lead"), required=True)
    category_code = code_field("monitoring_category", _("Monitoring category"), required=True)
    risk_codes = codes_field("risk", _("Risks, one to five"))
    disaster_code = code_field("natural_disaster", _("Kind of disaster, of a natural disaster"))
    other_remark = forms.CharField(
        label=_("Other risk, in words"), max_length=200, required=False, help_text=_("No names of persons.")
    )
    is_without_labour = forms.BooleanField(
        label=_("Whole household without labour"),
        required=False,
        help_text=_("Counts only where the ability of the members is not on file."),
    )
    campaign: "forms.ModelChoiceField[SweepCampaign]" = forms.ModelChoiceField(
        label=_("Found in the sweep"), queryset=None, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = self.fields["campaign"]
        if isinstance(offered, forms.ModelChoiceField):
            offered.queryset = open_campaigns()


class NewLeadForm(DressedForm, _LeadFields):
    """A lead on a household by its number."""

    household_number = forms.CharField(label=_("Household number"), max_length=32)
    is_monitored = forms.BooleanField(
        label=_("Monitored already: enter its case"),
        required=False,
        help_text=_("For a household that is monitored by a roster and has no case yet."),
    )


class LeadForm(VersionedForm, _LeadFields):
    """A lead that is amended."""


class DecideForm(VersionedForm):
    """The day and the reason of a decision."""

    on = day_field(_("Day"))
    reason = forms.CharField(label=_("Reason"), max_length=300)


class CheckForm(VersionedForm):
    """What was found before a risk is removed."""

    checked_on = day_field(_("Checked on"))
    checked_year = forms.IntegerField(label=_("Income of the year"), min_value=2000, max_value=2100)
    net_per_head_yuan = forms.DecimalField(label=_("Net income per person (yuan)"), max_digits=14, decimal_places=2)
    has_schooling = forms.BooleanField(label=_("Compulsory education assured"), required=False)
    has_medical_care = forms.BooleanField(label=_("Basic medical care assured"), required=False)
    has_safe_housing = forms.BooleanField(label=_("Safe housing assured"), required=False)
    has_safe_water = forms.BooleanField(label=_("Has safe drinking water"), required=False)


class RemoveForm(DecideForm):
    """How the risk was removed."""

    manner_code = code_field("risk_removal", _("How the risk was removed"), required=True)


class DeadlineFilter(SiteForm):
    """What the worklist is narrowed to; all of it stands in the address, since it names nobody."""

    due = forms.ChoiceField(
        label=_("What is due"),
        choices=[("", _("All")), *((due.value, due.label) for due in NextDue if due.value)],
        required=False,
    )
    division = forms.ChoiceField(label=_("Township or village"), required=False)
    overdue = forms.BooleanField(label=_("Overdue only"), required=False)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["division"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", str(_("All"))), *places]


class CountForm(VersionedForm):
    """What a team counted in its village."""

    counted_on = day_field(_("Counted on"))
    to_visit_count = _count(_("Households to visit"))
    visited_count = _count(_("Visited"))
    nobody_home_count = _count(_("Not reached: nobody at home"))
    working_away_count = _count(_("Not reached: whole household works elsewhere"))
    refused_count = _count(_("Not reached: did not want a visit"))
    other_reason_count = _count(_("Not reached: other reason"))
    is_done = forms.BooleanField(
        label=_("Done"), required=False, help_text=_("Every household is visited or counted as not reached.")
    )
