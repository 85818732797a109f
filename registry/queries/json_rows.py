"""Rows as JSON that the database writes: no object is made for a value that only passes through."""

from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from registry.tenancy.context import current_tenant_id


def rows_as_json(rows: "QuerySet[Any, Any]") -> list[tuple[UUID, str]]:
    """Give the id and the JSON text of each row of a queryset of `.values()` that hold `id`, by one query.

    Raises: NoScope outside a scope; LookupError for rows without an id.
    """
    current_tenant_id()
    names = _names(rows)
    if "id" not in names:
        raise LookupError("Rows that go out as JSON need an id.")
    try:
        statement, values = rows.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return []
    quoted = ", ".join(connection.ops.quote_name(name) for name in names)
    with connection.cursor() as cursor:
        # The statement is the compiler's, the names are those of our own columns.
        cursor.execute(f"SELECT id, row_to_json(page)::text FROM ({statement}) AS page({quoted})", values)  # noqa: S608
        found: list[tuple[UUID, str]] = cursor.fetchall()
    return found


def _names(rows: "QuerySet[Any, Any]") -> list[str]:
    """Give the names of the values in the order in which they are selected."""
    query = rows.query
    if query.selected:
        return list(query.selected)
    return [*query.extra_select, *query.values_select, *query.annotation_select]
