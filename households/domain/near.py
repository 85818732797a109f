# ruff: noqa: S608  (the statements are put together from constants of ours alone)
"""Persons of a county who look alike: note both sides of a pair after a save, say so, and settle it.

Looking for them refuses nothing. The whole county is asked by one statement, which gives to the verb nothing but why:
who the other one is, and in which village, stands in the row that each side's own people see.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, time
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from households.domain.locking import require_reason
from households.enums import NearReason, NearState
from households.models import NearDuplicate, Person
from households.queries.near import (
    COUNTY,
    PERSONS,
    STANDING,
    WRITTEN,
    are_near,
    find_near,
    left_since,
    looks_like_who_left,
    near_pairs_sql,
    near_visible_to,
)
from registry.access import require
from registry.audit import record, record_each
from registry.domain.versions import lock_version
from registry.jobs import enqueue, start_due
from registry.lib.errors import Conflict, DomainError, NotAllowed
from registry.lib.gbcode import subtree
from registry.lib.periods import next_at
from registry.tenancy.context import Actor, Notice, current_state, system_actor
from registry.tenancy.scope import lent_scope

NEAR_JOB: Final = "households.note_near"
NEAR_DUE: Final = "households.near_night"
# A house rule: after midnight and before the first clerk, when the run of the rules has long begun.
NIGHT: Final = time(3, 30)
_OBJECT_TYPE: Final = "households.nearduplicate"
_STANDING: Final = ", ".join(f"'{state}'" for state in STANDING)


def _note_sql(subject: str) -> str:
    """Write both sides of each pair that has none standing, and give what was noted of the subjects, by why."""
    return f"""
WITH near AS (
    SELECT DISTINCT ON (least(id, other_id), greatest(id, other_id)) * FROM ({near_pairs_sql(subject)}) AS pairs
    ORDER BY least(id, other_id), greatest(id, other_id), why
), noted AS (
    INSERT INTO households_nearduplicate (id, tenant_id, scope_code, version, created_at, updated_at, person_id,
        other_person_id, other_village_code, other_left, why, state, reason)
    SELECT gen_random_uuid(), %(tenant)s, side.scope_code, 1, now(), now(), side.person_id, side.other_id,
        side.other_code, side.other_left, near.why, '{NearState.NEW}', ''
    FROM near CROSS JOIN LATERAL (VALUES
        (near.id, near.scope_code, near.other_id, near.other_scope_code, near.has_left),
        (near.other_id, near.other_scope_code, near.id, near.scope_code, false))
        AS side (person_id, scope_code, other_id, other_code, other_left)
    ORDER BY side.person_id, side.other_id
    ON CONFLICT (tenant_id, person_id, other_person_id) WHERE state IN ({_STANDING}) DO NOTHING
    RETURNING why, other_left
)
SELECT noted.why, bool_or(noted.other_left), count(*) FROM noted GROUP BY noted.why ORDER BY noted.why"""


_NOTE: Final = _note_sql(PERSONS)
_NOTE_DRAFTS: Final = _note_sql(WRITTEN)
_NOTE_COUNTY: Final = _note_sql(COUNTY)


def note_near(person_ids: Iterable[UUID], *, actor: Actor) -> None:
    """Note who in the county looks like one of these persons, and warn; a pair that stands already is left alone.

    Called by each verb by which somebody comes, or gets another name or day of birth, after it has written.
    """
    _note(_NOTE, {"ids": list(person_ids)}, actor=actor)


def note_near_drafts(*, actor: Actor) -> None:
    """Do so for the persons of the new households of the draft tables, once they are written."""
    _note(_NOTE_DRAFTS, {}, actor=actor)
    start_due(actor.tenant_id, NEAR_DUE, "", next_at(timezone.now(), NIGHT))


def note_near_county(*, actor: Actor) -> int:
    """Note who of the whole county looks alike, and give the number of new rows.

    Each night, for two whom two offices entered at the same moment, neither of which saw the other's; and once after
    the upgrade, for who was on file before (docs/decisions/0133). Raises: NotAllowed.
    """
    require(actor, "households.note_near")
    return _note(_NOTE_COUNTY, {}, actor=actor)


def note_near_at_night(*, actor: Actor, due_at: datetime) -> datetime:
    """Queue the night's look at the county, and give the moment of the next."""
    enqueue(NEAR_JOB, key=f"night:{due_at.isoformat()}", arguments={}, actor=actor)
    return next_at(timezone.now(), NIGHT)


@contextmanager
def in_whole_county(actor: Actor) -> Iterator[None]:
    """Ask the whole county for an actor who sees a part of it; what is learned there must name nobody."""
    if actor.covers_county:
        yield
        return
    whole = subtree(actor.tenant_code)
    with lent_scope(system_actor(actor.tenant_id, actor.tenant_code, (whole,), origin=actor.origin)):
        yield


def settle_near(near_id: UUID, state: str, *, actor: Actor, reason: str, version: int | None = None) -> NearDuplicate:
    """Say that two persons who look alike are different, or were the same and are put right; both sides are settled.

    It takes somebody who sees both. Put right is believed once one of them lives in no household any more, or they no
    longer look alike. Locks: the rows of both sides, in the order of their ids. Raises: NotFound, NotAllowed,
    StaleVersion; Conflict when it is settled already, or while both are as they were; DomainError without a reason.
    """
    require(actor, "households.settle_near", find_near(near_id, actor=actor))
    sides = lock_both_sides(near_id)
    row = lock_version(near_visible_to(actor), near_id, version)
    reason = require_reason(reason)
    if state not in NearState.values or state == NearState.NEW:
        raise DomainError("near.unknown_state", _("Choose what the two persons are."), field="state")
    if row.state != NearState.NEW:
        raise Conflict("near.settled", _("This is settled already."))
    if not Person.objects.filter(pk=row.other_person_id).exists():
        message = _(
            "The other person lives in a part of the county that you do not work for. Call that village or township; "
            "the county office, which sees both, settles it."
        )
        raise NotAllowed("near.other_side_hidden", message)
    if state == NearState.SAME:
        _refuse_as_they_were(row, sides, actor=actor)
    settle_sides(sides, state, reason=reason)
    # An event for each side, as each is read with its own person.
    told = [(side, {"state": (NearState.NEW, state)}) for side in sides]
    record_each("households.settle_near", told, actor=actor, reason=reason)
    return find_near(near_id, actor=actor)


def settle_sides(sides: Iterable[NearDuplicate], state: str, *, reason: str) -> None:
    """Write what the two persons are on both locked sides."""
    for side in sides:
        side.state, side.reason, side.settled_at = state, reason, timezone.now()
        side.touch().save(update_fields=["state", "reason", "settled_at", "version", "updated_at"])


def _refuse_as_they_were(row: NearDuplicate, sides: Iterable[NearDuplicate], *, actor: Actor) -> None:
    if are_near(row.person_id, row.other_person_id, tenant_id=actor.tenant_id):
        message = _(
            "Both are still in a household and look alike. End the membership of the one that is wrong, or correct "
            "its name or day of birth first."
        )
        raise Conflict("near.still_here", message, field="state")
    pairs = [(side.person_id, side.other_person_id) for side in sides if side.other_left]
    if any(looks_like_who_left(*pair, tenant_id=actor.tenant_id) for pair in pairs):
        message = _(
            "Who came back is still on file under two entries. End the membership of the new entry, then take back the "
            "entry on file: on its page choose to take the person back, or to take back a leaving that was recorded by "
            "mistake."
        )
        raise Conflict("near.not_taken_back", message, field="state")


def _note(statement: str, values: dict[str, list[UUID]], *, actor: Actor) -> int:
    with in_whole_county(actor), connection.cursor() as cursor:
        cursor.execute(statement, {"tenant": actor.tenant_id, "left_since": left_since(), **values})
        noted = cursor.fetchall()
    notices = current_state().notices
    notices.extend(Notice(f"near.{why}", _SENTENCES[why]) for why, _has_left, _count in noted)
    if any(has_left for _why, has_left, _count in noted):
        notices.append(Notice("near.left", _LEFT_SENTENCE))
    count: int = sum(number for _why, _has_left, number in noted)
    if count:
        record("households.note_near", actor=actor, count=count, object_type=_OBJECT_TYPE)
    return count


def lock_both_sides(near_id: UUID) -> list[NearDuplicate]:
    """Lock the open rows of a pair, in the order of their ids."""
    found = NearDuplicate.objects.get(pk=near_id)
    own, other = found.person_id, found.other_person_id
    pair = Q(person=own, other_person_id=other) | Q(person=other, other_person_id=own)
    rows = NearDuplicate.objects.filter(pair, state=NearState.NEW)
    return list(rows.select_for_update(of=("self",)).order_by("id"))


_LEFT_SENTENCE: Final = _(
    "One of those who look alike left or died in the last years. Somebody who comes back is the person on file: look "
    "under persons who look alike before you enter more."
)
_SENTENCES: Final = {
    NearReason.SAME_NAME_BIRTH: _(
        "Somebody on file in the county has the same name and the same day of birth. Look under persons who look alike."
    ),
    NearReason.SOUND_BIRTH: _(
        "Somebody on file in the county has a name that sounds alike and the same day of birth. Look under persons who "
        "look alike."
    ),
    NearReason.SHORT_NAME_BIRTH: _(
        "Somebody on file in the township has a longer or shorter form of the name and the same day of birth. Look "
        "under persons who look alike."
    ),
    NearReason.NAME_VILLAGE: _(
        "Somebody on file in the village has the same name; the days of birth do not tell them apart. Look under "
        "persons who look alike."
    ),
}
