"""The freeze of a period: asked for, made as one picture, finished or failed.

It has two transactions. The first sees one moment of the database (REPEATABLE READ) and writes the picture, the
bookings and their proof. The second, a short one, says that the period is frozen: it writes rows that others write
meanwhile too (the counter of the audit trail, the job), which the first may not. A worker lost between them, or in the
first, is followed by another one that goes on; a failed freeze leaves the period closing.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from periods.definitions.calendar import UNIONS
from periods.domain.freezing import fill_snapshot, mark_made
from periods.domain.scope import require_whole_county
from periods.domain.writing import locked_period, step, written
from periods.enums import PeriodKind, PeriodState, SnapshotPurpose, SnapshotState
from periods.hooks import tell_freeze_failed, tell_frozen
from periods.models import Period, Snapshot
from periods.queries.bookings import Difference, book_postings, differences
from periods.queries.periods import (
    first_frozen_month,
    latest_frozen_month,
    missing_months,
    month_period,
    months_of,
    picture_of,
    running_freeze,
)
from periods.workflow import FIXED
from registry import audit
from registry.access import require
from registry.jobs import Progress, enqueue
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.messages import gettext_lazy as sentence
from registry.lib.periods import Month, today
from registry.queries.divisions import division_names
from registry.tenancy.context import Actor

FREEZE_JOB: Final = "periods.freeze"
MOST_NAMED: Final = 5
_STEPS: Final = 4


class BooksDoNotClose(DomainError):
    """Books and picture of a period disagree: it is not frozen, and no figure goes out."""


def start_freeze(period_id: UUID, *, actor: Actor, version: int | None = None) -> Snapshot:
    """Ask for the freeze of a period and give its picture, which a worker makes; a quarter or longer is frozen at once.

    Locks: the period. Raises: NotFound, NotAllowed, StaleVersion; Conflict when it is frozen, while another freeze
    runs, or out of turn; DomainError before its last day is over.
    """
    require(actor, "periods.freeze")
    require_whole_county(actor)
    row = locked_period(period_id, version)
    _require_ready(row)
    if row.kind in UNIONS:
        return _freeze_union(row, actor=actor)
    former = _former_of(row) if row.kind == PeriodKind.MONTH else None
    snapshot = Snapshot(
        purpose=SnapshotPurpose.PERIOD,
        period=row,
        former=former,
        edition=_next_edition(row),
        as_of=row.last_day,
        asked_by_id=actor.user_id,
        scope_code=actor.tenant_code,
    )
    written(snapshot.save)
    if row.state == PeriodState.OPEN:
        step(row, PeriodState.CLOSING, "periods.close", actor=actor)
    audit.record("periods.start_freeze", row, actor=actor, changes={"edition": (None, snapshot.edition)})
    enqueue(FREEZE_JOB, key=str(snapshot.pk), arguments={"snapshot_id": str(snapshot.pk)}, actor=actor)
    return snapshot


def _require_ready(row: Period) -> None:
    if row.state in FIXED:
        raise Conflict("period.is_frozen", _("%(period)s is frozen already; its figures stand.") % {"period": row.name})
    if row.last_day >= today():
        message = _("%(period)s lasts until %(day)s. It can be frozen once that day is over.")
        raise DomainError("period.not_over", message % {"period": row.name, "day": row.last_day.isoformat()})
    running = running_freeze()
    if running is not None and running.period is not None:
        message = _("%(period)s is being frozen. One period of a county is frozen at a time; start again afterwards.")
        raise Conflict("period.freeze_runs", message % {"period": running.period.name})


def _former_of(row: Period) -> Snapshot | None:
    """Give the picture on which a month opens; months are frozen one after the other, without a gap."""
    first, latest = first_frozen_month(), latest_frozen_month()
    if first is None or latest is None:
        return None
    if row.last_day < first.first_day:
        raise _before_first(row.name, first)
    expected = latest.last_day + timedelta(days=1)
    if row.first_day != expected:
        message = _(
            "%(missing)s is not frozen yet. Months are frozen one after the other: freeze %(missing)s first, or ask "
            "for the clear account of %(period)s, which freezes the months between."
        )
        raise Conflict("period.out_of_turn", message % {"missing": str(Month.of(expected)), "period": row.name})
    return picture_of(latest)


def _freeze_union(row: Period, *, actor: Actor) -> Snapshot:
    """Freeze a quarter, half-year or year: the union of its months, which shows what stood at the end of the last."""
    month_to_freeze(Month.of(row.first_day), asked=row.name)
    missing = missing_months(row)
    if missing:
        message = _("%(period)s needs all its months, and these are not frozen yet: %(months)s.")
        names = ", ".join(str(month) for month in missing)
        raise Conflict("period.months_missing", message % {"period": row.name, "months": names})
    snapshot = picture_of(months_of(row)[-1])
    if row.state == PeriodState.OPEN:
        step(row, PeriodState.CLOSING, "periods.close", actor=actor)
    _fix(row, snapshot, actor=actor)
    return snapshot


def _fix(row: Period, snapshot: Snapshot, *, actor: Actor) -> None:
    row.snapshot, row.frozen_at = snapshot, timezone.now()
    step(row, PeriodState.FROZEN, "periods.freeze", actor=actor, fields=("snapshot", "frozen_at"))
    tell_frozen(row, snapshot, actor)


def _next_edition(row: Period) -> int:
    made = Snapshot.objects.filter(period=row, state=SnapshotState.MADE)
    return int(made.aggregate(last=Max("edition"))["last"] or 0) + 1


def take_picture(snapshot_id: UUID, *, actor: Actor, progress: Progress) -> None:
    """Take the picture of a freeze that was asked for, with bookings and proof, in a scope that sees one moment.

    One that is taken already is left alone, and so is one that failed. A second worker that comes while the first is at
    work is refused by the lock of the picture, and tries again. Locks: the picture.
    Raises: NotAllowed, BooksDoNotClose.
    """
    require(actor, "periods.freeze")
    require_whole_county(actor)
    rows = Snapshot.objects.select_for_update(of=("self",), nowait=True).select_related("period")
    snapshot = rows.filter(pk=snapshot_id, purpose=SnapshotPurpose.PERIOD, period__isnull=False).first()
    if snapshot is None or snapshot.period is None or snapshot.state != SnapshotState.MAKING or snapshot.checksum:
        return
    progress.report(1, _STEPS)
    fill_snapshot(snapshot, actor=actor)
    progress.report(2, _STEPS)
    book_postings(snapshot, snapshot.period)
    _require_proof(differences(snapshot, snapshot.period))
    progress.report(3, _STEPS)


def _require_proof(found: Sequence[Difference]) -> None:
    """Go on only where the books close at what stands in the picture.

    Raises: BooksDoNotClose, which names villages and figures: that is where to look.
    """
    if not found:
        return
    names = division_names(sorted({item.village_code for item in found}))
    named = "; ".join(str(_sentence(item, names)) for item in found[:MOST_NAMED])
    raise BooksDoNotClose(
        "period.does_not_close",
        sentence(
            "The period was not frozen, for ledger and register disagree in %(number)s places: %(differences)s. "
            "Look at the households changed last in these places, or tell the system administrator."
        )
        % {"number": len(found), "differences": named},
    )


def _sentence(item: Difference, names: Mapping[str, str]) -> object:
    return sentence(
        "%(stock)s in %(division)s: the ledger closes at %(posted_households)s households and "
        "%(posted_persons)s persons, the register counts %(households)s and %(persons)s"
    ) % {
        "stock": item.stock,
        "division": f"{names.get(item.village_code, '')} {item.village_code}".strip(),
        "posted_households": item.posted_households,
        "posted_persons": item.posted_persons,
        "households": item.counted_households,
        "persons": item.counted_persons,
    }


def finish_freeze(snapshot_id: UUID, *, actor: Actor, progress: Progress) -> Snapshot:
    """Say that a period is frozen whose picture was taken; from now on its figures stand.

    Locks: the picture, the period. Raises: NotFound; Conflict when the picture failed or was never taken.
    """
    snapshot = _locked(snapshot_id)
    if snapshot.state != SnapshotState.MAKING or not snapshot.checksum or snapshot.period_id is None:
        raise Conflict("period.freeze_over", _("This freeze is over. Load the page of the period again."))
    row = locked_period(snapshot.period_id)
    mark_made(snapshot)
    _fix(row, snapshot, actor=actor)
    progress.report(_STEPS, _STEPS)
    return snapshot


def fail_freeze(snapshot_id: UUID, code: str, message: object, *, actor: Actor) -> None:
    """Note why a period could not be frozen; it stays closing, and can be frozen again.

    Locks: the picture, the period.
    """
    snapshot = Snapshot.objects.select_for_update(of=("self",)).filter(pk=snapshot_id).first()
    if snapshot is None or snapshot.state != SnapshotState.MAKING or snapshot.period_id is None:
        return
    row = locked_period(snapshot.period_id)
    snapshot.state, snapshot.error_code, snapshot.error = SnapshotState.FAILED, code[:100], message
    snapshot.save(update_fields=["state", "error_code", "error"])
    audit.record("periods.fail_freeze", row, actor=actor, changes={"error_code": ("", code)})
    tell_freeze_failed(row, snapshot, actor)


def _locked(snapshot_id: UUID) -> Snapshot:
    snapshot = Snapshot.objects.select_for_update(of=("self",)).filter(pk=snapshot_id).first()
    if snapshot is None:
        raise NotFound("period.no_such_picture", _("There is no such picture of the register."))
    return snapshot


def month_to_freeze(month: Month, *, asked: str = "") -> Month | None:
    """Name the month that is to be frozen next so that `month` will be; None when it is frozen.

    A refusal names what was `asked` for, where that is longer than the month.
    Raises: Conflict for a month before the first account of the county.
    """
    period = month_period(month)
    if period is not None and period.state in FIXED:
        return None
    first, latest = first_frozen_month(), latest_frozen_month()
    if first is None or latest is None:
        return month
    if month < first:
        raise _before_first(asked or str(month), first)
    return Month.of(latest.last_day).next


def _before_first(period: str, first: Month) -> Conflict:
    message = _("The accounts of this county begin with %(first)s, and %(period)s begins before. Choose a later one.")
    return Conflict("period.before_first", message % {"first": str(first), "period": period})
