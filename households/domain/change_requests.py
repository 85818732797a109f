"""Propose a change, and let a second person decide it: it is applied once, or not at all.

Everybody locks the person or household first and the request after it: a person who moves takes the requests along.
"""

from typing import Any, Final, TypedDict, cast
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from households.domain.amend import (
    HouseholdChanges,
    PersonChanges,
    changed_in,
    lock_person,
    values_of_household,
    values_of_person,
    write_household,
    write_person,
)
from households.domain.change_opening import nothing_differs, open_request, request_of, tell
from households.domain.change_rules import ACCOUNT, IDENTITY, guarded_in
from households.domain.figure_requests import apply_figures, refreeze_figures
from households.domain.locking import lock_household, require_reason
from households.domain.status_requests import apply_status
from households.enums import ChangeKind, ChangeState
from households.models import ChangeRequest, Household, Person
from households.queries.change_requests import (
    NUMBERS,
    Difference,
    differences,
    find_request,
    label_of,
    plain,
    requests_visible_to,
    target_of,
)
from households.workflow import CHANGE_STEPS
from registry.access import require
from registry.audit import record
from registry.crypto import unseal
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, NotAllowed
from registry.lib.periods import day_of
from registry.tenancy.context import Actor

_REST_SAVED: Final = _("The change waits for a second person, who finds it under change requests. The rest was saved.")


class IdentityChanges(TypedDict, total=False):
    """The fields of a person on which a second person decides; those left out stay. The document is given in clear."""

    name: str
    sex_code: str
    birth_on: Any
    birth_precision: str
    document_number: str


class AccountChanges(TypedDict, total=False):
    """The account of a household in clear, and the bank that keeps it; what is left out stays."""

    account: str
    bank_name: str


def propose_identity(
    person_id: UUID, changes: IdentityChanges, *, actor: Actor, version: int, reason: str
) -> ChangeRequest:
    """Freeze a change of the identity of a person who is still at `version`, for a second person to decide.

    Locks: the person row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError with the field.
    """
    person = lock_person(person_id, actor=actor, version=version)
    values = values_of_person(person, cast("PersonChanges", changes))
    return _open(ChangeKind.IDENTITY, person, values, actor=actor, reason=reason)


def propose_account(
    household_id: UUID, changes: AccountChanges, *, actor: Actor, version: int, reason: str
) -> ChangeRequest:
    """Freeze a change of the bank account of a household that is still at `version`; an empty one clears it.

    Locks: the household row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError with the field.
    """
    household = lock_household(household_id, "households.amend", actor=actor, version=version)
    values = values_of_household(household, cast("HouseholdChanges", changes))
    return _open(ChangeKind.ACCOUNT, household, values, actor=actor, reason=reason)


def save_or_propose_person(
    person_id: UUID, changes: PersonChanges, *, actor: Actor, version: int, reason: str = ""
) -> Person:
    """Amend a person; the fields on which a second person decides are proposed, and the door tells so.

    Locks: the person row. Raises: as `amend_person` and `propose_identity`.
    """
    person = lock_person(person_id, actor=actor, version=version)
    values = values_of_person(person, changes)
    if not guarded_in(person, changed_in(person, values)):
        write_person(person, values, actor=actor, reason=reason)
        return person
    require_reason(reason)
    free = {name: value for name, value in values.items() if name not in IDENTITY}
    write_person(person, free, actor=actor, reason=reason)
    _open(ChangeKind.IDENTITY, person, values, actor=actor, reason=reason)
    tell(_REST_SAVED)
    return person


def save_or_propose_household(
    household_id: UUID, changes: HouseholdChanges, *, actor: Actor, version: int, reason: str = ""
) -> Household:
    """Amend a household; a bank account on which a second person decides is proposed, and the door tells so.

    Locks: the household row. Raises: as `amend_household` and `propose_account`.
    """
    household = lock_household(household_id, "households.amend", actor=actor, version=version)
    values = values_of_household(household, changes)
    if not guarded_in(household, changed_in(household, values)):
        write_household(household, values, actor=actor, reason=reason)
        return household
    require_reason(reason)
    free = {name: value for name, value in values.items() if name not in ACCOUNT}
    write_household(household, free, actor=actor, reason=reason)
    _open(ChangeKind.ACCOUNT, household, values, actor=actor, reason=reason)
    tell(_REST_SAVED)
    return household


def approve_change(request_id: UUID, *, actor: Actor, version: int, reason: str = "") -> ChangeRequest:
    """Decide for the change and apply it in the same transaction; the decider is not who proposed it.

    Locks: the person or household, then the request. Raises: NotFound, NotAllowed, StaleVersion; Conflict
    `change.conflict` when a field concerned was changed meanwhile; what the amendment raises.
    """
    request = _lock_open(request_id, "households.decide_change", actor=actor, version=version)
    _require_second(request, actor)
    _refuse_conflict(request)
    _apply(request, target_of(request), actor)
    return _decide("households.approve_change", request, ChangeState.APPROVED, actor=actor, reason=reason)


def _apply(request: ChangeRequest, target: Person | Household, actor: Actor) -> None:
    if request.kind == ChangeKind.FIGURES:
        apply_figures(request, target, actor=actor)
    elif isinstance(target, Person):
        write_person(target, values_of_person(target, _identity_of(request)), actor=actor, reason=request.reason)
    elif request.kind == ChangeKind.STATUS:
        apply_status(request, target, actor=actor)
    else:
        values = values_of_household(target, _account_of(request))
        write_household(target, values, actor=actor, reason=request.reason)


def refuse_change(request_id: UUID, *, actor: Actor, version: int, reason: str) -> ChangeRequest:
    """Decide against the change; nothing is applied. The decider is not who proposed it.

    Locks: the person or household, then the request. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    given = require_reason(reason)
    request = _lock_open(request_id, "households.decide_change", actor=actor, version=version)
    _require_second(request, actor)
    return _decide("households.refuse_change", request, ChangeState.REFUSED, actor=actor, reason=given)


def withdraw_change(request_id: UUID, *, actor: Actor, version: int, reason: str = "") -> ChangeRequest:
    """Take an own proposal back.

    Locks: the person or household, then the request. Raises: NotFound, NotAllowed, StaleVersion, Conflict.
    """
    request = _lock_open(request_id, "households.propose_change", actor=actor, version=version)
    if actor.user_id is None or request.proposed_by != actor.user_id:
        message = _("Only who proposed the change takes it back. A second person may refuse it.")
        raise Conflict("change.not_own", message)
    return _decide("households.withdraw_change", request, ChangeState.WITHDRAWN, actor=actor, reason=reason)


def rebase_change(request_id: UUID, *, actor: Actor, version: int) -> ChangeRequest:
    """Freeze the difference anew from what is on file now; what is proposed stays as it is.

    Locks: the person or household, then the request. Raises: NotFound, NotAllowed, StaleVersion; Conflict, also when
    all that is proposed is on file already.
    """
    request = _lock_open(request_id, "households.propose_change", actor=actor, version=version)
    target = target_of(request)
    found = differences(request)
    before = {one.name: (one.before, one.now) for one in found if one.is_stale}
    if request.kind == ChangeKind.FIGURES:
        refreeze_figures(request, target, actor=actor)
    else:
        left = {name: [plain(getattr(target, name)), after] for name, (_before, after) in request.changes.items()}
        request.changes = {name: pair for name, pair in left.items() if pair[0] != pair[1]}
        _freeze_former_number(request, target)
    request.seen_version = target.version
    if not differences(request):
        raise Conflict("change.nothing_left", _("What is proposed is on file already. Withdraw or refuse the request."))
    request.touch().save()
    record("households.rebase_change", request, actor=actor, changes=before)
    return request


def _open(
    kind: ChangeKind, row: Person | Household, values: dict[str, Any], *, actor: Actor, reason: str
) -> ChangeRequest:
    """Freeze what differs, and audit; the numbers stay sealed."""
    request = request_of(kind, row, actor=actor, reason=reason)
    names = [name for name in changed_in(row, values) if name in (IDENTITY if kind == ChangeKind.IDENTITY else ACCOUNT)]
    if not names:
        raise nothing_differs()
    request.changes = {name: [plain(getattr(row, name)), plain(values[name])] for name in names if not _is_sealed(name)}
    number = f"{NUMBERS[kind].value}_sealed"
    if number in names:
        setattr(request, number, values[number])
        setattr(request, f"former_{number}", getattr(row, number))
    return open_request(request, {name: (getattr(row, name), values[name]) for name in names}, actor=actor)


def _is_sealed(name: str) -> bool:
    return name.endswith(("_sealed", "_index"))


def _lock_open(request_id: UUID, action: str, *, actor: Actor, version: int) -> ChangeRequest:
    """Lock the target and then the request, which must be open and still at `version`."""
    found = find_request(request_id, actor=actor)
    if found.person_id is not None:
        target: Person | Household = lock_person(found.person_id, actor=actor, version=None)
    else:
        target = lock_household(cast("UUID", found.household_id), "households.amend", actor=actor, version=None)
    rows = requests_visible_to(actor).select_related(None)
    request = lock_version(rows, request_id, version)
    require(actor, action, request)
    if not CHANGE_STEPS[request.state]:
        raise Conflict("change.decided", _("The request is decided already. Open it again to see how."))
    if isinstance(target, Person):
        request.person = target
    else:
        request.household = target
    return request


def _require_second(request: ChangeRequest, actor: Actor) -> None:
    if actor.user_id is None or actor.user_id == request.proposed_by:
        message = _("Who proposed a change does not decide on it. A second person of the township or county does.")
        raise NotAllowed("change.own_request", message)


def _refuse_conflict(request: ChangeRequest) -> None:
    stale = [one for one in differences(request) if one.is_stale]
    if stale:
        message = _(
            "Meanwhile somebody changed %(fields)s. Compare with what is on file now, freeze the difference anew, and "
            "then decide."
        ) % {"fields": "; ".join(_named(request, one) for one in stale)}
        raise Conflict("change.conflict", message)


def _named(request: ChangeRequest, one: Difference) -> str:
    """Name a field with who changed it and on which day; no value of it."""
    label = label_of(request, one.name)
    details = [part for part in (one.changed_by, str(day_of(one.changed_at)) if one.changed_at else "") if part]
    return f"{label} ({', '.join(details)})" if details else label


def _identity_of(request: ChangeRequest) -> PersonChanges:
    """Give what is proposed of a person as an amendment states it: sex and birth follow from a document."""
    names = ("name",) if request.document_sealed is not None else ("name", "sex_code", "birth_on", "birth_precision")
    changes: dict[str, Any] = {name: request.changes[name][1] for name in names if name in request.changes}
    if request.document_sealed is not None:
        changes["document_number"] = _number_of(request)
    field = Person._meta.get_field("birth_on")
    if "birth_on" in changes:
        changes["birth_on"] = field.to_python(changes["birth_on"])
    return cast("PersonChanges", changes)


def _account_of(request: ChangeRequest) -> HouseholdChanges:
    """Give what is proposed of the account; a request of the bank alone leaves the number."""
    changes: HouseholdChanges = {}
    if request.account_sealed is not None or request.former_account_sealed is not None:
        changes["account"] = _number_of(request)
    if "bank_name" in request.changes:
        changes["bank_name"] = request.changes["bank_name"][1]
    elif changes:
        changes["bank_name"] = target_of(request).bank_name  # type: ignore[union-attr]  # an account is of a household
    return changes


def _number_of(request: ChangeRequest) -> str:
    purpose = NUMBERS[ChangeKind(request.kind)]
    sealed = getattr(request, f"{purpose.value}_sealed")
    return "" if sealed is None else unseal(sealed, purpose, tenant_id=request.tenant_id)


def _freeze_former_number(request: ChangeRequest, target: Person | Household) -> None:
    """Take the number on file as the one before; a number that is on file already is no longer proposed."""
    purpose = NUMBERS.get(ChangeKind(request.kind))
    if purpose is None:
        return
    name = f"{purpose.value}_sealed"
    present, proposed = getattr(target, name), getattr(request, name)
    if getattr(request, f"former_{name}") is None and proposed is None:
        return
    text = "" if present is None else unseal(present, purpose, tenant_id=request.tenant_id)
    is_there = text == _number_of(request)
    setattr(request, f"former_{name}", None if is_there else present)
    setattr(request, name, None if is_there else proposed)


def _decide(verb: str, request: ChangeRequest, state: ChangeState, *, actor: Actor, reason: str) -> ChangeRequest:
    before = request.state
    request.state, request.decision_reason = state, reason.strip()[:200]
    request.decided_by, request.decided_at = actor.user_id, timezone.now()
    request.touch().save()
    record(verb, request, actor=actor, changes={"state": (before, state)}, reason=reason)
    return request
