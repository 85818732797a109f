"""The monitoring of one household, from the lead to the removal of its risk."""

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from dossiers.enums import CaseState
from dossiers.models.dossier import Dossier
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import VersionedModel

# Source: item 100A27 of the monitoring form, up to five; 因自然灾害 asks for the kind, 其他 for a remark.
MOST_RISKS: Final = 5
DISASTER: Final = "04"
OTHER: Final = "99"
# 帮扶消除 and 自然消除 of the list risk_removal.
BY_SUPPORT: Final = "1"
NATURALLY: Final = "2"


class MonitoringCase(VersionedModel):
    """A lead on a household (线索), what was found, by when it must be decided, and how the risk ended.

    `due_on` is the last day for the decision, `measures_due_on` for the first measure, `removable_on` the first day on
    which the risk may be removed; all three are counted from the county's rules when the case is written.
    """

    household = TenantForeignKey("households.Household", verbose_name=_("household"), related_name="cases")
    spell = TenantForeignKey(
        "households.MonitoringSpell", verbose_name=_("monitoring over time"), null=True, blank=True, related_name="+"
    )
    dossier = TenantForeignKey(Dossier, verbose_name=_("dossier"), null=True, blank=True, related_name="cases")
    state = models.CharField(_("state"), max_length=10, choices=CaseState.choices, default=CaseState.LEAD)
    lead_on = models.DateField(_("lead raised on"))
    lead_channel_code = models.CharField(_("channel of the lead"), max_length=20)
    category_code = models.CharField(_("monitoring category"), max_length=20)
    risk_codes = ArrayField(models.CharField(max_length=20), verbose_name=_("risks"))
    disaster_code = models.CharField(_("kind of disaster"), max_length=20, blank=True)
    other_remark = models.CharField(_("other risk, in words"), max_length=200, blank=True)
    is_without_labour = models.BooleanField(_("whole household without labour"), default=False)
    due_on = models.DateField(_("to be decided by"))
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    measures_due_on = models.DateField(_("measures to begin by"), null=True, blank=True)
    measured_on = models.DateField(_("first measure on"), null=True, blank=True)
    removable_on = models.DateField(_("risk may be removed from"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    removal_code = models.CharField(_("how the risk was removed"), max_length=20, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("monitoring case")
        verbose_name_plural = _("monitoring cases")
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["tenant", "household"], name="monitoringcase_household"),
            models.Index(fields=["tenant", "state", "due_on"], name="monitoringcase_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "household"],
                condition=Q(state__in=[CaseState.LEAD, CaseState.CONFIRMED]),
                name="monitoringcase_one_open",
            ),
            models.CheckConstraint(name="monitoringcase_state_is_known", condition=Q(state__in=CaseState.values)),
            models.CheckConstraint(
                name="monitoringcase_one_to_five_risks",
                condition=Q(risk_codes__len__gte=1, risk_codes__len__lte=MOST_RISKS),
            ),
            models.CheckConstraint(
                name="monitoringcase_disaster_has_its_kind",
                condition=Q(risk_codes__contains=[DISASTER], disaster_code__gt="")
                | (~Q(risk_codes__contains=[DISASTER]) & Q(disaster_code="")),
            ),
            models.CheckConstraint(
                name="monitoringcase_other_has_a_remark",
                condition=~Q(risk_codes__contains=[OTHER]) | Q(other_remark__gt=""),
            ),
            models.CheckConstraint(
                name="monitoringcase_days_by_state",
                condition=Q(state=CaseState.LEAD, confirmed_on__isnull=True, ended_on__isnull=True)
                | Q(state=CaseState.CONFIRMED, confirmed_on__isnull=False, ended_on__isnull=True)
                | Q(state=CaseState.DROPPED, confirmed_on__isnull=True, ended_on__isnull=False, end_reason__gt="")
                | Q(state=CaseState.REMOVED, confirmed_on__isnull=False, ended_on__isnull=False, removal_code__gt=""),
            ),
            models.CheckConstraint(
                name="monitoringcase_without_labour_stays",
                condition=~Q(state=CaseState.REMOVED) | Q(is_without_labour=False) | Q(removal_code=NATURALLY),
            ),
            models.CheckConstraint(
                name="monitoringcase_removed_not_early",
                condition=~Q(state=CaseState.REMOVED)
                | Q(removal_code=NATURALLY)
                | Q(removable_on__isnull=False, ended_on__gte=F("removable_on")),
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.lead_on)
