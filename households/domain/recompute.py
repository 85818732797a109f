"""Compute the incomes of a year again after the county changed its shares of cost or its rules of income.

Nothing changes by itself: the office sees first how many households would have another figure, and then asks for it.
The one computation stays `households.queries.derivation`; what is read and written is read and written by batches.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from households.definitions.income_items import BUSINESS, PROPERTY, TRANSFER, WAGE
from households.domain.coefficients import MANAGE
from households.domain.locking import count_versions_up
from households.enums import HouseholdStatus
from households.models import Household, HouseholdYear, IncomeLine, YearLine
from households.queries.derivation import derive
from households.queries.income import (
    cost_ratios,
    counting_rules,
    counts_by_default,
    figures_mark,
    items_of,
    ledger_line,
)
from households.queries.recompute import KIND
from registry.access import require
from registry.audit import record
from registry.enums import JobState
from registry.jobs import Progress, enqueue
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.periods import today
from registry.models import Job
from registry.tenancy.context import Actor
from registry.tenancy.models import new_id

RECOMPUTE_JOB: Final = KIND
_AT_ONCE: Final = 2000
_FIGURES: Final = {
    "wage_income_yuan": WAGE,
    "business_income_yuan": BUSINESS,
    "property_income_yuan": PROPERTY,
    "transfer_income_yuan": TRANSFER,
}
_COLUMNS: Final = (*_FIGURES, "business_cost_yuan", "net_per_head_yuan")
_WRITE_YEARS: Final = f"""
UPDATE households_householdyear AS y SET {", ".join(f"{name} = v.{name}" for name in _COLUMNS)}
FROM unnest(%s::uuid[], {", ".join("%s::numeric[]" for _name in _COLUMNS)}) AS v (id, {", ".join(_COLUMNS)})
WHERE y.tenant_id = %s AND y.id = v.id"""  # noqa: S608  (put together from constants of ours alone)
_WRITE_LINES: Final = """
UPDATE households_incomeline AS l SET counts_toward_net = NOT l.counts_toward_net
WHERE l.tenant_id = %s AND l.id = ANY(%s)"""


@dataclass(slots=True)
class Recomputed:
    """How many households of a year have lines, and whose figure changes; `below` and `above` the monitoring line."""

    year: int
    mark: str
    asked: int = 0
    changed: int = 0
    raised: int = 0
    lowered: int = 0
    lines: int = 0
    newly_below: int = 0
    newly_above: int = 0


@dataclass(slots=True)
class _Batch:
    """What differs in one batch of households."""

    years: list[tuple[UUID, tuple[Decimal, ...]]] = field(default_factory=list)
    lines: list[UUID] = field(default_factory=list)
    households: set[UUID] = field(default_factory=set)


def ask_for_preview(year: int, *, actor: Actor) -> Job:
    """Queue the count of what would change; nothing is written. Raises: NotAllowed, DomainError."""
    require(actor, MANAGE)
    _require_year(year)
    arguments = {"year": str(year), "mark": figures_mark(year)}
    return enqueue(RECOMPUTE_JOB, key=f"preview:{new_id()}", arguments=arguments, actor=actor)


def ask_for_recomputation(preview_id: UUID, *, actor: Actor) -> Job:
    """Queue the change that a preview counted, once; it is refused when the figures changed since.

    Raises: NotFound, NotAllowed, Conflict.
    """
    require(actor, MANAGE)
    preview = Job.objects.filter(kind=RECOMPUTE_JOB, key__startswith="preview:", pk=preview_id).first()
    if preview is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    if preview.state != JobState.DONE:
        raise Conflict("recompute.not_counted", _("It is not counted yet what would change. Wait for it."))
    year, mark = int(preview.arguments["year"]), preview.arguments["mark"]
    _require_mark(year, mark)
    arguments = {"year": str(year), "mark": mark, "apply": "yes"}
    return enqueue(RECOMPUTE_JOB, key=f"apply:{preview.pk}", arguments=arguments, actor=actor)


def preview_recomputation(year: int, *, actor: Actor, progress: Progress | None = None) -> Recomputed:
    """Count what computing the incomes of a year again would change. Raises: NotAllowed, DomainError."""
    require(actor, MANAGE)
    return _run(year, actor, progress or Progress(), writes=False)


def recompute_incomes(year: int, *, mark: str, actor: Actor, progress: Progress | None = None) -> Recomputed:
    """Compute the incomes of a year again from their lines; households that are closed keep their figures.

    A line that follows the rule follows the one of now; one that says otherwise stays. Locks: the households with lines
    of the year, by batches in the order of their ids. Raises: NotAllowed; Conflict when the figures are not those of
    `mark`; DomainError.
    """
    require(actor, MANAGE)
    _require_mark(year, mark)
    found = _run(year, actor, progress or Progress(), writes=True)
    if found.changed:
        shown = {name: (None, value) for name, value in asdict(found).items() if name != "mark"}
        kind = "households.household"
        record("households.recompute_incomes", actor=actor, changes=shown, count=found.changed, object_type=kind)
    return found


def _require_year(year: int) -> None:
    if not 2000 <= year <= today().year:
        message = _("The year has not begun yet. Enter this year or an earlier one.")
        raise DomainError("year.in_future", message, field="year")


def _require_mark(year: int, mark: str) -> None:
    if figures_mark(year) != mark:
        message = _("The county's figures of this year changed since it was counted. Count again, and then decide.")
        raise Conflict("recompute.figures_changed", message)


def _run(year: int, actor: Actor, progress: Progress, *, writes: bool) -> Recomputed:
    found = Recomputed(year, figures_mark(year))
    total = Household.objects.filter(_with_lines(year)).count()
    for households in _batches(year, writes=writes):
        batch = _compare(year, households, found)
        if writes and batch.households:
            _write(batch, actor)
        found.asked += len(households)
        progress.report(found.asked, total)
    return found


def _with_lines(year: int) -> Any:  # noqa: ANN401  (a condition of a query)
    lines = IncomeLine.objects.filter(tenant_id=OuterRef("tenant_id"), household_id=OuterRef("pk"), year=year)
    return ~Q(status=HouseholdStatus.CLOSED) & Exists(lines)


def _batches(year: int, *, writes: bool) -> Iterator[list[UUID]]:
    """Give the households with lines of the year by batches, locked where their incomes are written."""
    last: UUID | None = None
    while True:
        rows = Household.objects.filter(_with_lines(year)).order_by("id")
        rows = rows if last is None else rows.filter(id__gt=last)
        rows = rows.select_for_update(of=("self",)) if writes else rows
        batch = list(rows.values_list("id", flat=True)[:_AT_ONCE])
        if not batch:
            return
        yield batch
        last = batch[-1]


def _compare(year: int, households: list[UUID], found: Recomputed) -> _Batch:
    """Derive each income of a batch anew, and note where it differs from what is on file."""
    items, ratios, rules = items_of(year), cost_ratios([year])[year], counting_rules([year])[year]
    line = YearLine.objects.filter(year=year, withdrawn_on=None).first()
    limit = line.monitoring_line_yuan if line else None
    lines: defaultdict[UUID, list[IncomeLine]] = defaultdict(list)
    for told in IncomeLine.objects.filter(household__in=households, year=year).order_by("id"):
        lines[told.household_id].append(told)
    batch = _Batch()
    years = HouseholdYear.objects.filter(household__in=households, year=year, person_count__gt=0, is_declared=False)
    for row in years.only("id", "household_id", "person_count", "tenant_id", *_COLUMNS):
        turned = []
        for one in lines[row.household_id]:
            counts = one.counts_toward_net if one.counts_by_exception else counts_by_default(one.item_code, rules)
            if counts != one.counts_toward_net:
                turned.append(one.pk)
                one.counts_toward_net = counts
        ledger = [ledger_line(one) for one in lines[row.household_id]]
        derived = derive(ledger, items=items, ratios=ratios, person_count=row.person_count or 1)
        values = (*(derived.classes[name] for name in _FIGURES.values()), derived.cost_yuan, derived.net_per_head_yuan)
        if turned or any(getattr(row, name) != value for name, value in zip(_COLUMNS, values, strict=True)):
            batch.years.append((row.pk, values))
            batch.lines += turned
            batch.households.add(row.household_id)
            _count(found, row.net_per_head_yuan, derived.net_per_head_yuan, limit)
            found.lines += len(turned)
    return batch


def _count(found: Recomputed, before: Decimal | None, after: Decimal, limit: Decimal | None) -> None:
    found.changed += 1
    if before is None:
        return
    found.raised += after > before
    found.lowered += after < before
    if limit is not None:
        found.newly_below += after < limit <= before
        found.newly_above += before < limit <= after


def _write(batch: _Batch, actor: Actor) -> None:
    ids = [row_id for row_id, _values in batch.years]
    columns = [list(column) for column in zip(*(values for _id, values in batch.years), strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(_WRITE_YEARS, [ids, *columns, actor.tenant_id])
        if batch.lines:
            cursor.execute(_WRITE_LINES, [actor.tenant_id, batch.lines])
    count_versions_up(batch.households)
