"""Wages that a project paid to those who worked on it."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from economy.models.projects import IndustryProject
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import VersionedModel


class ProjectWork(VersionedModel):
    """Days that a member of a household worked on a project, and the wage paid for them (以工代赈).

    Written once; one in error is withdrawn with its reason and counts no more. Units: yuan.
    """

    telling = ("withdrawal_reason",)

    project = TenantForeignKey(IndustryProject, verbose_name=_("industry project"), related_name="work")
    household = TenantForeignKey("households.Household", verbose_name=_("household"), related_name="project_work")
    person = TenantForeignKey("households.Person", verbose_name=_("person"), related_name="project_work")
    day_count = models.DecimalField(_("days worked"), max_digits=5, decimal_places=1)
    wage_yuan = models.DecimalField(_("wage (yuan)"), max_digits=14, decimal_places=2)
    paid_on = models.DateField(_("paid on"))
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True, editable=False)
    withdrawal_reason = models.CharField(_("reason of the withdrawal"), max_length=200, blank=True)
    recorded_by = models.UUIDField(_("recorded by"), null=True, editable=False)

    class Meta(VersionedModel.Meta):
        verbose_name = _("work on a project")
        verbose_name_plural = _("work on projects")
        ordering = ["-paid_on", "id"]
        indexes = [
            models.Index(fields=["tenant", "project"], name="projectwork_project"),
            models.Index(fields=["tenant", "household", "paid_on"], name="projectwork_household"),
            models.Index(fields=["tenant", "person"], name="projectwork_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "project", "person", "paid_on"],
                name="projectwork_once_a_payday",
                condition=Q(withdrawn_on__isnull=True),
            ),
            models.CheckConstraint(
                name="projectwork_days_are_of_a_year",
                condition=Q(day_count__gt=0, day_count__lte=Decimal(366)),
            ),
            models.CheckConstraint(name="projectwork_is_paid", condition=Q(wage_yuan__gt=0)),
            models.CheckConstraint(
                name="projectwork_withdrawn_after_pay",
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("paid_on")),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.paid_on} {self.wage_yuan}"
