"""The pairing of a helper and a household."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import ExpressionWrapper, F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from assistance.models.helper import Helper
from households.enums import PRECISION_CHOICES
from households.models.constraints import date_has_its_precision, ends_not_before_start, no_overlap
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import VersionedModel

# For how long a unit may stand in for a helper. Source: house rule, issue A.
STAND_IN_DAYS: Final = 30


class Pairing(VersionedModel):
    """A period in which a helper, or for at most 30 days the unit itself, stands by a household (结对帮扶).

    One lead a household a day; there may be further helpers. `ends_on` is the first day without it. No start means
    that it is unknown.
    """

    household = TenantForeignKey("households.Household", verbose_name=_("household"), related_name="pairings")
    helper = TenantForeignKey(Helper, verbose_name=_("helper"), null=True, blank=True, related_name="pairings")
    unit = TenantForeignKey(
        "villages.Unit", verbose_name=_("unit standing in"), null=True, blank=True, related_name="stand_ins"
    )
    is_lead = models.BooleanField(_("leads"), default=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    starts_precision = models.CharField(
        _("precision of that date"), max_length=5, choices=PRECISION_CHOICES, blank=True
    )
    ends_on = models.DateField(_("until (not included)"), null=True, blank=True)
    end_reason = models.CharField(_("why ended"), max_length=200, blank=True)

    telling: ClassVar = ("end_reason",)

    class Meta(VersionedModel.Meta):
        verbose_name = _("pairing")
        verbose_name_plural = _("pairings")
        ordering = ["household", "-is_lead", "starts_on", "id"]
        indexes = [
            models.Index(fields=["tenant", "household"], name="pairing_household"),
            models.Index(fields=["tenant", "helper"], name="pairing_helper"),
        ]
        constraints = [
            no_overlap("pairing_one_lead_a_day", "household", condition=Q(is_lead=True)),
            no_overlap("pairing_helper_once_a_day", "household", "helper", condition=Q(helper__isnull=False)),
            ends_not_before_start("pairing"),
            date_has_its_precision("pairing", "starts_on", "starts_precision"),
            models.CheckConstraint(
                name="pairing_has_a_helper_or_a_unit",
                condition=Q(helper__isnull=False, unit__isnull=True)
                | Q(helper__isnull=True, unit__isnull=False, is_lead=True, starts_on__isnull=False),
            ),
            models.CheckConstraint(
                name="pairing_stand_in_ends_within_30_days",
                condition=Q(helper__isnull=False)
                | Q(
                    ends_on__isnull=False,
                    ends_on__lte=ExpressionWrapper(F("starts_on") + STAND_IN_DAYS, output_field=models.DateField()),
                ),
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_stand_in(self) -> bool:
        """Tell whether the unit stands in, which is shown as open."""
        return self.helper_id is None
