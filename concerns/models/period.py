"""How long the county gives itself."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.models import VersionedModel


class ConcernPeriod(VersionedModel):
    """The county's own period for a kind of request, or for a step of a grievance.

    Before there is one, the period that comes with the product holds (`concerns/data/periods.toml`). What is on file
    keeps the day that it got.
    """

    code = models.CharField(_("kind of request, or step of a grievance"), max_length=20)
    days = models.PositiveSmallIntegerField(_("days"))
    counts_working_days = models.BooleanField(_("these are working days"), default=True)
    source = models.CharField(_("source of the period"), max_length=200)

    class Meta(VersionedModel.Meta):
        verbose_name = _("period of requests and grievances")
        verbose_name_plural = _("periods of requests and grievances")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="concernperiod_once_a_code"),
            models.CheckConstraint(name="concernperiod_is_plausible", condition=Q(days__gte=1, days__lte=366)),
            models.CheckConstraint(name="concernperiod_names_its_source", condition=~Q(source="") & ~Q(code="")),
        ]

    @override
    def __str__(self) -> str:
        return self.code
