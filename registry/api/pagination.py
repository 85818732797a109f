"""Pages by key: the same cost for the first page and the thousandth, and no row twice while others write.

A cursor is the key of the last row shown, opaque to clients. Rows are ordered by `id`, which is the order of entry.

A page of rows with columns of other tables is chosen by its keys first and joined then. In one step, a planner without
statistics (in the first minutes after a roster) joins and sorts all 60,000 households of a county for 50 of them.
"""

import base64
import binascii
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registry.lib.errors import DomainError
from registry.queries.json_rows import rows_as_json

DEFAULT_SIZE: Final = 50
MOST_ROWS: Final = 200
# What makes `.values()` with columns of other tables out of plain rows.
Columns = Callable[["QuerySet[Any, Any]"], "QuerySet[Any, Any]"]


class BadCursor(DomainError):
    """The page that was asked for cannot be found."""


def page(rows: "QuerySet[Any, Any]", request: HttpRequest, columns: Columns | None = None) -> dict[str, Any]:
    """Give one page of a queryset of `.values()` that hold `id`: `results`, and `next` as an address or null.

    `limit` (50, at most 200) and `cursor` are read from the request; all other parameters stay in `next`. With
    `columns` the rows are plain ones.
    """
    limit = _limit(request.GET.get("limit", ""))
    found = list(_chosen(rows, request, columns, limit))
    shown = found[:limit]
    more = len(found) > limit
    return {"next": _address(request, shown[-1]["id"]) if more else None, "results": shown}


def plain_page(rows: "QuerySet[Any, Any]", request: HttpRequest, columns: Columns | None = None) -> str:
    """Give the text of one page whose rows go out as the database holds them: it writes their JSON itself.

    For long lists that are read often. Amounts become numbers: rows that hold some go by `page`.
    """
    limit = _limit(request.GET.get("limit", ""))
    found = rows_as_json(_chosen(rows, request, columns, limit))
    shown = found[:limit]
    following = json.dumps(_address(request, shown[-1][0]) if len(found) > limit else None)
    return f'{{"next": {following}, "results": [{", ".join(text for _id, text in shown)}]}}'


def _chosen(
    rows: "QuerySet[Any, Any]", request: HttpRequest, columns: Columns | None, limit: int
) -> "QuerySet[Any, Any]":
    """Give the rows of the page, and one more where there is a next one."""
    cursor = request.GET.get("cursor", "")
    if cursor:
        rows = rows.filter(id__gt=_id_of(cursor))
    rows = rows.order_by("id")
    if columns is None:
        return rows[: limit + 1]
    return columns(rows.model.objects.filter(id__in=rows.values("id")[: limit + 1])).order_by("id")


def page_by_day(rows: "QuerySet[Any, Any]", request: HttpRequest, columns: Columns, *, by: str) -> dict[str, Any]:
    """Give one page of plain rows in the order of a day and, within it, of `id`: worklists, the nearest day first.

    The cursor is day and key of the last row shown; an index on (tenant, day, id) serves it.
    """
    limit = _limit(request.GET.get("limit", ""))
    cursor = request.GET.get("cursor", "")
    if cursor:
        day, row_id = _day_and_id_of(cursor)
        later = Q(**{f"{by}__gt": day}) | Q(**{by: day, "id__gt": row_id})
        rows = rows.filter(later, **{f"{by}__gte": day})
    chosen = rows.order_by(by, "id").values("id")[: limit + 1]
    found = list(columns(rows.model.objects.filter(id__in=chosen)).order_by(by, "id"))
    shown = found[:limit]
    following = None
    if len(found) > limit:
        last = shown[-1]
        following = _with_cursor(request, f"{last[by]:%Y%m%d}{cursor_of(last['id'])}")
    return {"next": following, "results": shown}


def _day_and_id_of(cursor: str) -> tuple[date, UUID]:
    try:
        day = datetime.strptime(cursor[:8], "%Y%m%d").date()  # noqa: DTZ007  (a day without a time)
    except ValueError as error:
        raise _bad_cursor() from error
    return day, _id_of(cursor[8:])


def cursor_of(row_id: UUID) -> str:
    """Give the cursor that begins after a row."""
    return base64.urlsafe_b64encode(row_id.bytes).decode().rstrip("=")


def _id_of(cursor: str) -> UUID:
    try:
        return UUID(bytes=base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error) as error:
        raise _bad_cursor() from error


def _bad_cursor() -> BadCursor:
    message = _("The cursor is not one of ours. Begin again without it.")
    return BadCursor("api.bad_cursor", message, field="cursor")


def _limit(text: str) -> int:
    if not text:
        return DEFAULT_SIZE
    if not text.isdecimal() or len(text) > len(str(MOST_ROWS)) or not 1 <= int(text) <= MOST_ROWS:
        raise BadCursor("api.bad_limit", _("limit is a number from 1 to 200."), field="limit")
    return int(text)


def _address(request: HttpRequest, last_id: UUID) -> str:
    return _with_cursor(request, cursor_of(last_id))


def _with_cursor(request: HttpRequest, cursor: str) -> str:
    query = request.GET.copy()
    query["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
