"""Transfers between counties, for lists and pages."""

from typing import TYPE_CHECKING, Final

from households.models import Transfer
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
    "version",
)


def transfers_visible_to(actor: Actor) -> "QuerySet[Transfer]":
    """Give the transfers that the actor may see: those in scope, for a helper only of the paired households."""
    rows = Transfer.objects.all()
    if actor.role != Role.HELPER:
        return rows
    return rows.filter(household__in=households_visible_to(actor).values("id"))
