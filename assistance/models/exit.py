"""When a village may exit from poverty, and what was decided."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel, VersionedModel


class ExitStandard(VersionedModel):
    """What a village must fulfil to exit, from a year on, in the words of the county's own rule. Shared by the county.

    `needed_facts` are facts of the village's year that must be "yes", `zero_facts` counts that must be 0. Where the
    county has none for a year, that of `assistance/data/exit_standard.toml` holds.
    """

    from_year = models.PositiveSmallIntegerField(_("from the year"))
    poverty_ratio_below = models.DecimalField(_("poverty incidence below (ratio)"), max_digits=5, decimal_places=4)
    collective_income_least_yuan = models.DecimalField(
        _("collective income of at least (yuan)"), max_digits=14, decimal_places=2
    )
    needed_facts = ArrayField(
        models.CharField(max_length=40), verbose_name=_("must be there"), default=list, blank=True
    )
    zero_facts = ArrayField(models.CharField(max_length=40), verbose_name=_("must be zero"), default=list, blank=True)
    source = models.CharField(_("source"), max_length=300)

    class Meta(VersionedModel.Meta):
        verbose_name = _("standard of a village's exit")
        verbose_name_plural = _("standards of villages' exit")
        ordering = ["-from_year"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "from_year"], name="exitstandard_year_once"),
            models.CheckConstraint(
                name="exitstandard_year_is_plausible", condition=Q(from_year__gte=2000, from_year__lte=2100)
            ),
            models.CheckConstraint(
                name="exitstandard_ratio_is_one", condition=Q(poverty_ratio_below__gt=0, poverty_ratio_below__lte=1)
            ),
            models.CheckConstraint(
                name="exitstandard_income_is_not_negative", condition=Q(collective_income_least_yuan__gte=0)
            ),
            models.CheckConstraint(name="exitstandard_has_a_source", condition=~Q(source="")),
        ]

    @override
    def __str__(self) -> str:
        return str(self.from_year)


class VillageExit(TenantModel):
    """What the county decided on the exit of a village on the figures of a day. It is never changed.

    `conditions` are the lines of the check of that day, as they were shown: fact, value, threshold, where the value
    came from, whether it was met (null: nothing was known), and the source of the threshold.
    """

    village = TenantForeignKey("villages.Village", verbose_name=_("village"), related_name="exits")
    checked_on = models.DateField(_("data date"))
    is_exit = models.BooleanField(_("exits"))
    poor_person_count = models.PositiveIntegerField(_("poor persons"))
    rural_person_count = models.PositiveIntegerField(_("registered rural persons"), null=True)
    reason = models.CharField(_("reason"), max_length=300)
    conditions = models.JSONField(_("conditions"))
    decided_by = models.UUIDField(_("decided by"), null=True, editable=False)
    decided_at = models.DateTimeField(_("decided at"))

    class Meta(TenantModel.Meta):
        verbose_name = _("decision on a village's exit")
        verbose_name_plural = _("decisions on villages' exit")
        ordering = ["village", "-checked_on", "-id"]
        indexes = [models.Index(fields=["tenant", "village"], name="villageexit_village")]
        constraints = [
            models.CheckConstraint(name="villageexit_has_its_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="villageexit_counts_persons",
                condition=Q(is_exit=False) | Q(rural_person_count__isnull=False, rural_person_count__gt=0),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.scope_code} {self.checked_on:%Y-%m-%d}"
