"""Freeze a proposed change: what every kind of change request begins with."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.db import IntegrityError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from households.domain.locking import require_reason
from households.domain.refusals import constraint_refused
from households.enums import ChangeKind
from households.models import ChangeRequest, Household, Person
from registry.access import require
from registry.audit import record
from registry.lib.errors import DomainError, NotAllowed
from registry.tenancy.context import Actor, Notice, current_state
from registry.tenancy.scope import savepoint

Changes = Mapping[str, tuple[Any, Any]]
PROPOSED: Final = _("The change waits for a second person, who finds it under change requests.")


class _OnlyTrying(Exception):
    """Leaves the savepoint of a trial."""


def tried(act: Callable[[], Changes]) -> Changes:
    """Carry a change out, undo it, and give what it would change: proposal and application cannot disagree.

    Raises: whatever the change raises.
    """
    found: Changes = {}
    try:
        with savepoint():
            found = act()
            raise _OnlyTrying
    except _OnlyTrying:
        return found


def request_of(kind: ChangeKind, row: Person | Household, *, actor: Actor, reason: str) -> ChangeRequest:
    """Make the request of a kind for a locked row, not saved yet. Raises: NotAllowed, DomainError without a reason."""
    require(actor, "households.propose_change", row)
    if actor.user_id is None:
        raise NotAllowed("change.nobody", _("A change is proposed by a person or a client with an account."))
    return ChangeRequest(
        kind=kind,
        scope_code=row.scope_code,
        person=row if isinstance(row, Person) else None,
        household=row if isinstance(row, Household) else None,
        seen_version=row.version,
        reason=require_reason(reason),
        proposed_by=actor.user_id,
    )


def nothing_differs() -> DomainError:
    """Give the error of a proposal that changes nothing."""
    return DomainError("change.nothing", _("Nothing differs from what is on file. Enter what is to change."))


def open_request(request: ChangeRequest, changes: Changes, *, actor: Actor) -> ChangeRequest:
    """Save the request and audit; one of its kind is open at a time. Raises: Conflict."""
    try:
        with savepoint():
            request.save()
    except IntegrityError as error:
        raise constraint_refused(error) from error
    record("households.propose_change", request, actor=actor, changes=dict(changes), reason=request.reason)
    return request


def tell(sentence: str | Promise = PROPOSED) -> None:
    """Let the door say that what was entered is proposed and not on file yet."""
    current_state().notices.append(Notice("change.proposed", sentence))
