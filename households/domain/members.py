"""Who joins and who leaves a household."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from households.domain.claims import refresh_claims
from households.domain.days import require_past
from households.domain.draft_checks import checked_person
from households.domain.drafts import PersonDraft
from households.domain.ending import refuse_closed
from households.domain.ledger import post_person
from households.domain.locking import lock_household, require_reason
from households.domain.messages import PROBLEM_MESSAGES
from households.domain.near import note_near
from households.domain.news import members_came
from households.domain.persons import person_of
from households.domain.refusals import constraint_refused
from households.domain.scope import rewrite_person_scope
from households.domain.sent_away import lives_elsewhere
from households.enums import BIRTH_REASON, DEATH_REASON, HEAD_RELATION, PostingKind
from households.models import Household, Membership, Person
from households.queries.history import Standing, counted_since, current_head, present_members, standing_on
from households.queries.transfers import is_sent_away
from registry.audit import record
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.periods import Precision, today
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from villages.domain.codes import require_code


def add_person(
    household_id: UUID,
    draft: PersonDraft,
    *,
    actor: Actor,
    on: date,
    reason_code: str,
    version: int | None = None,
) -> Membership:
    """Let a person join the household from the day `on`: birth, marriage, move and so on (`membership_change`).

    A person on file under the same document is taken as that person, unless on file as dead. Who is born is born on
    that day where no other is stated. Locks: the household row.
    Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    household, standing = _prepare(household_id, actor=actor, on=on, version=version)
    require_change(reason_code, "in", on)
    draft = _born(draft, reason_code, on)
    _refuse_sent_away(draft, on)
    return join(household, standing, draft, actor=actor, on=on, reason_code=reason_code)


def join(
    household: Household,
    standing: Standing,
    draft: PersonDraft,
    *,
    actor: Actor,
    on: date,
    reason_code: str,
    also: Mapping[str, tuple[object, object]] | None = None,
) -> Membership:
    """Let a person join a locked household that stands so on the day; `also` is told in the event.

    Raises: Conflict, DomainError.
    """
    draft = checked_person(draft, on=on)
    _refuse_second_head(household, draft.relation_code)
    _refuse_before_birth(draft.birth_on, on)
    try:
        with savepoint():
            person = person_of(draft, household)
            _refuse_dead(person)
            membership = _begin(household, person, draft.relation_code, on=on, reason_code=reason_code)
    except IntegrityError as error:
        raise constraint_refused(error) from error
    tell_joined(household, standing, membership, "households.add_person", actor=actor, also=also)
    return membership


def join_again(
    household: Household,
    standing: Standing,
    person: Person,
    relation_code: str,
    verb: str,
    *,
    actor: Actor,
    on: date,
    reason_code: str,
    also: Mapping[str, tuple[object, object]] | None = None,
    reason: str = "",
) -> Membership:
    """Let a person on file, who lives nowhere now, join a locked household that stands so on the day.

    Raises: Conflict, DomainError.
    """
    require_relation_of_member(relation_code, on)
    _refuse_before_birth(person.birth_on, on)
    _refuse_dead(person)
    try:
        with savepoint():
            membership = _begin(household, person, relation_code, on=on, reason_code=reason_code)
    except IntegrityError as error:
        raise constraint_refused(error) from error
    tell_joined(household, standing, membership, verb, actor=actor, also=also, reason=reason)
    return membership


def tell_joined(
    household: Household,
    standing: Standing,
    membership: Membership,
    verb: str,
    *,
    actor: Actor,
    also: Mapping[str, tuple[object, object]] | None,
    reason: str = "",
) -> None:
    """Post, claim, record and look for a membership that begins with the day on which the household stands so."""
    on, reason_code, person = membership.starts_on or today(), membership.start_reason_code, membership.person
    label = require_change(reason_code, "in", on)
    post_person(household, person, standing, kind=PostingKind.NATURAL_IN, persons=1, on=on, reason=label)
    count_up(household)
    refresh_claims([person.id], actor=actor)
    changes = {"members": (None, person.id), "effective_on": (None, on), "reason_code": (None, reason_code)}
    record(verb, household, actor=actor, changes={**changes, **(also or {})}, reason=reason)
    note_near([person.id], actor=actor)


def end_membership(
    household_id: UUID,
    person_id: UUID,
    *,
    actor: Actor,
    on: date,
    reason_code: str,
    version: int | None = None,
) -> Membership:
    """Let a person leave the household: the day `on` is the first one without (`membership_change`).

    The head leaves only after the head was changed, and the last member only by closing the household.
    Locks: the household row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    household, standing = _prepare(household_id, actor=actor, on=on, version=version)
    require_change(reason_code, "out", on)
    membership = present_membership(household, person_id)
    _refuse_last_or_head(household, membership)
    part(household, standing, membership, actor=actor, on=on, reason_code=reason_code)
    return membership


def part(
    household: Household,
    standing: Standing,
    membership: Membership,
    *,
    actor: Actor,
    on: date,
    reason_code: str,
    also: Mapping[str, tuple[object, object]] | None = None,
) -> None:
    """Let a member who may go leave a locked household that stands so on the day; `also` is told in the event.

    Raises: DomainError.
    """
    refuse_early_end(membership, on)
    _end(membership, on=on, reason_code=reason_code)
    kind, label = PostingKind.NATURAL_OUT, require_change(reason_code, "out", on)
    post_person(household, membership.person, standing, kind=kind, persons=-1, on=on, reason=label)
    count_up(household)
    person_id = membership.person_id
    refresh_claims([person_id], actor=actor)
    changes = {"members": (person_id, None), "effective_on": (None, on), "reason_code": (None, reason_code)}
    record("households.end_membership", household, actor=actor, changes={**changes, **(also or {})})


def change_head(
    household_id: UUID,
    person_id: UUID,
    *,
    former_head_relation: str,
    actor: Actor,
    on: date,
    reason: str,
    version: int | None = None,
) -> Household:
    """Make another member the head from the day `on`; the former head stays a member under `former_head_relation`.

    The relations of the other members are stated anew with `amend_relation`, as they refer to the head.
    Locks: the household row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    household, _standing = _prepare(household_id, actor=actor, on=on, version=version)
    reason = require_reason(reason)
    require_relation_of_member(former_head_relation, on)
    head, chosen = current_head(household), present_membership(household, person_id)
    if head is None or head.person_id == person_id:
        message = _("This member is the head already. Choose another member.")
        raise Conflict("head.same", message, field="person_id")
    for membership, relation_code in ((head, former_head_relation), (chosen, HEAD_RELATION)):
        _end(membership, on=on, reason_code="head_changed")
        _begin(household, membership.person, relation_code, on=on, reason_code="head_changed")
    count_up(household)
    changes = {"head": (head.person_id, person_id), "effective_on": (None, on)}
    record("households.change_head", household, actor=actor, changes=changes, reason=reason)
    return household


def amend_relation(
    household_id: UUID,
    person_id: UUID,
    relation_code: str,
    *,
    actor: Actor,
    reason: str,
    version: int | None = None,
) -> Membership:
    """Correct the stated relation of a member who is not the head.

    Locks: the household row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    household = lock_household(household_id, "households.change_members", actor=actor, version=version)
    reason = require_reason(reason)
    membership = present_membership(household, person_id)
    if membership.is_head:
        raise Conflict("head.amend", _("This member is the head. Change the head instead."), field="relation_code")
    require_relation_of_member(relation_code, today())
    before, membership.relation_code = membership.relation_code, relation_code
    membership.save(update_fields=["relation_code"])
    count_up(household)
    changes = {"relation_code": (before, relation_code), "member": (person_id, person_id)}
    record("households.amend_relation", household, actor=actor, changes=changes, reason=reason)
    return membership


def _prepare(household_id: UUID, *, actor: Actor, on: date, version: int | None) -> tuple[Household, Standing]:
    household = lock_household(household_id, "households.change_members", actor=actor, version=version)
    return household, standing_of_change(household, on)


def standing_of_change(household: Household, on: date) -> Standing:
    """Give where a household stands on a day on which its members change.

    Raises: Conflict `household.closed`; DomainError for a day that lies in the future or before the household.
    """
    refuse_closed(household)
    require_past(on)
    since = counted_since(household)
    standing = standing_on(household, on)
    if standing is None or on < since:
        message = _("The register counts the household only from %(day)s. Enter that day or a later one.")
        raise DomainError("date.before_household", message % {"day": since.isoformat()}, field="on")
    return standing


def _begin(household: Household, person: Person, relation_code: str, *, on: date, reason_code: str) -> Membership:
    membership = Membership.objects.create(
        scope_code=household.scope_code,
        household=household,
        person=person,
        relation_code=relation_code,
        starts_on=on,
        starts_precision=Precision.DAY,
        start_reason_code=reason_code,
    )
    if person.scope_code != household.scope_code:
        rewrite_person_scope([person.id], household.scope_code)
    members_came.send(sender=None, household=household, persons=[person.id], on=on)
    return membership


def refuse_early_end(membership: Membership, on: date) -> None:
    """Refuse a day before the membership began or the person was born. Raises: DomainError."""
    _refuse_end_before_start(membership, on)
    birth_on = membership.person.birth_on
    if birth_on is not None and on < birth_on:
        message = _("The person would leave or die before the day of birth. Check both dates.")
        raise DomainError("date.before_birth", message, field="on")


def _refuse_end_before_start(membership: Membership, on: date) -> None:
    if membership.starts_on is not None and on < membership.starts_on:
        message = _("The person became a member only on %(day)s. Enter that day or a later one.")
        day = membership.starts_on.isoformat()
        raise DomainError("date.before_membership", message % {"day": day}, field="on")


def _end(membership: Membership, *, on: date, reason_code: str) -> None:
    _refuse_end_before_start(membership, on)
    membership.ends_on, membership.end_reason_code = on, reason_code
    membership.save(update_fields=["ends_on", "end_reason_code"])


def present_membership(household: Household, person_id: UUID) -> Membership:
    """Give the present membership of a person. Raises: NotFound `member.not_found`."""
    membership = present_members(household).select_related("person").filter(person=person_id).first()
    if membership is None:
        message = _("The person is not a member of the household now. Choose one of its members.")
        raise NotFound("member.not_found", message, field="person_id")
    return membership


def _refuse_second_head(household: Household, relation_code: str) -> None:
    if relation_code == HEAD_RELATION and current_head(household) is not None:
        message = _("The household has a head. Add the person under another relation, then change the head.")
        raise Conflict("head.second", message, field="relation_code")


def _refuse_before_birth(birth_on: date | None, on: date) -> None:
    if birth_on is not None and on < birth_on:
        message = _("The person joins before the day of birth. Check both dates.")
        raise DomainError("date.before_birth", message, field="on")


def _born(draft: PersonDraft, reason_code: str, on: date) -> PersonDraft:
    if reason_code != BIRTH_REASON or draft.birth_on is not None or draft.document_number:
        return draft
    return replace(draft, birth_on=on, birth_precision=Precision.DAY.value)


def _refuse_sent_away(draft: PersonDraft, on: date) -> None:
    """Asked of the number in its normal form, and also where a document number stands for none."""
    meant = checked_person(draft, on=on) if draft.number else draft
    if meant.number and not meant.document_number and is_sent_away(meant.number):
        raise lives_elsewhere("number")


def _refuse_dead(person: Person) -> None:
    died = Membership.objects.filter(person=person, end_reason_code=DEATH_REASON).first()
    if died is not None:
        raise Conflict("person.dead", PROBLEM_MESSAGES["person_dead"], field="document_number")


def _refuse_last_or_head(household: Household, membership: Membership) -> None:
    if present_members(household).count() == 1:
        message = _("This is the last member. Close the household instead, as wholly gone.")
        raise Conflict("member.last", message, field="person_id")
    if membership.is_head:
        message = _("This member is the head. Change the head first, from the same day, then end this membership.")
        raise Conflict("member.is_head", message, field="person_id")


def require_change(reason_code: str, direction: str, on: date, *, field: str = "reason_code") -> str:
    """Give the label of the reason for joining (`in`) or leaving (`out`). Raises: DomainError."""
    return require_code("membership_change", reason_code, on=on, field=field, parent=direction).label_zh


def require_relation_of_member(relation_code: str, on: date) -> None:
    """Refuse a relation that is unknown, or that of the head. Raises: DomainError."""
    require_code("relation", relation_code, on=on, field="relation_code")
    if relation_code == HEAD_RELATION:
        message = _("Only one member is the head. Choose another relation.")
        raise DomainError("head.second", message, field="relation_code")


def count_up(household: Household) -> None:
    """Count the version of a locked household up."""
    household.touch().save(update_fields=["version", "updated_at"])
