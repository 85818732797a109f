"""Check a roster: what the preview shows, and nothing of it in the register yet."""

import json
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from exchange.domain.bulk import insert_rows
from exchange.domain.grouping import Grouping
from exchange.domain.judging import Judgement, judge
from exchange.domain.kept_drafts import keep_drafts
from exchange.domain.roster import Roster, open_roster, stage_roster
from exchange.enums import Verdict
from exchange.models import ImportBatch, ImportHousehold, ImportRow
from exchange.queries.batches import applied_with_file
from exchange.sheets.problems import Problem
from exchange.sheets.reading import only_kept, raw_rows
from exchange.workflow import transition
from registry import audit
from registry.crypto import Purpose, seal_many
from registry.domain.documents import read_document
from registry.domain.versions import lock_version
from registry.jobs import Progress
from registry.lib.errors import NotFound
from registry.tenancy.context import Actor
from registry.tenancy.models import new_id

_HOUSEHOLD_COLUMNS: Final = (
    "id", "tenant_id", "scope_code", "batch_id", "number", "first_row", "village_code", "head_name", "person_count",
    "verdict", "notes", "absent_person_ids",
)  # fmt: skip
_ROW_COLUMNS: Final = (
    "id", "tenant_id", "scope_code", "batch_id", "household_number", "row", "problems", "warnings", "cells_sealed",
)  # fmt: skip
_MOST_FINDINGS_OF_A_ROW: Final = 50


def check_batch(batch_id: UUID, *, actor: Actor, progress: Progress) -> ImportBatch:
    """Check an uploaded roster and keep the verdict on each household; the register stays as it is.

    Locks: the batch. Raises: DomainError `sheet.…` when the file cannot be read as a roster.
    """
    batch = lock_version(ImportBatch.objects.all(), batch_id, None)
    batch.state = transition("check", present=batch.state).target
    batch.touch().save(update_fields=["state", "version", "updated_at"])
    roster = _read_roster(batch, actor=actor)
    grouping = stage_roster(roster, actor=actor, progress=progress)
    judgement = judge(grouping, actor=actor, on=roster.data_date)
    batch.drafts = keep_drafts(batch, grouping, actor=actor)
    _keep_households(batch, grouping, judgement)
    _keep_rows(batch, roster, grouping)
    _finish(batch, roster, grouping, judgement)
    audit.record("exchange.check_roster", batch, actor=actor, count=len(judgement.verdicts))
    return batch


def _read_roster(batch: ImportBatch, *, actor: Actor) -> Roster:
    """Open the batch's file. Raises: NotFound when it is no longer kept; DomainError `sheet.…`."""
    if batch.document is None:
        raise NotFound("document.removed", _("The file of this roster is no longer kept."))
    content = read_document(batch.document, actor=actor)
    return open_roster(content, data_date=batch.data_date)


def _finish(batch: ImportBatch, roster: Roster, grouping: Grouping, judgement: Judgement) -> None:
    batch.state = transition("finish_check", present=batch.state).target
    batch.data_date = roster.data_date
    batch.posting_kind = judgement.kind
    batch.kept_columns = list(only_kept(roster.layout))
    batch.refused_columns = list(roster.layout.refused)
    batch.unknown_columns = list(roster.layout.unknown)
    batch.counts = _counts(batch, grouping, judgement)
    batch.touch().save()


def _counts(batch: ImportBatch, grouping: Grouping, judgement: Judgement) -> dict[str, Any]:
    groups = list(grouping.all_groups())
    counts: dict[str, Any] = {
        "persons": len(grouping.row_numbers),
        "households": len(groups),
        "warnings": sum(len(group.warnings) for group in groups),
        "notes": sum(len(found) for found in judgement.notes.values()),
        "absent_persons": sum(len(found) for found in judgement.absent.values()),
        "to_write": len(judgement.to_write),
    }
    for verdict in Verdict:
        of_verdict = [group for group in groups if judgement.verdicts[group.id] == verdict]
        counts[f"{verdict}_households"] = len(of_verdict)
        counts[f"{verdict}_persons"] = sum(group.rows for group in of_verdict)
    former = applied_with_file(batch)
    if former is not None:
        counts["same_file_as"] = str(former)
    return counts


def _keep_households(batch: ImportBatch, grouping: Grouping, judgement: Judgement) -> None:
    own = (batch.tenant_id, batch.scope_code, batch.id)
    rows = (
        (
            group.id,
            *own,
            group.number,
            group.first_row,
            group.fact("village_code"),
            group.head_name,
            min(group.rows, 32_767),
            judgement.verdicts[group.id],
            [note.to_text() for note in judgement.notes.get(group.id, ())],
            judgement.absent.get(group.id, []),
        )
        for group in grouping.all_groups()
    )
    insert_rows(ImportHousehold, _HOUSEHOLD_COLUMNS, rows)


def _keep_rows(batch: ImportBatch, roster: Roster, grouping: Grouping) -> None:
    kept = _rows_to_keep(grouping)
    refused = [row for row, found in kept.items() if found.problems]
    cells = dict(zip(refused, _sealed_cells(roster, refused, batch.tenant_id), strict=True))
    insert_rows(
        ImportRow,
        _ROW_COLUMNS,
        (
            (
                new_id(),
                batch.tenant_id,
                batch.scope_code,
                batch.id,
                found.household_number,
                row,
                [problem.to_text() for problem in found.problems[:_MOST_FINDINGS_OF_A_ROW]],
                [warning.to_text() for warning in found.warnings[:_MOST_FINDINGS_OF_A_ROW]],
                cells.get(row),
            )
            for row, found in kept.items()
        ),
    )


@dataclass(slots=True)
class _Kept:
    household_number: str
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def _rows_to_keep(grouping: Grouping) -> dict[int, _Kept]:
    """Give the rows of refused households and those warned about, in the order of the sheet."""
    kept: dict[int, _Kept] = {}
    for group in grouping.all_groups():
        for problem in group.problems:
            kept.setdefault(problem.row, _Kept(group.number)).problems.append(problem)
        for warning in group.warnings:
            kept.setdefault(warning.row, _Kept(group.number)).warnings.append(warning)
    for row, group in zip(grouping.row_numbers, grouping.row_groups, strict=True):
        if group.problems:
            found = kept.setdefault(row, _Kept(group.number))
            found.problems = found.problems or [Problem(row, "", "household.another_row", group.problems[0].row)]
    return dict(sorted(kept.items()))


def _sealed_cells(roster: Roster, rows: list[int], tenant_id: int) -> list[bytes]:
    """Seal the kept cells of some rows, each row as one text."""
    found = raw_rows(roster.sheet, roster.layout, frozenset(rows)) if rows else ()
    texts = [json.dumps(raw.cells, ensure_ascii=False) for raw in found]
    return seal_many(texts, Purpose.FILE, tenant_id=tenant_id)
