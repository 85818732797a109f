"""Forms of the households' pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from households.enums import HouseholdStatus
from registry.lib.periods import today
from registry.tenancy.context import current_actor
from villages.admin.fields import (
    DressedForm,
    VersionedForm,
    code_field,
    codes_field,
    year_field,
    yes_no_field,
    yuan_field,
)
from villages.models import Village

KEEP = _("Leave empty to keep the number on file.")


def _why() -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("Needed where a second person decides on the change. No names or numbers of persons."),
    )


def _day() -> forms.DateField:
    return forms.DateField(label=_("Effective on"), initial=today)


def _reason() -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("The decision or event, for example the notice and its date. No names or numbers of persons."),
    )


class AmendForm(DressedForm):
    """What is stated of a household. Phone and account are shown as masks on the page and typed anew here."""

    standard_code = code_field("identification_standard", _("Standard of identification"))
    attribute_code = code_field("household_attribute", _("Household attribute"))
    main_cause_code = code_field("poverty_cause", _("Main cause of poverty"))
    other_cause_codes = codes_field("poverty_cause", _("Other causes of poverty"), help_text=_("Two at most."))
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False, help_text=KEEP)
    account = forms.CharField(label=_("Bank account"), max_length=40, required=False, help_text=KEEP)
    is_servicemans_family = yes_no_field(_("Family of a serviceman or martyr"))
    reason = _why()


class RegisterForm(DressedForm):
    """A new household with its head; further members are added on its page."""

    status = forms.ChoiceField(
        label=_("Status"),
        choices=[
            (HouseholdStatus.CANDIDATE, HouseholdStatus.CANDIDATE.label),
            (HouseholdStatus.ORDINARY, HouseholdStatus.ORDINARY.label),
        ],
    )
    village = forms.ModelChoiceField(label=_("Village"), queryset=Village.objects.none())
    on = forms.DateField(label=_("Registered on"), initial=today)
    main_cause_code = code_field("poverty_cause", _("Main cause of poverty"))
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    head_name = forms.CharField(label=_("Name of the head"), max_length=60)
    head_document = forms.CharField(label=_("Document number of the head"), max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_villages(self.fields["village"])


class AmendPersonForm(DressedForm):
    """What is stated of a person. Document and phone are shown as masks on the page and typed anew here."""

    sex_code = code_field("sex", _("Sex"), required=True)
    document_number = forms.CharField(label=_("Document number"), max_length=40, required=False, help_text=KEEP)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False, help_text=KEEP)
    reason = _why()


class EffectiveForm(VersionedForm):
    """A change that takes effect on a day, for a reason."""

    on = _day()
    reason = _reason()


class ReturnForm(EffectiveForm):
    """A return to poverty, and why."""

    code = code_field("poverty_cause", _("Cause of the return"))


class CategoryForm(EffectiveForm):
    """The category under which a household is monitored."""

    code = code_field("monitoring_category", _("Monitoring category"), required=True)


class RemovalForm(EffectiveForm):
    """The manner in which a risk was removed."""

    code = code_field("risk_removal", _("How the risk was removed"), required=True)


class MoveForm(EffectiveForm):
    """The village to which a household moves."""

    village = forms.ModelChoiceField(label=_("Village"), queryset=Village.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_villages(self.fields["village"])


class JoinForm(VersionedForm):
    """A person who joins a household."""

    on = _day()
    reason_code = code_field("membership_change", _("Reason"), required=True, parent="in")
    name = forms.CharField(label=_("Name"), max_length=60)
    relation_code = code_field("relation", _("Relation to the head"), required=True)
    document_number = forms.CharField(
        label=_("Document number"),
        max_length=40,
        required=False,
        help_text=_("Leave empty for a person who has none yet."),
    )
    sex_code = code_field("sex", _("Sex, when there is no document number"))
    birth_on = forms.DateField(label=_("Born on, when there is no document number"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)


class LeaveForm(VersionedForm):
    """The end of a membership; the version is that of the household."""

    on = forms.DateField(label=_("First day without the person"), initial=today)
    reason_code = code_field("membership_change", _("Reason"), required=True, parent="out")


class ReinstateForm(VersionedForm):
    """Why a leaving was wrong; the version is that of the household."""

    relation_code = code_field(
        "relation",
        _("Relation to the head"),
        help_text=_("Only where the head is another one since. Leave empty to keep the relation on file."),
    )
    reason = _reason()


class TakeBackForm(VersionedForm):
    """A person on file who comes back; the version is that of the person."""

    household_number = forms.CharField(label=_("Number of the household"), max_length=32)
    on = _day()
    reason_code = code_field("membership_change", _("Reason"), required=True, parent="in")
    relation_code = code_field("relation", _("Relation to the head"), required=True)
    other_countys_word = forms.CharField(
        label=_("What the other county's office told"),
        max_length=200,
        required=False,
        help_text=_("Only for somebody without a document who went to another county and lives in no household there."),
    )


class HeadForm(VersionedForm):
    """A new head; the version is that of the household."""

    on = _day()
    former_head_relation = code_field("relation", _("What the former head is to the new one"), required=True)
    reason = _reason()


class RelationForm(VersionedForm):
    """A corrected relation; the version is that of the household."""

    relation_code = code_field("relation", _("Relation to the head"), required=True)
    reason = _reason()


def closed_year_reason() -> forms.CharField:
    """Make the field that turns figures of a closed year into a proposal."""
    return forms.CharField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("Only for a year that the county has closed: why it is wrong. A second person decides on it."),
    )


class HouseholdYearForm(VersionedForm):
    """Income and living conditions of one year."""

    year = year_field()
    period_start = forms.DateField(label=_("Income counted from"), required=False)
    period_end = forms.DateField(label=_("Income counted until (not included)"), required=False)
    person_count = forms.IntegerField(label=_("Persons in that period"), min_value=1, max_value=99, required=False)
    wage_income_yuan = yuan_field(_("Income from wages (yuan)"))
    business_income_yuan = yuan_field(_("Income from business (yuan)"))
    property_income_yuan = yuan_field(_("Income from property (yuan)"))
    transfer_income_yuan = yuan_field(_("Income from transfers (yuan)"))
    business_cost_yuan = yuan_field(_("Cost of business (yuan)"))
    is_declared = forms.BooleanField(label=_("Declared, classes unknown"), required=False)
    net_per_head_yuan = yuan_field(_("Declared net income per person (yuan)"))
    source = forms.CharField(label=_("Source of the declared figure"), max_length=100, required=False)
    dangerous_housing = yes_no_field(_("Lives in a dangerous house"))
    safe_water = yes_no_field(_("Has safe drinking water"))
    reason = closed_year_reason()


def offer_villages(field: forms.Field) -> None:
    """Offer the villages of the actor's area."""
    current_actor()
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = Village.objects.order_by("code")
