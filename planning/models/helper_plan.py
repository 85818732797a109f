"""A plan of who leads which household, its proposals, the parts that townships confirm, and who is related."""

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from assistance.models import Helper
from planning.enums import Before, HelperPartState, HelperPlanState, Origin, Outcome, Why
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel, VersionedModel

NOBODY_WHY: Final = (Why.FULL, Why.NO_HELPER, Why.BARRED)


class HelperPlan(VersionedModel):
    """A plan for the county or one township (`area_code`): which helper leads which household from `starts_on` on.

    Shared by the whole county, since it names no household. The weights, 0 to 10, say what counts how much where a
    household is free to get another lead; with `keeps_leads` it is free only when its lead cannot stay.
    """

    title = models.CharField(_("title"), max_length=100)
    area_code = models.CharField(_("county or township"), max_length=12, db_collation="C")
    starts_on = models.DateField(_("from"))
    weight_near = models.PositiveSmallIntegerField(_("weight of a short way"), default=3)
    weight_stay = models.PositiveSmallIntegerField(_("weight of staying on"), default=2)
    keeps_leads = models.BooleanField(
        _("leads stay"), default=True, help_text=_("A household keeps its lead unless that one cannot stay.")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=HelperPlanState.choices, default=HelperPlanState.DRAFT, editable=False
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    reason = models.CharField(_("reason"), max_length=200, blank=True, editable=False)
    open_parts_count = models.PositiveSmallIntegerField(_("townships that have not decided"), default=0, editable=False)

    class Meta(VersionedModel.Meta):
        verbose_name = _("plan of helpers")
        verbose_name_plural = _("plans of helpers")
        ordering = ["-starts_on", "title"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "title"], name="helperplan_title_once"),
            models.CheckConstraint(name="helperplan_title_is_given", condition=~Q(title="")),
            models.CheckConstraint(
                name="helperplan_open_parts_while_published",
                condition=Q(state=HelperPlanState.PUBLISHED) | Q(open_parts_count=0),
            ),
            models.CheckConstraint(
                name="helperplan_weights_are_ten_at_most", condition=Q(weight_near__lte=10, weight_stay__lte=10)
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.title


class HelperProposal(TenantModel):
    """Who should lead which household. It never changes: a change by hand is a proposal of its own, from this one.

    `cost` and `bound` are points: no permitted plan costs less than `bound`. It holds counts alone and is shared by the
    county; its choices are seen where their households are.
    """

    plan = TenantForeignKey(HelperPlan, verbose_name=_("plan"), related_name="proposals")
    number = models.PositiveSmallIntegerField(_("number"))
    origin = models.CharField(_("how it came about"), max_length=6, choices=Origin.choices)
    cost = models.BigIntegerField(_("points"))
    bound = models.BigIntegerField(_("no plan has fewer points than"))
    helpers_count = models.PositiveIntegerField(_("helpers who take part"))
    households_count = models.PositiveIntegerField(_("households"))
    covered_count = models.PositiveIntegerField(_("households with a lead"))
    changed_count = models.PositiveIntegerField(_("households whose lead changes"))
    reason = models.CharField(_("why it was changed"), max_length=200, blank=True)
    is_chosen = models.BooleanField(_("published"), default=False)
    created_at = models.DateTimeField(_("made at"), default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("proposal of helpers")
        verbose_name_plural = _("proposals of helpers")
        ordering = ["plan", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "plan", "number"], name="helperproposal_number_once"),
            models.UniqueConstraint(
                fields=["tenant", "plan"], condition=Q(is_chosen=True), name="helperproposal_one_is_published"
            ),
            models.CheckConstraint(name="helperproposal_bound_is_below", condition=Q(bound__lte=F("cost"))),
            models.CheckConstraint(
                name="helperproposal_counts_are_parts",
                condition=Q(covered_count__lte=F("households_count"), changed_count__lte=F("covered_count")),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.plan} {self.number}"

    @property
    def gap_percent(self) -> float:
        """How far the proposal may be from the best one, in per cent of the bound."""
        return 100 * (self.cost - self.bound) / self.bound if self.bound else 0.0


class HelperChoice(TenantModel):
    """The helper of one household, or none, with what its sentence needs; `outcome` says what became of it.

    `present`: who led the household when this was reckoned. `km`: from the nearest village in which the helper's unit
    has its team, or in which the helper leads, in a straight line. A choice outlives its plan, so that
    nothing in it says that two are related.
    """

    proposal = TenantForeignKey(HelperProposal, verbose_name=_("proposal"), related_name="choices")
    household = TenantForeignKey("households.Household", verbose_name=_("household"), related_name="+")
    helper = TenantForeignKey(Helper, verbose_name=_("helper"), null=True, blank=True, related_name="+")
    present = TenantForeignKey(Helper, verbose_name=_("leads now"), null=True, blank=True, related_name="+")
    why = models.CharField(_("why"), max_length=10, choices=Why.choices)
    before = models.CharField(_("who led before"), max_length=10, choices=Before.choices)
    by_hand = models.BooleanField(_("chosen by hand"), default=False)
    changes = models.BooleanField(_("changes the lead"), default=False)
    km = models.PositiveIntegerField(_("way (km)"), null=True)
    points = models.BigIntegerField(_("points"), default=0)
    outcome = models.CharField(_("what became of it"), max_length=13, choices=Outcome.choices, default=Outcome.WAITS)

    class Meta(TenantModel.Meta):
        verbose_name = _("choice of a helper")
        verbose_name_plural = _("choices of helpers")
        ordering = ["proposal", "scope_code", "id"]
        indexes = [models.Index(fields=["tenant", "proposal", "scope_code", "id"], name="helperchoice_by_village")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "household", "proposal"], name="helperchoice_household_once"),
            models.CheckConstraint(
                name="helperchoice_says_why_nobody",
                condition=Q(helper__isnull=True, why__in=[*NOBODY_WHY, Why.HAND], changes=False)
                | Q(helper__isnull=False) & ~Q(why__in=NOBODY_WHY),
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.household)


class HelperPart(VersionedModel):
    """What one township is offered of a published plan: it confirms all of it, or declines it.

    `published_by` never confirms.
    """

    plan = TenantForeignKey(HelperPlan, verbose_name=_("plan"), related_name="parts")
    proposal = TenantForeignKey(HelperProposal, verbose_name=_("proposal"), related_name="parts")
    changed_count = models.PositiveIntegerField(_("households whose lead changes"))
    state = models.CharField(
        _("state"), max_length=10, choices=HelperPartState.choices, default=HelperPartState.OFFERED, editable=False
    )
    published_by = models.UUIDField(_("published by"), null=True, editable=False)
    decided_by = models.UUIDField(_("decided by"), null=True, editable=False)
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    answer = models.CharField(_("answer"), max_length=200, blank=True, editable=False)
    applied_count = models.PositiveIntegerField(_("applied"), default=0, editable=False)
    left_count = models.PositiveIntegerField(_("left as they are"), default=0, editable=False)

    class Meta(VersionedModel.Meta):
        verbose_name = _("part of a plan of helpers")
        verbose_name_plural = _("parts of plans of helpers")
        ordering = ["-created_at", "scope_code"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "plan", "scope_code"], name="helperpart_once_a_township"),
            models.CheckConstraint(
                name="helperpart_second_person_decides",
                condition=~Q(state__in=[HelperPartState.CONFIRMED, HelperPartState.DECLINED])
                | Q(published_by__isnull=True)
                | Q(decided_by__isnull=True)
                | ~Q(published_by=F("decided_by")),
            ),
            models.CheckConstraint(
                name="helperpart_counts_add_up",
                condition=~Q(state=HelperPartState.CONFIRMED) | Q(changed_count=F("applied_count") + F("left_count")),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.plan} {self.scope_code}"


class RelatedPair(TenantModel):
    """A household and a helper who said that they are related: the plan does not bring them together.

    How they are related, and who of them said so, is not kept. The row is deleted when the plan ends.
    """

    plan = TenantForeignKey(HelperPlan, verbose_name=_("plan"), related_name="related_pairs")
    household = TenantForeignKey("households.Household", verbose_name=_("household"), related_name="+")
    helper = TenantForeignKey(Helper, verbose_name=_("helper"), related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("related pair")
        verbose_name_plural = _("related pairs")
        ordering = ["plan", "household"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "household", "helper", "plan"], name="relatedpair_once_a_plan"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.household)
