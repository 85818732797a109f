"""Keep what the check accepted, sealed as one file, so that it is applied as it was seen and not read a second time."""

import hashlib
import json
import struct
from typing import Final

from django.db import connection
from django.utils.translation import gettext_lazy as _

from exchange.models import ImportBatch
from households.domain.drafts import HOUSEHOLD_COLUMNS, PERSON_COLUMNS, index_drafts, open_drafts
from registry.domain.documents import read_document, store_document
from registry.lib.errors import DomainError, NotFound
from registry.models import Document
from registry.tenancy.context import Actor

KIND: Final = "roster_drafts"
_TABLES: Final = {"draft_household": HOUSEHOLD_COLUMNS, "draft_person": PERSON_COLUMNS}
_MATCHED: Final = "on_file_id"  # found anew when the drafts are applied
_LENGTH: Final = struct.Struct(">Q")


def keep_drafts(batch: ImportBatch, *, actor: Actor) -> Document:
    """Store the rows of the draft tables as they are now, encrypted like every file."""
    parts = [_shape(), *(_copied_out(table) for table in _TABLES)]
    content = b"".join(_LENGTH.pack(len(part)) + part for part in parts)
    return store_document(
        content,
        name=f"{batch.pk}.drafts",
        media_type="application/octet-stream",
        kind=KIND,
        actor=actor,
        scope_code=batch.scope_code,
    )


def restore_drafts(batch: ImportBatch, *, actor: Actor) -> None:
    """Fill the draft tables with what the check of the batch accepted.

    Raises: NotFound when it is no longer kept; DomainError when another version of this program kept it.
    """
    if batch.drafts is None:
        raise NotFound("document.removed", _("The file of this roster is no longer kept."))
    shape, *contents = _parts(read_document(batch.drafts, actor=actor))
    if shape != _shape():
        message = _("The program was renewed since the roster was checked. Upload the roster again.")
        raise DomainError("batch.drafts_of_another_version", message)
    open_drafts()
    for table, content in zip(_TABLES, contents, strict=True):
        _copy_in(table, content)
    index_drafts()


def _shape() -> bytes:
    """Give a digest of the tables' columns, which the rows are laid out by."""
    return hashlib.sha256(json.dumps(_TABLES).encode()).digest()


def _columns(table: str) -> str:
    return ", ".join(name for name in _TABLES[table] if name != _MATCHED)


def _copied_out(table: str) -> bytes:
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({_columns(table)}) TO STDOUT (FORMAT binary)") as copy,
    ):
        return b"".join(copy)


def _copy_in(table: str, content: bytes) -> None:
    statement = f"COPY {table} ({_columns(table)}) FROM STDIN (FORMAT binary)"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(content)


def _parts(content: bytes) -> list[bytes]:
    parts, place = [], 0
    while place < len(content):
        (length,) = _LENGTH.unpack_from(content, place)
        place += _LENGTH.size
        parts.append(content[place : place + length])
        place += length
    return parts
