"""Facts of one year of a household and of a person."""

from typing import Final

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.enums import EARLIEST_DISABILITY_CARD, HEALTHY, NOT_AT_SCHOOL
from households.models.household import Household
from households.models.person import Person
from households.models.visit import Visit
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel

# The four classes of income. Source: national household form, section D.
INCOME_CLASSES: Final = ("wage_income_yuan", "business_income_yuan", "property_income_yuan", "transfer_income_yuan")

# Areas of land, in mu. Source: national columns AAC301 to AAC307.
LAND_AREAS: Final = (
    "cropland_mu",
    "irrigated_mu",
    "woodland_mu",
    "returned_forest_mu",
    "orchard_mu",
    "pasture_mu",
    "water_mu",
)
# Other measures of living conditions that cannot be negative.
LIVING_MEASURES: Final = (*LAND_AREAS, "road_distance_km", "housing_area_m2")

# All living conditions of a year that a visit may confirm or change. Source: national household form, section C.
LIVING_FACTS: Final = (
    *LIVING_MEASURES,
    "persons_at_start",
    "persons_at_end",
    "is_in_cooperative",
    "is_in_association",
    "is_in_mutual_fund",
    "is_led_by_enterprise",
    "is_led_by_pioneer",
    "has_production_power",
    "has_household_power",
    "has_broadcast",
    "has_water_difficulty",
    "safe_water",
    "water_source_code",
    "has_sanitary_toilet",
    "entry_road_code",
    "dangerous_housing",
    "dangerous_grade_code",
    "built_year",
    "rebuilt_year",
    "house_structure_code",
    "fuel_code",
    "industry_help_code",
)

# What each of them holds while nobody knows it.
UNKNOWN_LIVING: Final = {name: "" if name.endswith("_code") else None for name in LIVING_FACTS}

# What is known of the income of a year.
INCOME_FACTS: Final = (
    "period_start",
    "period_end",
    "person_count",
    *INCOME_CLASSES,
    "business_cost_yuan",
    "net_per_head_yuan",
    "is_declared",
    "claims_yuan",
    "self_paid_cost_yuan",
)

_CLASSES_KNOWN = Q(
    **{f"{name}__isnull": False for name in (*INCOME_CLASSES, "business_cost_yuan", "person_count", "period_start")}
)
_CLASSES_UNKNOWN = Q(**{f"{name}__isnull": True for name in (*INCOME_CLASSES, "business_cost_yuan")})
_NET_PER_HEAD = Round(
    (
        F("wage_income_yuan")
        + F("business_income_yuan")
        + F("property_income_yuan")
        + F("transfer_income_yuan")
        - F("business_cost_yuan")
    )
    / F("person_count"),
    precision=2,
)


def _unknown_or(name: str, **limits: int) -> Q:
    """Hold a column to its limits where it is known."""
    known = {f"{name}__{lookup}": limit for lookup, limit in limits.items()}
    return Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__isnull": False}, **known)


def _all_of(*conditions: Q) -> Q:
    together = Q()
    for condition in conditions:
        together &= condition
    return together


def _periods_do_not_overlap() -> ExclusionConstraint:
    """Hold that no day's income of a household is counted in two years."""
    period = Func(F("period_start"), F("period_end"), function="daterange", output_field=DateRangeField())
    return ExclusionConstraint(
        name="householdyear_periods_do_not_overlap",
        expressions=[
            ("tenant", RangeOperators.EQUAL),
            ("household", RangeOperators.EQUAL),
            (period, RangeOperators.OVERLAPS),
        ],
        condition=Q(period_start__isnull=False),
    )


class HouseholdYear(TenantModel):
    """Income and living conditions of a household in one year.

    Net income per person is (wages + business + property + transfers - cost of business) / persons in the period, in
    yuan rounded half up to 0.01; or it is declared with its source, and no classes are known. The period need not be
    the calendar year; `period_end` is the first day after it. Source: national household form, section D.
    """

    household = TenantForeignKey(Household, verbose_name=_("household"), related_name="years")
    year = models.PositiveSmallIntegerField(_("year"))
    period_start = models.DateField(_("income counted from"), null=True, blank=True)
    period_end = models.DateField(_("income counted until (not included)"), null=True, blank=True)
    person_count = models.PositiveSmallIntegerField(_("persons in that period"), null=True, blank=True)
    wage_income_yuan = models.DecimalField(
        _("income from wages (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    business_income_yuan = models.DecimalField(
        _("income from business (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    property_income_yuan = models.DecimalField(
        _("income from property (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    transfer_income_yuan = models.DecimalField(
        _("income from transfers (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    business_cost_yuan = models.DecimalField(
        _("cost of business (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    net_per_head_yuan = models.DecimalField(
        _("net income per person (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    is_declared = models.BooleanField(_("declared, classes unknown"), default=False)
    source = models.CharField(_("source of the figure"), max_length=100, blank=True)
    dangerous_housing = models.BooleanField(_("lives in a dangerous house"), null=True, blank=True)
    safe_water = models.BooleanField(_("has safe drinking water"), null=True, blank=True)
    claims_yuan = models.DecimalField(
        _("insurance claims received (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    self_paid_cost_yuan = models.DecimalField(
        _("allowed cost paid by the household (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    persons_at_start = models.PositiveSmallIntegerField(_("persons at the start of the year"), null=True, blank=True)
    persons_at_end = models.PositiveSmallIntegerField(_("persons at the end of the year"), null=True, blank=True)
    cropland_mu = models.DecimalField(_("cropland (mu)"), max_digits=10, decimal_places=2, null=True, blank=True)
    irrigated_mu = models.DecimalField(
        _("irrigated cropland (mu)"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    woodland_mu = models.DecimalField(_("woodland (mu)"), max_digits=10, decimal_places=2, null=True, blank=True)
    returned_forest_mu = models.DecimalField(
        _("cropland returned to forest (mu)"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    orchard_mu = models.DecimalField(
        _("fruit and other economic trees (mu)"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    pasture_mu = models.DecimalField(_("pasture (mu)"), max_digits=10, decimal_places=2, null=True, blank=True)
    water_mu = models.DecimalField(_("water surface (mu)"), max_digits=10, decimal_places=2, null=True, blank=True)
    is_in_cooperative = models.BooleanField(_("is in a farmers' cooperative"), null=True, blank=True)
    is_in_association = models.BooleanField(_("is in a trade association"), null=True, blank=True)
    is_in_mutual_fund = models.BooleanField(_("is in a mutual-aid fund"), null=True, blank=True)
    is_led_by_enterprise = models.BooleanField(_("is led by a leading enterprise"), null=True, blank=True)
    is_led_by_pioneer = models.BooleanField(_("is led by a pioneer of enterprise"), null=True, blank=True)
    has_production_power = models.BooleanField(_("has power for production"), null=True, blank=True)
    has_household_power = models.BooleanField(_("has power for the house"), null=True, blank=True)
    has_broadcast = models.BooleanField(_("has radio and television"), null=True, blank=True)
    has_water_difficulty = models.BooleanField(_("has difficulty in getting water"), null=True, blank=True)
    has_sanitary_toilet = models.BooleanField(_("has a sanitary toilet"), null=True, blank=True)
    water_source_code = models.CharField(_("source of drinking water"), max_length=20, blank=True, db_default="")
    road_distance_km = models.DecimalField(
        _("distance to the village's main road (km)"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    entry_road_code = models.CharField(_("road to the house"), max_length=20, blank=True, db_default="")
    housing_area_m2 = models.DecimalField(
        _("area of the house (m²)"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    dangerous_grade_code = models.CharField(_("grade of the house's safety"), max_length=20, blank=True, db_default="")
    built_year = models.PositiveSmallIntegerField(_("year of building"), null=True, blank=True)
    rebuilt_year = models.PositiveSmallIntegerField(_("year of rebuilding"), null=True, blank=True)
    house_structure_code = models.CharField(_("structure of the house"), max_length=20, blank=True, db_default="")
    fuel_code = models.CharField(_("main fuel"), max_length=20, blank=True, db_default="")
    industry_help_code = models.CharField(_("help for a business of its own"), max_length=20, blank=True, db_default="")
    visit = TenantForeignKey(Visit, verbose_name=_("visit"), null=True, blank=True, related_name="household_years")

    class Meta(TenantModel.Meta):
        verbose_name = _("year of a household")
        verbose_name_plural = _("years of households")
        ordering = ["household", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "household", "year"], name="householdyear_year_once"),
            models.CheckConstraint(name="householdyear_year_is_plausible", condition=Q(year__gte=2000, year__lte=2100)),
            models.CheckConstraint(
                name="householdyear_income_is_computed_or_declared",
                condition=Q(_CLASSES_KNOWN, is_declared=False, person_count__gt=0, net_per_head_yuan=_NET_PER_HEAD)
                | (Q(_CLASSES_UNKNOWN, is_declared=True, net_per_head_yuan__isnull=False) & ~Q(source=""))
                | Q(_CLASSES_UNKNOWN, is_declared=False, net_per_head_yuan__isnull=True),
            ),
            models.CheckConstraint(
                name="householdyear_classes_are_not_negative",
                condition=_CLASSES_UNKNOWN
                | Q(**{f"{name}__gte": 0 for name in (*INCOME_CLASSES, "business_cost_yuan")}),
            ),
            models.CheckConstraint(
                name="householdyear_period_has_two_ends",
                condition=Q(period_start__isnull=True, period_end__isnull=True)
                | Q(period_start__isnull=False, period_end__isnull=False, period_end__gt=F("period_start")),
            ),
            _periods_do_not_overlap(),
            models.CheckConstraint(
                name="householdyear_living_is_not_negative",
                condition=_all_of(*(_unknown_or(name, gte=0) for name in LIVING_MEASURES)),
            ),
            models.CheckConstraint(
                name="householdyear_irrigated_is_cropland",
                condition=Q(irrigated_mu__isnull=True)
                | Q(cropland_mu__isnull=True)
                | Q(irrigated_mu__lte=F("cropland_mu")),
            ),
            models.CheckConstraint(
                name="householdyear_rebuilt_year_is_plausible",
                condition=_unknown_or("rebuilt_year", gte=1949, lte=2100),
            ),
            models.CheckConstraint(
                name="householdyear_built_year_is_plausible",
                condition=_unknown_or("built_year", gte=1800, lte=2100),
            ),
            models.CheckConstraint(
                name="householdyear_claims_are_not_negative",
                condition=_unknown_or("claims_yuan", gte=0) & _unknown_or("self_paid_cost_yuan", gte=0),
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.year)


class PersonYear(TenantModel):
    """Schooling, health, work, allowances and insurance of a person in one year.

    Education is blank for those at school; health "healthy" stands alone. `visit` is the one that told the facts, with
    its source, collector and period. Source: national household form, section B, and rule 13 of the provincial checks.
    """

    person = TenantForeignKey(Person, verbose_name=_("person"), related_name="years")
    year = models.PositiveSmallIntegerField(_("year"))
    education_code = models.CharField(_("education"), max_length=20, blank=True)
    school_code = models.CharField(_("stage of school"), max_length=20, blank=True)
    health_codes = ArrayField(models.CharField(max_length=20), verbose_name=_("health"), default=list, blank=True)
    skill_code = models.CharField(_("ability to work"), max_length=20, blank=True)
    dropout_reason_code = models.CharField(_("reason for leaving school"), max_length=20, blank=True)
    disability_card_year = models.PositiveSmallIntegerField(_("year of the disability card"), null=True, blank=True)
    work_place = models.CharField(_("place of work"), max_length=100, blank=True)
    work_division_code = models.CharField(_("division of work"), max_length=12, blank=True, db_collation="C")
    works_abroad = models.BooleanField(_("works abroad"), null=True, blank=True)
    work_months = models.DecimalField(_("months of work"), max_digits=3, decimal_places=1, null=True, blank=True)
    employer = models.CharField(_("employer"), max_length=100, blank=True)
    employment_channel_code = models.CharField(_("way into work"), max_length=20, blank=True)
    industry_code = models.CharField(_("industry"), max_length=20, blank=True)
    public_post_code = models.CharField(_("public-service post"), max_length=20, blank=True)
    public_post_months = models.DecimalField(
        _("months in the public-service post"), max_digits=3, decimal_places=1, null=True, blank=True
    )
    minimum_living_allowance_code = models.CharField(_("minimum living allowance"), max_length=20, blank=True)
    special_support_code = models.CharField(_("special support"), max_length=20, blank=True)
    has_basic_medical = models.BooleanField(_("has basic medical insurance"), null=True, blank=True)
    has_employee_medical = models.BooleanField(_("has medical insurance of employees"), null=True, blank=True)
    has_serious_illness_cover = models.BooleanField(_("has cover of serious illness"), null=True, blank=True)
    has_commercial_medical = models.BooleanField(_("has commercial medical insurance"), null=True, blank=True)
    receives_medical_assistance = models.BooleanField(_("receives medical assistance"), null=True, blank=True)
    receives_other_health_support = models.BooleanField(_("receives other health support"), null=True, blank=True)
    has_resident_pension = models.BooleanField(_("has the residents' pension insurance"), null=True, blank=True)
    has_employee_pension = models.BooleanField(_("has the employees' pension insurance"), null=True, blank=True)
    receives_accident_subsidy = models.BooleanField(_("receives an accident insurance subsidy"), null=True, blank=True)
    is_in_military_service = models.BooleanField(_("is in military service"), null=True, blank=True)
    is_unsupported_child = models.BooleanField(_("is a child without support in fact"), null=True, blank=True)
    graduate_unemployed_reason = models.CharField(_("why a graduate has no work"), max_length=100, blank=True)
    visit = TenantForeignKey(Visit, verbose_name=_("visit"), null=True, blank=True, related_name="person_years")

    class Meta(TenantModel.Meta):
        verbose_name = _("year of a person")
        verbose_name_plural = _("years of persons")
        ordering = ["person", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "person", "year"], name="personyear_year_once"),
            models.CheckConstraint(name="personyear_year_is_plausible", condition=Q(year__gte=2000, year__lte=2100)),
            models.CheckConstraint(
                name="personyear_months_are_twelve_at_most",
                condition=Q(work_months__isnull=True) | Q(work_months__gte=0, work_months__lte=12),
            ),
            models.CheckConstraint(
                name="personyear_post_months_are_twelve_at_most",
                condition=Q(public_post_months__isnull=True) | Q(public_post_months__gte=0, public_post_months__lte=12),
            ),
            models.CheckConstraint(
                name="personyear_education_or_school", condition=Q(education_code="") | Q(school_code__in=NOT_AT_SCHOOL)
            ),
            models.CheckConstraint(
                name="personyear_healthy_and_nothing_else",
                condition=~Q(health_codes__contains=[HEALTHY]) | Q(health_codes__len=1),
            ),
            models.CheckConstraint(
                name="personyear_work_division_has_12_digits", condition=Q(work_division_code__regex=r"^(\d{12})?$")
            ),
            models.CheckConstraint(
                name="personyear_abroad_has_no_division",
                condition=Q(works_abroad__isnull=True) | Q(works_abroad=False) | Q(work_division_code=""),
            ),
            models.CheckConstraint(
                name="personyear_card_year_is_plausible",
                condition=Q(disability_card_year__isnull=True)
                | Q(disability_card_year__gte=EARLIEST_DISABILITY_CARD, disability_card_year__lte=2100),
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.year)
