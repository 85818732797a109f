"""News of periods for the apps above. Each callback runs inside the verb's transaction: what it raises undoes the verb.

A module that registers callbacks is loaded by its app's `ready`, so that web server, worker and commands all know them.
"""

from collections.abc import Callable

from periods.models import Period, Snapshot
from registry.tenancy.context import Actor

FrozenCallback = Callable[[Period, Snapshot, Actor], None]
PeriodCallback = Callable[[Period, Actor], None]

_frozen: list[FrozenCallback] = []
_failed: list[FrozenCallback] = []
_published: list[PeriodCallback] = []
_reopened: list[PeriodCallback] = []


def on_frozen(callback: FrozenCallback) -> FrozenCallback:
    """Call `callback(period, snapshot, actor)` when a period is frozen; a longer one has its last month's picture."""
    _frozen.append(callback)
    return callback


def on_freeze_failed(callback: FrozenCallback) -> FrozenCallback:
    """Call `callback(period, snapshot, actor)` when a freeze failed; the snapshot says why."""
    _failed.append(callback)
    return callback


def on_published(callback: PeriodCallback) -> PeriodCallback:
    """Call `callback(period, actor)` when a period is published; `period.snapshot` is the edition that counts."""
    _published.append(callback)
    return callback


def on_reopened(callback: PeriodCallback) -> PeriodCallback:
    """Call `callback(period, actor)` for each period that goes back to open; its editions stay readable."""
    _reopened.append(callback)
    return callback


def tell_frozen(period: Period, snapshot: Snapshot, actor: Actor) -> None:
    """Tell that a period was frozen."""
    for callback in _frozen:
        callback(period, snapshot, actor)


def tell_freeze_failed(period: Period, snapshot: Snapshot, actor: Actor) -> None:
    """Tell that a freeze failed."""
    for callback in _failed:
        callback(period, snapshot, actor)


def tell_published(period: Period, actor: Actor) -> None:
    """Tell that a period was published."""
    for callback in _published:
        callback(period, actor)


def tell_reopened(period: Period, actor: Actor) -> None:
    """Tell that a period was opened again."""
    for callback in _reopened:
        callback(period, actor)
