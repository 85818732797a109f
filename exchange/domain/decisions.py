"""Bring a roster in, decide on it, and let go of what is no longer needed."""

from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange.enums import Verdict
from exchange.models import ImportBatch, ImportHousehold, ImportRow
from exchange.workflow import DECIDED, transition
from registry import audit
from registry.access import require
from registry.domain.documents import remove_document, store_document
from registry.domain.versions import lock_version
from registry.jobs import enqueue, schedule_due
from registry.lib.errors import DomainError
from registry.lib.messages import Message
from registry.lib.periods import TIME_ZONE, today
from registry.lib.sheets import check_file
from registry.tenancy.context import Actor

CHECK_JOB: Final = "exchange.check_batch"
APPLY_JOB: Final = "exchange.apply_batch"
LAPSE_DUE: Final = "exchange.rows_lapse"
DOCUMENT_KIND: Final = "roster"
# For how long refused rows and differences wait for the office. Source: house rule, issue A.
KEEP_DAYS: Final = 30
MEDIA_TYPES: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}


def upload_roster(content: bytes, *, name: str, actor: Actor, data_date: date | None = None) -> ImportBatch:
    """Keep an uploaded roster, encrypted, and queue its check.

    Raises: NotAllowed; DomainError `sheet.…` for a file that can never be read as a roster.
    """
    require(actor, "exchange.upload")
    if not actor.ranges:
        raise DomainError("sheet.no_area", _("You work for no division, so there is nothing that a roster could tell."))
    check_file(content, most_bytes=settings.UPLOAD_LIMIT_BYTES)
    scope_code = division_of(actor)
    document = store_document(
        content,
        name=name,
        media_type=MEDIA_TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream"),
        kind=DOCUMENT_KIND,
        actor=actor,
        scope_code=scope_code,
    )
    batch = ImportBatch(
        scope_code=scope_code,
        document=document,
        file_name=document.name,
        sha256=document.sha256,
        byte_count=document.byte_count,
        uploaded_by=actor.user_id,
        data_date=data_date,
    )
    batch.save()
    _lapse_after(batch, KEEP_DAYS)
    enqueue(CHECK_JOB, key=str(batch.pk), arguments={"batch_id": str(batch.pk)}, actor=actor)
    audit.record("exchange.upload_roster", batch, actor=actor, changes={"sha256": (None, batch.sha256)})
    return batch


def division_of(actor: Actor) -> str:
    """Give the division whose rosters the actor brings: the county, or the first part of it that the role covers."""
    return actor.tenant_code if actor.covers(actor.tenant_code) else actor.ranges[0].lo


def approve_roster(batch_id: UUID, *, actor: Actor, version: int | None, reason: str = "") -> ImportBatch:
    """Decide that a checked roster is applied, and queue that.

    Locks: the batch. Raises: NotAllowed, NotFound, StaleVersion; Conflict when it is not waiting for a decision.
    """
    batch = _decide(batch_id, "apply", actor=actor, version=version, reason=reason)
    batch.touch().save()
    enqueue(APPLY_JOB, key=str(batch.pk), arguments={"batch_id": str(batch.pk)}, actor=actor)
    audit.record("exchange.approve_roster", batch, actor=actor, reason=reason)
    return batch


def reject_roster(batch_id: UUID, *, actor: Actor, version: int | None, reason: str = "") -> ImportBatch:
    """Decide that a roster is not applied; its file is deleted.

    Locks: the batch. Raises: NotAllowed, NotFound, StaleVersion; Conflict when it is decided already.
    """
    batch = _decide(batch_id, "reject", actor=actor, version=version, reason=reason)
    settle(batch, actor=actor)
    audit.record("exchange.reject_roster", batch, actor=actor, reason=reason)
    return batch


def fail_batch(batch_id: UUID, code: str, message: object, *, actor: Actor, keep_days: int = KEEP_DAYS) -> None:
    """Note why a roster could not be checked or applied; its file is deleted, and a mended one is uploaded anew."""
    batch = ImportBatch.objects.select_for_update(of=("self",)).filter(pk=batch_id).first()
    if batch is None or batch.is_decided:
        return
    batch.state = transition("fail", present=batch.state).target
    batch.error_code, batch.error = code[:100], message
    settle(batch, actor=actor, keep_days=keep_days)
    audit.record("exchange.fail_roster", batch, actor=actor, reason=code)


def settle(batch: ImportBatch, *, actor: Actor, keep_days: int = KEEP_DAYS) -> None:
    """Delete the file of a decided roster and the verdicts nobody needs any more; what asks for work stays a while."""
    documents, batch.document, batch.drafts = (batch.document, batch.drafts), None, None
    batch.decided_at = batch.decided_at or timezone.now()
    batch.rows_kept_until = today() + timedelta(days=keep_days)
    batch.touch().save()
    for document in documents:
        if document is not None:
            remove_document(document, actor=actor, reason=str(batch.state))
    ImportHousehold.objects.filter(batch=batch, notes=[]).exclude(verdict=Verdict.REFUSED).delete()
    _lapse_after(batch, keep_days)


def _lapse_after(batch: ImportBatch, days: int) -> None:
    """Look at the roster again when the days are over; a later moment takes the place of an earlier one."""
    lapse_at = datetime.combine(today() + timedelta(days=days), time(), tzinfo=TIME_ZONE)
    schedule_due(batch.tenant_id, LAPSE_DUE, str(batch.pk), lapse_at)


def let_roster_lapse(batch_id: UUID, *, actor: Actor) -> None:
    """Delete the refused rows and noted households of a decided roster, whose numbers remain.

    A roster on which nobody decided in its days is closed first, so that its file does not stay for ever.
    """
    batch = ImportBatch.objects.filter(pk=batch_id)
    if batch.exclude(state__in=DECIDED).exists():
        message = Message(
            "Nobody decided on this roster for 30 days, so its file was deleted. Upload it again if it counts."
        )
        fail_batch(batch_id, "batch.abandoned", message, actor=actor, keep_days=0)
    elif batch.exists():
        ImportRow.objects.filter(batch_id=batch_id).delete()
        ImportHousehold.objects.filter(batch_id=batch_id).delete()
        audit.record("exchange.let_rows_lapse", batch.get(), actor=actor)


def _decide(batch_id: UUID, step: str, *, actor: Actor, version: int | None, reason: str) -> ImportBatch:
    batch = lock_version(ImportBatch.objects.all(), batch_id, version)
    require(actor, "exchange.decide", batch)
    batch.state = transition(step, present=batch.state).target
    batch.decided_by, batch.decided_at, batch.decision_reason = actor.user_id, timezone.now(), reason[:200]
    return batch
