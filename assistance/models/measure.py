"""What is done for a household."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.models.constraints import ends_not_before_start
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import VersionedModel

# 尚未实施, of the list `measure_state`. Source: item 实施开发式帮扶措施情况 of the monitoring form.
NOT_YET: Final = "0"


class Measure(VersionedModel):
    """A measure for a household over a period (帮扶措施).

    Category and item are codes of the list `measure`, the item below its category; `is_development` follows from what
    stands above the category there. A measure under way has its first day; `ends_on` is the first day without it, and
    a measure entered in error ends on the day it starts. `planned` is what of the
    household's plan it carries out. Source: columns 100A39 to 100A55 of the monitoring form.
    """

    household = TenantForeignKey("households.Household", verbose_name=_("household"), related_name="measures")
    category_code = models.CharField(_("kind of measure"), max_length=20)
    item_code = models.CharField(_("measure"), max_length=20, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until (not included)"), null=True, blank=True)
    state_code = models.CharField(_("state of the measure"), max_length=20)
    is_development = models.BooleanField(_("development measure"))
    money_yuan = models.DecimalField(_("money (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    planned = TenantForeignKey(
        "assistance.PlannedMeasure",
        verbose_name=_("measure of the plan"),
        null=True,
        blank=True,
        related_name="done",
    )

    telling: ClassVar = ("note",)

    class Meta(VersionedModel.Meta):
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["household", "category_code", "-starts_on", "id"]
        indexes = [
            models.Index(fields=["tenant", "household"], name="measure_household"),
            models.Index(fields=["tenant", "scope_code"], name="measure_scope"),
            models.Index(fields=["tenant", "planned"], name="measure_planned", condition=Q(planned__isnull=False)),
        ]
        constraints = [
            ends_not_before_start("measure"),
            models.CheckConstraint(name="measure_has_a_category", condition=~Q(category_code="")),
            models.CheckConstraint(
                name="measure_state_fits_its_period",
                condition=Q(state_code=NOT_YET, ends_on__isnull=True)
                | (~Q(state_code=NOT_YET) & Q(starts_on__isnull=False))
                | Q(starts_on__isnull=False, ends_on=F("starts_on")),
            ),
            models.CheckConstraint(
                name="measure_money_is_not_negative", condition=Q(money_yuan__isnull=True) | Q(money_yuan__gte=0)
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.category_code} {self.starts_on or ''}".strip()
