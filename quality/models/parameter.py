"""A figure of a rule that the county sets itself."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.models import VersionedModel


class RuleParameter(VersionedModel):
    """The county's own value of a rule's parameter from a year on; where there is none the rule's default counts.

    Shared by the whole county, and data: ranges of land, lines of income and windows of policies differ by place and
    year. The parameter `enabled` (0 or 1) switches a rule off. Source: domain facts 2.7.
    """

    rule_code = models.CharField(_("rule"), max_length=20, db_collation="C")
    name = models.CharField(_("parameter"), max_length=40, db_collation="C")
    from_year = models.PositiveSmallIntegerField(_("from the year"))
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)

    class Meta(VersionedModel.Meta):
        verbose_name = _("parameter of a rule")
        verbose_name_plural = _("parameters of rules")
        ordering = ["rule_code", "name", "-from_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "rule_code", "name", "from_year"], name="ruleparameter_once_a_year"
            ),
            models.CheckConstraint(
                name="ruleparameter_year_is_plausible", condition=Q(from_year__gte=2000, from_year__lte=2100)
            ),
            models.CheckConstraint(
                name="ruleparameter_switch_is_0_or_1", condition=~Q(name="enabled") | Q(value__in=[0, 1])
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.rule_code} {self.name}"
