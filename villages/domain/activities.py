"""Record what is held in a village, and keep its material. Counts only: nobody who came is named anywhere."""

import re
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from registry.access import require
from registry.audit import record
from registry.domain.documents import read_document, store_document
from registry.domain.files import media_type_of
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.lib.periods import today
from registry.tenancy.context import Actor
from villages.domain.codes import require_code
from villages.domain.days import require_past, require_reason
from villages.domain.writing import change, enter, require_text
from villages.enums import ACTIVITY_SCHEME
from villages.models import ActivityMaterial, Village, VillageActivity, VillagePlan
from villages.queries.activities import find_material
from villages.queries.villages import lock_village

MATERIAL: Final = "villages.material"
_RECORD: Final = "villages.record_activity"
# A number of a person, a telephone or an account: none belongs into a subject.
_NUMBER: Final = re.compile(r"\d{8,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityDraft:
    """An activity as it is stated; `plan_id` names the village plan that a consultation was about."""

    kind_code: str
    held_on: date
    subject: str
    participant_count: int
    plan_id: UUID | None = None


def record_activity(village_id: UUID, draft: ActivityDraft, *, actor: Actor) -> VillageActivity:
    """Record an activity of a village; the same one again is a form sent twice.

    Locks: the village. Raises: NotFound, NotAllowed, Conflict; DomainError with the field at fault.
    """
    village = lock_village(village_id)
    require(actor, _RECORD, village)
    values = _values(draft, village)
    if VillageActivity.objects.filter(village=village, withdrawn_on=None, **values).exists():
        message = _("The same activity is on file. Where there were two of that day, tell them apart in the subject.")
        raise Conflict("activity.on_file", message)
    row = VillageActivity(scope_code=village.code, village=village, **values)
    enter(row, _RECORD, values, actor=actor)
    return row


def amend_activity(
    activity_id: UUID, draft: ActivityDraft, *, actor: Actor, version: int | None = None
) -> VillageActivity:
    """Correct an activity.

    Locks: the row. Raises: NotFound, NotAllowed, StaleVersion, Conflict for a withdrawn one; DomainError.
    """
    row = _locked(activity_id, actor, version)
    change(row, "villages.amend_activity", _values(draft, row.village), actor=actor)
    return row


def withdraw_activity(activity_id: UUID, *, reason: str, actor: Actor, version: int | None = None) -> VillageActivity:
    """Take back an activity that was entered in error: it stays on file and counts no more.

    Locks: the row. Raises: NotFound, NotAllowed, StaleVersion, Conflict; DomainError without a reason.
    """
    row = _locked(activity_id, actor, version)
    given = require_reason(reason)
    change(row, "villages.withdraw_activity", {"withdrawn_on": today()}, actor=actor, reason=given)
    return row


def add_material(
    activity_id: UUID, content: bytes, *, name: str, title: str, actor: Actor, version: int | None = None
) -> ActivityMaterial:
    """Keep a file that was shown or handed out.

    Locks: the activity. Raises: NotFound, NotAllowed, StaleVersion, Conflict; DomainError for a file that is not what
    its name says, or without a title.
    """
    activity = _locked(activity_id, actor, version)
    message = _("The title is missing. Say what the file is.")
    given = require_text(title, message, code="material.title_missing", field="title")
    document = store_document(
        content,
        name=name,
        media_type=media_type_of(content, name),
        kind=MATERIAL,
        actor=actor,
        scope_code=activity.scope_code,
    )
    row = ActivityMaterial.objects.create(
        scope_code=activity.scope_code, activity=activity, title=given, document=document, added_by=actor.user_id
    )
    activity.touch().save(update_fields=["version", "updated_at"])
    changes = {"title": (None, given), "sha256": (None, document.sha256)}
    record("villages.add_material", activity, actor=actor, changes=changes)
    return row


def read_material(material_id: UUID, *, actor: Actor) -> tuple[ActivityMaterial, bytes]:
    """Give a file with its content; that somebody read it is audited. Raises: NotFound, NotAllowed, DomainError."""
    require(actor, "villages.view")
    row = find_material(material_id)
    content = read_document(row.document, actor=actor)
    record("villages.read_material", row.activity, actor=actor, changes={"title": ("", row.title)})
    return row, content


def _locked(activity_id: UUID, actor: Actor, version: int | None) -> VillageActivity:
    row = lock_version(VillageActivity.objects.select_related("village"), activity_id, version)
    require(actor, _RECORD, row)
    if row.withdrawn_on is not None:
        raise Conflict("activity.withdrawn", _("This record was withdrawn, and stays as it is."))
    return row


def _values(draft: ActivityDraft, village: Village) -> dict[str, Any]:
    require_code(ACTIVITY_SCHEME, draft.kind_code, on=today(), field="kind_code")
    require_past(draft.held_on, field="held_on")
    if draft.participant_count < 1:
        message = _("At least one person came. An activity that was not held is not recorded.")
        raise DomainError("activity.nobody", message, field="participant_count")
    subject = require_text(
        draft.subject, _("The subject is missing. Enter it."), code="activity.subject_missing", field="subject"
    )
    if _NUMBER.search(subject):
        message = _("The subject holds a long number. Enter no numbers of persons.")
        raise DomainError("activity.number", message, field="subject")
    if draft.plan_id is not None and not VillagePlan.objects.filter(pk=draft.plan_id, village=village).exists():
        message = _("The village has no such plan. Choose one of its own.")
        raise DomainError("activity.plan", message, field="plan_id")
    return asdict(replace(draft, subject=subject))
