"""The list that a sample is drawn from, what was drawn, and what it shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from periods.enums import SnapshotPurpose, SnapshotState
from periods.models import FrozenHousehold, Snapshot
from registry.access import require
from registry.lib.errors import NotFound
from registry.tenancy.context import Actor
from sampling.definitions.drawing import Stratum, Unit
from sampling.definitions.estimate import Cell, Estimate, estimate
from sampling.enums import Group, Outcome
from sampling.models import SampleCell, SampleCheck, SampledHousehold

VIEW: Final = "sampling.view"
MOST_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class StratumLine:
    """A stratum with what its part of the sample shows; the line of all together has no township and no group."""

    township_code: str
    group: str
    shown: Estimate


def find_sample(sample_id: UUID, *, actor: Actor) -> SampleCheck:
    """Give a sample check of the county. Raises: NotAllowed; NotFound."""
    require(actor, VIEW)
    row = SampleCheck.objects.filter(pk=sample_id).first()
    if row is None:
        raise NotFound("sample.unknown", _("There is no such sample check."))
    return row


def samples() -> "QuerySet[SampleCheck]":
    """Give the sample checks of the county, the newest first."""
    return SampleCheck.objects.order_by("-announced_at", "-id")


def snapshots_to_draw_from() -> "QuerySet[Snapshot]":
    """Give the pictures that are kept for good, from which a sample can be drawn, the newest first."""
    rows = Snapshot.objects.filter(state=SnapshotState.MADE, purpose=SnapshotPurpose.PERIOD)
    return rows.order_by("-as_of", "-created_at", "-id")


def frame_of(snapshot: Snapshot) -> Iterator[Unit]:
    """Give the households of the list: filed ones and those monitored, each in one stratum."""
    rows = FrozenHousehold.objects.filter(snapshot=snapshot).filter(~Q(stock="") | Q(is_monitored=True))
    columns = ("household_id", "number", "village_code", "stock", "is_monitored")
    for household_id, number, village, stock, is_monitored in rows.order_by("number").values_list(*columns).iterator():
        group = Group.MONITORED.value if is_monitored else stock
        yield Unit(household_id, number, village, Stratum(village[:9] + "000", group))


def households_drawn(sample: SampleCheck, *, open_only: bool = False) -> "QuerySet[SampledHousehold]":
    """Give the households drawn that lie in the scope, village by village."""
    rows = SampledHousehold.objects.filter(sample=sample).select_related("household")
    rows = rows.filter(outcome=Outcome.OPEN) if open_only else rows
    return rows.order_by("village_code", "place")


def find_drawn(drawn_id: UUID, *, actor: Actor) -> SampledHousehold:
    """Give a household that was drawn. Raises: NotAllowed; NotFound, whether it is unknown or out of reach."""
    require(actor, VIEW)
    row = SampledHousehold.objects.select_related("sample", "household").filter(pk=drawn_id).first()
    if row is None:
        raise NotFound("sample.no_such_household", _("There is no such household in a sample of your area."))
    return row


def cells_of(sample: SampleCheck) -> dict[Stratum, list[Cell]]:
    """Give the cells of each stratum in scope, with what was found so far, by one query.

    Households that have moved out of the scope since they were drawn count too.
    """
    rows = SampleCell.objects.filter(sample=sample)
    found: dict[Stratum, list[Cell]] = {}
    columns = ("township_code", "group", "households", "drawn", "tallies__checked", "tallies__wrong")
    for township, group, *counts in rows.order_by("township_code", "group", "village_code").values_list(*columns):
        found.setdefault(Stratum(township, group), []).append(Cell(*counts))
    return found


def groups_of_cells(sample: SampleCheck) -> dict[UUID, str]:
    """Give the group of each cell in scope."""
    return dict(SampleCell.objects.filter(sample=sample).values_list("id", "group").order_by())


def lines_of(sample: SampleCheck) -> list[StratumLine]:
    """Give a line for each stratum in scope, and last one for all of them."""
    cells = cells_of(sample)
    lines = [StratumLine(one.township_code, one.group, estimate(found)) for one, found in cells.items()]
    return [*lines, StratumLine("", "", estimate(cell for found in cells.values() for cell in found))]


def sections_found(sample: SampleCheck) -> dict[str, int]:
    """Count the households by the section in which something is wrong; those that were drawn in the scope."""
    found: dict[str, int] = {}
    wrong = SampledHousehold.objects.filter(cell__sample=sample, outcome=Outcome.WRONG)
    rows: Any = wrong.values_list("wrong_codes", flat=True)
    for codes in rows:
        for code in codes:
            found[code] = found.get(code, 0) + 1
    return found
