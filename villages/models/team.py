"""The team that lives in a village."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import VersionedModel
from villages.models.unit import Unit
from villages.models.village import Village


class WorkTeam(VersionedModel):
    """A team (驻村工作队) that a unit sends to live in a village; `ends_on` is the first day without it."""

    village = TenantForeignKey(Village, verbose_name=_("village"), related_name="teams")
    unit = TenantForeignKey(Unit, verbose_name=_("unit"), related_name="teams")
    leader_name = models.CharField(_("leader"), max_length=60)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (not included)"), null=True, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("work team")
        verbose_name_plural = _("work teams")
        ordering = ["village", "-starts_on"]
        indexes = [models.Index(fields=["tenant", "village"], name="workteam_village")]
        constraints = [
            models.CheckConstraint(
                name="workteam_ends_after_start", condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on"))
            ),
            ExclusionConstraint(
                name="workteam_one_a_unit_a_day",
                expressions=[
                    ("tenant", RangeOperators.EQUAL),
                    ("village", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    (
                        Func(F("starts_on"), F("ends_on"), function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.leader_name
