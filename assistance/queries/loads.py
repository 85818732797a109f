"""How many households a helper may stand by in a year, and how many each stands by."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count

from assistance.definitions.loads import SHIPPED_LIMIT, SHIPPED_LIMITS
from assistance.models import HelperLoad, Pairing
from households.queries.history import covering
from registry.lib.periods import today

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class LoadLimits:
    """The limits that hold in a year, by rank."""

    by_rank: Mapping[str, int]

    def of(self, rank_code: str) -> int:
        """Give the limit of a rank: the county's own, else the one that comes with the product."""
        return self.by_rank.get(rank_code, SHIPPED_LIMITS.get(rank_code, SHIPPED_LIMIT))


def load_limits(year: int) -> LoadLimits:
    """Give the limits that hold in the year; of several of one rank the last begun one."""
    rows = HelperLoad.objects.filter(from_year__lte=year).order_by("from_year")
    return LoadLimits(dict(rows.values_list("rank_code", "household_limit")))


def loads_on_list() -> "QuerySet[HelperLoad]":
    """Give the county's limits, the newest first."""
    return HelperLoad.objects.order_by("-from_year", "rank_code")


def households_of_helpers() -> Mapping[UUID, int]:
    """Count the households by which each helper stands today, as lead or further helper."""
    rows = Pairing.objects.filter(covering(today()), helper__isnull=False).values("helper_id")
    return dict(rows.annotate(count=Count("id")).order_by().values_list("helper_id", "count"))
