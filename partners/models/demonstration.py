"""Households that others may learn from."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import VersionedModel


class DemonstrationMark(VersionedModel):
    """The mark of a demonstration household (脱贫示范户) from a day on, by the economic result of a year.

    The net income per person is that of the year as it stood when the mark was given. The mark is shown and counted,
    and nothing else follows from it: no rule, worklist, order or right reads it. A withdrawn one stays on file.
    """

    household = TenantForeignKey("households.Household", verbose_name=_("household"), related_name="demonstrations")
    marked_on = models.DateField(_("marked on"))
    year = models.PositiveSmallIntegerField(_("year of the result"))
    net_per_head_yuan = models.DecimalField(_("net income per person (yuan)"), max_digits=14, decimal_places=2)
    result = models.CharField(_("economic result"), max_length=200)
    marked_by = models.UUIDField(_("marked by"), null=True, editable=False)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawal_reason = models.CharField(_("why withdrawn"), max_length=200, blank=True)

    telling: ClassVar = ("result", "withdrawal_reason")

    class Meta(VersionedModel.Meta):
        verbose_name = _("demonstration household")
        verbose_name_plural = _("demonstration households")
        ordering = ["-marked_on", "id"]
        indexes = [models.Index(fields=["tenant", "scope_code"], name="demonstration_scope")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "household"],
                name="demonstration_once_a_household",
                condition=Q(withdrawn_on__isnull=True),
            ),
            models.CheckConstraint(name="demonstration_year_is_plausible", condition=Q(year__gte=2000, year__lte=2100)),
            models.CheckConstraint(
                name="demonstration_rests_on_a_year_before",
                condition=Q(year__lte=ExtractYear("marked_on")),
            ),
            models.CheckConstraint(name="demonstration_says_the_result", condition=~Q(result="")),
            models.CheckConstraint(
                name="demonstration_is_withdrawn_with_a_reason",
                condition=Q(withdrawn_on__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_on__isnull=False, withdrawn_on__gte=F("marked_on")) & ~Q(withdrawal_reason="")),
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.marked_on)
