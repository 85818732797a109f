"""What a village's collective is to earn in a year."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.models import VersionedModel


class IncomeGoal(VersionedModel):
    """The county's goal for the yearly income of each village's collective, from a year on.

    Before the first one the goal that comes with the product holds. Units: yuan a year and village.
    """

    from_year = models.PositiveSmallIntegerField(_("from the year"))
    goal_yuan = models.DecimalField(_("goal (yuan a year)"), max_digits=14, decimal_places=2)
    source = models.CharField(_("source of the goal"), max_length=200)

    class Meta(VersionedModel.Meta):
        verbose_name = _("goal of the collective income")
        verbose_name_plural = _("goals of the collective income")
        ordering = ["-from_year"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "from_year"], name="incomegoal_once_a_year"),
            models.CheckConstraint(
                name="incomegoal_year_is_plausible", condition=Q(from_year__gte=2000, from_year__lte=2100)
            ),
            models.CheckConstraint(name="incomegoal_is_positive", condition=Q(goal_yuan__gt=0)),
            models.CheckConstraint(name="incomegoal_names_its_source", condition=~Q(source="")),
        ]

    @override
    def __str__(self) -> str:
        return str(self.from_year)
