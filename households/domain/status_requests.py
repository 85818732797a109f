"""Propose a change of status or monitoring outside a dossier, and carry out what a second person decided."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final
from uuid import UUID

from households.domain.change_opening import Changes, open_request, request_of, tell, tried
from households.domain.change_rules import status_takes_two
from households.domain.locking import lock_household
from households.domain.monitoring import identify_for_monitoring, relapse, remove_risk
from households.domain.procedure import decided
from households.domain.status import change_status
from households.enums import ChangeKind
from households.models import ChangeRequest, Household
from households.queries.visibility import find_household
from registry.tenancy.context import Actor

_MONITORING: Final[dict[str, Callable[..., Household]]] = {
    "identify": identify_for_monitoring,
    "remove_risk": remove_risk,
    "relapse": relapse,
}
_COLUMNS: Final = ("status", "monitoring_state", "monitoring_code")


def propose_status(
    household_id: UUID, name: str, *, actor: Actor, on: date, reason: str, version: int | None, code: str = ""
) -> ChangeRequest:
    """Freeze one transition of the status or monitoring table from the day `on`, for a second person to decide.

    `code` is the category or the manner of a monitoring transition, or the cause of a return. It is tried first, so
    that what cannot be done is not proposed.
    Locks: the household row. Raises: NotFound, NotAllowed, StaleVersion, and what the transition raises.
    """
    action = "households.monitor" if name in _MONITORING else "households.change_status"
    household = lock_household(household_id, action, actor=actor, version=version)
    request = request_of(ChangeKind.STATUS, household, actor=actor, reason=reason)
    request.proposal = {"transition": name, "on": on.isoformat(), "code": code}
    found = tried(lambda: _carry_out(request, household, actor))
    request.changes = {column: list(pair) for column, pair in found.items()}
    return open_request(request, {**found, "effective_on": (None, on)}, actor=actor)


def change_or_propose_status(
    household_id: UUID, name: str, *, actor: Actor, on: date, reason: str, version: int | None, code: str = ""
) -> Household:
    """Do a transition, or propose it where the county's rule asks a second person; then the door tells so.

    Locks: the household row. Raises: as the transition and `propose_status`.
    """
    if not status_takes_two():
        return _transition(household_id, name, code, actor=actor, on=on, reason=reason, version=version)
    propose_status(household_id, name, actor=actor, on=on, reason=reason, version=version, code=code)
    tell()
    return find_household(household_id, actor=actor)


def apply_status(request: ChangeRequest, target: Household, *, actor: Actor) -> None:
    """Do the transition that was decided, by its own verb and with its own postings. Part of a verb."""
    _carry_out(request, target, actor)


def _carry_out(request: ChangeRequest, household: Household, actor: Actor) -> Changes:
    """Do the transition of a request and give what it changed of the household."""
    before = {name: getattr(household, name) for name in _COLUMNS}
    told: dict[str, Any] = request.proposal
    with decided(household.pk):
        after = _transition(
            household.pk,
            told["transition"],
            told["code"],
            actor=actor,
            on=date.fromisoformat(told["on"]),
            reason=request.reason,
            version=None,
        )
    return {name: (old, getattr(after, name)) for name, old in before.items() if getattr(after, name) != old}


def _transition(
    household_id: UUID, name: str, code: str, *, actor: Actor, on: date, reason: str, version: int | None
) -> Household:
    if name in _MONITORING:
        return _MONITORING[name](household_id, code, actor=actor, on=on, reason=reason, version=version)
    return change_status(household_id, name, actor=actor, on=on, reason=reason, version=version, cause_code=code)
