"""Bring the sealed values of former versions under the keys in use: history is read for longer than a key is kept."""

import json
from typing import Any, Final
from uuid import UUID

from django.db import connection

from registry import audit
from registry.access import require
from registry.crypto import Purpose, head_in_use
from registry.domain.keys import BATCH, Renewed, resealed_or_none, sealed_columns
from registry.models import RowVersion
from registry.tenancy.context import Actor
from registry.tenancy.database import renewal

_FIRST_ID: Final = UUID(int=0)
_HEX: Final = "\\x"  # as PostgreSQL writes bytes in JSON
_FORMER: Final = """EXISTS (SELECT FROM jsonb_each_text(content) AS one
    WHERE right(one.key, 7) = '_sealed' AND left(one.value, 8) <> %s)"""


def reseal_versions(*, after: UUID | None, actor: Actor) -> Renewed:
    """Seal the values of the next versions that lie under a former key or cipher, in the order of the versions.

    Locks: the versions; those that somebody else works on are left for the next call. A value that does not open stays.
    """
    require(actor, "registry.renew_keys")
    table = RowVersion._meta.db_table
    statement = f"""SELECT id, table_name, content::text FROM "{table}" WHERE tenant_id = %s AND id > %s AND {_FORMER}
        ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED"""  # noqa: S608  (our own names)
    with connection.cursor() as cursor:
        cursor.execute(statement, [actor.tenant_id, after or _FIRST_ID, _head(), BATCH])
        rows = cursor.fetchall()
    purposes = {(column.table, column.sealed): column.purpose for column in sealed_columns()}
    count = damaged = 0
    with renewal():
        for row_id, table_name, content in rows:
            whole = _renewed(table_name, json.loads(content), purposes, actor)
            if whole is None:
                damaged += 1
            else:
                RowVersion.objects.filter(pk=row_id).update(content=whole)
                count += 1
    if count:
        audit.record("registry.reseal", actor=actor, count=count, reason=table)
    return Renewed(count, damaged, rows[-1][0] if rows else None)


def versions_under_former_keys(*, actor: Actor) -> int:
    """Count the versions with a value that is not under the key in use."""
    statement = f'SELECT count(*) FROM "{RowVersion._meta.db_table}" WHERE tenant_id = %s AND {_FORMER}'  # noqa: S608  (our own names)
    with connection.cursor() as cursor:
        cursor.execute(statement, [actor.tenant_id, _head()])
        return int(cursor.fetchone()[0])


def _head() -> str:
    return _HEX + head_in_use().hex()


def _renewed(
    table: str, content: dict[str, Any], purposes: dict[tuple[str, str], Purpose], actor: Actor
) -> dict[str, Any] | None:
    """Give the version with its sealed values under the key in use; None when one of them does not open."""
    whole = dict(content)
    for name, value in content.items():
        if name.endswith("_sealed") and value is not None and not value.startswith(_head()):
            purpose = purposes.get((table, name))
            sealed = bytes.fromhex(value.removeprefix(_HEX))
            renewed = resealed_or_none(sealed, purpose, actor.tenant_id) if purpose else None
            if renewed is None:
                return None
            whole[name] = _HEX + renewed.hex()
    return whole
