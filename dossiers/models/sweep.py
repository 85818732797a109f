"""Sweep campaigns: every household of every village is visited, and none is left out (不漏一户)."""

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from dossiers.enums import CampaignState
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import VersionedModel

# Why households were not reached, a count each.
NOT_REACHED: Final = ("nobody_home_count", "working_away_count", "refused_count", "other_reason_count")
_REACHED_OR_NOT: Final = F("visited_count") + sum((F(name) for name in NOT_REACHED[1:]), F(NOT_REACHED[0]))


class SweepCampaign(VersionedModel):
    """One round of visits in the whole county, over a period; shared by the county, it holds nothing of a household."""

    name = models.CharField(_("name"), max_length=100)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (not included)"))
    state = models.CharField(_("state"), max_length=10, choices=CampaignState.choices, default=CampaignState.OPEN)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("sweep campaign")
        verbose_name_plural = _("sweep campaigns")
        ordering = ["-starts_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "name"], name="sweepcampaign_name_once"),
            models.CheckConstraint(name="sweepcampaign_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="sweepcampaign_state_is_known", condition=Q(state__in=CampaignState.values)),
            models.CheckConstraint(name="sweepcampaign_ends_after_start", condition=Q(ends_on__gt=F("starts_on"))),
            models.CheckConstraint(
                name="sweepcampaign_closed_has_its_day",
                condition=Q(state=CampaignState.OPEN, closed_on__isnull=True)
                | Q(state=CampaignState.CLOSED, closed_on__isnull=False, closed_on__gte=F("starts_on")),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name


class SweepVillage(VersionedModel):
    """The counts of one village in a campaign; a household that raised no lead is a count and no row.

    `to_visit_count` is stated by the team, empty until it begins; `registered_count` is how many households of the
    register were in the village when the campaign was opened.
    """

    campaign = TenantForeignKey(SweepCampaign, verbose_name=_("sweep campaign"), related_name="villages")
    village = TenantForeignKey("villages.Village", verbose_name=_("village"), related_name="+")
    registered_count = models.PositiveIntegerField(_("of these on the register"), default=0)
    to_visit_count = models.PositiveIntegerField(_("households to visit"), null=True, blank=True)
    visited_count = models.PositiveIntegerField(_("visited"), default=0)
    nobody_home_count = models.PositiveIntegerField(_("not reached: nobody at home"), default=0)
    working_away_count = models.PositiveIntegerField(_("not reached: whole household works elsewhere"), default=0)
    refused_count = models.PositiveIntegerField(_("not reached: did not want a visit"), default=0)
    other_reason_count = models.PositiveIntegerField(_("not reached: other reason"), default=0)
    is_done = models.BooleanField(_("Done"), default=False)
    counted_on = models.DateField(_("counted on"), null=True, blank=True)
    entered_by = models.UUIDField(_("entered by"), null=True, editable=False)

    class Meta(VersionedModel.Meta):
        verbose_name = _("village of a sweep campaign")
        verbose_name_plural = _("villages of sweep campaigns")
        ordering = ["campaign", "scope_code", "id"]
        indexes = [models.Index(fields=["tenant", "scope_code"], name="sweepvillage_scope")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "campaign", "village"], name="sweepvillage_once"),
            models.CheckConstraint(
                name="sweepvillage_counts_add_up",
                condition=Q(to_visit_count__isnull=True, counted_on__isnull=True, visited_count=0, is_done=False)
                & Q(**dict.fromkeys(NOT_REACHED, 0))
                | Q(
                    to_visit_count__isnull=False,
                    counted_on__isnull=False,
                    to_visit_count__gte=_REACHED_OR_NOT,
                ),
            ),
            models.CheckConstraint(
                name="sweepvillage_done_left_nobody_out",
                condition=Q(is_done=False) | Q(to_visit_count=_REACHED_OR_NOT),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.scope_code

    @property
    def not_reached_count(self) -> int:
        """Add up the reasons."""
        return sum(getattr(self, name) for name in NOT_REACHED)
