"""Rosters, the verdicts on their households, and the rows of which there is something to say."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from exchange.enums import BatchState, Verdict
from exchange.models import ImportBatch, ImportHousehold, ImportRow
from registry.lib.errors import NotFound


def batches_visible() -> "QuerySet[ImportBatch]":
    """Give the rosters of the actor's area, the latest first."""
    return ImportBatch.objects.order_by("-uploaded_at", "-id")


def batch_visible(batch_id: UUID) -> ImportBatch:
    """Give one roster. Raises: NotFound, also outside the actor's area."""
    batch = batches_visible().filter(pk=batch_id).first()
    if batch is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return batch


def applied_with_file(batch: ImportBatch) -> UUID | None:
    """Give the latest applied roster that came from the very same file, or None."""
    found = batches_visible().filter(sha256=batch.sha256, state=BatchState.APPLIED)
    former: UUID | None = found.exclude(pk=batch.pk).values_list("pk", flat=True).first()
    return former


def judged_households(batch: ImportBatch, verdict: Verdict) -> "QuerySet[ImportHousehold]":
    """Give the households of one verdict in the order of the sheet."""
    return ImportHousehold.objects.filter(batch=batch, verdict=verdict).order_by("first_row")


def noted_households(batch: ImportBatch) -> "QuerySet[ImportHousehold]":
    """Give the households of which something is listed and not applied."""
    return ImportHousehold.objects.filter(batch=batch).exclude(notes=[]).order_by("first_row")


def rows_with_findings(batch: ImportBatch) -> "QuerySet[ImportRow]":
    """Give the rows of which there is something to say, without their sealed cells."""
    return ImportRow.objects.filter(batch=batch).order_by("row").defer("cells_sealed")


def refused_rows(batch: ImportBatch) -> "QuerySet[ImportRow]":
    """Give the rows that were refused and are still kept, in the order of the sheet."""
    return ImportRow.objects.filter(batch=batch, cells_sealed__isnull=False).order_by("row")
