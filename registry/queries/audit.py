"""The audit trail: events for the audit administrator, and the changes of one record for those who see it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from registry.models import AuditDetail, AuditEvent

MOST_CHANGES: Final = 200


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a record before and after."""

    label: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class RecordChange:
    """What one event changed of a record; `fields` is empty once the retention verb emptied it."""

    at: datetime
    fields: tuple[FieldChange, ...]


def changes_of(record_id: UUID) -> list[RecordChange]:
    """Give the changes of a record, the newest first, by one query, with the names of the fields for labels."""
    details = AuditDetail.objects.filter(object_id=record_id).order_by("-at")[:MOST_CHANGES]
    return [RecordChange(detail.at, fields_of(detail)) for detail in details]


def events() -> QuerySet[AuditEvent]:
    """Give the events of the tenant, the newest first; the database shows them to the audit administrator alone."""
    return AuditEvent.objects.order_by("-seq")


def fields_of(detail: AuditDetail) -> tuple[FieldChange, ...]:
    """Give the fields of a detail before and after, with their names for labels."""
    before, after = detail.before or {}, detail.after or {}
    names = sorted({*before, *after})
    return tuple(FieldChange(name, before.get(name), after.get(name)) for name in names)
