"""A dispatch plan, and the villages it is for."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from planning.enums import PlanState
from planning.models.unit import DispatchUnit
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel, VersionedModel
from villages.models.place import is_a_place


class DispatchPlan(VersionedModel):
    """A plan of the authority in `scope_code`: which of its units goes to which village from `starts_on` to `ends_on`.

    The weights say what counts how much, 0 to 10. The first four make up the difficulty of a village, the others
    the worth of a choice.
    """

    title = models.CharField(_("title"), max_length=100)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (not included)"))
    weight_income = models.PositiveSmallIntegerField(_("weight of income"), default=1)
    weight_risk = models.PositiveSmallIntegerField(_("weight of risk"), default=1)
    weight_remoteness = models.PositiveSmallIntegerField(_("weight of remoteness"), default=1)
    weight_facilities = models.PositiveSmallIntegerField(_("weight of facilities"), default=1)
    weight_hardest = models.PositiveSmallIntegerField(_("weight of the strongest to the hardest"), default=4)
    weight_skills = models.PositiveSmallIntegerField(_("weight of skills that are needed"), default=3)
    weight_distance = models.PositiveSmallIntegerField(_("weight of a short way"), default=2)
    weight_change = models.PositiveSmallIntegerField(_("weight of staying on"), default=1)
    farthest_km = models.PositiveSmallIntegerField(
        _("farthest (km)"),
        null=True,
        blank=True,
        help_text=_("In a straight line. Empty: no limit. Where a place is not known the limit cannot be asked."),
    )
    keeps_teams = models.BooleanField(
        _("teams that are there stay"), default=False, help_text=_("Whoever is in a village now stays there.")
    )
    state = models.CharField(_("state"), max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    needs_taken_at = models.DateTimeField(_("figures of need taken at"), null=True, editable=False)
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    reason = models.CharField(_("reason"), max_length=200, blank=True, editable=False)

    class Meta(VersionedModel.Meta):
        verbose_name = _("dispatch plan")
        verbose_name_plural = _("dispatch plans")
        ordering = ["-starts_on", "title"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "scope_code", "title"], name="dispatchplan_title_once"),
            models.CheckConstraint(name="dispatchplan_title_is_given", condition=~Q(title="")),
            models.CheckConstraint(name="dispatchplan_ends_after_start", condition=Q(ends_on__gt=F("starts_on"))),
            models.CheckConstraint(
                name="dispatchplan_weights_are_ten_at_most",
                condition=Q(
                    weight_income__lte=10,
                    weight_risk__lte=10,
                    weight_remoteness__lte=10,
                    weight_facilities__lte=10,
                    weight_hardest__lte=10,
                    weight_skills__lte=10,
                    weight_distance__lte=10,
                    weight_change__lte=10,
                ),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.title


class PlanVillage(TenantModel):
    """A village of a plan with the figures of need that its county published: shares between 0 and 1, empty if unknown.

    `difficulty` is their weighted mean. `remoteness_km` is measured from the middle of the county's
    villages.
    """

    plan = TenantForeignKey(DispatchPlan, verbose_name=_("plan"), related_name="villages")
    code = models.CharField(_("division code"), max_length=12, db_collation="C")
    name = models.CharField(_("village"), max_length=100)
    county_code = models.CharField(_("county's code"), max_length=12, db_collation="C")
    county_name = models.CharField(_("county"), max_length=100)
    income = models.DecimalField(_("income gap"), max_digits=4, decimal_places=3, null=True, blank=True)
    risk = models.DecimalField(_("risk"), max_digits=4, decimal_places=3, null=True, blank=True)
    facilities = models.DecimalField(_("facilities missing"), max_digits=4, decimal_places=3, null=True, blank=True)
    remoteness_km = models.PositiveSmallIntegerField(_("from the middle of the county (km)"), null=True, blank=True)
    difficulty = models.DecimalField(_("difficulty"), max_digits=4, decimal_places=3)
    longitude = models.DecimalField(_("longitude (degrees)"), max_digits=9, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField(_("latitude (degrees)"), max_digits=9, decimal_places=6, null=True, blank=True)
    present_unit = TenantForeignKey(
        DispatchUnit, verbose_name=_("unit that is there now"), null=True, blank=True, related_name="+"
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("village of a plan")
        verbose_name_plural = _("villages of a plan")
        ordering = ["plan", "-difficulty", "code"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "plan", "code"], name="planvillage_once_a_plan"),
            models.CheckConstraint(
                name="planvillage_difficulty_is_a_share", condition=Q(difficulty__gte=0, difficulty__lte=1)
            ),
            is_a_place("planvillage"),
        ]

    @override
    def __str__(self) -> str:
        return self.name
