"""How many findings were open when a picture of a period was taken."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from periods.models import Snapshot
from quality.enums import Severity
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel


class FindingCount(TenantModel):
    """The open findings of one rule in one village at the freeze of a period: what the county publishes of them.

    Findings keep no former states, so they are counted when the picture is taken and not when it is published. The
    village is that of the household in the picture; `rule_code` is empty for lists of suspicions from above.
    """

    snapshot = TenantForeignKey(Snapshot, verbose_name=_("snapshot"), related_name="+")
    village_code = models.CharField(_("village"), max_length=12, db_collation="C")
    severity = models.CharField(_("severity"), max_length=10, choices=Severity.choices)
    rule_code = models.CharField(_("rule"), max_length=20, blank=True, default="", db_collation="C")
    open_count = models.PositiveIntegerField(_("open findings"))
    # Of several persons of one household there may be as many findings; those of a village have no household.
    household_count = models.PositiveIntegerField(_("households with open findings"), default=0)
    late_count = models.PositiveIntegerField(_("open findings past their day"), default=0)

    class Meta(TenantModel.Meta):
        verbose_name = _("count of findings at a freeze")
        verbose_name_plural = _("counts of findings at freezes")
        ordering = ["snapshot", "village_code", "severity", "rule_code"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "snapshot", "village_code", "severity", "rule_code"], name="findingcount_once"
            ),
            models.CheckConstraint(
                name="findingcount_severity_is_known", condition=models.Q(severity__in=Severity.values)
            ),
            models.CheckConstraint(
                name="findingcount_counts_some",
                condition=models.Q(open_count__gte=1, late_count__lte=models.F("open_count")),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.village_code} {self.rule_code}"
