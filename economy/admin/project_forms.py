"""Forms of industry projects, their money, assets and wages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from economy.enums import ACTION_SCHEME, ASSET_SCHEME, PROJECT_SCHEME, AssetOwner, Payer
from economy.models import ShareFund
from registry.admin.forms import SiteForm
from registry.lib.periods import today
from villages.admin.drafts import count_field, day_field
from villages.admin.fields import VersionedForm, code_field
from villages.enums import FUNDING_SCHEME
from villages.queries.villages import villages_in_scope

_NAMELESS = _("No names or numbers of persons.")


def yuan(label: Any, **more: Any) -> forms.DecimalField:  # noqa: ANN401  (a lazy text)
    """Ask for an amount."""
    return forms.DecimalField(label=label, max_digits=14, decimal_places=2, **more)


def _villages() -> list[tuple[str, str]]:
    return [(str(row.pk), f"{row.name} {row.code}") for row in villages_in_scope().order_by("code")]


def _villages_or_none() -> list[tuple[str, str]]:
    return [("", "–"), *_villages()]


def _funds() -> list[tuple[str, str]]:
    rows = ShareFund.objects.select_related("village").order_by("scope_code", "name")
    return [(str(row.pk), f"{row.name} ({row.village.name})") for row in rows]


class ProjectForm(SiteForm):
    """A project as the library holds it."""

    name = forms.CharField(label=_("name"), max_length=100)
    kind_code = code_field(PROJECT_SCHEME, _("kind"), required=True)
    action_code = code_field(ACTION_SCHEME, _("enrichment action"))
    library_year = forms.IntegerField(label=_("year of the project library"), min_value=2000, max_value=2100)
    village_ids = forms.TypedMultipleChoiceField(label=_("villages reached"), choices=_villages, coerce=str)
    content = forms.CharField(
        label=_("what is done"), max_length=500, required=False, widget=forms.Textarea, help_text=_NAMELESS
    )
    planned_from = day_field(_("planned from"))
    planned_until = day_field(_("planned until"))
    household_count = count_field(_("households that are to gain"))


class AmendForm(ProjectForm, VersionedForm):
    """What is on file, to be amended."""


class StepForm(VersionedForm):
    """A day and a note."""

    on = forms.DateField(label=_("On"), initial=today)
    note = forms.CharField(
        label=_("note"), max_length=300, required=False, widget=forms.Textarea,
        help_text=_("What was found at the acceptance, or why it is stopped or sent back."),
    )  # fmt: skip


class CompleteForm(StepForm):
    """What came of the project."""

    result = forms.CharField(
        label=_("result"), max_length=500, widget=forms.Textarea,
        help_text=_("What was built or bought and what it brings. It is published to the villages; no names."),
    )  # fmt: skip
    gaining_count = count_field(_("households that gained"))


class MoneyForm(VersionedForm):
    """Money from one source since the entry before."""

    source_code = code_field(FUNDING_SCHEME, _("source of the money"), required=True)
    noted_on = forms.DateField(label=_("as of"), initial=today)
    planned_yuan = yuan(_("planned (yuan)"), initial=0, help_text=_("Since the entry before; negative to take back."))
    arrived_yuan = yuan(_("arrived (yuan)"), initial=0)
    spent_yuan = yuan(_("spent (yuan)"), initial=0)
    returned_yuan = yuan(_("given back (yuan)"), initial=0)
    note = forms.CharField(label=_("note"), max_length=200, required=False, help_text=_NAMELESS)


class FoldForm(VersionedForm):
    """Money of one source that becomes shares of a fund."""

    fund_id = forms.ChoiceField(label=_("fund of shares"), choices=_funds)
    source_code = code_field(FUNDING_SCHEME, _("source of the money"), required=True)
    noted_on = forms.DateField(label=_("as of"), initial=today)
    amount_yuan = yuan(_("turned to shares (yuan)"), help_text=_("Negative to take back."))
    note = forms.CharField(label=_("note"), max_length=200, required=False, help_text=_NAMELESS)


class AssetForm(SiteForm):
    """A thing that the project's money became."""

    name = forms.CharField(label=_("name"), max_length=100)
    kind_code = code_field(ASSET_SCHEME, _("kind"), required=True)
    value_yuan = yuan(_("value (yuan)"))
    acquired_on = forms.DateField(label=_("acquired on"), initial=today)
    owner = forms.ChoiceField(label=_("owner"), choices=AssetOwner.choices)
    village_id = forms.ChoiceField(label=_("village that owns it"), choices=_villages_or_none, required=False)
    owner_name = forms.CharField(label=_("name of the owner"), max_length=100, required=False, help_text=_(
        "Of a cooperative."
    ))  # fmt: skip
    custodian = forms.CharField(
        label=_("in the care of"), max_length=100,
        help_text=_("A unit, the village committee, or a public-service post."),
    )  # fmt: skip
    is_idle = forms.BooleanField(label=_("lies idle"), required=False)

    def clean_village_id(self) -> str | None:
        """Give no village as none."""
        return self.cleaned_data["village_id"] or None


class AmendAssetForm(AssetForm, VersionedForm):
    """What is on file of an asset, to be amended."""


class DisposalForm(VersionedForm):
    """How an asset went."""

    on = forms.DateField(label=_("On"), initial=today)
    received_yuan = yuan(_("received for it (yuan)"), min_value=0, initial=0)
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_NAMELESS)


class ErrorForm(VersionedForm):
    """Why an entry was wrong."""

    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_NAMELESS)


class UpkeepForm(SiteForm):
    """Who keeps it up, and with what money."""

    keeper = forms.CharField(
        label=_("kept up by"), max_length=100, help_text=_("A unit, the village committee, or a public-service post.")
    )
    source_code = code_field(FUNDING_SCHEME, _("source of the money"), required=True)
    yearly_yuan = yuan(_("money a year (yuan)"), min_value=0)
    starts_on = forms.DateField(label=_("from"), initial=today)
    ends_on = day_field(_("until (not included)"))


class WorkForm(SiteForm):
    """The wage of one person."""

    person_number = forms.CharField(label=_("Person number"), max_length=32)
    day_count = forms.DecimalField(label=_("days worked"), max_digits=5, decimal_places=1)
    wage_yuan = yuan(_("wage (yuan)"))
    paid_on = forms.DateField(label=_("paid on"), initial=today)


class BookForm(VersionedForm):
    """Who paid the dividend."""

    payer = forms.ChoiceField(label=_("Who paid it"), choices=Payer.choices)


class TotalForm(VersionedForm):
    """How many shares there are."""

    share_total = forms.DecimalField(
        label=_("number of all shares"), max_digits=12, decimal_places=2, required=False,
        help_text=_("Empty where it is not said. Else holdings never exceed it, and a dividend asks for all."),
    )  # fmt: skip
