"""Take back a death or another leaving that was recorded by mistake: the same membership goes on, as if never ended."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from households.domain.claims import refresh_claims
from households.domain.ledger import post_person
from households.domain.locking import lock_household, require_reason
from households.domain.members import count_up, require_relation_of_member, standing_of_change
from households.domain.near import note_near
from households.domain.refusals import constraint_refused
from households.enums import DuplicateState, HouseholdStatus, PostingKind, TransferSubject
from households.models import ClosedYear, DuplicateNotice, Household, HouseholdSpell, Membership, Person
from households.queries.history import head_since, last_membership, standing_on
from households.queries.transfers import sent_away
from registry.audit import record
from registry.domain.claims import Shared
from registry.domain.codes import code_list
from registry.lib.errors import Conflict, NotFound
from registry.lib.periods import Precision
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint


def reinstate_member(
    household_id: UUID,
    person_id: UUID,
    *,
    actor: Actor,
    reason: str,
    relation_code: str = "",
    version: int | None = None,
) -> Membership:
    """Take back the last leaving of a person: the membership goes on from the day on which it was ended.

    `relation_code` states the relation from that day on, where the head is another one since. In a household that was
    closed since, or went to another county and came back, the membership goes on until it ended with the household;
    into one that came back the person is then taken back. `version` is the household's.
    Locks: the household row, the person's row.
    Raises: NotFound, NotAllowed, StaleVersion; Conflict where something was built on the leaving since; DomainError.
    """
    household = lock_household(household_id, "households.reinstate_member", actor=actor, version=version)
    reason = require_reason(reason)
    person = Person.objects.select_for_update(of=("self",)).filter(pk=person_id).first()
    membership = last_membership(person_id)
    if person is None or membership is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    on, former = _require_taken_back(household, person, membership)
    closed = _closing_of(household, on)
    standing = standing_on(household, on) if closed else standing_of_change(household, on)
    if standing is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    try:
        with savepoint():
            membership = _go_on(membership, relation_code, on=on, closed=closed)
    except IntegrityError as error:
        raise constraint_refused(error) from error
    until = closed.ends_on if closed else None
    # Who left on the very day on which the household ended is counted on no day more.
    if until is None or on < until:
        kind = PostingKind.CORRECTION
        post_person(household, person, standing, kind=kind, persons=1, on=on, until=until, reason=reason)
    count_up(household)
    _refuse_claimed(person_id, refresh_claims([person_id], actor=actor))
    changes = {"members": (None, person_id), "effective_on": (None, on), "end_reason_code": (former, None)}
    record("households.reinstate_member", household, actor=actor, changes=changes, reason=reason)
    note_near([person_id], actor=actor)
    return membership


def _require_taken_back(household: Household, person: Person, membership: Membership) -> tuple[date, str]:
    """Give the day and the reason of a leaving on which nothing was built since. Raises: Conflict."""
    on, former = membership.ends_on, membership.end_reason_code
    if on is None:
        message = _("The person lives in a household now. End that membership first, if it is the wrong one.")
        raise Conflict("reinstate.present", message)
    if membership.household_id != household.pk:
        message = _(
            "The person lived in another household since. Take back the leaving of that one, or take the person back "
            "into this one."
        )
        raise Conflict("reinstate.elsewhere", message)
    listed = code_list("membership_change", on=on).entries.get(former)
    if listed is None or listed.parent_code != "out":
        message = _(
            "The membership ended with the household, not by a leaving. Take the person back into a household instead."
        )
        raise Conflict("reinstate.no_leaving", message)
    if person.anonymised_on is not None:
        raise Conflict("reinstate.anonymised", _("Nothing is on file of this person any more."))
    _refuse_sent_away(person)
    _refuse_closed_years(on)
    return on, former


def _refuse_sent_away(person: Person) -> None:
    sent = sent_away(person.id)
    if sent is not None and sent.subject == TransferSubject.PERSON:
        message = _("Another county took the person in. Ask that county to offer the person to this one.")
        raise Conflict("reinstate.sent_away", message)


def _refuse_closed_years(on: date) -> None:
    """The figures of a year that is closed were counted without the person."""
    if ClosedYear.objects.filter(year__gte=on.year, reopened_on__isnull=True).exists():
        message = _(
            "The county has closed the year of the leaving or a later one, and its figures were counted without the "
            "person. The county office opens those years again first."
        )
        raise Conflict("reinstate.year_closed", message)


def _closing_of(household: Household, on: date) -> Membership | None:
    """Give a membership that ended when the household ended here after that day: closed, or gone to another county."""
    spells = HouseholdSpell.objects.filter(household=household, status=HouseholdStatus.CLOSED, starts_on__gte=on)
    first = spells.order_by("starts_on").first()
    if first is None:
        return None
    closings = code_list("closing_reason").entries
    rows = Membership.objects.filter(household=household, ends_on=first.starts_on, end_reason_code__in=closings)
    return rows.order_by("id").first()


def _refuse_claimed(person_id: UUID, shared: Iterable[Shared]) -> None:
    """Who is registered under the same document in another county does live on, but there."""
    counties = [one.tenant_id for one in shared]
    rows = DuplicateNotice.objects.filter(person=person_id, state=DuplicateState.NEW, other_tenant__in=counties)
    if rows.exists():
        message = _(
            "Another county has registered this document number. Call its office: it ends the membership there, or the "
            "leaving here stays."
        )
        raise Conflict("reinstate.claimed", message)


def _go_on(membership: Membership, relation_code: str, *, on: date, closed: Membership | None) -> Membership:
    """Let the membership go on, under another relation as a row of its own from that day on; `closed` tells the end."""
    ends_on, end_reason_code = (closed.ends_on, closed.end_reason_code) if closed else (None, "")
    if relation_code and relation_code != membership.relation_code:
        require_relation_of_member(relation_code, on)
        membership.end_reason_code = "head_changed"
        membership.save(update_fields=["end_reason_code"])
        return Membership.objects.create(
            scope_code=membership.scope_code,
            household=membership.household,
            person=membership.person,
            relation_code=relation_code,
            starts_on=on,
            starts_precision=Precision.DAY,
            start_reason_code="head_changed",
            ends_on=ends_on,
            end_reason_code=end_reason_code,
        )
    if membership.is_head and head_since(membership.household, on):
        message = _(
            "Somebody else is the head since. State what this person is to that head, then change the head from the "
            "same day."
        )
        raise Conflict("reinstate.head", message, field="relation_code")
    membership.ends_on, membership.end_reason_code = ends_on, end_reason_code
    membership.save(update_fields=["ends_on", "end_reason_code"])
    return membership
