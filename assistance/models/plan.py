"""The plan of a household for a year, what it holds, and its editions."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from assistance.enums import HouseholdPlanState
from assistance.models.helper import Helper
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel, VersionedModel

_PLANNED: Final = Q(edition=0, adopted_on__isnull=True, agreement_code="")
_AGREED: Final = Q(edition__gte=1, adopted_on__isnull=False) & ~Q(agreement_code="")


class HouseholdPlan(VersionedModel):
    """What is to be done with and for a household in a year (一户一办法). `edition` counts how often it was adopted.

    `prepared_by` worded or planned last, and never adopts. A plan entered in error is withdrawn and stays on file.
    Units: `target_yuan` is net income in yuan per person and year.
    """

    household = TenantForeignKey("households.Household", verbose_name=_("household"), related_name="plans")
    year = models.PositiveSmallIntegerField(_("year"))
    state = models.CharField(
        _("state"), max_length=10, choices=HouseholdPlanState.choices, default=HouseholdPlanState.DRAFTED
    )
    edition = models.PositiveSmallIntegerField(_("edition"), default=0)
    goals = models.TextField(_("goals"), max_length=2000)
    target_yuan = models.DecimalField(_("target net income per person (yuan a year)"), max_digits=14, decimal_places=2)
    no_development_reason = models.CharField(_("why without a development measure"), max_length=200, blank=True)
    prepared_by = models.UUIDField(_("prepared by"), null=True, editable=False)
    adopted_by = models.UUIDField(_("adopted by"), null=True, editable=False)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    agreement_code = models.CharField(_("agreement of the household"), max_length=20, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    result = models.TextField(_("result"), max_length=2000, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    telling: ClassVar = ("goals", "no_development_reason", "result")

    class Meta(VersionedModel.Meta):
        verbose_name = _("household plan")
        verbose_name_plural = _("household plans")
        ordering = ["-year", "household"]
        indexes = [
            models.Index(fields=["tenant", "scope_code"], name="householdplan_scope"),
            models.Index(fields=["tenant", "year", "household"], name="householdplan_year"),
            # The list of all, the newest year first.
            models.Index(fields=["tenant", "-year", "id"], name="householdplan_order"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "household", "year"],
                name="householdplan_year_once",
                condition=~Q(state=HouseholdPlanState.WITHDRAWN),
            ),
            models.CheckConstraint(name="householdplan_year_is_plausible", condition=Q(year__gte=2000, year__lte=2100)),
            models.CheckConstraint(
                name="householdplan_state_is_known", condition=Q(state__in=HouseholdPlanState.values)
            ),
            models.CheckConstraint(name="householdplan_has_goals", condition=~Q(goals="")),
            models.CheckConstraint(name="householdplan_target_is_not_negative", condition=Q(target_yuan__gte=0)),
            models.CheckConstraint(
                name="householdplan_adopted_has_its_day",
                condition=Q(_PLANNED, state=HouseholdPlanState.DRAFTED)
                | Q(_AGREED, state__in=[
                    HouseholdPlanState.ADOPTED, HouseholdPlanState.AMENDED, HouseholdPlanState.CLOSED,
                ])
                | Q(_PLANNED | _AGREED, state=HouseholdPlanState.WITHDRAWN),
            ),
            models.CheckConstraint(
                name="householdplan_adopted_by_another",
                condition=~Q(state__in=[HouseholdPlanState.ADOPTED, HouseholdPlanState.CLOSED])
                | Q(adopted_by__isnull=False, prepared_by__isnull=True)
                | (Q(adopted_by__isnull=False, prepared_by__isnull=False) & ~Q(prepared_by=F("adopted_by"))),
            ),
            models.CheckConstraint(
                name="householdplan_closed_has_its_result",
                condition=Q(~Q(state=HouseholdPlanState.CLOSED), closed_on__isnull=True, result="")
                | Q(
                    ~Q(result=""),
                    state=HouseholdPlanState.CLOSED,
                    closed_on__isnull=False,
                    closed_on__gte=F("adopted_on"),
                ),
            ),
            models.CheckConstraint(
                name="householdplan_withdrawn_has_its_day",
                condition=Q(state=HouseholdPlanState.WITHDRAWN, withdrawn_on__isnull=False)
                | (~Q(state=HouseholdPlanState.WITHDRAWN) & Q(withdrawn_on__isnull=True)),
            ),
        ]  # fmt: skip

    @override
    def __str__(self) -> str:
        return str(self.year)


class PlannedMeasure(VersionedModel):
    """A measure of a plan: of which of the 14 kinds, with which money, by when, and who sees to it.

    Two sources of money are two lines. What was done for it are the measures on file that name it.
    """

    household = TenantForeignKey("households.Household", verbose_name=_("household"), related_name="planned_measures")
    plan = TenantForeignKey(HouseholdPlan, verbose_name=_("household plan"), related_name="measures")
    category_code = models.CharField(_("kind of measure"), max_length=20)
    action_code = models.CharField(_("enrichment action"), max_length=20, blank=True)
    what = models.CharField(_("what is to be done"), max_length=200)
    is_development = models.BooleanField(_("development measure"))
    planned_yuan = models.DecimalField(_("planned (yuan)"), max_digits=14, decimal_places=2, default=0)
    source_code = models.CharField(_("source of the money"), max_length=20, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    due_on = models.DateField(_("to be done by"), null=True, blank=True)
    helper = TenantForeignKey(
        Helper, verbose_name=_("who sees to it"), null=True, blank=True, related_name="planned_measures"
    )
    dropped_on = models.DateField(_("dropped on"), null=True, blank=True)

    telling: ClassVar = ("what",)

    class Meta(VersionedModel.Meta):
        verbose_name = _("planned measure")
        verbose_name_plural = _("planned measures")
        ordering = ["plan", "category_code", "id"]
        indexes = [
            models.Index(fields=["tenant", "plan"], name="plannedmeasure_plan"),
            models.Index(fields=["tenant", "household"], name="plannedmeasure_household"),
        ]
        constraints = [
            models.CheckConstraint(name="plannedmeasure_says_what", condition=~Q(what="") & ~Q(category_code="")),
            models.CheckConstraint(
                name="plannedmeasure_money_has_its_source",
                condition=Q(planned_yuan=0) | (Q(planned_yuan__gt=0) & ~Q(source_code="")),
            ),
            models.CheckConstraint(
                name="plannedmeasure_due_after_start",
                condition=Q(starts_on__isnull=True) | Q(due_on__isnull=True) | Q(due_on__gte=F("starts_on")),
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.id)


class HouseholdPlanEdition(TenantModel):
    """A plan as it was adopted. Only forgetting a person empties its words.

    `measures` are those that were not dropped: id, category_code, action_code, planned_yuan (a text), source_code,
    starts_on and due_on of each, without words. `has_labour` is what was on file on that day.
    """

    household = TenantForeignKey("households.Household", verbose_name=_("household"), related_name="plan_editions")
    plan = TenantForeignKey(HouseholdPlan, verbose_name=_("household plan"), related_name="editions")
    number = models.PositiveSmallIntegerField(_("edition"))
    adopted_on = models.DateField(_("adopted on"))
    adopted_by = models.UUIDField(_("adopted by"), editable=False)
    agreement_code = models.CharField(_("agreement of the household"), max_length=20)
    goals = models.TextField(_("goals"), max_length=2000)
    target_yuan = models.DecimalField(_("target net income per person (yuan a year)"), max_digits=14, decimal_places=2)
    reason = models.CharField(_("reason of the amendment"), max_length=300, blank=True)
    has_labour = models.BooleanField(_("somebody is able to work"), null=True)
    development_count = models.PositiveSmallIntegerField(_("development measures"))
    no_development_reason = models.CharField(_("why without a development measure"), max_length=200, blank=True)
    planned_yuan = models.DecimalField(_("planned (yuan)"), max_digits=14, decimal_places=2)
    measures = models.JSONField(_("planned measures"))

    telling: ClassVar = ("goals", "reason", "no_development_reason")

    class Meta(TenantModel.Meta):
        verbose_name = _("edition of a household plan")
        verbose_name_plural = _("editions of household plans")
        ordering = ["plan", "number"]
        indexes = [models.Index(fields=["tenant", "household"], name="householdplanedition_household")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "plan", "number"], name="householdplanedition_number_once"),
            models.CheckConstraint(name="householdplanedition_number_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="householdplanedition_later_has_its_reason",
                condition=Q(number=1) | (Q(number__gt=1) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="householdplanedition_develops_labour",
                condition=Q(has_labour__isnull=True)
                | Q(has_labour=False)
                | Q(development_count__gte=1)
                | ~Q(no_development_reason=""),
            ),
            models.CheckConstraint(name="householdplanedition_is_agreed", condition=~Q(agreement_code__in=["", "0"])),
        ]

    @override
    def __str__(self) -> str:
        return str(self.number)
