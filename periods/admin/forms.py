"""Forms of periods."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from periods.domain.periods import PeriodDraft, StageDraft
from periods.enums import PeriodKind, StageKind
from periods.models import Period
from registry.admin.forms import SiteForm
from registry.lib.errors import DomainError
from registry.lib.periods import today
from villages.admin.fields import VersionedForm

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2099


class YearForm(SiteForm):
    """A calendar year."""

    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, initial=lambda: today().year)


class CampaignForm(SiteForm):
    """A campaign with its dated stages; a stage without days is not part of it."""

    name = forms.CharField(label=_("name"), max_length=60)
    first_day = forms.DateField(label=_("first day"))
    last_day = forms.DateField(label=_("last day"))
    visit_from = forms.DateField(label=_("Household visits: from"), required=False)
    visit_until = forms.DateField(label=_("Household visits: until"), required=False)
    entry_from = forms.DateField(label=_("Data entry: from"), required=False)
    entry_until = forms.DateField(label=_("Data entry: until"), required=False)
    self_clean_from = forms.DateField(label=_("Cleaning by own rules: from"), required=False)
    self_clean_until = forms.DateField(label=_("Cleaning by own rules: until"), required=False)
    county_check_from = forms.DateField(label=_("County check: from"), required=False)
    county_check_until = forms.DateField(label=_("County check: until"), required=False)
    lists_from_above_from = forms.DateField(label=_("Lists from above: from"), required=False)
    lists_from_above_until = forms.DateField(label=_("Lists from above: until"), required=False)
    answer_from = forms.DateField(label=_("Answers: from"), required=False)
    answer_until = forms.DateField(label=_("Answers: until"), required=False)


class AmendCampaignForm(CampaignForm, VersionedForm):
    """What is on file of a campaign, to be amended."""


class ReopeningForm(VersionedForm):
    """Why a period is to be opened again."""

    reason = forms.CharField(
        label=_("Reason"), max_length=200, widget=forms.Textarea, help_text=_("No names or numbers of persons.")
    )


def draft_of(values: dict[str, Any]) -> PeriodDraft:
    """Make the draft of a campaign from the values of its form. Raises: DomainError for half a stage."""
    stages = tuple(stage for kind in StageKind if (stage := _stage(kind, values)) is not None)
    return PeriodDraft(PeriodKind.CAMPAIGN, values["first_day"], values["last_day"], values["name"], stages)


def _stage(kind: StageKind, values: dict[str, Any]) -> StageDraft | None:
    first_day, last_day = values[f"{kind}_from"], values[f"{kind}_until"]
    if first_day is None and last_day is None:
        return None
    if first_day is None or last_day is None:
        message = _("A stage has a first and a last day. Enter both, or neither.")
        raise DomainError("period.stage_half", message, field=f"{kind}_from" if first_day is None else f"{kind}_until")
    return StageDraft(kind, first_day, last_day)


def initial_of(row: Period) -> dict[str, Any]:
    """Give what is on file of a campaign."""
    days: dict[str, Any] = {"name": row.name, "first_day": row.first_day, "last_day": row.last_day}
    for stage in row.stages.all():
        days |= {f"{stage.kind}_from": stage.first_day, f"{stage.kind}_until": stage.last_day}
    return days
