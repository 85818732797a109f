"""Former versions of rows: all of a household or person, a row as it stood, and what each change changed."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import QuerySet

from registry.models import RowVersion
from registry.queries.audit import FieldChange
from registry.tenancy.context import current_tenant_id
from registry.tenancy.models import TenantModel

MASK: Final = "***"
_MACHINE: Final = frozenset({"id", "tenant_id", "scope_code", "version", "created_at", "updated_at"})


@dataclass(frozen=True, slots=True)
class RowChange:
    """What one transaction changed of one row; a deleted row has nothing after."""

    version: RowVersion
    fields: tuple[FieldChange, ...]


def versions_of(owner_ids: Collection[UUID]) -> QuerySet[RowVersion]:
    """Give the former versions of households or persons and of all that stands below them, the oldest first."""
    return RowVersion.objects.filter(owner_id__in=owner_ids).order_by("id")


def row_as_stood(row: TenantModel, at: datetime, *, owner_id: UUID | None = None) -> dict[str, Any] | None:
    """Give the columns of a row as they stood at a moment: the live ones, with what was superseded since put back.

    `owner_id` is the household or person that the row belongs to, where that is not the row itself. None for a version
    that was emptied. Before a row was entered it is given as it was entered.
    """
    table = row._meta.db_table
    versions = list(versions_of([owner_id or row.pk]).filter(table_name=table, row_id=row.pk))
    # The first in order that was superseded later, and all after it, whatever their moments: see decisions/0060.
    first = next((number for number, version in enumerate(versions) if version.at > at), len(versions))
    stood = _live({table: {row.pk}}).get((table, row.pk))
    for version in reversed(versions[first:]):
        if version.content is None:
            return None
        stood = (stood or {}) | version.content
    return stood


def changes_below(owner_ids: Collection[UUID]) -> list[RowChange]:
    """Give what each change changed, the oldest first, by one query and one more for each table.

    A version holds the former values of what changed; those written before decisions/0111 hold the whole row.
    """
    versions = [version for version in versions_of(owner_ids) if version.content is not None]
    following = _live(_rows_by_table(versions))
    found = []
    for version in reversed(versions):
        before, row = version.content or {}, (version.table_name, version.row_id)
        after = {} if version.is_deleted else following.get(row, {})
        found.append(RowChange(version, _fields(before, {name: after.get(name) for name in before})))
        following[row] = after | before
    return found[::-1]


def _rows_by_table(versions: Iterable[RowVersion]) -> dict[str, set[UUID]]:
    rows: dict[str, set[UUID]] = {}
    for version in versions:
        rows.setdefault(version.table_name, set()).add(version.row_id)
    return rows


def _live(rows: dict[str, set[UUID]]) -> dict[tuple[str, UUID], dict[str, Any]]:
    """Give the live rows by table and id, as triggers write them: a household and its year may share an id."""
    ours = {model._meta.db_table: model for model in apps.get_models() if issubclass(model, TenantModel)}
    live: dict[tuple[str, UUID], dict[str, Any]] = {}
    for table in sorted(rows.keys() & ours.keys()):
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id, to_jsonb(row) - 'scope_code' FROM \"{table}\" row WHERE tenant_id = %s AND id = ANY(%s)",  # noqa: S608  (a table of our models)
                [current_tenant_id(), list(rows[table])],
            )
            live |= {(table, row_id): _parsed(content) for row_id, content in cursor.fetchall()}
    return live


def _parsed(content: Any) -> dict[str, Any]:  # noqa: ANN401  (JSON)
    """Read JSON as the driver gives it: as text under Django's cursor."""
    whole: dict[str, Any] = json.loads(content) if isinstance(content, str) else content
    return {name: value for name, value in whole.items() if not name.endswith("_index")}


def _fields(before: dict[str, Any], after: dict[str, Any]) -> tuple[FieldChange, ...]:
    names = sorted(name for name in before.keys() - _MACHINE if not name.endswith(("_index", "_id")))
    return tuple(
        FieldChange(name, _shown(name, before.get(name)), _shown(name, after.get(name)))
        for name in names
        if before.get(name) != after.get(name)
    )


def _shown(name: str, value: object) -> object:
    return MASK if value is not None and name.endswith("_sealed") else value
