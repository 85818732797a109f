"""Register households: one statement for each table, however many households there are.

The single form, the REST list and the sheet import all end in `apply_drafts`, which writes the *new* households of the
draft tables (`households.domain.drafts` has their contract): household, persons, memberships, status and monitoring
spells, yearly facts and postings, in one transaction and with one audit event. A draft whose number is on file already
is left out, so that the same drafts again change nothing; `update_contacts_and_years` writes what such a draft may
change. The order for a caller that fills the tables itself:

    open_drafts()                      # the tables are empty
    INSERT INTO draft_household (...) SELECT ...; INSERT INTO draft_person (...) SELECT ...
    index_drafts()
    match_drafts(actor=actor)          # fills on_file_id
    draft_problems(...), draft_differences(...), absent_members(...)    # households.queries.drafts, for a preview
    apply_drafts(actor=actor, on=..., kind=..., reason=...)             # the new ones
    update_contacts_and_years(actor=actor, reason=...)                  # those on file
    assign_helpers(actor=actor, on=..., reason=...)                     # assistance.domain.assign, from helper_*
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import IntegrityError, connection

from households.domain import register_sql
from households.domain.closed_years import require_open_years
from households.domain.days import require_past
from households.domain.draft_checks import checked_drafts, of_several
from households.domain.drafts import HouseholdDraft, copy_drafts
from households.domain.duplicates import note_duplicates
from households.domain.messages import CONSTRAINT_MESSAGES, PROBLEM_MESSAGES
from households.domain.near import note_near_drafts
from households.domain.refusals import constraint_refused
from households.domain.scope import rewrite_person_scope
from households.enums import PostingKind
from households.models import Household
from households.queries.drafts import draft_problems
from registry.access import require
from registry.audit import record
from registry.domain.claims import shared_claims
from registry.lib.errors import Conflict, DomainError
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint

# The kinds of posting of a first count; a household that comes to the register later is newly filed or identified, and
# one that comes to it lifted corrects the register. One that another county hands over has moved in.
_KINDS: Final = {
    PostingKind.TAKEOVER: {
        "not_lifted_kind": PostingKind.TAKEOVER,
        "lifted_kind": PostingKind.TAKEOVER,
        "monitored_kind": PostingKind.TAKEOVER,
    },
    PostingKind.FILED: {
        "not_lifted_kind": PostingKind.FILED,
        "lifted_kind": PostingKind.CORRECTION,
        "monitored_kind": PostingKind.IDENTIFIED,
    },
    PostingKind.MOVED_IN: {
        "not_lifted_kind": PostingKind.MOVED_IN,
        "lifted_kind": PostingKind.MOVED_IN,
        "monitored_kind": PostingKind.MOVED_IN,
    },
}


Values = dict[str, int | str | date]
_OBJECT_TYPE: Final = "households.household"


class DraftRefused(DomainError):
    """One household of the draft tables cannot be registered."""

    def __init__(self, household_id: UUID, error: DomainError) -> None:
        super().__init__(error.code, error.message, field=error.field)
        self.household_id = household_id
        self.error = error


@dataclass(frozen=True, slots=True)
class Applied:
    """How many rows a bulk registration wrote."""

    households: int
    persons: int
    postings: int


def register_households(
    drafts: Sequence[HouseholdDraft],
    *,
    actor: Actor,
    on: date,
    kind: PostingKind = PostingKind.FILED,
    reason: str = "",
) -> list[UUID]:
    """Register households from drafts in clear and give their ids, in the same order.

    Raises: DomainError with the first thing that is wrong, and which household of several it is; Conflict when a number
    is on file already.
    """
    require(actor, "households.register")
    require_past(on)
    require_open_years(draft.facts.year for draft in drafts if draft.facts is not None)
    ids = copy_drafts(checked_drafts(drafts, on=on), tenant_id=actor.tenant_id)
    match_drafts(actor=actor)
    alone = drafts[0].village_code if len(drafts) == 1 else ""
    try:
        _refuse_known_numbers()
        apply_drafts(actor=actor, on=on, kind=kind, reason=reason, ids=ids, village_code=alone)
    except DraftRefused as refused:
        raise of_several(refused.error, ids.index(refused.household_id), count=len(ids)) from refused
    return ids


def match_drafts(*, actor: Actor) -> None:
    """Find the households and persons of the draft tables that are on file, and note their ids in `on_file_id`."""
    with connection.cursor() as cursor:
        for statement in (
            register_sql.MATCH_HOUSEHOLDS,
            register_sql.MATCH_PERSONS_BY_DOCUMENT,
            register_sql.MATCH_PERSONS_BY_NUMBER,
            register_sql.MATCH_MEMBERS_BY_NAME,
        ):
            cursor.execute(statement, {"tenant": actor.tenant_id})


def apply_drafts(
    *,
    actor: Actor,
    on: date,
    kind: PostingKind,
    reason: str,
    ids: Sequence[UUID] = (),
    village_code: str = "",
) -> Applied:
    """Write the new households of the draft tables; `match_drafts` has run before. Those on file stay as they are.

    `on` is the day from which the register counts them, `kind` TAKEOVER for the first roster of a county and FILED
    after that. `ids` are the new households, where the caller knows that all are; `village_code` is that of a single
    one, which the trail of its village counts (docs/decisions/0156).

    Raises: DomainError when a draft is impossible; nothing is written then.
    """
    require_past(on)
    _refuse_problems(actor, on, by_letter=kind == PostingKind.MOVED_IN)
    values: Values = {"tenant": actor.tenant_id, "on": on, "reason": reason, **_KINDS[kind]}
    try:
        with savepoint():
            applied = _insert(values)
    except IntegrityError as error:
        raise constraint_refused(error) from error
    if applied.households:
        note_duplicates(shared_claims(register_sql.CLAIMED, {}), actor=actor)
        record(
            "households.register",
            # Without an id: the household's own trail begins with what changes after its registration.
            Household(pk=None, scope_code=village_code) if village_code else None,
            actor=actor,
            changes={"starts_on": (None, on)} if village_code else None,
            reason=reason,
            count=applied.households,
            object_type=_OBJECT_TYPE,
            object_ids=ids,
        )
        note_near_drafts(actor=actor)
    return applied


def _insert(values: Values) -> Applied:
    households = _execute(register_sql.INSERT_HOUSEHOLDS, values)
    if not households:
        return Applied(0, 0, 0)
    _execute(register_sql.INSERT_PERSONS, values)
    _take_along_returned(values)
    persons = _execute(register_sql.INSERT_MEMBERSHIPS, values)
    _execute(register_sql.INSERT_SPELLS, values)
    _execute(register_sql.INSERT_MONITORING_SPELLS, values)
    _execute(register_sql.INSERT_HOUSEHOLD_YEARS, values)
    _execute(register_sql.INSERT_PERSON_YEARS, values)
    postings = _execute(register_sql.INSERT_POSTINGS, values)
    postings += _execute(register_sql.INSERT_MONITORED_POSTINGS, values)
    _execute(register_sql.CLAIM_RETURNED, values)
    return Applied(households, persons, postings)


def _take_along_returned(values: Values) -> None:
    """Let those who come back be seen in the village to which they come."""
    with connection.cursor() as cursor:
        cursor.execute(register_sql.RETURNED, values)
        returned = cursor.fetchall()
    for village_code, persons in returned:
        rewrite_person_scope(persons, village_code)


def _execute(statement: str, values: Values) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def _refuse_problems(actor: Actor, on: date, *, by_letter: bool) -> None:
    problems = draft_problems(tenant_id=actor.tenant_id, on=on, by_letter=by_letter)
    if problems:
        code = problems[0].code
        raise DraftRefused(problems[0].household_id, DomainError(f"draft.{code}", PROBLEM_MESSAGES[code]))


def _refuse_known_numbers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM draft_household WHERE on_file_id IS NOT NULL ORDER BY id LIMIT 1")
        known = cursor.fetchone()
    if known:
        message = CONSTRAINT_MESSAGES["household_number_once_a_tenant"]
        raise DraftRefused(known[0], Conflict("household.number_on_file", message))
