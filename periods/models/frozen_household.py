"""What a picture holds of a household.

Codes, figures, days and marks, and the name of the group below the village: no name of a person, no number of a
document, no address. Who somebody is, is read from the register when a report is printed, by those with the right
(docs/decisions/0233). The ids name rows of the register without a foreign key: hundreds of thousands of rows are
written at once from those.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from periods.models.snapshot import Snapshot
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel


class FrozenHousehold(TenantModel):
    """A household that stood on the register on the day, in the village of that day; no candidate, no closed one.

    `stock` is empty, `not_lifted` or `lifted`; `is_monitored` says that the risk was not removed. `monitored_on`,
    `monitoring_code`, `risk_removed_on` and `removal_code` are of the latest monitoring that had begun by the day.
    Income is that of the latest year up to the day for which one is known (`income_year`), living conditions are those
    of the latest year on file up to the day (`facts_year`). `cover` says who leads for a household that must have a
    helper on the day: `helper`, `stand_in` (a unit) or `none`; it is empty where it need not have one, as `has_helper`
    may then tell all the same. Source: assistance.queries.coverage.
    """

    snapshot = TenantForeignKey(Snapshot, verbose_name=_("snapshot"), related_name="+")
    household_id = models.UUIDField(_("household"))
    village_code = models.CharField(_("village"), max_length=12, db_collation="C")
    status = models.CharField(_("status"), max_length=10)
    stock = models.CharField(_("stock"), max_length=10, blank=True, default="")
    is_monitored = models.BooleanField(_("monitored, risk not removed"), default=False)
    monitoring_state = models.CharField(_("monitoring"), max_length=10)
    monitored_on = models.DateField(_("monitored since"), null=True, blank=True)
    monitored_precision = models.CharField(_("precision of that date"), max_length=5, blank=True, default="")
    risk_removed_on = models.DateField(_("risk removed on"), null=True, blank=True)
    removal_code = models.CharField(_("how the risk ended"), max_length=20, blank=True, default="")
    head_person_id = models.UUIDField(_("head"), null=True, blank=True)
    person_count = models.PositiveSmallIntegerField(_("members"), default=0)
    labour_count = models.PositiveSmallIntegerField(_("members able to work"), default=0)
    worker_count = models.PositiveSmallIntegerField(_("members at work"), default=0)
    post_count = models.PositiveSmallIntegerField(_("members in a public-welfare post"), default=0)
    cover = models.CharField(_("cover by a helper"), max_length=10, blank=True, default="")
    has_helper = models.BooleanField(_("has a helper"), default=False)
    measure_count = models.PositiveSmallIntegerField(_("measures under way"), default=0)
    development_measure_count = models.PositiveSmallIntegerField(_("development measures under way"), default=0)
    partner_count = models.PositiveSmallIntegerField(_("partners that help the household"), default=0)
    share_count = models.DecimalField(_("shares held"), max_digits=12, decimal_places=2, default=0)
    number = models.CharField(_("household number"), max_length=32, blank=True, default="", db_collation="C")
    group_name = models.CharField(_("natural village or group"), max_length=60, blank=True, default="")
    standard_code = models.CharField(_("standard of identification"), max_length=20, blank=True, default="")
    attribute_code = models.CharField(_("household attribute"), max_length=20, blank=True, default="")
    main_cause_code = models.CharField(_("main cause of poverty"), max_length=20, blank=True, default="")
    other_cause_codes = ArrayField(
        models.CharField(max_length=20), verbose_name=_("other causes of poverty"), default=list, blank=True
    )
    identified_on = models.DateField(_("first identified on"), null=True, blank=True)
    identified_precision = models.CharField(_("precision of that date"), max_length=5, blank=True, default="")
    monitoring_code = models.CharField(_("monitoring category"), max_length=20, blank=True, default="")
    is_servicemans_family = models.BooleanField(_("is a family of a serviceman or martyr"), null=True, blank=True)
    planned_lifting_year = models.PositiveSmallIntegerField(_("planned year of lifting"), null=True, blank=True)
    income_year = models.PositiveSmallIntegerField(_("year of the income"), null=True, blank=True)
    income_from = models.DateField(_("income counted from"), null=True, blank=True)
    income_until = models.DateField(_("income counted until (not included)"), null=True, blank=True)
    income_person_count = models.PositiveSmallIntegerField(_("persons in that period"), null=True, blank=True)
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
    is_declared = models.BooleanField(_("declared, classes unknown"), null=True, blank=True)
    facts_year = models.PositiveSmallIntegerField(_("year of the living conditions"), null=True, blank=True)
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
    water_source_code = models.CharField(_("source of drinking water"), max_length=20, blank=True, default="")
    road_distance_km = models.DecimalField(
        _("distance to the village's main road (km)"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    entry_road_code = models.CharField(_("road to the house"), max_length=20, blank=True, default="")
    housing_area_m2 = models.DecimalField(
        _("area of the house (m²)"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    dangerous_grade_code = models.CharField(_("grade of the house's safety"), max_length=20, blank=True, default="")
    built_year = models.PositiveSmallIntegerField(_("year of building"), null=True, blank=True)
    rebuilt_year = models.PositiveSmallIntegerField(_("year of rebuilding"), null=True, blank=True)
    house_structure_code = models.CharField(_("structure of the house"), max_length=20, blank=True, default="")
    fuel_code = models.CharField(_("main fuel"), max_length=20, blank=True, default="")
    industry_help_code = models.CharField(_("help for a business of its own"), max_length=20, blank=True, default="")

    class Meta(TenantModel.Meta):
        verbose_name = _("household of a snapshot")
        verbose_name_plural = _("households of snapshots")
        ordering = ["snapshot", "village_code", "number"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "snapshot", "household_id"], name="frozenhousehold_once"),
        ]
        indexes = [models.Index(fields=["tenant", "snapshot", "village_code"], name="frozenhousehold_village")]

    @override
    def __str__(self) -> str:
        return self.number
