"""Transfer a household to another county: offered by letter, accepted or declined by letter.

    offered -> accepted -> done | lapsed         offered -> declined | withdrawn | lapsed

The acceptance is a letter of the receiver. Its delivery opens the scope of the source and within it that of the
receiver: one transaction closes one side and opens the other, or changes nothing but the state of the transfer. What
goes along lies in no letter and no table of the platform (docs/decisions/0067).
"""

from datetime import date
from typing import Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from households.domain.ending import TRANSFERRED, close, lock_open, standing_with_members, tie
from households.domain.ledger import leave, post
from households.domain.locking import require_reason
from households.domain.move import village_in_area
from households.domain.news import household_closed
from households.domain.package import Package, open_package, package_of
from households.enums import PostingKind, TieKind, TransferDirection, TransferState
from households.models import Household, Transfer
from households.queries.history import current_head
from households.queries.transfers import transfers_visible_to
from households.workflow import TRANSFER_STEPS
from registry.access import require
from registry.audit import record
from registry.domain.codes import code_list
from registry.domain.letters import LetterKind, Payload, in_scope_of_sender, letter_kind, send_letter
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError, StaleVersion
from registry.models import Letter, Tenant
from registry.tenancy.context import Actor
from registry.tenancy.models import new_id
from registry.tenancy.scope import savepoint

OFFER: Final = "households.transfer_offer"
ACCEPTANCE: Final = "households.transfer_acceptance"
ANSWER: Final = "households.transfer_answer"
_OPEN: Final = (TransferState.OFFERED, TransferState.ACCEPTED)


def offer_transfer(
    household_id: UUID, county_code: str, *, actor: Actor, on: date, reason: str, version: int | None = None
) -> Transfer:
    """Offer the household to another county, from the day `on`; nothing changes here until it is accepted there.

    Locks: the household row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    household = lock_open(household_id, "households.offer_transfer", actor=actor, on=on, version=version)
    reason = require_reason(reason)
    standing = standing_with_members(household, on)
    receiver = Tenant.objects.filter(code=county_code).first()
    if receiver is None:
        message = _("A letter goes to another county in service: choose one.")
        raise DomainError("letter.no_such_receiver", message, field="county_code")
    if Transfer.objects.filter(household=household, direction=TransferDirection.OUTGOING, state__in=_OPEN).exists():
        message = _("The household is offered to a county already. Withdraw that offer first.")
        raise Conflict("transfer.open", message)
    head = current_head(household)
    transfer = Transfer(
        scope_code=household.scope_code,
        key=new_id(),
        direction=TransferDirection.OUTGOING,
        household=household,
        other_county_code=receiver.code,
        other_county_name=receiver.name,
        household_number=household.number,
        household_version=household.version,
        head_name=head.person.name if head else "",
        persons_count=standing.persons,
        effective_on=on,
        reason=reason[:200],
    )
    transfer.save()
    own = Tenant.objects.get(pk=actor.tenant_id)
    payload = {
        "county_code": own.code,
        "county_name": own.name,
        "household_number": transfer.household_number,
        "head_name": transfer.head_name,
        "persons_count": transfer.persons_count,
        "effective_on": on.isoformat(),
        "reason": transfer.reason,
    }
    send_letter(OFFER, key=str(transfer.key), receiver=receiver, payload=payload, actor=actor)
    changes = {"state": (None, TransferState.OFFERED), "other_county_code": (None, receiver.code)}
    record("households.offer_transfer", transfer, actor=actor, changes=changes, reason=reason)
    return transfer


def withdraw_transfer(transfer_id: UUID, *, actor: Actor, reason: str, version: int | None = None) -> Transfer:
    """Take back an offer that is not yet carried out; an acceptance that is on its way then finds nothing to accept.

    Locks: the transfer row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    transfer = _lock(transfer_id, TransferDirection.OUTGOING, "households.offer_transfer", actor=actor, version=version)
    _decide(transfer, TransferState.WITHDRAWN, actor=actor, answer=require_reason(reason))
    _send_answer(transfer, TransferState.WITHDRAWN, actor=actor)
    return transfer


def accept_transfer(
    transfer_id: UUID, village_code: str, *, actor: Actor, reason: str, version: int | None = None
) -> Transfer:
    """Accept the household into a village of this county; it is here once the letter has arrived.

    Locks: the transfer row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    transfer = _lock(
        transfer_id, TransferDirection.INCOMING, "households.answer_transfer", actor=actor, version=version
    )
    reason = require_reason(reason)
    transfer.village_code = village_in_area(village_code).code
    if Household.objects.filter(number=transfer.household_number).exists():
        message = _("The household number is on file here already. Resolve the double entry first, or decline.")
        raise Conflict("transfer.number_on_file", message)
    _decide(transfer, TransferState.ACCEPTED, actor=actor, answer=reason)
    payload = {"answer": transfer.answer}
    sender = Tenant.objects.get(code=transfer.other_county_code)
    send_letter(ACCEPTANCE, key=str(transfer.key), receiver=sender, payload=payload, actor=actor)
    return transfer


def decline_transfer(transfer_id: UUID, *, actor: Actor, reason: str, version: int | None = None) -> Transfer:
    """Decline the household; the other county learns the reason, and nothing changes there.

    Locks: the transfer row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    transfer = _lock(
        transfer_id, TransferDirection.INCOMING, "households.answer_transfer", actor=actor, version=version
    )
    _decide(transfer, TransferState.DECLINED, actor=actor, answer=require_reason(reason))
    _send_answer(transfer, TransferState.DECLINED, actor=actor)
    return transfer


def _lock(
    transfer_id: UUID, direction: TransferDirection, action: str, *, actor: Actor, version: int | None
) -> Transfer:
    """Lock an offer that is still open. Raises: NotFound, NotAllowed, StaleVersion, Conflict."""
    rows = transfers_visible_to(actor).filter(direction=direction)
    transfer: Transfer = lock_version(rows, transfer_id, version)
    require(actor, action, transfer)
    if transfer.state != TransferState.OFFERED:
        message = _("This transfer is decided already: %(state)s. Nothing was changed.")
        raise Conflict("transfer.decided", message % {"state": TransferState(transfer.state).label})
    return transfer


def _decide(transfer: Transfer, state: TransferState, *, actor: Actor, answer: str = "", outcome: str = "") -> None:
    before, transfer.state = transfer.state, state
    if state not in TRANSFER_STEPS[before]:
        raise ValueError(f"a transfer does not go from {before} to {state}")
    transfer.answer, transfer.outcome_code = answer[:200], outcome[:100]
    transfer.decided_at = timezone.now()
    if transfer.household_id is None and state not in _OPEN:
        # Who was offered and did not come is nobody of this county.
        transfer.head_name = ""
    transfer.touch().save()
    record(f"households.{_VERBS[state]}", transfer, actor=actor, changes={"state": (before, state)}, reason=answer)


_VERBS: Final = {
    TransferState.ACCEPTED: "accept_transfer",
    TransferState.DECLINED: "decline_transfer",
    TransferState.WITHDRAWN: "withdraw_transfer",
    TransferState.LAPSED: "let_transfer_lapse",
    TransferState.DONE: "finish_transfer",
}


def _send_answer(transfer: Transfer, state: TransferState, *, actor: Actor) -> None:
    other = Tenant.objects.get(code=transfer.other_county_code)
    payload = {"state": state.value, "answer": transfer.answer}
    send_letter(ANSWER, key=str(transfer.key), receiver=other, payload=payload, actor=actor)


# --- delivery ---------------------------------------------------------------------------------------------------------
def receive_offer(actor: Actor, letter: Letter, payload: Payload) -> None:
    """Put the offer before the office of the receiving county."""
    transfer = Transfer(
        scope_code=actor.tenant_code,
        key=UUID(letter.key),
        direction=TransferDirection.INCOMING,
        other_county_code=payload["county_code"],
        other_county_name=payload["county_name"],
        household_number=payload["household_number"],
        head_name=payload["head_name"],
        persons_count=payload["persons_count"],
        effective_on=date.fromisoformat(payload["effective_on"]),
        reason=payload["reason"],
    )
    transfer.save()
    record("households.receive_transfer", transfer, actor=actor, changes={"state": (None, TransferState.OFFERED)})


def receive_answer(actor: Actor, letter: Letter, payload: Payload) -> None:
    """Note that the other county declined or withdrew; one that is decided here already stays as it is."""
    transfer = _of_letter(letter)
    if transfer.state in _OPEN:
        _decide(transfer, TransferState(payload["state"]), actor=actor, answer=payload["answer"])


def receive_acceptance(actor: Actor, letter: Letter, payload: Payload) -> None:
    """Carry out the transfer in both counties, or let it lapse in both with the reason.

    Runs in the scope of the source; what the receiver writes is written in its own. Locks: the transfer, the household,
    and the transfer of the receiver.
    """
    transfer = _of_letter(letter)
    outcome = ""
    try:
        with savepoint():
            _carry_out(transfer, letter, payload, actor=actor)
    except DomainError as error:
        outcome = error.code
        transfer.refresh_from_db()
    if not outcome:
        return
    if transfer.state == TransferState.OFFERED:
        _decide(transfer, TransferState.LAPSED, actor=actor, answer=payload["answer"], outcome=outcome)
    with in_scope_of_sender(letter) as receiver:
        arriving = _of_letter(letter)
        if arriving.state == TransferState.ACCEPTED:
            _decide(arriving, TransferState.LAPSED, actor=receiver, answer=arriving.answer, outcome=outcome)


def _of_letter(letter: Letter) -> Transfer:
    return Transfer.objects.select_for_update(of=("self",)).get(key=UUID(letter.key))


def _carry_out(transfer: Transfer, letter: Letter, payload: Payload, *, actor: Actor) -> None:
    if transfer.state != TransferState.OFFERED or transfer.household_id is None:
        raise Conflict("transfer.withdrawn", _("The offer was withdrawn before it was accepted."))
    on = transfer.effective_on
    try:
        household = lock_open(
            transfer.household_id,
            "households.carry_out_transfer",
            actor=actor,
            on=on,
            version=transfer.household_version,
        )
    except StaleVersion as error:
        raise Conflict("transfer.changed", _("The household was changed after it was offered.")) from error
    package = package_of(household)
    # First here, so that the other county does not hear of a person of two counties.
    _depart(household, transfer, actor=actor)
    with in_scope_of_sender(letter) as receiver:
        _arrive(letter, package, actor=receiver)
    _decide(transfer, TransferState.DONE, actor=actor, answer=payload["answer"])


def _depart(household: Household, transfer: Transfer, *, actor: Actor) -> None:
    """Close the household here, with a tombstone that says where it went and when."""
    on = transfer.effective_on
    standing = standing_with_members(household, on)
    post(household, leave(standing, PostingKind.MOVED_OUT, standing.stocks), on=on, reason=transfer.reason)
    close(household, TRANSFERRED, on, actor=actor)
    tie(household, TieKind.WENT_TO, household.number, on=on, county_code=transfer.other_county_code)
    label = code_list("closing_reason", on=on).labels.get(TRANSFERRED, TRANSFERRED)
    household_closed.send(sender=None, household=household, on=on, actor=actor, reason=label)


def _arrive(letter: Letter, package: Package, *, actor: Actor) -> None:
    """Open the copy in the receiving county, with its origin."""
    transfer = _of_letter(letter)
    if transfer.state != TransferState.ACCEPTED:
        raise Conflict("transfer.decided", _("The other county decided otherwise meanwhile."))
    on = transfer.effective_on
    household = open_package(package, transfer.village_code, actor=actor, on=on, reason=transfer.reason)
    tie(household, TieKind.CAME_FROM, household.number, on=on, county_code=transfer.other_county_code)
    transfer.household, transfer.scope_code = household, household.scope_code
    _decide(transfer, TransferState.DONE, actor=actor, answer=transfer.answer)


letter_kind(OFFER, LetterKind(receive=receive_offer))
# A county that goes out of service meanwhile must not keep the other from taking its household back.
letter_kind(ANSWER, LetterKind(receive=receive_answer, waits=True))
letter_kind(ACCEPTANCE, LetterKind(receive=receive_acceptance))
