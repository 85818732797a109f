"""The open findings of a county by village, severity and rule: as they are now, and as they were at a freeze."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from oversight.models import FindingCount
from oversight.queries.places import village_in_picture
from periods.models import Snapshot
from quality.enums import OPEN_STATES
from quality.models import Finding
from registry.lib.periods import day_of


@dataclass(frozen=True, slots=True)
class OpenFindings:
    """How many findings of a rule are open in a village, of how many households, and how many past their day."""

    village_code: str
    severity: str
    rule_code: str
    open_count: int
    late_count: int
    household_count: int


def open_findings(snapshot: Snapshot, *, on: date) -> list[OpenFindings]:
    """Count the findings that are open now, those of a household in the village of the picture. One statement."""
    return _counted(Finding.objects.filter(state__in=sorted(OPEN_STATES)), snapshot, on)


def findings_at(snapshot: Snapshot) -> Iterator[OpenFindings]:
    """Give the findings that were open when a picture was taken, as they were counted then.

    Of a picture older than that count, or with none, they follow from the findings: those on record by that moment and
    not closed by the end of its day. Two statements at most.
    """
    kept = list(
        FindingCount.objects.filter(snapshot=snapshot).values_list(
            "village_code", "severity", "rule_code", "open_count", "late_count", "household_count"
        )
    )
    if kept:
        return (OpenFindings(*row) for row in kept)
    moment = snapshot.taken_at or snapshot.created_at
    day = day_of(moment)
    seen = Finding.objects.filter(first_seen_on__lte=day, created_at__lte=moment)
    return iter(_counted(seen.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day)), snapshot, day))


def _counted(rows: "QuerySet[Finding]", snapshot: Snapshot, on: date) -> list[OpenFindings]:
    placed = rows.order_by().annotate(place=village_in_picture(snapshot))
    sums: QuerySet[Any, Any] = placed.values_list("place", "severity", "rule_code").annotate(
        open=Count("id"), late=Count("id", filter=Q(due_on__lt=on)), homes=Count("household_id", distinct=True)
    )
    return [OpenFindings(*row) for row in sums]
