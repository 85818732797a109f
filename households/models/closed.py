"""The years whose figures the county has closed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.models import TenantModel


class ClosedYear(TenantModel):
    """A year whose facts and income stand: they change only as a second person decides. Shared by the whole county.

    A year that is opened again loses its row; both are in the audit trail. Source: house rule, docs/decisions/0139.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    closed_on = models.DateField(_("closed on"))
    closed_by = models.UUIDField(_("closed by"), editable=False)

    class Meta(TenantModel.Meta):
        verbose_name = _("closed year")
        verbose_name_plural = _("closed years")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "year"], name="closedyear_once"),
            models.CheckConstraint(name="closedyear_year_is_plausible", condition=Q(year__gte=2000, year__lte=2100)),
        ]

    @override
    def __str__(self) -> str:
        return str(self.year)
