"""The years whose figures the county has closed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.models import VersionedModel


class ClosedYear(VersionedModel):
    """A year whose facts and income stand: they change only as a second person decides. Shared by the whole county.

    A year that was opened again keeps its row as it was, and may be closed anew by another. Source: house rule,
    docs/decisions/0139.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    closed_on = models.DateField(_("closed on"))
    closed_by = models.UUIDField(_("closed by"), editable=False)
    reopened_on = models.DateField(_("opened again on"), null=True, blank=True, editable=False)
    reopened_by = models.UUIDField(_("opened again by"), null=True, blank=True, editable=False)
    reason = models.CharField(_("Reason"), max_length=200, blank=True, editable=False)

    class Meta(VersionedModel.Meta):
        verbose_name = _("closed year")
        verbose_name_plural = _("closed years")
        ordering = ["-year", "-closed_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "year"], condition=Q(reopened_on__isnull=True), name="closedyear_once"
            ),
            models.CheckConstraint(
                name="closedyear_reopened_by_somebody_for_a_reason",
                condition=Q(reopened_on__isnull=True, reopened_by__isnull=True, reason="")
                | (Q(reopened_on__isnull=False, reopened_by__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(name="closedyear_year_is_plausible", condition=Q(year__gte=2000, year__lte=2100)),
        ]

    @override
    def __str__(self) -> str:
        return str(self.year)
