"""What counties published: county totals of finished runs, the only thing that prefecture and province see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from registry.lib.gbcode import CodeRange
from registry.models import PublishedFigure


@dataclass(frozen=True, slots=True)
class PublishedTotals:
    """The totals of one county and month in their last edition."""

    county_code: str
    county_name: str
    report_id: str
    month: date
    edition: int
    published_at: datetime
    figures: Mapping[str, Any]


def published_totals_in(ranges: Sequence[CodeRange], report_id: str, *, month: date) -> list[PublishedTotals]:
    """Give the last editions of one month of the counties in the ranges, by county.

    It reads a platform table of county totals; no tenant's row is touched.
    """
    rows = _published(ranges, report_id).filter(month=month).select_related("tenant")
    last = rows.order_by("tenant__code", "-edition").distinct("tenant__code")
    return [
        PublishedTotals(
            row.tenant.code, row.tenant.name, row.report, row.month, row.edition, row.published_at, row.figures
        )
        for row in last
    ]


def published_months(ranges: Sequence[CodeRange], report_id: str) -> list[date]:
    """Give the months of which anything was published in the ranges, the newest first."""
    rows = _published(ranges, report_id).order_by("-month")
    return list(rows.values_list("month", flat=True).distinct())


def _published(ranges: Sequence[CodeRange], report_id: str) -> "QuerySet[PublishedFigure]":
    within = reduce(or_, (Q(tenant__code__gte=one.lo, tenant__code__lt=one.hi) for one in ranges), Q(pk__in=[]))
    return PublishedFigure.objects.filter(within, report=report_id)
