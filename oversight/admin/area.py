"""The pages of an area: what its counties published, from the province down to the village."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext

from oversight.admin.drawing import bars_of, column_title, reading, trend_chart, words, written
from oversight.definitions.figures import QUALITY
from oversight.definitions.tables import Figure, FigureColumn, Subject
from oversight.domain.exporting import FORMATS, area_file
from oversight.queries.changes import changes_of
from oversight.queries.labels import called
from oversight.queries.looks import looks_of
from oversight.queries.published import (
    WHOLE_AREA,
    AreaLine,
    AreaPicture,
    Extent,
    edition_in,
    editions_like,
    home_of,
    periods_published_in,
    picture_of,
    trend_of,
)
from oversight.queries.rules import RuleCount, rules_found
from oversight.queries.tables import AreaTable, subject_named, subjects, table_of
from oversight.queries.timeliness import newest_extent, timeliness_in
from registry.access import role_may
from registry.admin.site import actor_at, site
from registry.lib.gbcode import Level, ancestors, level_of, subtree
from registry.lib.periods import today
from registry.queries.divisions import division_names
from registry.tenancy.context import Actor
from reports.definitions.text import Text
from reports.renderers.formats import file_name

_CHANGES_SHOWN = 500


def home_page(request: HttpRequest) -> HttpResponse:
    """Show the whole area of the person at work."""
    return area_page(request, home_of(actor_at(request)))


def area_page(request: HttpRequest, area_code: str) -> HttpResponse:
    """Show one table of one division in one period, with charts, and what lies below as links."""
    actor, code = actor_at(request), area_code
    extent, subject = _asked(request, actor)
    picture = picture_of(code, extent, actor=actor)
    table = table_of(picture, subject)
    periods = periods_published_in(actor.ranges)
    trend = trend_of(code, extent.kind, actor=actor, sections=subject.reads, most=12)

    def below(child: str) -> str:
        return address(child, extent, subject)

    context = site.each_context(request) | {
        "title": picture.line.name or gettext("Your area"),
        "picture": picture,
        "extent": extent,
        "subject": subject,
        "note": words(subject.note) if subject.note else "",
        "tabs": [(one.key == subject.key, words(one.label), address(code, extent, one)) for one in subjects()],
        "periods": periods,
        "path": _path(code, extent, subject, actor),
        "table": _shown(table, below),
        "bars": bars_of(table, below),
        "trend": trend_chart(subject, trend, lambda period: address(code, period.extent, subject)),
        "gaps": ", ".join(f"{period.name} ({line.missing})" for period, line in trend if line.missing),
        "timeliness": _timeliness(picture, subject, actor, extent),
        "rules": _rules(picture.line, subject),
        "looks": _looks(picture, actor),
        "formats": FORMATS,
        "file": _file_address(code, extent, subject),
        "is_child_of_county": picture.line.edition_id is not None,
        "is_known": picture.line.figures is not None or any(one.figures for one in picture.children),
    }
    return TemplateResponse(request, "oversight/admin/area.html", context)


def file_page(request: HttpRequest, area_code: str) -> HttpResponse:
    """Give one table of one division as a file."""
    actor = actor_at(request)
    extent, subject = _asked(request, actor)
    layout, made = area_file(area_code, extent, subject.key, request.GET.get("format", "xlsx"), reading(), actor=actor)
    header = content_disposition_header(as_attachment=True, filename=file_name(layout, made.suffix)) or "attachment"
    return HttpResponse(made.content, content_type=made.media_type, headers={"Content-Disposition": header})


def edition_page(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    """Show one edition of a county with what it changed in the one before."""
    edition = edition_in(edition_id, actor=actor_at(request))
    editions = editions_like(edition)
    changes = changes_of(edition)
    context = site.each_context(request) | {
        "title": f"{edition.tenant.name} · {edition.period_name}",
        "edition": edition,
        "editions": editions,
        "changes": [(one, called(one.section, one.name, reading())) for one in changes[:_CHANGES_SHOWN]],
        "change_count": len(changes),
        "shown": _CHANGES_SHOWN,
        "area": address(edition.tenant.code, Extent(edition.period_kind, edition.first_day), subject_named("stocks")),
    }
    return TemplateResponse(request, "oversight/admin/edition.html", context)


def address(code: str, extent: Extent, subject: Subject) -> str:
    """Give the address of a table of a division."""
    query = urlencode({"period": extent.key, "about": subject.key})
    place = reverse("admin:oversight") if code == WHOLE_AREA else reverse("admin:oversight-area", args=[code])
    return f"{place}?{query}"


def _asked(request: HttpRequest, actor: Actor) -> tuple[Extent, Subject]:
    text = request.GET.get("period", "")
    extent = Extent.parse(text) if text else newest_extent(actor.ranges, on=today())
    return extent, subject_named(request.GET.get("about", "") or "stocks")


def _file_address(code: str, extent: Extent, subject: Subject) -> str:
    if code == WHOLE_AREA:
        return ""
    query = urlencode({"period": extent.key, "about": subject.key})
    return f"{reverse('admin:oversight-file', args=[code])}?{query}"


def _path(code: str, extent: Extent, subject: Subject, actor: Actor) -> list[tuple[str, str]]:
    """Give the divisions above, from the highest that the person sees, as links."""
    home = home_of(actor)
    if code in {WHOLE_AREA, home}:
        return []
    above = [one for one in reversed(ancestors(code)) if actor.covers(one)]
    names = division_names(above)
    path = [(names.get(one, one), address(one, extent, subject)) for one in above]
    return [(gettext("Your area"), address(home, extent, subject)), *path] if home == WHOLE_AREA else path


def _shown(table: AreaTable, below: Callable[[str], str]) -> dict[str, Any]:
    groups = [(words(group) if group else "", len(list(same))) for group, same in groupby(table.columns, _group)]
    total = _cells(table, table.total.values)
    return {
        "groups": groups if any(name for name, _width in groups) else [],
        "heads": [words(column.label) for column in table.columns],
        "total": total,
        # What has nothing below it, a village, is read line by line.
        "pairs": list(zip(map(column_title, table.columns), total, strict=True)),
        "rows": [(row.line, below(row.line.code), _cells(table, row.values)) for row in table.rows],
    }


def _group(column: FigureColumn) -> Text | None:
    return column.group


def _cells(table: AreaTable, values: Sequence[Figure]) -> list[str]:
    return [written(value, column.kind) for value, column in zip(values, table.columns, strict=True)]


def _timeliness(picture: AreaPicture, subject: Subject, actor: Actor, extent: Extent) -> list[Any]:
    level = picture.line.level
    if subject.key != "timeliness" or (level is not None and level > Level.COUNTY):
        return []
    ranges = actor.ranges if level is None else (subtree(picture.line.code),)
    return [(line, line.state.label, address(line.code, extent, subject)) for line in timeliness_in(
        ranges, extent, on=today()
    )]  # fmt: skip


def _rules(line: AreaLine, subject: Subject) -> list[RuleCount]:
    return rules_found(line.figures, reading()) if subject.key in {QUALITY, "anomalies"} else []


def _looks(picture: AreaPicture, actor: Actor) -> list[Any]:
    """Give the looks that are open to the person in this division or around it."""
    code = picture.line.code
    if not code or level_of(code) < Level.COUNTY or not role_may(actor, "oversight.look"):
        return []
    here = subtree(code)
    rows = looks_of(actor, on=today())
    return [row for row in rows if subtree(row.area_code).includes(here) or here.includes(subtree(row.area_code))]
