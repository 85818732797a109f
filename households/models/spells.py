"""What a household was on each day."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.enums import PRECISION_CHOICES, HouseholdStatus
from households.models.constraints import date_has_its_precision, ends_not_before_start, no_overlap
from households.models.household import Household
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel


class HouseholdSpell(TenantModel):
    """A period in which a household had one status in one village; `ends_on` is the first day without it.

    The first one starts on the day from which the register counts the household: earlier facts, such as when it was
    first identified, stand on the household itself. A return to poverty may say its cause by the list `poverty_cause`.
    """

    household = TenantForeignKey(Household, verbose_name=_("household"), related_name="spells")
    village_code = models.CharField(_("village"), max_length=12, db_collation="C")
    status = models.CharField(_("status"), max_length=10, choices=HouseholdStatus.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (not included)"), null=True, blank=True)
    cause_code = models.CharField(_("cause of the return"), max_length=20, blank=True, default="", db_default="")

    class Meta(TenantModel.Meta):
        verbose_name = _("status over time")
        verbose_name_plural = _("statuses over time")
        ordering = ["household", "starts_on", "id"]
        indexes = [models.Index(fields=["tenant", "household"], name="householdspell_household")]
        constraints = [
            no_overlap("householdspell_one_a_day", "household"),
            ends_not_before_start("householdspell"),
            models.CheckConstraint(
                name="householdspell_status_is_known", condition=Q(status__in=HouseholdStatus.values)
            ),
            models.CheckConstraint(
                name="householdspell_cause_is_of_a_return",
                condition=Q(cause_code="") | Q(status=HouseholdStatus.RETURNED),
            ),
            models.CheckConstraint(
                name="householdspell_village_has_12_digits", condition=Q(village_code__regex=r"^\d{12}$")
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.status


class MonitoringSpell(TenantModel):
    """A period in which a household was monitored and its risk not removed; no start means that it is unknown."""

    household = TenantForeignKey(Household, verbose_name=_("household"), related_name="monitoring_spells")
    category_code = models.CharField(_("monitoring category"), max_length=20)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    starts_precision = models.CharField(
        _("precision of that date"), max_length=5, choices=PRECISION_CHOICES, blank=True
    )
    ends_on = models.DateField(_("until (not included)"), null=True, blank=True)
    end_code = models.CharField(_("how it ended"), max_length=20, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("monitoring over time")
        verbose_name_plural = _("monitoring over time")
        ordering = ["household", "starts_on", "id"]
        indexes = [models.Index(fields=["tenant", "household"], name="monitoringspell_household")]
        constraints = [
            no_overlap("monitoringspell_one_a_day", "household"),
            ends_not_before_start("monitoringspell"),
            date_has_its_precision("monitoringspell", "starts_on", "starts_precision"),
            models.CheckConstraint(name="monitoringspell_has_a_category", condition=~Q(category_code="")),
        ]

    @override
    def __str__(self) -> str:
        return self.category_code
