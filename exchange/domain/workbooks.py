"""Give out the template, and the rows that were not taken over."""

import json
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from exchange.domain.previews import noted_lines, problems_of
from exchange.models import ImportBatch
from exchange.queries.batches import refused_rows
from exchange.sheets.columns import COLUMNS
from exchange.sheets.workbooks import NotedHousehold, RefusedRow, refused_workbook, template_workbook
from registry import audit
from registry.access import require
from registry.crypto import Purpose, unseal
from registry.domain.codes import code_list
from registry.lib.errors import NotFound
from registry.lib.periods import today
from registry.tenancy.context import Actor


def roster_template(*, actor: Actor) -> bytes:
    """Make the empty roster with the code lists of today. Raises: NotAllowed."""
    require(actor, "exchange.view")
    listed = [column for column in COLUMNS if column.scheme]
    choices = {column.name: list(code_list(column.scheme).labels.values()) for column in listed}
    return template_workbook(choices)


def refused_rows_workbook(batch: ImportBatch, *, actor: Actor) -> tuple[str, bytes]:
    """Give name and content of the workbook of a roster's refused rows; each time is audited.

    Raises: NotAllowed; NotFound when there are none, or their 30 days are over.
    """
    require(actor, "exchange.take_refused_rows", batch)
    if batch.rows_kept_until is not None and batch.rows_kept_until <= today():
        raise NotFound("batch.rows_lapsed", _("The refused rows of this roster were kept for 30 days and are gone."))
    noted = [NotedHousehold(line.first_row, line.number, line.notes, line.absent_count) for line in noted_lines(batch)]
    count = refused_rows(batch).count()
    if batch.data_date is None or not (count or noted):
        raise NotFound("batch.nothing_refused", _("No row of this roster was refused or left open."))
    content = refused_workbook(_opened(batch), noted, columns=batch.kept_columns, data_date=batch.data_date)
    audit.record("exchange.take_refused_rows", batch, actor=actor, count=count)
    return f"refused-rows-{batch.uploaded_at:%Y%m%d-%H%M}.xlsx", content


def _opened(batch: ImportBatch) -> Iterator[RefusedRow]:
    for row in refused_rows(batch).iterator(chunk_size=1000):
        cells = json.loads(unseal(row.cells_sealed or b"", Purpose.FILE, tenant_id=batch.tenant_id))
        yield RefusedRow(row.row, problems_of(row.problems), cells)
