"""A proposal for a plan, and the choice it makes for each village."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from planning.enums import Origin
from planning.models.plan import DispatchPlan, PlanVillage
from planning.models.unit import DispatchUnit
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel


class Proposal(TenantModel):
    """Who should go where. It never changes: a change by hand is a proposal of its own, from this one.

    `cost` and `bound` are points: no permitted plan costs less than `bound`, so that the gap to the best is proven.
    """

    plan = TenantForeignKey(DispatchPlan, verbose_name=_("plan"), related_name="proposals")
    number = models.PositiveSmallIntegerField(_("number"))
    origin = models.CharField(_("how it came about"), max_length=6, choices=Origin.choices)
    cost = models.BigIntegerField(_("points"))
    bound = models.BigIntegerField(_("no plan has fewer points than"))
    villages_count = models.PositiveIntegerField(_("villages"))
    covered_count = models.PositiveIntegerField(_("villages with a unit"))
    moved_count = models.PositiveIntegerField(_("villages whose unit changes"))
    mean_km = models.PositiveIntegerField(_("mean way (km)"), null=True)
    reason = models.CharField(_("why it was changed"), max_length=200, blank=True)
    is_chosen = models.BooleanField(_("published"), default=False)
    created_at = models.DateTimeField(_("made at"), default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["plan", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "plan", "number"], name="proposal_number_once"),
            models.UniqueConstraint(
                fields=["tenant", "plan"], condition=Q(is_chosen=True), name="proposal_one_is_published"
            ),
            models.CheckConstraint(name="proposal_bound_is_below", condition=Q(bound__lte=F("cost"))),
            models.CheckConstraint(
                name="proposal_covers_no_more_than_there_are", condition=Q(covered_count__lte=F("villages_count"))
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.plan} {self.number}"

    @property
    def gap_percent(self) -> float:
        """How far the proposal may be from the best one, in per cent of the bound."""
        return 100 * (self.cost - self.bound) / self.bound if self.bound else 0.0


class ProposalChoice(TenantModel):
    """The unit of one village, or none; with what its sentence of explanation needs.

    `by_hand`: somebody chose it, and a new reckoning keeps it. `next_unit` is the best other unit, `next_more` by how
    many points it would be worse for this village.
    """

    proposal = TenantForeignKey(Proposal, verbose_name=_("proposal"), related_name="choices")
    village = TenantForeignKey(PlanVillage, verbose_name=_("village"), related_name="choices")
    unit = TenantForeignKey(DispatchUnit, verbose_name=_("unit"), null=True, blank=True, related_name="+")
    by_hand = models.BooleanField(_("chosen by hand"), default=False)
    km = models.PositiveIntegerField(_("way (km)"), null=True)
    points = models.PositiveIntegerField(_("points"), default=0)
    met = ArrayField(models.CharField(max_length=10), verbose_name=_("needs that are met"), default=list)
    next_unit = TenantForeignKey(DispatchUnit, verbose_name=_("next best"), null=True, blank=True, related_name="+")
    next_more = models.IntegerField(_("worse by (points)"), null=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        ordering = ["proposal", "village"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "proposal", "village"], name="proposalchoice_village_once"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.village)
