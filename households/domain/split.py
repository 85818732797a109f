"""Split a household: some of its members found one of their own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from households.domain.ending import lock_open, standing_with_members, tie
from households.domain.ledger import Flow, enter, post
from households.domain.locking import require_reason
from households.domain.move import village_in_area
from households.domain.news import household_split, members_came
from households.domain.refusals import constraint_refused
from households.domain.scope import rewrite_person_scope
from households.enums import HEAD_RELATION, SPLIT_REASON, PostingKind, TieKind
from households.models import Household, HouseholdSpell, Membership, MonitoringSpell
from households.queries.history import Standing, present_members
from registry.audit import record
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.periods import Precision
from registry.lib.text import clean
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from villages.domain.codes import require_code, require_codes
from villages.models import Village

FOUNDED: Final = "household_split"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHousehold:
    """What is stated of the household that is founded; empty means as in the household that it leaves.

    `relations` says who goes, by person, and what each is to the new head; exactly one is the head.
    """

    number: str
    relations: Mapping[UUID, str]
    village_code: str = ""
    group_name: str = ""
    main_cause_code: str = ""


def split_household(
    household_id: UUID, new: NewHousehold, *, actor: Actor, on: date, reason: str, version: int | None = None
) -> Household:
    """Let members leave the household and found their own from the day `on`; give the new household.

    It takes over status, date and standard of identification, causes and monitoring: who was counted stays counted, so
    that each stock has one household more and as many persons (docs/decisions/0065). Telephone, account and yearly
    facts stay where they were stated. Locks: the household row.
    Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    origin = lock_open(household_id, "households.split", actor=actor, on=on, version=version)
    reason = require_reason(reason)
    standing = standing_with_members(origin, on)
    leaving = _leaving(origin, new.relations, on)
    village = village_in_area(new.village_code or origin.scope_code)
    require_codes({"main_cause_code": ("poverty_cause", new.main_cause_code)}, on=on)
    try:
        with savepoint():
            household = _found(origin, new, village)
            _write_spells(origin, household, on)
            _part(leaving, household, new.relations, on)
    except IntegrityError as error:
        raise constraint_refused(error) from error
    _post(origin, household, standing, persons=len(leaving), on=on, reason=reason)
    tie(origin, TieKind.SPLIT_OFF, household.number, on=on)
    tie(household, TieKind.SPLIT_FROM, origin.number, on=on)
    origin.touch().save(update_fields=["version", "updated_at"])
    changes = {"effective_on": (None, on), "split_off": (None, household.id), "persons_count": (None, len(leaving))}
    record("households.split", origin, actor=actor, changes=changes, reason=reason)
    household_split.send(sender=None, household=household, origin=origin, on=on, actor=actor, reason=reason)
    members_came.send(sender=None, household=household, persons=[row.person_id for row in leaving], on=on)
    return household


def _leaving(origin: Household, relations: Mapping[UUID, str], on: date) -> list[Membership]:
    """Give the memberships of those who go, or refuse a choice that leaves one side without members or a head."""
    members = {row.person_id: row for row in present_members(origin).select_related("person")}
    if not relations:
        raise DomainError("split.nobody", _("Nobody leaves. Choose the members who found the new household."))
    if not relations.keys() <= members.keys():
        message = _("The person is not a member of the household now. Choose one of its members.")
        raise NotFound("member.not_found", message, field="members")
    for code in relations.values():
        require_code("relation", code, on=on, field="members")
    if list(relations.values()).count(HEAD_RELATION) != 1:
        message = _("The new household needs exactly one head. Mark one of those who go as 户主.")
        raise DomainError("split.one_head", message, field="members")
    if any(members[person].is_head for person in relations):
        message = _("The head of this household cannot go with the others. Change the head first, from the same day.")
        raise Conflict("split.head", message, field="members")
    return [members[person] for person in relations]


def _found(origin: Household, new: NewHousehold, village: Village) -> Household:
    main_cause = new.main_cause_code or origin.main_cause_code
    return Household.objects.create(
        scope_code=village.code,
        village=village,
        number=clean(new.number),
        group_name=clean(new.group_name) or (origin.group_name if village.id == origin.village_id else ""),
        status=origin.status,
        standard_code=origin.standard_code,
        attribute_code=origin.attribute_code,
        main_cause_code=main_cause,
        other_cause_codes=[code for code in origin.other_cause_codes if code != main_cause],
        identified_on=origin.identified_on,
        identified_precision=origin.identified_precision,
        monitoring_state=origin.monitoring_state,
        monitoring_code=origin.monitoring_code,
    )


def _write_spells(origin: Household, household: Household, on: date) -> None:
    """The register counts the new household from the day; how long it is monitored goes back to the first one's day."""
    HouseholdSpell.objects.create(
        scope_code=household.scope_code,
        household=household,
        village_code=household.scope_code,
        status=household.status,
        starts_on=on,
    )
    MonitoringSpell.objects.bulk_create(
        MonitoringSpell(
            scope_code=household.scope_code,
            household=household,
            category_code=spell.category_code,
            starts_on=spell.starts_on,
            starts_precision=spell.starts_precision,
            ends_on=spell.ends_on,
            end_code=spell.end_code,
        )
        for spell in MonitoringSpell.objects.filter(household=origin)
    )


def _part(leaving: list[Membership], household: Household, relations: Mapping[UUID, str], on: date) -> None:
    for membership in leaving:
        membership.ends_on, membership.end_reason_code = on, SPLIT_REASON
        membership.save(update_fields=["ends_on", "end_reason_code"])
    Membership.objects.bulk_create(
        Membership(
            scope_code=household.scope_code,
            household=household,
            person_id=membership.person_id,
            relation_code=relations[membership.person_id],
            starts_on=on,
            starts_precision=Precision.DAY,
            start_reason_code=FOUNDED,
        )
        for membership in leaving
    )
    rewrite_person_scope([membership.person_id for membership in leaving], household.scope_code)


def _post(origin: Household, household: Household, standing: Standing, *, persons: int, on: date, reason: str) -> None:
    kind = PostingKind.SPLIT
    post(
        origin,
        [Flow(stock, kind, 0, -persons, standing.village_code) for stock in standing.stocks],
        on=on,
        reason=reason,
    )
    entered = [enter(stock, kind, persons=persons, village_code=household.scope_code) for stock in standing.stocks]
    post(household, entered, on=on, reason=reason)
