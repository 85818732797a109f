"""The village and what is recorded of it each year."""

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel, VersionedModel

# The ten facilities, in the order of the sentence 水电路讯网、科教文卫保.
# Source: the commentary of 2019 on village-stationed teams.
FACILITIES: Final = (
    "has_water",
    "has_electricity",
    "has_road",
    "has_telephone",
    "has_internet",
    "has_technology",
    "has_education",
    "has_culture",
    "has_health",
    "has_social_security",
)


class Village(VersionedModel):
    """An administrative village (行政村) of the county, under its division code."""

    code = models.CharField(_("division code"), max_length=12, db_collation="C")
    name = models.CharField(_("name"), max_length=100)
    priority_codes = ArrayField(
        models.CharField(max_length=20), verbose_name=_("priority categories"), default=list, blank=True
    )
    natural_village_count = models.PositiveSmallIntegerField(_("natural villages and groups"), null=True, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("village")
        verbose_name_plural = _("villages")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="village_code_once_a_tenant"),
            models.CheckConstraint(name="village_code_has_12_digits", condition=Q(code__regex=r"^\d{12}$")),
            models.CheckConstraint(name="village_scope_is_its_code", condition=Q(scope_code=F("code"))),
        ]

    @override
    def __str__(self) -> str:
        return self.name


class VillageYear(TenantModel):
    """What a village has and earns in one year. An empty answer means "not known", never "no"."""

    village = TenantForeignKey(Village, verbose_name=_("village"), related_name="years")
    year = models.PositiveSmallIntegerField(_("year"))
    has_water = models.BooleanField(_("safe water"), null=True, blank=True)
    has_electricity = models.BooleanField(_("electricity"), null=True, blank=True)
    has_road = models.BooleanField(_("hardened road"), null=True, blank=True)
    has_telephone = models.BooleanField(_("telephone signal"), null=True, blank=True)
    has_internet = models.BooleanField(_("internet"), null=True, blank=True)
    has_technology = models.BooleanField(_("technical advice"), null=True, blank=True)
    has_education = models.BooleanField(_("school or kindergarten"), null=True, blank=True)
    has_culture = models.BooleanField(_("culture room"), null=True, blank=True)
    has_health = models.BooleanField(_("health station"), null=True, blank=True)
    has_social_security = models.BooleanField(_("social security service"), null=True, blank=True)
    collective_income_yuan = models.DecimalField(
        _("collective income (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("year of a village")
        verbose_name_plural = _("years of villages")
        ordering = ["village", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "village", "year"], name="villageyear_year_once"),
            models.CheckConstraint(name="villageyear_year_is_plausible", condition=Q(year__gte=2000, year__lte=2100)),
            models.CheckConstraint(
                name="villageyear_income_is_not_negative",
                condition=Q(collective_income_yuan__isnull=True) | Q(collective_income_yuan__gte=0),
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.year)
