"""Merge two households: one ends and its members live on in the other."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from households.domain.claims import refresh_claims
from households.domain.ending import MERGED, close, lock_open, standing_with_members, tie
from households.domain.ledger import Flow, leave, post
from households.domain.locking import require_reason
from households.domain.news import household_closed, household_merged, members_came
from households.domain.refusals import constraint_refused
from households.domain.scope import rewrite_person_scope
from households.enums import HEAD_RELATION, JOINED_REASON, PostingKind, TieKind
from households.models import Household, Membership
from households.queries.history import Standing, present_members
from registry.audit import record
from registry.domain.codes import code_list
from registry.lib.errors import Conflict, DomainError
from registry.lib.periods import Precision
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from villages.domain.codes import require_code


def merge_households(
    household_id: UUID,
    into_id: UUID,
    relations: Mapping[UUID, str],
    *,
    actor: Actor,
    on: date,
    reason: str,
    version: int | None = None,
) -> Household:
    """Close the household from the day `on` and let its members live on in the other; give the one that stays.

    `relations` says what each member is to the head of the other household. Both must be counted in the same stocks,
    so that each stock has one household less and as many persons (docs/decisions/0066).
    Locks: both household rows, in the order of their ids.
    Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    if household_id == into_id:
        raise DomainError("merge.itself", _("A household cannot be merged into itself. Choose another one."))
    versions = {household_id: version, into_id: None}
    locked = {
        id_: lock_open(id_, "households.merge", actor=actor, on=on, version=versions[id_]) for id_ in sorted(versions)
    }
    merged, household = locked[household_id], locked[into_id]
    reason = require_reason(reason)
    standing = standing_with_members(merged, on)
    target = standing_with_members(household, on)
    _refuse_different(merged, household, standing, target)
    persons = _checked(merged, relations, on)
    _post(merged, household, standing, target, on=on, reason=reason)
    household_merged.send(sender=None, household=household, merged=merged, on=on, actor=actor, reason=reason)
    close(merged, MERGED, on, actor=actor)
    _join(household, persons, relations, on)
    refresh_claims(persons, actor=actor)
    tie(merged, TieKind.MERGED_INTO, household.number, on=on)
    tie(household, TieKind.MERGED_FROM, merged.number, on=on)
    household.touch().save(update_fields=["version", "updated_at"])
    changes = {"effective_on": (None, on), "merged_into": (None, household.id), "persons_count": (None, len(persons))}
    record("households.merge", merged, actor=actor, changes=changes, reason=reason)
    label = code_list("closing_reason", on=on).labels.get(MERGED, MERGED)
    household_closed.send(sender=None, household=merged, on=on, actor=actor, reason=label)
    members_came.send(sender=None, household=household, persons=persons, on=on)
    return household


def _refuse_different(merged: Household, household: Household, one: Standing, other: Standing) -> None:
    if set(one.stocks) == set(other.stocks) and (one.stocks or merged.status == household.status):
        return
    message = _(
        "The two households differ in status or monitoring, so that persons would leave or enter a stock. First bring "
        "both to the same status and monitoring, each by its own procedure."
    )
    raise Conflict("merge.different", message)


def _checked(merged: Household, relations: Mapping[UUID, str], on: date) -> list[UUID]:
    """Give the present members, each of whom needs a relation to the head of the other household."""
    persons = list(present_members(merged).order_by("id").values_list("person_id", flat=True))
    if set(persons) != set(relations):
        message = _("State for each member, and nobody else, what the person is to the head of the other household.")
        raise DomainError("merge.relations", message, field="members")
    for code in relations.values():
        require_code("relation", code, on=on, field="members")
    if HEAD_RELATION in relations.values():
        message = _("The other household has its head. Choose another relation; change the head afterwards.")
        raise DomainError("merge.head", message, field="members")
    return persons


def _join(household: Household, persons: list[UUID], relations: Mapping[UUID, str], on: date) -> None:
    try:
        with savepoint():
            Membership.objects.bulk_create(
                Membership(
                    scope_code=household.scope_code,
                    household=household,
                    person_id=person,
                    relation_code=relations[person],
                    starts_on=on,
                    starts_precision=Precision.DAY,
                    start_reason_code=JOINED_REASON,
                )
                for person in persons
            )
    except IntegrityError as error:
        raise constraint_refused(error) from error
    rewrite_person_scope(persons, household.scope_code)


def _post(
    merged: Household, household: Household, standing: Standing, target: Standing, *, on: date, reason: str
) -> None:
    kind = PostingKind.MERGE
    post(merged, leave(standing, kind, standing.stocks), on=on, reason=reason)
    came = [Flow(stock, kind, 0, standing.persons, target.village_code) for stock in standing.stocks]
    post(household, came, on=on, reason=reason)
