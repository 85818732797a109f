"""Money of a year by its source, and what it is allocated to."""

from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from funds.enums import Purpose
from funds.models.programme import PaymentProgramme
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel, VersionedModel


class Budget(VersionedModel):
    """Money that a notice gave to the county for a year (资金指标), from one source.

    `allocated_yuan` is the sum over its allocations, kept by a trigger, and never above the amount. Units: yuan.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    source_code = models.CharField(_("source of the money"), max_length=20)
    name = models.CharField(_("name"), max_length=100)
    notice_number = models.CharField(_("number of the notice"), max_length=100)
    notice_on = models.DateField(_("date of the notice"))
    amount_yuan = models.DecimalField(_("amount (yuan)"), max_digits=14, decimal_places=2)
    allocated_yuan = models.DecimalField(
        _("allocated (yuan)"), max_digits=14, decimal_places=2, default=0, editable=False
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, editable=False)
    withdrawal_reason = models.CharField(_("reason of the withdrawal"), max_length=200, blank=True, editable=False)

    class Meta(VersionedModel.Meta):
        verbose_name = _("budget")
        verbose_name_plural = _("budgets")
        ordering = ["-year", "source_code", "notice_on", "id"]
        indexes = [models.Index(fields=["tenant", "year"], name="budget_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "year", "source_code", "notice_number"],
                name="budget_notice_once",
                condition=Q(withdrawn_on__isnull=True),
            ),
            models.CheckConstraint(name="budget_year_is_plausible", condition=Q(year__gte=2000, year__lte=2100)),
            models.CheckConstraint(name="budget_is_some", condition=Q(amount_yuan__gt=0)),
            models.CheckConstraint(
                name="budget_is_named", condition=~Q(name="") & ~Q(source_code="") & ~Q(notice_number="")
            ),
            models.CheckConstraint(
                name="budget_allocates_its_amount_at_most",
                condition=Q(allocated_yuan__gte=0, allocated_yuan__lte=F("amount_yuan")),
            ),
            models.CheckConstraint(
                name="budget_withdrawn_is_free_and_has_a_reason",
                condition=Q(withdrawn_on__isnull=True) | (Q(allocated_yuan=0) & ~Q(withdrawal_reason="")),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.year} {self.name}"

    @property
    def free_yuan(self) -> Decimal:
        """What is not allocated yet."""
        return self.amount_yuan - self.allocated_yuan


class Allocation(TenantModel):
    """Money of a budget for a purpose in a division, which is its `scope_code`; written once.

    What is moved back is an entry of its own that names the allocation, with the amount below zero: a sum over entries
    is right without asking which were moved back. `moved_back_yuan` and `bound_yuan`, what payment lists that are
    submitted, approved or paid take less what was returned, are kept by triggers; both together are never above the
    amount, also for two at the same moment. Units: yuan.
    """

    budget = TenantForeignKey(Budget, verbose_name=_("budget"), related_name="allocations")
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose.choices)
    programme = TenantForeignKey(
        PaymentProgramme, verbose_name=_("payment programme"), null=True, blank=True, related_name="allocations"
    )
    project_kind_code = models.CharField(_("kind of project"), max_length=20, blank=True)
    amount_yuan = models.DecimalField(_("amount (yuan)"), max_digits=14, decimal_places=2)
    allocated_on = models.DateField(_("allocated on"))
    paper = models.CharField(_("paper"), max_length=200)
    moves_back = TenantForeignKey(
        "funds.Allocation", verbose_name=_("moves back"), null=True, blank=True, related_name="moved_back"
    )
    moved_back_yuan = models.DecimalField(
        _("moved back (yuan)"), max_digits=14, decimal_places=2, default=0, editable=False
    )
    bound_yuan = models.DecimalField(
        _("bound by payment lists (yuan)"), max_digits=14, decimal_places=2, default=0, editable=False
    )
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    recorded_by = models.UUIDField(_("recorded by"), null=True, editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("allocation")
        verbose_name_plural = _("allocations")
        ordering = ["-allocated_on", "-id"]
        indexes = [
            models.Index(fields=["tenant", "budget"], name="allocation_budget"),
            models.Index(fields=["tenant", "moves_back"], name="allocation_moves_back"),
            models.Index(fields=["tenant", "scope_code"], name="allocation_scope"),
        ]
        constraints = [
            models.CheckConstraint(
                name="allocation_purpose_is_said",
                condition=Q(purpose=Purpose.PROGRAMME, programme__isnull=False, project_kind_code="")
                | (Q(purpose=Purpose.PROJECT, programme__isnull=True) & ~Q(project_kind_code=""))
                | Q(purpose=Purpose.AREA, programme__isnull=True, project_kind_code=""),
            ),
            models.CheckConstraint(
                name="allocation_only_moving_back_is_negative",
                condition=Q(moves_back__isnull=True, amount_yuan__gt=0)
                | (Q(moves_back__isnull=False, amount_yuan__lt=0) & ~Q(moves_back=F("id"))),
            ),
            models.CheckConstraint(
                name="allocation_is_bound_by_its_amount_at_most",
                condition=Q(bound_yuan__gte=0, moved_back_yuan__gte=0)
                & (
                    Q(moves_back__isnull=False, bound_yuan=0, moved_back_yuan=0)
                    | Q(moves_back__isnull=True, amount_yuan__gte=F("bound_yuan") + F("moved_back_yuan"))
                ),
            ),
            models.CheckConstraint(
                name="allocation_day_is_plausible",
                condition=Q(allocated_on__gte=date(2000, 1, 1), allocated_on__lt=date(2101, 1, 1)),
            ),
            models.CheckConstraint(name="allocation_names_its_paper", condition=~Q(paper="")),
            models.UniqueConstraint(
                fields=["tenant", "moves_back", "allocated_on", "amount_yuan", "paper"],
                name="allocation_moves_back_once",
                condition=Q(moves_back__isnull=False),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.allocated_on} {self.amount_yuan}"

    @property
    def free_yuan(self) -> Decimal:
        """What no payment list has bound, and was not moved back."""
        return self.amount_yuan - self.bound_yuan - self.moved_back_yuan
