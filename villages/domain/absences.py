"""Absences of members: the township marks the days and a reason, and nothing else is kept of them."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from villages.domain.codes import require_code
from villages.enums import ABSENCE_SCHEME
from villages.models import TeamAbsence, TeamMember

ACTION: Final = "villages.mark_absence"


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceDraft:
    """Days away; `ends_on` is the first day back, empty while nobody knows it."""

    starts_on: date
    ends_on: date | None = None
    reason_code: str


def mark_absence(member_id: UUID, draft: AbsenceDraft, *, actor: Actor, version: int | None = None) -> TeamAbsence:
    """Mark days on which a member is away.

    Locks: the member's row. Raises: NotFound, NotAllowed, StaleVersion; Conflict when days are marked already;
    DomainError.
    """
    member = lock_version(TeamMember.objects.all(), member_id, version)
    require(actor, ACTION, member)
    _check(draft, member)
    absence = TeamAbsence(scope_code=member.scope_code, member=member)
    changes = _fill(absence, draft)
    _save(absence, None)
    record("villages.mark_absence", absence, actor=actor, changes=changes)
    return absence


def amend_absence(absence_id: UUID, draft: AbsenceDraft, *, actor: Actor, version: int | None = None) -> TeamAbsence:
    """Correct the days or the reason of an absence; one that ends on the day it starts was marked in error.

    Locks: the absence's row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    absence = lock_version(TeamAbsence.objects.all(), absence_id, version)
    require(actor, ACTION, absence)
    _check(draft, absence.member)
    changes = _fill(absence, draft)
    if changes:
        _save(absence.touch(), [*changes, "version", "updated_at"])
        record("villages.amend_absence", absence, actor=actor, changes=changes)
    return absence


def _check(draft: AbsenceDraft, member: TeamMember) -> None:
    require_code(ABSENCE_SCHEME, draft.reason_code, on=draft.starts_on, field="reason_code")
    if draft.ends_on is not None and draft.ends_on < draft.starts_on:
        message = _("The absence ends before it began. Check both days.")
        raise DomainError("absence.ends_before_start", message, field="ends_on")
    last = member.ends_on
    if draft.starts_on < member.starts_on or (
        last is not None and (draft.starts_on >= last or draft.ends_on is None or draft.ends_on > last)
    ):
        message = _("The member is not in the team on all these days. Enter days of the stay.")
        raise DomainError("absence.outside_stay", message, field="starts_on")


def _fill(absence: TeamAbsence, draft: AbsenceDraft) -> dict[str, tuple[object, object]]:
    wanted = {"starts_on": draft.starts_on, "ends_on": draft.ends_on, "reason_code": draft.reason_code}
    before = {name: getattr(absence, name) for name in wanted}
    absence.starts_on, absence.ends_on, absence.reason_code = draft.starts_on, draft.ends_on, draft.reason_code
    return {name: (before[name], value) for name, value in wanted.items() if before[name] != value}


def _save(absence: TeamAbsence, update_fields: list[str] | None) -> None:
    try:
        with savepoint():
            absence.save(update_fields=update_fields)
    except IntegrityError as error:
        message = _("An absence of this member is marked for some of these days. Correct that one.")
        raise Conflict("absence.on_file", message, field="starts_on") from error
