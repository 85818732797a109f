"""Keep what the check accepted, sealed as one file, so that it is applied as it was seen and not read a second time."""

import hashlib
import json
import struct
from typing import Final
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from exchange.domain.grouping import Grouping
from exchange.domain.roster import accepted
from exchange.domain.staging import COPY_HOUSEHOLDS, COPY_PERSONS
from exchange.models import ImportBatch
from exchange.queries.drafts_on_file import versions_on_file
from households.domain.drafts import HOUSEHOLD_COLUMNS, PERSON_COLUMNS, index_drafts, open_drafts
from registry.crypto import head_in_use, index_version
from registry.domain.documents import read_document, store_document
from registry.lib.errors import DomainError, NotFound
from registry.models import Document
from registry.tenancy.context import Actor

KIND: Final = "roster_drafts"
_STATEMENTS: Final = (COPY_HOUSEHOLDS, COPY_PERSONS)
# The persons of refused households were copied before their households were judged.
_DROP_REFUSED: Final = "DELETE FROM draft_person WHERE household_id NOT IN (SELECT id FROM draft_household)"
_LENGTH: Final = struct.Struct(">Q")


def keep_drafts(batch: ImportBatch, grouping: Grouping, *, actor: Actor) -> Document:
    """Store the rows of the accepted households as they were copied to the draft tables, encrypted like every file."""
    seen = {str(id_): version for id_, version in versions_on_file(tenant_id=actor.tenant_id).items()}
    households = b"".join(grouping.lines.households[group.id] for group in accepted(grouping))
    parts = [_shape(), json.dumps(seen).encode(), households, b"".join(grouping.lines.persons)]
    content = b"".join(_LENGTH.pack(len(part)) + part for part in parts)
    return store_document(
        content,
        name=f"{batch.pk}.drafts",
        media_type="application/octet-stream",
        kind=KIND,
        actor=actor,
        scope_code=batch.scope_code,
    )


def restore_drafts(batch: ImportBatch, *, actor: Actor) -> dict[UUID, str]:
    """Fill the draft tables with what the check of the batch accepted; give the versions on file that it saw.

    Raises: NotFound when it is no longer kept; DomainError when another version of this program or other keys kept it.
    """
    if batch.drafts is None:
        raise NotFound("document.removed", _("The file of this roster is no longer kept."))
    shape, seen, *contents = _parts(read_document(batch.drafts, actor=actor))
    if shape != _shape():
        message = _("The program or its keys were renewed since the roster was checked. Upload the roster again.")
        raise DomainError("batch.drafts_of_another_version", message)
    open_drafts()
    with connection.cursor() as cursor:
        for statement, content in zip(_STATEMENTS, contents, strict=True):
            with cursor.copy(statement) as copy:
                copy.write(content)
        cursor.execute(_DROP_REFUSED)
    index_drafts()
    return {UUID(id_): version for id_, version in json.loads(seen).items()}


def _shape() -> bytes:
    """Give a digest of the tables' columns, which the rows are laid out by, and of the keys in use."""
    keys = [head_in_use().hex(), index_version()]
    return hashlib.sha256(json.dumps([_STATEMENTS, HOUSEHOLD_COLUMNS, PERSON_COLUMNS, keys]).encode()).digest()


def _parts(content: bytes) -> list[bytes]:
    parts, place = [], 0
    while place < len(content):
        (length,) = _LENGTH.unpack_from(content, place)
        place += _LENGTH.size
        parts.append(content[place : place + length])
        place += length
    return parts
