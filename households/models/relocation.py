"""The relocation of a household."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.models.household import Household
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import VersionedModel
from villages.models import SettlementPoint

# Columns that hold a number that cannot be negative.
AMOUNTS: Final = (
    "housing_area_m2",
    "self_raised_yuan",
    "former_housing_area_m2",
    "demolished_area_m2",
    "demolition_award_yuan",
    "support_funds_yuan",
)


class Relocation(VersionedModel):
    """Where a household was resettled, what became of its former house, and what it got there; one a household.

    `settlement` lies in any village of the county; `site_name` is then its name, for those who do not see that village.
    Whether it is lifted is not repeated here: that is the household's status. Source: relocation ledger of one
    province (易地扶贫搬迁), domain facts of the product.
    """

    household = TenantForeignKey(Household, verbose_name=_("household"), related_name="relocations")
    relocation_kind_code = models.CharField(_("kind of relocation"), max_length=20, blank=True)
    origin_kind_code = models.CharField(_("kind of the place left"), max_length=20, blank=True)
    settlement_mode_code = models.CharField(_("way of settlement"), max_length=20, blank=True)
    task_year = models.PositiveSmallIntegerField(_("year of the relocation task"), null=True, blank=True)
    origin_address = models.CharField(_("address left"), max_length=200, blank=True)
    settlement = TenantForeignKey(
        SettlementPoint, verbose_name=_("settlement"), null=True, blank=True, related_name="relocations"
    )
    site_name = models.CharField(_("settlement site"), max_length=100, blank=True)
    building = models.CharField(_("building"), max_length=60, blank=True)
    entrance = models.CharField(_("entrance of the building"), max_length=20, blank=True, default="", db_default="")
    room = models.CharField(_("number of the dwelling"), max_length=20, blank=True, default="", db_default="")
    layout = models.CharField(_("layout of the dwelling"), max_length=40, blank=True)
    beneficiary_count = models.PositiveSmallIntegerField(_("persons who benefit"), null=True, blank=True)
    housing_area_m2 = models.DecimalField(
        _("area of the new dwelling (m²)"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    self_raised_yuan = models.DecimalField(
        _("paid by the household (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    planned_move_in_on = models.DateField(_("to move in on"), null=True, blank=True)
    handed_over_on = models.DateField(_("keys handed over on"), null=True, blank=True)
    moved_in_on = models.DateField(_("moved in on"), null=True, blank=True)
    former_structure_code = models.CharField(_("structure of the former house"), max_length=20, blank=True)
    former_housing_area_m2 = models.DecimalField(
        _("area of the former house (m²)"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    is_demolished = models.BooleanField(_("former house is pulled down"), null=True, blank=True)
    demolished_on = models.DateField(_("pulled down on"), null=True, blank=True)
    demolished_area_m2 = models.DecimalField(
        _("area pulled down (m²)"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    demolition_award_yuan = models.DecimalField(
        _("award for pulling down (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    is_reclaimed = models.BooleanField(_("former plot is fields or green again"), null=True, blank=True)
    support_project = models.CharField(_("project of support"), max_length=100, blank=True)
    support_funds_yuan = models.DecimalField(
        _("funds of support in the year (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    is_residence_transferred = models.BooleanField(_("residence is registered there"), null=True, blank=True)
    has_property_certificate = models.BooleanField(_("has the property certificate"), null=True, blank=True)
    difficulties = models.CharField(_("difficulties of the move"), max_length=200, blank=True)

    telling: ClassVar = (
        "origin_address",
        "settlement",
        "site_name",
        "building",
        "entrance",
        "room",
        "layout",
        "support_project",
        "difficulties",
    )

    class Meta(VersionedModel.Meta):
        verbose_name = _("relocation")
        verbose_name_plural = _("relocations")
        ordering = ["household"]
        indexes = [models.Index(fields=["tenant", "settlement", "household"], name="relocation_settlement")]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "household"], name="relocation_once_a_household"),
            models.CheckConstraint(
                name="relocation_task_year_is_plausible",
                condition=Q(task_year__isnull=True)
                | Q(task_year__isnull=False, task_year__gte=2000, task_year__lte=2100),
            ),
            *(
                models.CheckConstraint(
                    name=f"relocation_{name}_is_not_negative",
                    condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__isnull": False, f"{name}__gte": 0}),
                )
                for name in AMOUNTS
            ),
            models.CheckConstraint(
                name="relocation_moved_in_after_the_keys",
                condition=Q(handed_over_on__isnull=True)
                | Q(moved_in_on__isnull=True)
                | Q(moved_in_on__gte=F("handed_over_on")),
            ),
            models.CheckConstraint(
                name="relocation_demolition_facts_need_a_demolition",
                condition=Q(is_demolished__isnull=False, is_demolished=True)
                | Q(demolished_on__isnull=True, demolished_area_m2__isnull=True, demolition_award_yuan__isnull=True),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.site_name or str(self.id)
