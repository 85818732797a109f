"""What a picture holds of a village.

Codes, figures, days and marks, and the name of the village. The ids name rows of the register without a foreign key.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from periods.models.snapshot import Snapshot
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel


class FrozenVillage(TenantModel):
    """A village on the day, with the yearly facts of the latest year on file (`facts_year`).

    `ledger_income_yuan` is the collective's own income of the day's year up to the day, by its ledger, and empty where
    the ledger has no entry of that year; `ledger_aid_yuan` is what it was given, which does not count towards the goal.
    `income_goal_yuan` is the goal of the day's year.
    """

    snapshot = TenantForeignKey(Snapshot, verbose_name=_("snapshot"), related_name="+")
    village_id = models.UUIDField(_("village"))
    village_code = models.CharField(_("division code"), max_length=12, db_collation="C")
    name = models.CharField(_("name"), max_length=100)
    priority_codes = ArrayField(
        models.CharField(max_length=20), verbose_name=_("priority categories"), default=list, blank=True
    )
    natural_village_count = models.PositiveSmallIntegerField(_("natural villages and groups"), null=True, blank=True)
    attribute_code = models.CharField(_("kind of village"), max_length=20, blank=True, default="")
    direction_code = models.CharField(_("direction of development"), max_length=20, blank=True, default="")
    terrain_code = models.CharField(_("terrain"), max_length=20, blank=True, default="")
    longitude = models.DecimalField(_("longitude (degrees)"), max_digits=9, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField(_("latitude (degrees)"), max_digits=9, decimal_places=6, null=True, blank=True)
    has_team = models.BooleanField(_("has a team"), default=False)
    team_member_count = models.PositiveSmallIntegerField(_("members of the team"), default=0)
    ledger_income_yuan = models.DecimalField(
        _("income by the collective ledger (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    ledger_aid_yuan = models.DecimalField(
        _("aid by the collective ledger (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    income_goal_yuan = models.DecimalField(
        _("goal of the collective income (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    facts_year = models.PositiveSmallIntegerField(_("year of the facts"), null=True, blank=True)
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
    household_count = models.PositiveIntegerField(_("all households"), null=True, blank=True)
    person_count = models.PositiveIntegerField(_("registered rural persons"), null=True, blank=True)
    women_count = models.PositiveIntegerField(_("women"), null=True, blank=True)
    disabled_count = models.PositiveIntegerField(_("persons with a disability"), null=True, blank=True)
    labour_count = models.PositiveIntegerField(_("persons able to work"), null=True, blank=True)
    working_away_count = models.PositiveIntegerField(
        _("persons away for work over three months"), null=True, blank=True
    )
    allowance_household_count = models.PositiveIntegerField(
        _("households with the minimum living allowance"), null=True, blank=True
    )
    allowance_person_count = models.PositiveIntegerField(
        _("persons with the minimum living allowance"), null=True, blank=True
    )
    supported_household_count = models.PositiveIntegerField(_("households with special support"), null=True, blank=True)
    supported_person_count = models.PositiveIntegerField(_("persons with special support"), null=True, blank=True)
    cropland_mu = models.DecimalField(_("cropland (mu)"), max_digits=14, decimal_places=2, null=True, blank=True)
    irrigated_mu = models.DecimalField(
        _("irrigated cropland (mu)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    woodland_mu = models.DecimalField(_("woodland (mu)"), max_digits=14, decimal_places=2, null=True, blank=True)
    returned_forest_mu = models.DecimalField(
        _("cropland returned to forest (mu)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    orchard_mu = models.DecimalField(_("orchards (mu)"), max_digits=14, decimal_places=2, null=True, blank=True)
    pasture_mu = models.DecimalField(_("pasture (mu)"), max_digits=14, decimal_places=2, null=True, blank=True)
    water_mu = models.DecimalField(_("water surface (mu)"), max_digits=14, decimal_places=2, null=True, blank=True)
    net_per_head_yuan = models.DecimalField(
        _("net income of farmers per head (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    cooperative_count = models.PositiveIntegerField(_("farmers' cooperatives"), null=True, blank=True)
    tourism_household_count = models.PositiveIntegerField(_("households in rural tourism"), null=True, blank=True)
    guesthouse_household_count = models.PositiveIntegerField(_("farm guesthouses"), null=True, blank=True)
    tourism_worker_count = models.PositiveIntegerField(_("persons working in tourism"), null=True, blank=True)
    guesthouse_income_yuan = models.DecimalField(
        _("income of a farm guesthouse (yuan, mean)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    has_bus = models.BooleanField(_("passenger bus"), null=True, blank=True)
    has_township_road = models.BooleanField(_("paved road to the township"), null=True, blank=True)
    unsafe_water_household_count = models.PositiveIntegerField(
        _("households without safe water"), null=True, blank=True
    )
    water_difficulty_household_count = models.PositiveIntegerField(
        _("households that hardly reach water"), null=True, blank=True
    )
    dangerous_housing_household_count = models.PositiveIntegerField(
        _("households in dangerous houses"), null=True, blank=True
    )
    clinic_count = models.PositiveIntegerField(_("health stations"), null=True, blank=True)
    public_toilet_count = models.PositiveIntegerField(_("sanitary public toilets"), null=True, blank=True)
    doctor_count = models.PositiveIntegerField(_("licensed doctors and assistants"), null=True, blank=True)
    waste_point_count = models.PositiveIntegerField(_("collection points of waste"), null=True, blank=True)
    library_count = models.PositiveIntegerField(_("culture rooms and libraries"), null=True, blank=True)
    broadband_household_count = models.PositiveIntegerField(_("households with broadband"), null=True, blank=True)
    broadband_school_count = models.PositiveIntegerField(_("village schools with broadband"), null=True, blank=True)
    mobile_internet_household_count = models.PositiveIntegerField(
        _("households with mobile internet"), null=True, blank=True
    )
    information_officer_count = models.PositiveIntegerField(_("information officers"), null=True, blank=True)
    graduate_officer_count = models.PositiveIntegerField(_("graduates serving in the village"), null=True, blank=True)
    medical_insured_count = models.PositiveIntegerField(
        _("persons in the rural medical insurance"), null=True, blank=True
    )
    resident_pension_count = models.PositiveIntegerField(_("persons in the residents' pension"), null=True, blank=True)
    employee_pension_count = models.PositiveIntegerField(_("persons in the employees' pension"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("village of a snapshot")
        verbose_name_plural = _("villages of snapshots")
        ordering = ["snapshot", "village_code"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "snapshot", "village_code"], name="frozenvillage_once"),
        ]

    @override
    def __str__(self) -> str:
        return self.name
