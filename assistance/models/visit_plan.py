"""How often a household is to be visited."""

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.models import VersionedModel

# How many visits a year may be asked for: what cuts it into whole months.
VISITS_A_YEAR: Final = (1, 2, 3, 4, 6, 12)


class VisitPlan(VersionedModel):
    """How many visits of its helpers a county owes each household in a year; each falls due at the end of its part.

    Shared by the whole county, and data: counties ask for a visit a month, a quarter or half a year. Where
    `risk_visits` is given, households whose risk is not removed are visited that often instead.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    visits = models.PositiveSmallIntegerField(
        _("visits a year"), choices=[(count, str(count)) for count in VISITS_A_YEAR]
    )
    risk_visits = models.PositiveSmallIntegerField(
        _("visits a year where a risk is not removed"),
        choices=[(count, str(count)) for count in VISITS_A_YEAR],
        null=True,
        blank=True,
    )

    class Meta(VersionedModel.Meta):
        verbose_name = _("visit plan")
        verbose_name_plural = _("visit plans")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "year"], name="visitplan_year_once"),
            models.CheckConstraint(name="visitplan_year_is_plausible", condition=Q(year__gte=2000, year__lte=2100)),
            models.CheckConstraint(name="visitplan_cuts_whole_months", condition=Q(visits__in=VISITS_A_YEAR)),
            models.CheckConstraint(
                name="visitplan_risk_cuts_whole_months",
                condition=Q(risk_visits__isnull=True) | Q(risk_visits__in=VISITS_A_YEAR),
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.year)
