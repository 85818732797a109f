"""End a dossier: withdraw it, refuse it, or finish it with the change that it was for."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dossiers.domain.checks import Papers, papers_of, require_exit_conditions, require_other_person
from dossiers.domain.gate import finishing
from dossiers.domain.opening import lock_open_dossier
from dossiers.domain.steps import end
from dossiers.enums import Kind, State
from dossiers.models import Dossier
from dossiers.workflow import DOSSIER_CHANGES, change
from households.domain.days import require_past
from households.domain.locking import require_reason
from households.domain.monitoring import identify_for_monitoring, relapse, remove_risk
from households.domain.status import change_status
from households.enums import MonitoringState
from registry.audit import record
from registry.lib.errors import Conflict, DomainError
from registry.tenancy.context import Actor

_ENDED = ("state", "ended_on", "end_reason", "version", "updated_at")
_STATUS_CHANGES = {Kind.IDENTIFY: "file", Kind.RETURN: "return", Kind.EXIT: "lift"}


def withdraw_dossier(dossier_id: UUID, *, on: date, reason: str, actor: Actor, version: int | None = None) -> Dossier:
    """End a dossier because the household takes its wish back, or does not agree.

    Locks: the dossier. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    return _end(dossier_id, "withdraw", on=on, reason=reason, actor=actor, version=version)


def refuse_dossier(dossier_id: UUID, *, on: date, reason: str, actor: Actor, version: int | None = None) -> Dossier:
    """End a dossier because the conditions are not met or an objection was upheld.

    Locks: the dossier. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    return _end(dossier_id, "refuse", on=on, reason=reason, actor=actor, version=version)


def finish_dossier(dossier_id: UUID, *, reason: str, actor: Actor, version: int | None = None) -> Dossier:
    """Finish a dossier of which all steps are done: the household changes from the day of the announcement.

    The change, its postings and the end of the dossier are one transaction. `reason` names the announcement.
    Locks: the dossier and the household. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    dossier = lock_open_dossier(dossier_id, "dossiers.finish", actor=actor, version=version)
    reason = require_reason(reason)
    (papers,) = papers_of([dossier])
    effective_on = _require_complete(papers, actor)
    with finishing(dossier):
        _change_household(dossier, on=effective_on, reason=reason, actor=actor)
    _write_end(dossier, "finish", on=papers.previous_end, reason=reason, actor=actor)
    return dossier


def _require_complete(papers: Papers, actor: Actor) -> date:
    """Give the day of the announcement of a dossier that lacks nothing. Raises: Conflict, DomainError."""
    if papers.step is not None:
        message = _("Step %(position)s is not done yet.") % {"position": papers.step.position}
        raise Conflict("dossier.steps_left", message)
    if papers.open_objections or papers.is_objection_upheld:
        held_up = _("An objection is not answered, or was upheld. The dossier cannot be finished.")
        raise Conflict("objection.open", held_up)
    require_other_person(papers.dossier, actor)
    if papers.dossier.kind == Kind.EXIT:
        require_exit_conditions(papers.exit_check)
    if papers.dossier.effective_on is None:
        raise DomainError("dossier.no_announcement", _("The dossier has no announcement."))
    return papers.dossier.effective_on


def _change_household(dossier: Dossier, *, on: date, reason: str, actor: Actor) -> None:
    household_id, kind = dossier.household_id, Kind(dossier.kind)
    if kind in _STATUS_CHANGES:
        cause = dossier.code if kind == Kind.RETURN else ""
        change_status(household_id, _STATUS_CHANGES[kind], actor=actor, on=on, reason=reason, cause_code=cause)
    elif kind == Kind.REMOVE_RISK:
        remove_risk(household_id, dossier.code, actor=actor, on=on, reason=reason)
    elif dossier.household.monitoring_state == MonitoringState.NONE:
        identify_for_monitoring(household_id, dossier.code, actor=actor, on=on, reason=reason)
    else:
        relapse(household_id, dossier.code, actor=actor, on=on, reason=reason)


def _end(dossier_id: UUID, name: str, *, on: date, reason: str, actor: Actor, version: int | None) -> Dossier:
    dossier = lock_open_dossier(dossier_id, f"dossiers.{name}", actor=actor, version=version)
    reason = require_reason(reason)
    require_past(on)
    (papers,) = papers_of([dossier])
    if on < papers.previous_end:
        message = _("The day lies before the last step, on %(day)s.") % {"day": papers.previous_end.isoformat()}
        raise DomainError("dossier.ends_early", message, field="on")
    _write_end(dossier, name, on=on, reason=reason, actor=actor)
    return dossier


def _write_end(dossier: Dossier, name: str, *, on: date, reason: str, actor: Actor) -> None:
    line = change(DOSSIER_CHANGES, name, present=dossier.state)
    end(dossier.touch(), State(line.target), on=on, reason=reason)
    dossier.save(update_fields=_ENDED)
    changes: dict[str, tuple[object, object]] = {"state": (State.OPEN, dossier.state), "ended_on": (None, on)}
    record(f"dossiers.{name}", dossier, actor=actor, changes=changes, reason=reason)
