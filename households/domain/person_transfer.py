"""Transfer a single person to a household of another county: marriage, adoption, moving to relatives.

The letters, the states and the one transaction are those of a household's transfer (`households.domain.transfer`). The
receiver accepts the person into one of its own households under a relation to its head. In the ledgers it is natural
decrease there and natural increase here, as when a person changes the household within a county
(docs/decisions/0131). The transfer itself is the person's tombstone on the one side and origin on the other.
"""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from households.domain.draft_checks import checked_person
from households.domain.drafts import PersonDraft
from households.domain.left_behind import left_of_member
from households.domain.locking import lock_household, require_reason
from households.domain.members import (
    join,
    join_again,
    part,
    present_membership,
    refuse_early_end,
    require_change,
    require_relation_of_member,
    standing_of_change,
)
from households.domain.package import Life, draft_of_member, is_on_file, life_of, write_lives
from households.domain.persons import give_document
from households.domain.procedure import require_fitting
from households.domain.transfer_steps import OPEN, accept, decide, lock_offered, of_letter, offer, receiving_county
from households.enums import (
    DEATH_REASON,
    ON_REGISTER,
    STAYS_IN_COUNTY,
    TransferDirection,
    TransferState,
    TransferSubject,
)
from households.models import Household, Membership, Person, Transfer
from households.queries.history import counted_since, present_members
from registry.domain.letters import in_scope_of_sender
from registry.lib.errors import Conflict, DomainError
from registry.lib.periods import today
from registry.models import Letter
from registry.tenancy.context import Actor
from registry.tenancy.models import new_id


@dataclass(frozen=True, slots=True)
class _Traveller:
    """A person with what is known of them, in clear, within one transaction and in no table."""

    draft: PersonDraft
    life: Life
    # The keys of the transfers by which the person came to the source: one of them may be of the receiver.
    came_by: tuple[UUID, ...]
    # How many of what belongs to the household stay with it.
    left: dict[str, int]


def offer_person(
    household_id: UUID,
    person_id: UUID,
    county_code: str,
    *,
    actor: Actor,
    on: date,
    leaving_code: str,
    reason: str,
    version: int | None = None,
) -> Transfer:
    """Offer a member to another county, from the day `on`; nothing changes here until a household there is chosen.

    `version` is the household's. Locks: the household row.
    Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    household = lock_household(household_id, "households.offer_transfer", actor=actor, version=version)
    standing_of_change(household, on)
    reason = require_reason(reason)
    _require_change_of_county(leaving_code, "out", on, field="leaving_code")
    membership = present_membership(household, person_id)
    _refuse_last_or_head(household, membership)
    refuse_early_end(membership, on)
    receiver = receiving_county(county_code)
    offers = Transfer.objects.filter(direction=TransferDirection.OUTGOING, person=person_id, state__in=OPEN)
    if offers.exists():
        message = _("The person is offered to a county already. Withdraw that offer first.")
        raise Conflict("transfer.person_open", message)
    transfer = Transfer(
        scope_code=household.scope_code,
        key=new_id(),
        direction=TransferDirection.OUTGOING,
        subject=TransferSubject.PERSON,
        household=household,
        person=membership.person,
        household_number=household.number,
        household_version=household.version,
        person_name=membership.person.name,
        sex_code=membership.person.sex_code,
        persons_count=1,
        leaving_code=leaving_code,
        effective_on=on,
        reason=reason[:200],
    )
    offer(transfer, receiver, actor=actor)
    return transfer


def accept_person(
    transfer_id: UUID,
    household_id: UUID,
    *,
    relation_code: str,
    joining_code: str,
    actor: Actor,
    reason: str,
    version: int | None = None,
) -> Transfer:
    """Accept the person into a household of this county; the person is here once the letter has arrived.

    Locks: the transfer row, the household row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    transfer = lock_offered(
        transfer_id,
        TransferDirection.INCOMING,
        "households.answer_transfer",
        actor=actor,
        version=version,
        subject=TransferSubject.PERSON,
    )
    reason = require_reason(reason)
    household = lock_household(household_id, "households.answer_transfer", actor=actor, version=None)
    _require_on_register(household)
    _require_counted(household, transfer.effective_on)
    require_relation_of_member(relation_code, today())
    require_fitting(relation_code, transfer.sex_code)
    _require_change_of_county(joining_code, "in", transfer.effective_on, field="joining_code")
    transfer.household, transfer.scope_code = household, household.scope_code
    transfer.relation_code, transfer.joining_code = relation_code, joining_code
    accept(transfer, actor=actor, reason=reason)
    return transfer


def carry_person_over(transfer: Transfer, household_id: UUID, letter: Letter, *, actor: Actor) -> None:
    """End the membership here and begin one there, or raise what the transfer lapses by.

    Runs in the scope of the source. Locks: both households, the person on file there. Raises: DomainError.
    """
    # First here, so that the other county does not hear of a person of two counties.
    traveller = _depart(transfer, household_id, actor=actor)
    with in_scope_of_sender(letter) as receiver:
        _arrive(letter, traveller, actor=receiver)


def _depart(transfer: Transfer, household_id: UUID, *, actor: Actor) -> _Traveller:
    on = transfer.effective_on
    household = lock_household(household_id, "households.carry_out_transfer", actor=actor, version=None)
    membership = present_members(household).select_related("person").filter(person=transfer.person_id).first()
    if membership is None:
        raise _gone(transfer)
    if membership.person.name != transfer.person_name:
        raise Conflict("transfer.person_changed", _("The person got another name after being offered."))
    _refuse_last_or_head(household, membership)
    came = Transfer.objects.filter(
        direction=TransferDirection.INCOMING, state=TransferState.DONE, person=membership.person
    )
    keys = tuple(came.values_list("key", flat=True))
    transfer.stays = left_of_member(membership)
    traveller = _Traveller(draft_of_member(membership), life_of(membership.person_id), keys, transfer.stays)
    part(
        household,
        standing_of_change(household, on),
        membership,
        actor=actor,
        on=on,
        reason_code=transfer.leaving_code,
        also={"other_county_code": (None, transfer.other_county_code)},
    )
    return traveller


def _arrive(letter: Letter, traveller: _Traveller, *, actor: Actor) -> None:
    transfer = of_letter(letter)
    household_id = transfer.household_id
    if transfer.state != TransferState.ACCEPTED or household_id is None:
        raise Conflict("transfer.decided", _("The other county decided otherwise meanwhile."))
    household = lock_household(household_id, "households.carry_out_transfer", actor=actor, version=None)
    _require_on_register(household)
    returned = None if is_on_file(traveller.draft) else _sent_from_here(traveller)
    membership = _join(household, transfer, traveller, returned, actor=actor)
    write_lives([(membership.person_id, traveller.life)], household.scope_code)
    transfer.person, transfer.scope_code = membership.person, household.scope_code
    transfer.stays = traveller.left
    decide(transfer, TransferState.DONE, actor=actor, answer=transfer.answer)


def _join(
    household: Household, transfer: Transfer, traveller: _Traveller, returned: Person | None, *, actor: Actor
) -> Membership:
    """Begin the membership of who comes back, known by the letter of the going, or of who the draft says."""
    on = transfer.effective_on
    standing = standing_of_change(household, on)
    also = {"other_county_code": (None, transfer.other_county_code)}
    if returned is None:
        draft = replace(traveller.draft, relation_code=transfer.relation_code)
        return join(household, standing, draft, actor=actor, on=on, reason_code=transfer.joining_code, also=also)
    give_document(returned, checked_person(traveller.draft, on=on))
    return join_again(
        household,
        standing,
        returned,
        transfer.relation_code,
        "households.take_back",
        actor=actor,
        on=on,
        reason_code=transfer.joining_code,
        also=also,
    )


def _sent_from_here(traveller: _Traveller) -> Person | None:
    """Give the person without a document of this county who was sent to the other one and comes back.

    Asked where neither document nor number is on file here: a document that came meanwhile may be of another entry.
    """
    sent = Transfer.objects.filter(
        direction=TransferDirection.OUTGOING, state=TransferState.DONE, key__in=traveller.came_by
    )
    rows = Person.objects.select_for_update(of=("self",)).filter(id__in=sent.values("person_id"))
    person = rows.filter(is_placeholder=True, name=traveller.draft.name).first()
    if person is None or not Membership.objects.filter(person=person, ends_on__isnull=True).exists():
        return person
    message = _("The person lives in a household here already. Resolve the double entry first.")
    raise Conflict("transfer.person_on_file", message)


def _gone(transfer: Transfer) -> Conflict:
    """Say what became of a person who is no member of the household any more."""
    if Membership.objects.filter(person=transfer.person_id, end_reason_code=DEATH_REASON).exists():
        return Conflict("transfer.person_died", _("The person died after being offered."))
    return Conflict("transfer.person_left", _("The person left the household after being offered."))


def _require_change_of_county(code: str, direction: str, on: date, *, field: str) -> None:
    require_change(code, direction, on, field=field)
    if code in STAYS_IN_COUNTY:
        message = _(
            "With this reason nobody goes to a household of another county. Choose marriage, moving, adoption or "
            "another reason, or end the membership here instead."
        )
        raise DomainError("transfer.reason", message, field=field)


def _refuse_last_or_head(household: Household, membership: Membership) -> None:
    if present_members(household).count() == 1:
        message = _("This is the last member. Offer the whole household to the other county instead.")
        raise Conflict("transfer.last_member", message, field="person_id")
    if membership.is_head:
        message = _("This member is the head. Change the head first, from the same day, then offer the person.")
        raise Conflict("transfer.head", message, field="person_id")


def _require_on_register(household: Household) -> None:
    if household.status not in ON_REGISTER:
        message = _("A candidate or a closed household takes nobody in from another county. Choose another household.")
        raise Conflict("transfer.not_on_register", message, field="household_id")


def _require_counted(household: Household, on: date) -> None:
    if on < counted_since(household):
        message = _(
            "The register counts that household only from %(day)s, and the person comes on %(on)s. Choose another "
            "household, or decline and ask for a later day."
        )
        days = {"day": counted_since(household).isoformat(), "on": on.isoformat()}
        raise DomainError("transfer.before_household", message % days, field="household_id")
