"""A sketch of places by longitude and latitude, drawn on the server without tiles of others: dots, labels and a scale.

It shows where places lie to each other, north above. It has no boundaries: what joins the places of a group is an
outline of these dots and no border of a division (docs/decisions/0257).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from registry.admin.charts import Cell, ChartHead, Table, TableRow, Words, frame, linked, percent, svg
from registry.lib.plots import Number, Spot, Spread, clusters, hull, labels_with_room, nice_length, spread

# Dots closer than a fingertip on the narrowest drawing are one dot that counts them.
_APART_PX: Final = 20
_LEAST_PX, _MOST_PX = 5.0, 13.0


@dataclass(frozen=True, slots=True)
class Place:
    """One place: name, degrees (None where not known), the figure that sizes its dot, link, group, and its shade.

    The shade is a position in the map's `shades`, or none.
    """

    label: str
    longitude: float | None
    latitude: float | None
    value: Number | None
    link: str = ""
    group: str = ""
    shade: int | None = None

    @property
    def degrees(self) -> tuple[float, float] | None:
        """Give longitude and latitude, where both are known."""
        return None if self.longitude is None or self.latitude is None else (self.longitude, self.latitude)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMap(ChartHead):
    """Places with one figure each; `shades` are the meanings of their colours, from good to grave."""

    places: Sequence[Place]
    shades: Sequence[Words] = ()
    has_outlines: bool = False


def draw_map(chart: PlaceMap) -> SafeString:
    """Draw the places that have coordinates, and list the others."""
    placed = sorted((p for p in chart.places if p.degrees is not None), key=lambda p: (-float(p.value or 0), p.label))
    unplaced = [place for place in chart.places if place.degrees is None]
    if not placed:
        return frame(chart, None, Table(_heads(chart), [_row(chart, place) for place in unplaced]))
    laid = spread([place.degrees for place in placed if place.degrees is not None])
    groups = clusters(laid.points, apart=_APART_PX)
    shapes = [
        *(_outlines(placed, laid) if chart.has_outlines else []),
        *(_dot(chart, placed, laid, number, group) for number, group in enumerate(groups)),
        *_names(chart, placed, laid, groups),
        _scale_bar(laid),
    ]
    style = f"aspect-ratio:{laid.width:.0f}/{laid.height:.0f};max-width:44rem"
    legend = [(index + 1, words) for index, words in enumerate(chart.shades)]
    rows = _rows(chart, placed, groups, unplaced)
    return frame(
        chart,
        svg(chart, 0, shapes, style=style),
        Table(_heads(chart), rows, is_shaded=True),
        legend,
        notes=_notes(chart, groups, unplaced),
    )


def _heads(chart: PlaceMap) -> list[Words]:
    return ["", chart.unit or chart.title, *([_("Shade")] if chart.shades else [])]


def _notes(chart: PlaceMap, groups: Sequence[Sequence[int]], unplaced: Sequence[Place]) -> list[str]:
    close = sum(len(group) > 1 for group in groups)
    notes = [_("A sketch of where places lie, north above. It shows no boundaries.")]
    if close:
        notes.append(
            _("A dot with a number stands for so many places close together; it leads to their rows in the table.")
        )
    if unplaced:
        notes.append(_("Without coordinates, only in the table: %(count)d") % {"count": len(unplaced)})
    return notes


def _rows(
    chart: PlaceMap, placed: Sequence[Place], groups: Sequence[Sequence[int]], unplaced: Sequence[Place]
) -> list[TableRow]:
    ordered = sorted(enumerate(groups), key=lambda item: len(item[1]) == 1)
    rows = [
        _row(chart, placed[index], anchor=_anchor(chart, number) if len(group) > 1 and position == 0 else "")
        for number, group in ordered
        for position, index in enumerate(group)
    ]
    return [*rows, *(_row(chart, place) for place in unplaced)]


def _row(chart: PlaceMap, place: Place, anchor: str = "") -> TableRow:
    shade = chart.shades[place.shade] if place.shade is not None and chart.shades else ""
    cells = [Cell(chart.written(place.value), place.link), *([Cell(str(shade))] if chart.shades else [])]
    label = f"{place.group} {place.label}".strip()
    return TableRow(label if place.degrees else f"{label} ({_('no coordinates')})", cells, anchor=anchor)


def _anchor(chart: PlaceMap, number: int) -> str:
    return f"{chart.key}-group-{number}"


def _radius(chart: PlaceMap, value: Number) -> float:
    most = max((float(place.value or 0) for place in chart.places), default=0)
    share = sqrt(max(float(value), 0) / most) if most else 0
    return round(_LEAST_PX + (_MOST_PX - _LEAST_PX) * share, 1)


def _dot(chart: PlaceMap, placed: Sequence[Place], laid: Spread, number: int, group: Sequence[int]) -> SafeString:
    first = placed[group[0]]
    shade = max((placed[i].shade or 0 for i in group if placed[i].shade is not None), default=None)
    name = "unknown" if all(placed[i].value is None for i in group) else f"s{(shade or 0) + 1}"
    x, y = _at(laid, group[0])
    if len(group) == 1:
        circle = format_html(
            '<circle class="{} place" cx="{}" cy="{}" r="{}"/>', name, x, y, _radius(chart, first.value or 0)
        )
        return linked(circle, first.link, chart.told(first.group, first.label, value=first.value))
    circle = format_html(
        '<circle class="{} place" cx="{}" cy="{}" r="11"/><text class="mid inside" x="{}" y="{}" dy="4">{}</text>',
        name, x, y, x, y, len(group),
    )  # fmt: skip
    names = "、".join(placed[i].label for i in group)
    return linked(circle, f"#{_anchor(chart, number)}", names)


def _names(chart: PlaceMap, placed: Sequence[Place], laid: Spread, groups: Sequence[Sequence[int]]) -> list[SafeString]:
    spots = [
        Spot(*laid.points[group[0]], 11, "")
        if len(group) > 1
        else Spot(*laid.points[group[0]], _radius(chart, placed[group[0]].value or 0), placed[group[0]].label)
        for group in groups
    ]
    bottom = laid.height - 22
    chosen = labels_with_room(spots, width=laid.width, height=bottom)
    return [
        format_html(
            '<text class="name {}" x="{}" y="{}" dx="{}" dy="{}">{}</text>',
            {"start": "", "end": "end", "middle": "mid"}[anchor],
            *_at(laid, groups[index][0]),
            round(dx),
            round(dy) + 4,
            spots[index].text,
        )
        for index, (anchor, (dx, dy)) in chosen.items()
    ]


def _outlines(placed: Sequence[Place], laid: Spread) -> list[SafeString]:
    """Draw what joins the places of each group, in a frame of its own that is stretched with the map."""
    by_group: dict[str, list[tuple[float, float]]] = {}
    for place, point in zip(placed, laid.points, strict=True):
        by_group.setdefault(place.group, []).append(point)
    corners = [(group, hull(points)) for group, points in sorted(by_group.items()) if group]
    shapes = [
        format_html(
            '<polygon points="{}"><title>{}</title></polygon>', " ".join(f"{x:.1f},{y:.1f}" for x, y in outline), group
        )
        for group, outline in corners
        if len(outline) > 2
    ]
    box = f"0 0 {laid.width:.0f} {laid.height:.0f}"
    inner = format_html_join("", "{}", ((shape,) for shape in shapes))
    return [
        format_html(
            '<svg class="outlines" viewBox="{}" preserveAspectRatio="none" width="100%" height="100%">{}</svg>',
            box,
            inner,
        )
    ]


def _scale_bar(laid: Spread) -> SafeString:
    length = nice_length(laid.width * 0.3 * laid.km_per_px)
    share = length / laid.km_per_px / laid.width
    text = _("%(length)s km") % {"length": f"{length:g}"}
    return format_html(
        '<line class="scale" x1="2%" x2="{}" y1="98%" y2="98%"/><text class="axis" x="2%" y="98%" dy="-5">{}</text>',
        percent(0.02 + share),
        text,
    )


def _at(laid: Spread, index: int) -> tuple[str, str]:
    x, y = laid.points[index]
    return percent(x / laid.width), percent(y / laid.height)
