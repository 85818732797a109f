"""Read what counties published: editions, the divisions of one picture, and trends.

Everything here lies in platform tables; no county's scope is opened.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Final, Self
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from oversight.definitions.figures import Figures, total_of
from periods.enums import PeriodKind
from registry.lib.errors import DomainError, NotFound
from registry.lib.gbcode import CodeRange, Level, ancestor_at, level_of, subtree
from registry.models import PLATFORM_TENANT_ID, PublishedDivision, PublishedEdition, Tenant
from registry.queries.divisions import division_names
from registry.tenancy.context import Actor

WHOLE_AREA: Final = ""
_KEY: Final = re.compile(r"(month|quarter|half_year|year|campaign)-(\d{4})-(\d{2})-(\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Extent:
    """A period as counties share it: its kind and its first day; `key` stands in addresses."""

    kind: str
    first_day: date

    @property
    def key(self) -> str:
        """Give the text that names it."""
        return f"{self.kind}-{self.first_day:%Y-%m-%d}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a key. Raises: DomainError `oversight.period`."""
        found = _KEY.fullmatch(text)
        try:
            if found is not None:
                return cls(found[1], date(int(found[2]), int(found[3]), int(found[4])))
        except ValueError:
            pass
        message = _("A period is written as its kind and first day, such as month-2026-10-01. Choose it from the list.")
        raise DomainError("oversight.period", message, field="period")


@dataclass(frozen=True, slots=True)
class PublishedPeriod:
    """A period of which something was published in an area."""

    extent: Extent
    name: str
    last_day: date


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One division of a picture: its figures, None where nothing was published, and of how many counties they are.

    Of a county and below it `edition` is the edition that they come from.
    """

    code: str
    name: str
    figures: Figures | None
    counties: int = 1
    missing: int = 0
    edition_id: UUID | None = None
    edition: int = 0
    published_at: datetime | None = None

    @property
    def level(self) -> Level | None:
        """Give its level; an area of several divisions has none."""
        return level_of(self.code) if self.code else None


@dataclass(frozen=True, slots=True)
class AreaPicture:
    """A division, or the whole area of a reader, with what lies directly below it, in one period."""

    extent: Extent
    line: AreaLine
    children: tuple[AreaLine, ...]


def home_of(actor: Actor) -> str:
    """Give the division with which the actor's pages begin; nothing where the area is of several divisions."""
    tops = _tops(actor.ranges, counties_in(actor.ranges))
    return tops[0] if len(tops) == 1 else WHOLE_AREA


def check_area(code: str, *, actor: Actor) -> str:
    """Give the code back when it lies in the actor's area. Raises: NotFound, also for one that is nowhere."""
    whole = code == WHOLE_AREA and home_of(actor) == WHOLE_AREA
    if not whole and not (len(code) == 12 and code.isascii() and code.isdecimal() and actor.covers(code)):
        raise NotFound("division.unknown", _("There is no such division. Choose it from the list."), field="division")
    return code


def counties_in(ranges: Sequence[CodeRange]) -> list[Tenant]:
    """Give the counties in service that lie in the ranges, by code."""
    within = _within("code", ranges)
    return list(Tenant.objects.filter(within, is_active=True).exclude(pk=PLATFORM_TENANT_ID).order_by("code"))


def periods_published_in(ranges: Sequence[CodeRange], *, kind: str = "") -> list[PublishedPeriod]:
    """Give the periods of which anything was published in the ranges, the latest first."""
    rows = _editions(ranges)
    if kind:
        rows = rows.filter(period_kind=kind)
    found = rows.order_by("period_kind", "first_day", "-last_day").distinct("period_kind", "first_day")
    periods = [
        PublishedPeriod(Extent(kind, first), name, last)
        for kind, first, name, last in found.values_list("period_kind", "first_day", "period_name", "last_day")
    ]
    order = list(PeriodKind)
    return sorted(periods, key=lambda one: (-one.last_day.toordinal(), order.index(PeriodKind(one.extent.kind))))


def last_editions(ranges: Sequence[CodeRange], extent: Extent) -> list[PublishedEdition]:
    """Give the newest edition of each county in the ranges, by code."""
    rows = _editions(ranges).filter(period_kind=extent.kind, first_day=extent.first_day)
    return list(rows.order_by("tenant__code", "-edition").distinct("tenant__code").select_related("tenant"))


def picture_of(code: str, extent: Extent, *, actor: Actor) -> AreaPicture:
    """Give the figures of a division and of what lies directly below it, as the newest editions tell them.

    Three queries for any number of divisions. Raises: NotFound outside the actor's area.
    """
    check_area(code, actor=actor)
    ranges = actor.ranges if code == WHOLE_AREA else (subtree(code),)
    if code == WHOLE_AREA or level_of(code) < Level.COUNTY:
        return _above_counties(code, extent, ranges)
    return _in_county(code, extent)


def _above_counties(code: str, extent: Extent, ranges: Sequence[CodeRange]) -> AreaPicture:
    """Add up the counties; what lies below a province are its prefectures."""
    counties = counties_in(ranges)
    editions = {one.tenant.code: one for one in last_editions(ranges, extent)}
    rows = PublishedDivision.objects.filter(edition__in=[one.pk for one in editions.values()], code__in=list(editions))
    figures: dict[str, Figures] = dict(rows.values_list("code", "figures"))
    groups: dict[str, list[Tenant]] = {}
    tops = _tops(ranges, counties) if code == WHOLE_AREA else [code]
    for county in counties:
        groups.setdefault(_child_of(code, county.code, tops), []).append(county)
    names = division_names([*groups, *([code] if code else [])])
    children = tuple(
        _county_line(group[0], figures, editions)
        if level_of(child) == Level.COUNTY
        else _sum_line(child, names.get(child, child), group, figures)
        for child, group in sorted(groups.items())
    )
    return AreaPicture(extent, _sum_line(code, names.get(code, ""), counties, figures), children)


def _child_of(code: str, county: str, tops: Sequence[str]) -> str:
    """Name the division directly below `code` in which a county lies."""
    if code == WHOLE_AREA:
        return next((top for top in tops if subtree(top).contains(county)), county)
    level = Level.PREFECTURE if level_of(code) == Level.PROVINCE else Level.COUNTY
    return ancestor_at(county, level)


def _sum_line(code: str, name: str, counties: Sequence[Tenant], figures: dict[str, Figures]) -> AreaLine:
    known = [figures[county.code] for county in counties if county.code in figures]
    return AreaLine(code, name, total_of(known) if known else None, len(counties), len(counties) - len(known))


def _county_line(county: Tenant, figures: dict[str, Figures], editions: dict[str, PublishedEdition]) -> AreaLine:
    edition = editions.get(county.code)
    return AreaLine(
        county.code,
        county.name,
        figures.get(county.code),
        missing=int(edition is None),
        edition_id=edition.pk if edition else None,
        edition=edition.edition if edition else 0,
        published_at=edition.published_at if edition else None,
    )


def _in_county(code: str, extent: Extent) -> AreaPicture:
    """Read one county's edition: the division itself and what it lists below."""
    edition = next(iter(last_editions([subtree(ancestor_at(code, Level.COUNTY))], extent)), None)
    if edition is None:
        name = division_names([code]).get(code, code)
        return AreaPicture(extent, AreaLine(code, name, None, missing=1), ())
    rows = PublishedDivision.objects.filter(Q(code=code) | Q(parent_code=code), edition=edition).order_by("code")
    lines = {
        row.code: AreaLine(
            row.code,
            row.name,
            row.figures,
            edition_id=edition.pk,
            edition=edition.edition,
            published_at=edition.published_at,
        )
        for row in rows
    }
    line = lines.pop(code, None)
    if line is None:
        raise NotFound("division.unknown", _("There is no such division. Choose it from the list."), field="division")
    return AreaPicture(extent, line, tuple(lines.values()))


def trend_of(
    code: str, kind: str, *, actor: Actor, sections: Collection[str], most: int = 24
) -> list[tuple[PublishedPeriod, AreaLine]]:
    """Give a division through the latest periods of a kind, the earliest first; `sections` are those that are read.

    Above the county a period adds up the counties that published it. Four queries and no more.
    Raises: NotFound; DomainError for a kind that is none.
    """
    check_area(code, actor=actor)
    if kind not in PeriodKind.values:
        message = _("Choose month, quarter, half-year, year or campaign.")
        raise DomainError("oversight.kind", message, field="kind")
    ranges = actor.ranges if code == WHOLE_AREA else (subtree(code),)
    above = code == WHOLE_AREA or level_of(code) < Level.COUNTY
    asked = ranges if above else (subtree(ancestor_at(code, Level.COUNTY)),)
    periods = periods_published_in(asked, kind=kind)[:most]
    if not periods:
        return []
    rows = _editions(asked).filter(period_kind=kind, first_day__in=[one.extent.first_day for one in periods])
    last = rows.order_by("first_day", "tenant_id", "-edition").distinct("first_day", "tenant_id")
    found = PublishedDivision.objects.filter(edition__in=last.values("pk"))
    found = found.filter(code=F("tenant__code")) if above else found.filter(code=code)
    read = {name: f"figures__{name}" for name in sections}
    by_day: dict[date, list[Figures]] = {}
    for row in found.values("edition__first_day", *read.values()):
        figures: Figures = {name: row[path] for name, path in read.items()}
        by_day.setdefault(row["edition__first_day"], []).append(figures)
    counties = len(counties_in(asked))
    return [(one, _trend_line(code, by_day.get(one.extent.first_day, []), counties)) for one in reversed(periods)]


def _trend_line(code: str, parts: list[Figures], counties: int) -> AreaLine:
    return AreaLine(code, "", total_of(parts) if parts else None, counties, counties - len(parts))


def edition_in(edition_id: UUID, *, actor: Actor) -> PublishedEdition:
    """Give one edition of a county in the actor's area. Raises: NotFound, also for one outside it."""
    found = _editions(actor.ranges).filter(pk=edition_id).select_related("tenant").first()
    if found is None:
        raise NotFound("oversight.no_edition", _("There is no such edition."))
    return found


def editions_like(edition: PublishedEdition) -> list[PublishedEdition]:
    """Give all editions of the same county and period, the newest first."""
    same = {"tenant_id": edition.tenant_id, "period_kind": edition.period_kind, "first_day": edition.first_day}
    return list(PublishedEdition.objects.filter(**same).order_by("-edition"))


def divisions_in_edition(edition: PublishedEdition) -> "QuerySet[PublishedDivision]":
    """Give the figures of all divisions of an edition, by code."""
    return PublishedDivision.objects.filter(edition=edition).order_by("code")


def _editions(ranges: Sequence[CodeRange]) -> "QuerySet[PublishedEdition]":
    return PublishedEdition.objects.filter(_within("tenant__code", ranges), tenant__is_active=True)


def _within(column: str, ranges: Iterable[CodeRange]) -> Q:
    conditions = (Q(**{f"{column}__gte": one.lo, f"{column}__lt": one.hi}) for one in ranges)
    return reduce(or_, conditions, Q(pk__in=[]))


def _tops(ranges: Sequence[CodeRange], counties: Sequence[Tenant]) -> list[str]:
    """Give the divisions that an area consists of: those whose range is one of its own, else the largest that fit."""
    tops: list[str] = []
    for one in ranges:
        if subtree(one.lo) == one:
            tops.append(one.lo)
            continue
        inside = [county.code for county in counties if one.contains(county.code)]
        tops.extend(dict.fromkeys(_largest(code, one) for code in inside))
    return tops


def _largest(county: str, within: CodeRange) -> str:
    prefecture = ancestor_at(county, Level.PREFECTURE)
    return prefecture if within.includes(subtree(prefecture)) else county
