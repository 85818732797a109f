"""What boards count by village, kept from one page to the next.

A board names how it counts some villages. What was counted is kept for the day; triggers on the tables that it counts
mark a village in which something changed, and it alone is counted anew. So a board costs the same in a county of 1,000
households as in one of 60,000 (docs/decisions/0232).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final

from django.db import connection
from django.db.models import Exists, OuterRef
from django.db.models.fields.json import KeyTransform
from django.utils import timezone

from registry.jobs import start_due
from registry.lib.periods import next_at, today
from registry.models import Tally, TallyMark
from registry.tenancy.context import current_actor, current_tenant_id
from registry.tenancy.models import new_id

Figures = Mapping[str, int]
Counter = Callable[[date, Sequence[str]], Mapping[str, Figures]]

NIGHT_DUE: Final = "registry.tallies"
# A house rule: the first minutes of the day, of which no figure is kept yet.
NIGHT: Final = time(0, 10)
# The lock of a village whose figures are being kept; 1,000,000 + the tenant, beside the locks of two other numbers.
LOCKS: Final = 1_000_000
_counters: Final[dict[str, Counter]] = {}


def tallying(board: str) -> Callable[[Counter], Counter]:
    """Register how a board counts some villages on a day: by village, its numbers by name, or nothing.

    It reads no column that does not mark (`MarkTallies`). What an older release kept today is shown by a newer one:
    whoever changes what is counted, or how its numbers are called, gives the board another name.
    """

    def register(counter: Counter) -> Counter:
        if board in _counters:
            raise ValueError(f"The board {board} is named twice.")
        _counters[board] = counter
        return counter

    return register


def boards() -> dict[str, Counter]:
    """Give how each board counts, by its name."""
    return dict(_counters)


def tallies(board: str, villages: Collection[str]) -> dict[str, Figures]:
    """Give today's figures of a board by village, for those who see these villages whole."""
    day, codes = today(), sorted(villages)
    known = {code: figures for code, figures in _kept(board, day, codes).items() if figures is not None}
    missing = [code for code in codes if code not in known]
    return known | (_counted(board, day, missing) if missing else {})


def begin_nights() -> None:
    """Let the nights of the county in scope begin; where they have begun they stay."""
    start_due(current_tenant_id(), NIGHT_DUE, "", next_night(timezone.now()))


def next_night(now: datetime) -> datetime:
    """Give the next moment at which the figures of the day are counted by themselves."""
    return next_at(now, NIGHT)


def count_all() -> int:
    """Count for the day what was ever asked, and take away the marks of all other villages.

    Gives the number of boards.
    """
    asked: dict[str, list[str]] = {}
    for code, figures in Tally.objects.values_list("scope_code", "figures"):
        for board in figures.keys() & _counters.keys():
            asked.setdefault(board, []).append(code)
    for board, codes in sorted(asked.items()):
        tallies(board, codes)
    unasked = TallyMark.objects.exclude(scope_code__in=Tally.objects.values("scope_code"))
    idle = _lock(sorted(set(unasked.values_list("scope_code", flat=True))))
    _unmark(list(unasked.filter(scope_code__in=idle).values_list("scope_code", flat=True)))
    return len(asked)


def _kept(board: str, day: date, codes: Sequence[str]) -> dict[str, Figures | None]:
    """Read the figures of one board alone: those of the others may be many."""
    marked = TallyMark.objects.filter(tenant=OuterRef("tenant_id"), scope_code=OuterRef("scope_code"))
    rows = Tally.objects.filter(~Exists(marked), day=day, scope_code__in=codes)
    return dict(rows.values_list("scope_code", KeyTransform(board, "figures")))


def _counted(board: str, day: date, codes: Sequence[str]) -> dict[str, Figures]:
    """Count villages and keep what was counted.

    The marks are taken away before the count: what is committed after it leaves its own. Two who count the same village
    would keep an older figure over a newer one: whoever comes second counts and keeps nothing.
    """
    mine = _lock(codes)
    fresh = set(mine) - _unmark(mine)
    found = _counters[board](day, codes)
    figures: dict[str, Figures] = {code: found.get(code, {}) for code in codes}
    before = dict(Tally.objects.filter(day=day, scope_code__in=fresh).values_list("scope_code", "figures"))
    kept: list[Any] = [
        Tally(id=new_id(), scope_code=code, day=day, figures={**before.get(code, {}), board: dict(figures[code])})
        for code in mine
    ]
    Tally.objects.bulk_create(
        kept, update_conflicts=True, unique_fields=["tenant", "scope_code"], update_fields=["day", "figures"]
    )
    return figures


def _unmark(codes: Sequence[str]) -> set[str]:
    """Take the marks of villages away, and name those that had any."""
    statement = "DELETE FROM registry_tallymark WHERE tenant_id = %s AND scope_code = ANY(%s) RETURNING scope_code"
    with connection.cursor() as cursor:
        cursor.execute(statement, [current_tenant_id(), list(codes)])
        return {row[0] for row in cursor.fetchall()}


def _lock(codes: Sequence[str]) -> list[str]:
    """Lock those villages that nobody else is counting, until the end of the transaction."""
    if not codes:
        return []
    statement = "SELECT code FROM unnest(%s::text[]) AS code WHERE pg_try_advisory_xact_lock(%s, hashtext(code))"
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(codes), LOCKS + current_actor().tenant_id])
        return [row[0] for row in cursor.fetchall()]
