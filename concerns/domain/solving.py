"""Follow a request to its solution: who takes it on, what was done, and what the household says to it."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from concerns.domain.refusals import written
from concerns.domain.requests import refuse_helper_of_village
from concerns.enums import OwnerRole
from concerns.models import HelpRequest
from concerns.queries.accounts import account_at_work
from concerns.queries.periods import due_by_kind, periods
from concerns.queries.requests import find_request, requests_visible_to, stands_by
from concerns.workflow import REQUEST_CHANGES
from households.domain.days import require_past
from households.domain.locking import require_reason
from registry.access import require
from registry.audit import record
from registry.domain.documents import read_document, store_document
from registry.domain.files import media_type_of
from registry.domain.versions import lock_version
from registry.enums import Role
from registry.lib.errors import DomainError, NotAllowed, NotFound
from registry.lib.periods import today
from registry.lib.text import clean_prose
from registry.models import Document
from registry.tenancy.context import Actor
from villages.domain.codes import require_code
from villages.workflow import change_of

EVIDENCE: Final = "concerns.evidence"
_WORK: Final = "concerns.work_requests"
_SETTLE: Final = "concerns.settle_requests"
_OFFICES: Final = frozenset({Role.COUNTY_OFFICE, Role.TOWNSHIP_CLERK})
# Of the list of confirmations: it says that there was none.
_NOT_CONFIRMED: Final = "0"


def take_request(request_id: UUID, *, actor: Actor, version: int | None = None) -> HelpRequest:
    """Take a request on, also from somebody else; whoever takes it on owns it.

    Locks: the request. Raises: NotFound, NotAllowed, StaleVersion, Conflict.
    """
    row = _locked(request_id, "take", _WORK, actor, version)
    if actor.user_id is None:
        raise NotAllowed("request.nobody", _("A request is taken on by somebody with a login."))
    values = {"owner_role": str(actor.role), "owner_user_id": actor.user_id, "taken_on": today()}
    return _change(row, "take", values, actor)


def transfer_request(
    request_id: UUID, *, owner_role: str, reason: str, actor: Actor, username: str = "", version: int | None = None
) -> HelpRequest:
    """Give a request to another side, or to somebody there by name of login; the deadline stays.

    Locks: the request. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    row = _locked(request_id, "transfer", _SETTLE, actor, version)
    reason = require_reason(reason)[:200]
    if owner_role not in OwnerRole.values:
        message = _("Say which side solves it. Choose one from the list.")
        raise DomainError("request.owner_unknown", message, field="owner_role")
    refuse_helper_of_village(owner_role, row.village_id)
    named = account_at_work(username, Role(owner_role), code=row.scope_code, actor=actor) if username else None
    if named and owner_role == OwnerRole.HELPER and not stands_by(row.household_id, named):
        message = _("This helper does not stand by the household, and could not see the request. Choose one who does.")
        raise DomainError("request.helper_of_another", message, field="username")
    values = {"owner_role": owner_role, "owner_user_id": named, "taken_on": None}
    return _change(row, "transfer", values, actor, reason)


def solve_request(
    request_id: UUID,
    *,
    on: date,
    solution: str,
    actor: Actor,
    content: bytes | None = None,
    name: str = "",
    version: int | None = None,
) -> HelpRequest:
    """Say what was done, as the owner or an office; a file may show it. The household has yet to confirm it.

    Locks: the request. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    row = _locked(request_id, "solve", _WORK, actor, version)
    if actor.role not in _OFFICES and row.owner_user_id != actor.user_id:
        message = _("Somebody else took this request on. Take it on first, or let that one say what was done.")
        raise NotAllowed("request.not_owner", message)
    require_past(on)
    if on < row.told_on:
        message = _("The request was told on %(day)s. Enter that day or a later one.")
        raise DomainError("request.solved_early", message % {"day": row.told_on.isoformat()}, field="on")
    done = clean_prose(solution)
    if not done:
        message = _("What was done is missing. Say it in a few words, without names of persons.")
        raise DomainError("request.solution_missing", message, field="solution")
    values: dict[str, Any] = {"solved_on": on, "solution": done}
    if content is not None:
        values["document_id"] = _stored(row, content, name, actor).pk
    return _change(row, "solve", values, actor)


def confirm_request(
    request_id: UUID, *, on: date, confirmation_code: str, actor: Actor, version: int | None = None
) -> HelpRequest:
    """Enter the word of whoever asked that it is solved: on which day, and how it was given.

    Locks: the request. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    row = _locked(request_id, "confirm", _WORK, actor, version)
    require_past(on)
    require_code("visit_confirmation", confirmation_code, on=on, field="confirmation_code")
    if confirmation_code == _NOT_CONFIRMED:
        message = _("This says that nothing was confirmed. Ask the household, or open the request again.")
        raise DomainError("request.not_confirmed", message, field="confirmation_code")
    if row.solved_on is not None and on < row.solved_on:
        message = _("The request was solved on %(day)s. Enter that day or a later one.")
        raise DomainError("request.confirmed_early", message % {"day": row.solved_on.isoformat()}, field="on")
    return _change(row, "confirm", {"confirmed_on": on, "confirmation_code": confirmation_code}, actor)


def reopen_request(request_id: UUID, *, reason: str, actor: Actor, version: int | None = None) -> HelpRequest:
    """Open a request again that is not solved for whoever asked; its owner has the period of its kind once more.

    Locks: the request. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError without a reason.
    """
    row = _locked(request_id, "reopen", _WORK, actor, version)
    values = {
        "solved_on": None,
        "solution": "",
        "document_id": None,
        "due_on": due_by_kind(periods(), row.kind_code, today()),
        "reopened_count": row.reopened_count + 1,
    }
    return _change(row, "reopen", values, actor, require_reason(reason)[:200])


def refuse_request(request_id: UUID, *, reason: str, actor: Actor, version: int | None = None) -> HelpRequest:
    """Refuse a request with the reason that the household is told.

    Locks: the request. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError without a reason.
    """
    row = _locked(request_id, "refuse", _SETTLE, actor, version)
    reason = require_reason(reason)[:200]
    return _change(row, "refuse", {"closing_reason": reason}, actor, reason)


def withdraw_request(request_id: UUID, *, reason: str, actor: Actor, version: int | None = None) -> HelpRequest:
    """Take back what was entered in error, or what is no longer asked for; it stays on file.

    Locks: the request. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError without a reason.
    """
    row = _locked(request_id, "withdraw", _SETTLE, actor, version)
    reason = require_reason(reason)[:200]
    return _change(row, "withdraw", {"closing_reason": reason}, actor, reason)


def read_request_file(request_id: UUID, *, actor: Actor) -> tuple[Document, bytes]:
    """Give the file that shows a solution; that somebody read it is audited.

    Raises: NotFound, NotAllowed, DomainError.
    """
    require(actor, "concerns.view_requests")
    row = find_request(request_id, actor=actor)
    document = Document.objects.filter(pk=row.document_id).first() if row.document_id else None
    if document is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    content = read_document(document, actor=actor)
    record("concerns.read_evidence", row, actor=actor, changes={"document": (document.pk, document.pk)})
    return document, content


def _locked(request_id: UUID, name: str, action: str, actor: Actor, version: int | None) -> HelpRequest:
    row = lock_version(requests_visible_to(actor), request_id, version)
    require(actor, action, row)
    change_of(REQUEST_CHANGES, name, present=row.state)
    return row


def _change(row: HelpRequest, name: str, values: dict[str, Any], actor: Actor, reason: str = "") -> HelpRequest:
    target = change_of(REQUEST_CHANGES, name, present=row.state).target
    written_values = values | {"state": target}
    changes = {one: (getattr(row, one), value) for one, value in written_values.items() if getattr(row, one) != value}
    for one, value in written_values.items():
        setattr(row, one, value)
    written(row.touch().save)
    record(f"concerns.{name}_request", row, actor=actor, changes=changes, reason=reason)
    return row


def _stored(row: HelpRequest, content: bytes, name: str, actor: Actor) -> Document:
    media_type = media_type_of(content, name)
    return store_document(
        content, name=name, media_type=media_type, kind=EVIDENCE, actor=actor, scope_code=row.scope_code
    )
