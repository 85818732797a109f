"""What transfers of households and of persons share: their letters, their states, and who may decide."""

from typing import Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from households.enums import TransferDirection, TransferState, TransferSubject
from households.models import Transfer
from households.queries.transfers import transfers_visible_to
from households.workflow import TRANSFER_STEPS
from registry.access import require
from registry.audit import record
from registry.domain.letters import send_letter
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.models import Letter, Tenant
from registry.tenancy.context import Actor

OFFER: Final = "households.transfer_offer"
ACCEPTANCE: Final = "households.transfer_acceptance"
ANSWER: Final = "households.transfer_answer"
OPEN: Final = (TransferState.OFFERED, TransferState.ACCEPTED)
# What an offer tells the other county of the one who goes; of a person neither the household's head nor its size.
_TOLD: Final = (
    "subject", "household_number", "head_name", "persons_count", "person_name", "sex_code", "leaving_code", "reason",
)  # fmt: skip
_VERBS: Final = {
    TransferState.ACCEPTED: "accept_transfer",
    TransferState.DECLINED: "decline_transfer",
    TransferState.WITHDRAWN: "withdraw_transfer",
    TransferState.LAPSED: "let_transfer_lapse",
    TransferState.DONE: "finish_transfer",
}


def receiving_county(code: str) -> Tenant:
    """Give the county to which something is offered. Raises: DomainError `letter.no_such_receiver`."""
    receiver = Tenant.objects.filter(code=code).first()
    if receiver is None:
        message = _("A letter goes to another county in service: choose one.")
        raise DomainError("letter.no_such_receiver", message, field="county_code")
    return receiver


def offer(transfer: Transfer, receiver: Tenant, *, actor: Actor) -> None:
    """Write the offer and send it; the caller has checked what is offered."""
    transfer.other_county_code, transfer.other_county_name = receiver.code, receiver.name
    transfer.save()
    own = Tenant.objects.get(pk=actor.tenant_id)
    payload = {name: getattr(transfer, name) for name in _TOLD} | {
        "county_code": own.code,
        "county_name": own.name,
        "effective_on": transfer.effective_on.isoformat(),
    }
    send_letter(OFFER, key=str(transfer.key), receiver=receiver, payload=payload, actor=actor)
    verb = "offer_person" if transfer.subject == TransferSubject.PERSON else "offer_transfer"
    changes = {"state": (None, TransferState.OFFERED), "other_county_code": (None, receiver.code)}
    record(f"households.{verb}", transfer, actor=actor, changes=changes, reason=transfer.reason)


def lock_offered(
    transfer_id: UUID,
    direction: TransferDirection,
    action: str,
    *,
    actor: Actor,
    version: int | None,
    subject: TransferSubject | None = None,
) -> Transfer:
    """Lock an offer that is still open. Raises: NotFound, NotAllowed, StaleVersion, Conflict."""
    rows = transfers_visible_to(actor).filter(direction=direction)
    transfer: Transfer = lock_version(rows, transfer_id, version)
    require(actor, action, transfer)
    if transfer.state != TransferState.OFFERED:
        message = _("This transfer is decided already: %(state)s. Nothing was changed.")
        raise Conflict("transfer.decided", message % {"state": TransferState(transfer.state).label})
    if subject is not None and transfer.subject != subject:
        message = _(
            "A household is accepted into a village, a person into a household. Open the offer again to see who goes."
        )
        raise Conflict("transfer.other_subject", message)
    return transfer


def accept(transfer: Transfer, *, actor: Actor, reason: str) -> None:
    """Note the acceptance and send it; what was chosen stands in the transfer already."""
    decide(transfer, TransferState.ACCEPTED, actor=actor, answer=reason)
    payload = {"answer": transfer.answer}
    sender = Tenant.objects.get(code=transfer.other_county_code)
    send_letter(ACCEPTANCE, key=str(transfer.key), receiver=sender, payload=payload, actor=actor)


def send_answer(transfer: Transfer, state: TransferState, *, actor: Actor) -> None:
    """Tell the other county that it comes to nothing, and why."""
    other = Tenant.objects.get(code=transfer.other_county_code)
    payload = {"state": state.value, "answer": transfer.answer}
    send_letter(ANSWER, key=str(transfer.key), receiver=other, payload=payload, actor=actor)


def decide(transfer: Transfer, state: TransferState, *, actor: Actor, answer: str = "", outcome: str = "") -> None:
    """Write the next state of this county's side; the database holds it to the table of steps."""
    before, transfer.state = transfer.state, state
    if state not in TRANSFER_STEPS[before]:
        raise ValueError(f"a transfer does not go from {before} to {state}")
    transfer.answer, transfer.outcome_code = answer[:200], outcome[:100]
    transfer.decided_at = timezone.now()
    if transfer.direction == TransferDirection.INCOMING and state not in {*OPEN, TransferState.DONE}:
        # Who was offered and did not come is nobody of this county.
        transfer.head_name = transfer.person_name = transfer.sex_code = ""
    transfer.touch().save()
    record(f"households.{_VERBS[state]}", transfer, actor=actor, changes={"state": (before, state)}, reason=answer)


def of_letter(letter: Letter) -> Transfer:
    """Lock this county's side of the transfer that a letter is about."""
    return Transfer.objects.select_for_update(of=("self",)).get(key=UUID(letter.key))
