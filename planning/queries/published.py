"""Figures of need that counties published, for the authorities above them and for the county's own plan."""

from collections.abc import Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Q

from planning.queries.needs import VillageNeed
from registry.lib.gbcode import CodeRange
from registry.models import PublishedFigure

NEED_REPORT: Final = "village_need"


class CountyNeeds:
    """The newest figures of one county."""

    def __init__(self, row: PublishedFigure) -> None:
        self.county_code: str = row.tenant.code
        self.county_name: str = row.tenant.name
        self.published_at: datetime = row.published_at
        self.villages: list[VillageNeed] = [VillageNeed(**one) for one in row.figures["villages"]]


def needs_published_in(ranges: Sequence[CodeRange]) -> list[CountyNeeds]:
    """Give the newest figures of each county in the ranges, by code. It reads a platform table of villages' figures."""
    within = reduce(or_, (Q(tenant__code__gte=one.lo, tenant__code__lt=one.hi) for one in ranges), Q(pk__in=[]))
    rows = PublishedFigure.objects.filter(within, report=NEED_REPORT, tenant__is_active=True).select_related("tenant")
    return [CountyNeeds(row) for row in rows.order_by("tenant__code", "-month", "-edition").distinct("tenant__code")]
