"""Transfer a household to another county: offered by letter, accepted or declined by letter.

    offered -> accepted -> done | lapsed         offered -> declined | withdrawn | lapsed

The acceptance is a letter of the receiver. Its delivery opens the scope of the source and within it that of the
receiver: one transaction closes one side and opens the other, or changes nothing but the state of the transfer. What
goes along lies in no letter and no table of the platform (docs/decisions/0067). A single person goes by the same
letters and states (`households.domain.person_transfer`).
"""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from households.domain.duplicates import settle_transferred
from households.domain.ending import close, lock_open, standing_with_members, tie
from households.domain.ledger import leave, post
from households.domain.locking import require_reason
from households.domain.move import village_in_area
from households.domain.news import household_closed
from households.domain.package import Package, open_package, package_of
from households.domain.person_transfer import carry_person_over
from households.domain.reopening import require_number_free
from households.domain.transfer_steps import (
    ACCEPTANCE,
    ANSWER,
    OFFER,
    OPEN,
    accept,
    decide,
    lock_offered,
    of_letter,
    offer,
    receiving_county,
    send_answer,
)
from households.enums import TRANSFERRED, PostingKind, TieKind, TransferDirection, TransferState, TransferSubject
from households.models import Household, Membership, Transfer
from households.queries.history import current_head
from registry.audit import record
from registry.domain.codes import code_list
from registry.domain.letters import LetterKind, Payload, in_scope_of_sender, letter_kind
from registry.lib.errors import Conflict, DomainError, StaleVersion
from registry.models import Letter
from registry.tenancy.context import Actor
from registry.tenancy.models import new_id
from registry.tenancy.scope import savepoint


def offer_transfer(
    household_id: UUID, county_code: str, *, actor: Actor, on: date, reason: str, version: int | None = None
) -> Transfer:
    """Offer the household to another county, from the day `on`; nothing changes here until it is accepted there.

    Locks: the household row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    household = lock_open(household_id, "households.offer_transfer", actor=actor, on=on, version=version)
    reason = require_reason(reason)
    standing = standing_with_members(household, on)
    receiver = receiving_county(county_code)
    offers = Transfer.objects.filter(subject=TransferSubject.HOUSEHOLD, direction=TransferDirection.OUTGOING)
    if offers.filter(household=household, state__in=OPEN).exists():
        message = _("The household is offered to a county already. Withdraw that offer first.")
        raise Conflict("transfer.open", message)
    head = current_head(household)
    transfer = Transfer(
        scope_code=household.scope_code,
        key=new_id(),
        direction=TransferDirection.OUTGOING,
        household=household,
        household_number=household.number,
        household_version=household.version,
        head_name=head.person.name if head else "",
        persons_count=standing.persons,
        effective_on=on,
        reason=reason[:200],
    )
    offer(transfer, receiver, actor=actor)
    return transfer


def withdraw_transfer(transfer_id: UUID, *, actor: Actor, reason: str, version: int | None = None) -> Transfer:
    """Take back an offer that is not yet carried out; an acceptance that is on its way then finds nothing to accept.

    Locks: the transfer row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    action = "households.offer_transfer"
    transfer = lock_offered(transfer_id, TransferDirection.OUTGOING, action, actor=actor, version=version)
    decide(transfer, TransferState.WITHDRAWN, actor=actor, answer=require_reason(reason))
    send_answer(transfer, TransferState.WITHDRAWN, actor=actor)
    return transfer


def accept_transfer(
    transfer_id: UUID, village_code: str, *, actor: Actor, reason: str, version: int | None = None
) -> Transfer:
    """Accept the household into a village of this county; it is here once the letter has arrived.

    Locks: the transfer row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    transfer = lock_offered(
        transfer_id,
        TransferDirection.INCOMING,
        "households.answer_transfer",
        actor=actor,
        version=version,
        subject=TransferSubject.HOUSEHOLD,
    )
    reason = require_reason(reason)
    transfer.village_code = village_in_area(village_code).code
    require_number_free(transfer.household_number, on=transfer.effective_on)
    accept(transfer, actor=actor, reason=reason)
    return transfer


def decline_transfer(transfer_id: UUID, *, actor: Actor, reason: str, version: int | None = None) -> Transfer:
    """Decline the household or person; the other county learns the reason, and nothing changes there.

    Locks: the transfer row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    action = "households.answer_transfer"
    transfer = lock_offered(transfer_id, TransferDirection.INCOMING, action, actor=actor, version=version)
    decide(transfer, TransferState.DECLINED, actor=actor, answer=require_reason(reason))
    send_answer(transfer, TransferState.DECLINED, actor=actor)
    return transfer


# --- delivery ---------------------------------------------------------------------------------------------------------
def receive_offer(actor: Actor, letter: Letter, payload: Payload) -> None:
    """Put the offer before the office of the receiving county."""
    transfer = Transfer(
        scope_code=actor.tenant_code,
        key=UUID(letter.key),
        direction=TransferDirection.INCOMING,
        # A letter that was under way during the upgrade tells of a household.
        subject=payload.get("subject", TransferSubject.HOUSEHOLD),
        other_county_code=payload["county_code"],
        other_county_name=payload["county_name"],
        household_number=payload["household_number"],
        head_name=payload["head_name"],
        persons_count=payload["persons_count"],
        person_name=payload.get("person_name", ""),
        sex_code=payload.get("sex_code", ""),
        leaving_code=payload.get("leaving_code", ""),
        effective_on=date.fromisoformat(payload["effective_on"]),
        reason=payload["reason"],
    )
    transfer.save()
    record("households.receive_transfer", transfer, actor=actor, changes={"state": (None, TransferState.OFFERED)})


def receive_answer(actor: Actor, letter: Letter, payload: Payload) -> None:
    """Note that the other county declined or withdrew; one that is decided here already stays as it is."""
    transfer = of_letter(letter)
    if transfer.state in OPEN:
        decide(transfer, TransferState(payload["state"]), actor=actor, answer=payload["answer"])


def receive_acceptance(actor: Actor, letter: Letter, payload: Payload) -> None:
    """Carry out the transfer in both counties, or let it lapse in both with the reason.

    Runs in the scope of the source; what the receiver writes is written in its own. Locks: the transfer, the household,
    and the transfer of the receiver.
    """
    transfer = of_letter(letter)
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
        decide(transfer, TransferState.LAPSED, actor=actor, answer=payload["answer"], outcome=outcome)
    with in_scope_of_sender(letter) as receiver:
        arriving = of_letter(letter)
        if arriving.state == TransferState.ACCEPTED:
            decide(arriving, TransferState.LAPSED, actor=receiver, answer=arriving.answer, outcome=outcome)


def _carry_out(transfer: Transfer, letter: Letter, payload: Payload, *, actor: Actor) -> None:
    household_id = transfer.household_id
    if transfer.state != TransferState.OFFERED or household_id is None:
        raise Conflict("transfer.withdrawn", _("The offer was withdrawn before it was accepted."))
    if transfer.subject == TransferSubject.PERSON:
        carry_person_over(transfer, household_id, letter, actor=actor)
        goers = [transfer.person_id] if transfer.person_id else []
    else:
        goers = _members_of(transfer)
        _carry_household_over(transfer, household_id, letter, actor=actor)
    settle_transferred(goers, letter.sender_id, actor=actor, reason=transfer.reason)
    with in_scope_of_sender(letter) as receiver:
        arrived = of_letter(letter)
        comers = [arrived.person_id] if arrived.person_id else _members_of(arrived)
        settle_transferred(comers, actor.tenant_id, actor=receiver, reason=arrived.reason)
    decide(transfer, TransferState.DONE, actor=actor, answer=payload["answer"])


def _members_of(transfer: Transfer) -> list[UUID]:
    """Give who lives now in the household of a transfer."""
    rows = Membership.objects.filter(household=transfer.household_id, ends_on__isnull=True)
    return list(rows.values_list("person_id", flat=True))


def _carry_household_over(transfer: Transfer, household_id: UUID, letter: Letter, *, actor: Actor) -> None:
    try:
        household = lock_open(
            household_id,
            "households.carry_out_transfer",
            actor=actor,
            on=transfer.effective_on,
            version=transfer.household_version,
        )
    except StaleVersion as error:
        raise Conflict("transfer.changed", _("The household was changed after it was offered.")) from error
    package = package_of(household)
    transfer.stays = package.left
    # First here, so that the other county does not hear of a person of two counties.
    _depart(household, transfer, actor=actor)
    with in_scope_of_sender(letter) as receiver:
        _arrive(letter, package, actor=receiver)


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
    transfer = of_letter(letter)
    if transfer.state != TransferState.ACCEPTED:
        raise Conflict("transfer.decided", _("The other county decided otherwise meanwhile."))
    on = transfer.effective_on
    household = open_package(package, transfer.village_code, actor=actor, on=on, reason=transfer.reason)
    tie(household, TieKind.CAME_FROM, household.number, on=on, county_code=transfer.other_county_code)
    transfer.household, transfer.scope_code, transfer.stays = household, household.scope_code, package.left
    decide(transfer, TransferState.DONE, actor=actor, answer=transfer.answer)


letter_kind(OFFER, LetterKind(receive=receive_offer))
# A county that goes out of service meanwhile must not keep the other from taking its household back.
letter_kind(ANSWER, LetterKind(receive=receive_answer, waits=True))
letter_kind(ACCEPTANCE, LetterKind(receive=receive_acceptance))
