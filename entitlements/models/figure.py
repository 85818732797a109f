"""A figure of a policy that the county sets itself."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.models import VersionedModel


class PolicyFigure(VersionedModel):
    """The county's own value of a policy's figure from a year on; where there is none the shipped proposal counts.

    Shared by the whole county. `source` names the paper that the figure stands in. The figure `enabled` (0 or 1)
    switches a policy off.
    """

    policy_code = models.CharField(_("policy"), max_length=40, db_collation="C")
    name = models.CharField(_("figure"), max_length=40, db_collation="C")
    from_year = models.PositiveSmallIntegerField(_("from the year"))
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    source = models.CharField(_("source of the figure"), max_length=200)

    class Meta(VersionedModel.Meta):
        verbose_name = _("figure of a policy")
        verbose_name_plural = _("figures of policies")
        ordering = ["policy_code", "name", "-from_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "policy_code", "name", "from_year"], name="policyfigure_once_a_year"
            ),
            models.CheckConstraint(
                name="policyfigure_year_is_plausible", condition=Q(from_year__gte=2000, from_year__lte=2100)
            ),
            models.CheckConstraint(name="policyfigure_is_not_negative", condition=Q(value__gte=0)),
            models.CheckConstraint(
                name="policyfigure_switch_is_0_or_1", condition=~Q(name="enabled") | Q(value__in=[0, 1])
            ),
            models.CheckConstraint(name="policyfigure_names_its_source", condition=~Q(source="")),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.policy_code} {self.name}"
