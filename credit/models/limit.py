"""How much a household may borrow, and for how long."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.models import VersionedModel


class LoanLimit(VersionedModel):
    """The county's limits for loans granted from a year on; before the first one those of the product hold."""

    from_year = models.PositiveSmallIntegerField(_("from the year"))
    most_yuan = models.DecimalField(_("at most (yuan a loan)"), max_digits=14, decimal_places=2)
    most_months = models.PositiveSmallIntegerField(_("for at most (months)"))
    source = models.CharField(_("source of the limits"), max_length=200)

    class Meta(VersionedModel.Meta):
        verbose_name = _("limit of micro-credit")
        verbose_name_plural = _("limits of micro-credit")
        ordering = ["-from_year"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "from_year"], name="loanlimit_once_a_year"),
            models.CheckConstraint(
                name="loanlimit_year_is_plausible", condition=Q(from_year__gte=2000, from_year__lte=2100)
            ),
            models.CheckConstraint(name="loanlimit_is_positive", condition=Q(most_yuan__gt=0, most_months__gt=0)),
            models.CheckConstraint(name="loanlimit_names_its_source", condition=~Q(source="")),
        ]

    @override
    def __str__(self) -> str:
        return str(self.from_year)
