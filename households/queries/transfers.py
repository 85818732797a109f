"""Transfers between counties, for lists and pages."""

from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db.models import Q

from households.enums import TRANSFERRED, TransferDirection, TransferState, TransferSubject
from households.models import Person, Transfer
from households.queries.history import last_membership
from households.queries.visibility import households_visible_to
from registry.enums import Role
from registry.tenancy.context import Actor

if TYPE_CHECKING:
    from django.db.models import QuerySet

TRANSFER_COLUMNS: Final = (
    "id",
    "direction",
    "state",
    "subject",
    "household_id",
    "person_id",
    "household_number",
    "head_name",
    "persons_count",
    "person_name",
    "sex_code",
    "leaving_code",
    "joining_code",
    "relation_code",
    "other_county_code",
    "other_county_name",
    "village_code",
    "effective_on",
    "reason",
    "answer",
    "outcome_code",
    "stays",
    "version",
)


def sent_away(person_id: UUID) -> Transfer | None:
    """Give the transfer by which a person, or the whole household, left last; None for one who is here."""
    last = last_membership(person_id)
    if last is None or last.ends_on is None:
        return None
    alone = Q(subject=TransferSubject.PERSON, person=person_id, leaving_code=last.end_reason_code)
    together = Q(subject=TransferSubject.HOUSEHOLD, household=last.household_id)
    # Who left or died on the day on which the household went did not go along.
    went = together if last.end_reason_code == TRANSFERRED else alone
    done = Transfer.objects.filter(direction=TransferDirection.OUTGOING, state=TransferState.DONE)
    return done.filter(went, effective_on=last.ends_on).first()


def is_sent_away(number: str) -> bool:
    """Tell whether a transfer sent away who is on file under a person number and has no document."""
    rows = Person.objects.filter(number=number, is_placeholder=True)
    return any(sent_away(person_id) is not None for person_id in rows.values_list("id", flat=True)[:1])


def transfers_visible_to(actor: Actor) -> "QuerySet[Transfer]":
    """Give the transfers that the actor may see: those in scope, for a helper only of the paired households."""
    rows = Transfer.objects.all()
    if actor.role != Role.HELPER:
        return rows
    return rows.filter(household__in=households_visible_to(actor).values("id"))
