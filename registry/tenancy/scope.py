"""Open a tenant's scope: the one way to its rows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from registry.tenancy.context import Actor, ScopeState, current_state, open_scope
from registry.tenancy.database import apply_scope, see_one_picture

Closer = Callable[[ScopeState], None]
_closers: list[Closer] = []


def on_scope_close(closer: Closer) -> Closer:
    """Register what is written last in each scope, before it commits."""
    _closers.append(closer)
    return closer


@contextmanager
def tenant_scope(actor: Actor) -> Iterator[Actor]:
    """Open a transaction, or a savepoint of the open one, in the scope of `actor`; restore the former scope on exit.

    One round trip sets the scope. Pending audit events are written last, by the outermost scope, so that no counter is
    locked while work goes on. After an error everything that was done inside is undone, and with it the database's
    settings.
    """
    former = open_scope.state
    joins = connection.in_atomic_block
    state = ScopeState(actor)
    with transaction.atomic():
        apply_scope(actor)
        open_scope.state = state
        try:
            yield actor
            if former is None:
                _close(state)
        finally:
            open_scope.state = former
        if former is not None:
            former.pending.extend(state.pending)
            former.notices.extend(state.notices)
        if joins:
            apply_scope(former.actor if former else None)


@contextmanager
def snapshot_scope(actor: Actor) -> Iterator[Actor]:
    """Open a transaction in the scope of `actor` all of whose statements see the database as it stood at one moment.

    No event may be recorded inside: the county's counter of events, like every row that others change meanwhile, could
    not be written. So what is seen is written as new rows here, and what follows from it in a scope of its own after
    this one. Inside a transaction that no scope opened, a test's, it joins that one with the isolation it has.
    """
    if open_scope.state is not None:
        raise RuntimeError("A scope that sees one picture is the outermost: its transaction begins with it.")
    joins = connection.in_atomic_block
    with transaction.atomic():
        if not joins:
            see_one_picture()
        with tenant_scope(actor):
            yield actor
            if open_scope.state is not None and open_scope.state.pending:
                raise RuntimeError("No event is recorded inside a scope that sees one picture.")


def _close(state: ScopeState) -> None:
    for closer in _closers:
        closer(state)


@contextmanager
def lent_scope(actor: Actor) -> Iterator[None]:
    """Work for a moment in another actor's scope while a scope closes, without closing anything on exit."""
    former = current_state()
    if former.actor == actor:
        yield
        return
    apply_scope(actor)
    open_scope.state = ScopeState(actor)
    try:
        yield
    finally:
        open_scope.state = former
    apply_scope(former.actor)


@contextmanager
def savepoint() -> Iterator[None]:
    """Try something inside a scope: after an error its writes, audit events and notices are gone; the scope goes on."""
    state = open_scope.state
    mark, told, version = (len(state.pending), len(state.notices), state.index_version) if state else (0, 0, None)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        if state is not None:
            del state.pending[mark:]
            del state.notices[told:]
            state.index_version = version  # a version first asked for inside is held no longer
        raise
