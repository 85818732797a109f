"""How many households a helper may stand by."""

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.models import VersionedModel

MOST_HOUSEHOLDS: Final = 200


class HelperLoad(VersionedModel):
    """The county's limit of households to a helper of a rank, from a year on; empty rank: whose rank nobody said.

    Shared by the whole county. Before the first one of a rank the limit that comes with the product holds, which is a
    proposal.
    """

    from_year = models.PositiveSmallIntegerField(_("from the year"))
    rank_code = models.CharField(
        _("rank"), max_length=20, blank=True, default="", help_text=_("Empty: helpers of whom no rank is on file.")
    )
    household_limit = models.PositiveSmallIntegerField(_("households at most"))
    source = models.CharField(_("source of the limit"), max_length=200)

    class Meta(VersionedModel.Meta):
        verbose_name = _("load limit of helpers")
        verbose_name_plural = _("load limits of helpers")
        ordering = ["-from_year", "rank_code"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "from_year", "rank_code"], name="helperload_once_a_year_and_rank"
            ),
            models.CheckConstraint(
                name="helperload_year_is_plausible", condition=Q(from_year__gte=2000, from_year__lte=2100)
            ),
            models.CheckConstraint(
                name="helperload_limit_is_plausible", condition=Q(household_limit__lte=MOST_HOUSEHOLDS)
            ),
            models.CheckConstraint(name="helperload_names_its_source", condition=~Q(source="")),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.from_year} {self.rank_code}"
