"""Record where persons work, month by month: one writer for the form, REST and whatever brings many records."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from households.domain.locking import require_reason
from households.domain.person_facts import places_of_work, require_place_of_work
from households.domain.refusals import constraint_refused
from households.models import Person, WorkRecord
from households.queries.visibility import persons_visible_to
from households.queries.work import work_visible_to
from registry.access import require, require_role
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.messages import Message
from registry.lib.periods import today
from registry.lib.text import clean
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from villages.domain.codes import require_code, require_codes

MOST_RECORDS: Final = 500
_ACTION: Final = "households.record_work"
_NOTHING: Final[tuple[object, ...]] = (None, "", [], False)
Change = tuple[Any, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkDraft:
    """Work of a person in some whole months of one year; empty means unknown.

    `starts_on` is the first day of the first month, `ends_on` the first day of the first month without it.
    """

    starts_on: date
    ends_on: date | None = None
    is_planned: bool = False
    division_code: str = ""
    employer: str = ""
    industry_code: str = ""
    monthly_income_yuan: Decimal | None = None
    channel_code: str = ""
    is_point_to_point: bool | None = None
    transport_subsidy_yuan: Decimal | None = None
    service_codes: tuple[str, ...] = ()


_COLUMNS: Final = (*(field.name for field in fields(WorkDraft)), "year")


def record_work(person_id: UUID, draft: WorkDraft, *, actor: Actor) -> WorkRecord:
    """Enter one work record.

    Locks: the person. Raises: NotFound, NotAllowed, Conflict when the months overlap, DomainError with the field.
    """
    (made,) = record_work_of_many([(person_id, draft)], actor=actor)
    return made


def record_work_of_many(drafts: Sequence[tuple[UUID, WorkDraft]], *, actor: Actor) -> list[WorkRecord]:
    """Enter up to 500 work records, all or none, with one audit event; give them in the same order.

    A record of the same person, kind and first month is brought up to date instead, so that the same list again
    changes nothing; what the list does not know of it, its end too, stays.
    Locks: the persons, in the order of their ids.
    Raises: NotFound for a person out of sight, NotAllowed, Conflict when months overlap, DomainError with the field.
    """
    require_role(actor, _ACTION)
    if len(drafts) > MOST_RECORDS:
        message = _("At most %(most)s work records are taken at once. Send the rest in a second list.")
        raise DomainError("work.too_many", message % {"most": MOST_RECORDS})
    divisions = places_of_work(draft.division_code for _id, draft in drafts)
    checked = [_checked_of_several(draft, place, len(drafts), divisions) for place, (_id, draft) in enumerate(drafts)]
    persons = _locked_persons({person_id for person_id, _draft in drafts}, actor)
    known = {
        (row.person_id, row.is_planned, row.starts_on): row
        for row in WorkRecord.objects.filter(person__in=list(persons)).order_by("id")
        if row.ends_on != row.starts_on
    }
    on_file = {row.pk for row in known.values()}
    rows: list[WorkRecord] = []
    changes: dict[str, Change] = {}
    changed: dict[UUID, WorkRecord] = {}
    for (person_id, _draft), draft in zip(drafts, checked, strict=True):
        row = known.setdefault((person_id, draft.is_planned, draft.starts_on), _blank(persons[person_id], draft))
        is_known = row.pk in on_file or row.pk in changed
        differing = _fill(row, _with_known(draft, row) if is_known else draft, on_file)
        if differing:
            changed[row.pk], changes = row, differing
        rows.append(row)
    _save(list(changed.values()), on_file)
    if len(changed) == 1:
        record(_ACTION, next(iter(changed.values())), actor=actor, changes=changes)
    elif changed:
        kind = "households.workrecord"
        record(_ACTION, actor=actor, count=len(changed), object_type=kind, object_ids=list(changed))
    return rows


def amend_work(record_id: UUID, draft: WorkDraft, *, actor: Actor, version: int | None = None) -> WorkRecord:
    """Correct a work record, or end it. A plan stays a plan: the work that comes of it is a record of its own.

    Locks: the record. Raises: NotFound, NotAllowed, StaleVersion, Conflict when months overlap, DomainError.
    """
    row = lock_version(work_visible_to(actor), record_id, version)
    require(actor, _ACTION, row)
    if row.ends_on == row.starts_on:
        message = _("This record was withdrawn as an error and stays so. Enter the work anew.")
        raise Conflict("work.withdrawn", message)
    changes = _fill(row, _checked(replace(draft, is_planned=row.is_planned), divisions=None), {row.pk})
    if changes:
        _save([row], {row.pk})
        record("households.amend_work", row, actor=actor, changes=changes)
    return row


def withdraw_work(record_id: UUID, *, actor: Actor, reason: str, version: int | None = None) -> WorkRecord:
    """Take back a record that was entered in error: it stays on file, ends on the day it starts, and counts no month.

    Locks: the record. Raises: NotFound, NotAllowed, StaleVersion, DomainError without a reason.
    """
    row = lock_version(work_visible_to(actor), record_id, version)
    require(actor, _ACTION, row)
    reason = require_reason(reason)
    before, row.ends_on = row.ends_on, row.starts_on
    if before != row.ends_on:
        _save([row], {row.pk})
        record("households.withdraw_work", row, actor=actor, changes={"ends_on": (before, row.ends_on)}, reason=reason)
    return row


def _checked_of_several(draft: WorkDraft, place: int, count: int, divisions: Collection[str]) -> WorkDraft:
    try:
        return _checked(draft, divisions=divisions)
    except DomainError as error:
        if count == 1:
            raise
        sentence = Message("Record %(place)s of the list: %(sentence)s")
        field = f"records.{place}" + (f".{error.field}" if error.field else "")
        raise DomainError(
            error.code, sentence % {"place": place + 1, "sentence": error.message}, field=field
        ) from error


def _checked(draft: WorkDraft, *, divisions: Collection[str] | None) -> WorkDraft:
    on = today()
    lists = {"industry_code": "industry", "channel_code": "employment_channel"}
    require_codes({name: (scheme, getattr(draft, name)) for name, scheme in lists.items()}, on=on)
    for code in draft.service_codes:
        require_code("employment_service", code, on=on, field="service_codes")
    require_place_of_work(draft.division_code, field="division_code", divisions=divisions)
    _check_months(draft, on)
    return replace(draft, employer=clean(draft.employer))


def _check_months(draft: WorkDraft, on: date) -> None:
    if draft.starts_on.day != 1 or (draft.ends_on is not None and draft.ends_on.day != 1):
        message = _("Work is counted in whole months. Enter the first day of the month.")
        raise DomainError("work.whole_months", message, field="starts_on")
    if not draft.is_planned and draft.starts_on > on:
        message = _("Work that begins later is planned. Mark it so, or correct the month.")
        raise DomainError("work.in_future", message, field="starts_on")
    if draft.ends_on is None:
        return
    if draft.ends_on <= draft.starts_on:
        message = _("The work ends before it began. Check both months.")
        raise DomainError("work.ends_before_start", message, field="ends_on")
    if draft.ends_on > date(draft.starts_on.year + 1, 1, 1):
        message = _("A work record lies within one year. Work that goes on is entered again for the next year.")
        raise DomainError("work.beyond_year", message, field="ends_on")


def _locked_persons(ids: Iterable[UUID], actor: Actor) -> dict[UUID, Person]:
    wanted = set(ids)
    rows = persons_visible_to(actor).filter(id__in=wanted).order_by("id").select_for_update(of=("self",))
    persons = {person.pk: person for person in rows}
    if len(persons) < len(wanted):
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return persons


def _blank(person: Person, draft: WorkDraft) -> WorkRecord:
    return WorkRecord(
        person=person,
        scope_code=person.scope_code,
        is_planned=draft.is_planned,
        year=draft.starts_on.year,
        starts_on=draft.starts_on,
    )


def _with_known(draft: WorkDraft, row: WorkRecord) -> WorkDraft:
    """Give the draft with what the record knows in place of what the draft does not."""
    values = asdict(draft)
    known = {name: getattr(row, name) for name, value in values.items() if value in (None, "", ())}
    if "service_codes" in known:
        known["service_codes"] = tuple(known["service_codes"])
    return replace(draft, **known)


def _fill(row: WorkRecord, draft: WorkDraft, on_file: Collection[UUID]) -> dict[str, Change]:
    """Write the draft into the row and say what differs; of a new row all that is known."""
    values = asdict(draft) | {"year": draft.starts_on.year, "service_codes": list(draft.service_codes)}
    is_new = row.pk not in on_file
    changes = {
        name: (None if is_new else getattr(row, name), value)
        for name, value in values.items()
        if (value not in _NOTHING if is_new else getattr(row, name) != value)
    }
    for name, value in values.items():
        setattr(row, name, value)
    return changes


def _save(rows: Sequence[WorkRecord], on_file: Collection[UUID]) -> None:
    """Write what is new and what changed, by two statements."""
    new = [row for row in rows if row.pk not in on_file]
    changed = [row for row in rows if row.pk in on_file]
    for row in changed:
        row.touch()
    try:
        with savepoint():
            WorkRecord.objects.bulk_update(changed, [*_COLUMNS, "version", "updated_at"])
            WorkRecord.objects.bulk_create(new)
    except IntegrityError as error:
        raise constraint_refused(error) from error
