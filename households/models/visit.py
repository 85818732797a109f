"""One visit to a household, whose source, collector and period hold for all that was written down there."""

from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.enums import VisitSection
from households.models.constraints import sealed_with_index
from households.models.household import Household
from registry.crypto import Purpose
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import VersionedModel

_SECTIONS: Final = sorted(VisitSection.values)


class Visit(VersionedModel):
    """A visit of one day: who asked, from what source, and for which period of income.

    Facts of the year and lines of income point at it, and so are collected by whom, when and from what it says.
    `confirmed_sections` were found unchanged since the facts of `confirmed_from_year`. Somebody who goes on with the
    same visit on the same day adds to it. `period_end` is the first day after the period. The telephone of who filled
    the form in is sealed like any other. Source: 填表人, 填表人电话 of the household form.
    """

    sealed_as: ClassVar[dict[str, Purpose]] = {"collector_phone": Purpose.PHONE}

    household = TenantForeignKey(Household, verbose_name=_("household"), related_name="visits")
    year = models.PositiveSmallIntegerField(_("year"))
    visited_on = models.DateField(_("visited on"))
    collector_id = models.UUIDField(_("collector's account"), null=True, blank=True)
    collector_name = models.CharField(_("collected by"), max_length=60)
    collector_phone_sealed = models.BinaryField(_("collector's telephone"), null=True, blank=True)
    collector_phone_index = models.BinaryField(null=True, blank=True)
    source = models.CharField(_("source of the facts"), max_length=100)
    period_start = models.DateField(_("income counted from"), null=True, blank=True)
    period_end = models.DateField(_("income counted until (not included)"), null=True, blank=True)
    confirmed_sections = ArrayField(
        models.CharField(max_length=10, choices=VisitSection.choices),
        verbose_name=_("confirmed as unchanged"),
        default=list,
        blank=True,
    )
    confirmed_from_year = models.PositiveSmallIntegerField(_("unchanged since the year"), null=True, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["household", "-visited_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "household", "visited_on", "year", "collector_id"], name="visit_once_a_day"
            ),
            models.CheckConstraint(name="visit_year_is_plausible", condition=Q(year__gte=2000, year__lte=2100)),
            models.CheckConstraint(name="visit_names_its_collector", condition=~Q(collector_name="")),
            models.CheckConstraint(name="visit_names_its_source", condition=~Q(source="")),
            sealed_with_index("visit", "collector_phone"),
            models.CheckConstraint(
                name="visit_period_has_two_ends",
                condition=Q(period_start__isnull=True, period_end__isnull=True)
                | Q(period_start__isnull=False, period_end__isnull=False, period_end__gt=F("period_start")),
            ),
            models.CheckConstraint(
                name="visit_confirms_known_sections", condition=Q(confirmed_sections__contained_by=_SECTIONS)
            ),
            models.CheckConstraint(
                name="visit_confirms_facts_of_a_year",
                condition=Q(confirmed_sections__len=0, confirmed_from_year__isnull=True)
                | Q(
                    confirmed_sections__len__gt=0,
                    confirmed_from_year__isnull=False,
                    confirmed_from_year__gte=2000,
                    confirmed_from_year__lte=F("year"),
                ),
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.visited_on)
