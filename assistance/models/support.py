"""For how long lifted households keep their helper."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.models import VersionedModel


class SupportPeriod(VersionedModel):
    """The part of a year in which the county keeps lifted households paired; `ends_on` is the first day after it.

    Shared by the whole county, and data: "support does not end with lifting" was decided year by year and place by
    place (脱贫不脱帮扶).
    """

    year = models.PositiveSmallIntegerField(_("year"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (not included)"))

    class Meta(VersionedModel.Meta):
        verbose_name = _("support period")
        verbose_name_plural = _("support periods")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "year"], name="supportperiod_year_once"),
            models.CheckConstraint(name="supportperiod_ends_after_start", condition=Q(ends_on__gt=F("starts_on"))),
            models.CheckConstraint(name="supportperiod_starts_in_its_year", condition=Q(starts_on__year=F("year"))),
        ]

    @override
    def __str__(self) -> str:
        return str(self.year)
