"""What is recorded of a village each year."""

from typing import Any, Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel
from villages.models.village import Village

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
# The yearly indicators. Source: tables AD10 and AD32 of the national form of a village; its column stands at each.
PEOPLE: Final = (
    "household_count",  # AAD005
    "person_count",  # AAD010
    "women_count",  # AAD015
    "disabled_count",  # AAD016
    "labour_count",  # AAD017
    "working_away_count",  # AAD018
    "allowance_household_count",  # AAD008
    "allowance_person_count",  # AAD012
    "supported_household_count",  # AAD009
    "supported_person_count",  # AAD013
)
LAND: Final = (
    "cropland_mu",  # AAD019
    "irrigated_mu",  # AAD027
    "woodland_mu",  # AAD021
    "returned_forest_mu",  # AAD022
    "orchard_mu",  # AAD023
    "pasture_mu",  # AAD024
    "water_mu",  # AAD025
)
INCOME: Final = (
    "collective_income_yuan",  # AAD302, there in ten thousands
    "net_per_head_yuan",  # AAD301
    "cooperative_count",  # 371
    "tourism_household_count",  # 381
    "guesthouse_household_count",  # 382
    "tourism_worker_count",  # 383
    "guesthouse_income_yuan",  # 384
)
SERVICES: Final = (
    "has_bus",  # 323
    "has_township_road",  # 328
    "unsafe_water_household_count",  # 331
    "water_difficulty_household_count",  # 332
    "dangerous_housing_household_count",  # 361
    "clinic_count",  # 391
    "public_toilet_count",  # 392
    "doctor_count",  # 393
    "waste_point_count",  # 394
    "library_count",  # 401
    "broadband_household_count",  # 411
    "broadband_school_count",  # 412
    "mobile_internet_household_count",  # 413
    "information_officer_count",  # 414
    "graduate_officer_count",  # AAD038
    "medical_insured_count",  # 311
    "resident_pension_count",  # 313
    "employee_pension_count",  # 314
)
SECTIONS: Final = {
    "facilities": FACILITIES,
    "people": PEOPLE,
    "land": LAND,
    "income": INCOME,
    "services": SERVICES,
}
YEAR_FACTS: Final = tuple(name for section in SECTIONS.values() for name in section)
# A part is not more than its whole, where both are known.
PARTS: Final = {
    **dict.fromkeys(
        (
            "women_count",
            "disabled_count",
            "labour_count",
            "working_away_count",
            "allowance_person_count",
            "supported_person_count",
            "medical_insured_count",
            "tourism_worker_count",
        ),
        "person_count",
    ),
    **dict.fromkeys(
        (
            "allowance_household_count",
            "supported_household_count",
            "tourism_household_count",
            "guesthouse_household_count",
            "unsafe_water_household_count",
            "water_difficulty_household_count",
            "dangerous_housing_household_count",
            "broadband_household_count",
            "mobile_internet_household_count",
        ),
        "household_count",
    ),
    "irrigated_mu": "cropland_mu",
}


def _yes_no(label: Any) -> "models.BooleanField[bool | None, bool | None]":  # noqa: ANN401  (a lazy text)
    return models.BooleanField(label, null=True, blank=True)


def _count(label: Any) -> "models.PositiveIntegerField[int | None, int | None]":  # noqa: ANN401  (a lazy text)
    return models.PositiveIntegerField(label, null=True, blank=True)


def _amount(label: Any) -> "models.DecimalField[Any, Any]":  # noqa: ANN401  (a lazy text)
    return models.DecimalField(label, max_digits=14, decimal_places=2, null=True, blank=True)


class VillageYear(TenantModel):
    """What a village has and earns in one year. An empty answer means "not known", never "no".

    Persons and households are those of the whole village, as the office states them; the register counts its own.
    """

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
    household_count = _count(_("households"))
    person_count = _count(_("registered rural persons"))
    women_count = _count(_("women"))
    disabled_count = _count(_("persons with a disability"))
    labour_count = _count(_("persons able to work"))
    working_away_count = _count(_("persons away for work over three months"))
    allowance_household_count = _count(_("households with the minimum living allowance"))
    allowance_person_count = _count(_("persons with the minimum living allowance"))
    supported_household_count = _count(_("households with special support"))
    supported_person_count = _count(_("persons with special support"))
    cropland_mu = _amount(_("cropland (mu)"))
    irrigated_mu = _amount(_("irrigated cropland (mu)"))
    woodland_mu = _amount(_("woodland (mu)"))
    returned_forest_mu = _amount(_("cropland returned to forest (mu)"))
    orchard_mu = _amount(_("orchards (mu)"))
    pasture_mu = _amount(_("pasture (mu)"))
    water_mu = _amount(_("water surface (mu)"))
    net_per_head_yuan = _amount(_("net income of farmers per head (yuan)"))
    cooperative_count = _count(_("farmers' cooperatives"))
    tourism_household_count = _count(_("households in rural tourism"))
    guesthouse_household_count = _count(_("farm guesthouses"))
    tourism_worker_count = _count(_("persons working in tourism"))
    guesthouse_income_yuan = _amount(_("income of a farm guesthouse (yuan, mean)"))
    has_bus = _yes_no(_("passenger bus"))
    has_township_road = _yes_no(_("paved road to the township"))
    unsafe_water_household_count = _count(_("households without safe water"))
    water_difficulty_household_count = _count(_("households that hardly reach water"))
    dangerous_housing_household_count = _count(_("households in dangerous houses"))
    clinic_count = _count(_("health stations"))
    public_toilet_count = _count(_("sanitary public toilets"))
    doctor_count = _count(_("licensed doctors and assistants"))
    waste_point_count = _count(_("collection points of waste"))
    library_count = _count(_("culture rooms and libraries"))
    broadband_household_count = _count(_("households with broadband"))
    broadband_school_count = _count(_("village schools with broadband"))
    mobile_internet_household_count = _count(_("households with mobile internet"))
    information_officer_count = _count(_("information officers"))
    graduate_officer_count = _count(_("graduates serving in the village"))
    medical_insured_count = _count(_("persons in the rural medical insurance"))
    resident_pension_count = _count(_("persons in the residents' pension"))
    employee_pension_count = _count(_("persons in the employees' pension"))

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
            *[
                models.CheckConstraint(name=f"villageyear_{part}_within", condition=Q(**{f"{part}__lte": F(whole)}))
                for part, whole in PARTS.items()
            ],
            *[
                models.CheckConstraint(name=f"villageyear_{name}_not_negative", condition=Q(**{f"{name}__gte": 0}))
                for name in (*LAND, "net_per_head_yuan", "guesthouse_income_yuan")
            ],
        ]

    @override
    def __str__(self) -> str:
        return str(self.year)
