"""The round of a village, house to house: where to go next, and what a visit there has to ask."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from households.enums import HouseholdStatus, VisitSection
from households.models import Household, HouseholdYear, IncomeLine, Membership, PersonYear, Visit
from households.queries.confirming import LIVING_KNOWN, last_day_told
from households.queries.doubts import doubts_of_many
from households.queries.history import covering
from households.queries.lists import HEAD_NAME, with_head_name
from households.queries.visibility import households_visible_to
from registry.tenancy.context import Actor
from villages.models import Village

ON_A_PAGE: Final = 30
_DIGITS: Final = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class House:
    """One household of the round; `to_ask` are the parts of the form that nobody told or confirmed for the year."""

    id: UUID
    number: str
    head_name: str
    group_name: str
    address: str
    is_visited: bool
    last_visited_on: date | None
    collector_name: str
    doubt_count: int
    doubted: tuple[VisitSection, ...]
    to_ask: tuple[VisitSection, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """A page of the round, and how far it is."""

    houses: list[House]
    household_count: int
    visited_count: int
    shown_count: int
    page: int
    page_count: int


def villages_of_round(actor: Actor) -> list[tuple[str, str]]:
    """Give code and name of the villages that the actor goes round."""
    return list(Village.objects.order_by("code").values_list("code", "name"))


def round_of(village_code: str, year: int, *, actor: Actor, only_unvisited: bool, page: int) -> Round:
    """Give a page of the village's households by group and address, as one walks."""
    visits = Visit.objects.filter(tenant_id=OuterRef("tenant_id"), household_id=OuterRef("pk"), year=year)
    rows = households_visible_to(actor).filter(scope_code=village_code).exclude(status=HouseholdStatus.CLOSED)
    walked = rows.annotate(is_visited=Exists(visits))
    found = list(walked.values_list("id", "group_name", "address", "number", "is_visited"))
    shown = [row for row in found if not (only_unvisited and row[-1])]
    shown.sort(key=lambda row: tuple(_walked(text) for text in row[1:4]))
    pages = max(1, -(-len(shown) // ON_A_PAGE))
    page = min(max(page, 1), pages)
    ids = [row[0] for row in shown[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]]
    visited = {row[0] for row in found if row[-1]}
    return Round(_houses(ids, visited, year, actor), len(found), len(visited), len(shown), page, pages)


def _walked(text: str) -> list[tuple[bool, int, str]]:
    """Order 2组 before 10组: numbers by their size, what says nothing at the end."""
    parts = [part for part in _DIGITS.split(text) if part]
    return [(False, int(part), "") if part.isdigit() else (False, 0, part) for part in parts] or [(True, 0, "")]


def _houses(ids: Sequence[UUID], visited: set[UUID], year: int, actor: Actor) -> list[House]:
    households = {one.pk: one for one in with_head_name(Household.objects.filter(id__in=ids))}
    latest = {
        one.household_id: one
        for one in Visit.objects.filter(household__in=ids)
        .order_by("household_id", "-visited_on", "-id")
        .distinct("household_id")
    }
    told = _told(ids, year)
    doubts = defaultdict(list)
    for doubt in doubts_of_many(ids, actor):
        doubts[doubt.household_id].append(doubt)
    return [
        House(
            one.pk,
            one.number,
            str(getattr(one, HEAD_NAME) or ""),
            one.group_name,
            one.address,
            one.pk in visited,
            latest[one.pk].visited_on if one.pk in latest else None,
            latest[one.pk].collector_name if one.pk in latest else "",
            len(doubts[one.pk]),
            tuple(part for part in VisitSection if any(part in doubt.sections for doubt in doubts[one.pk])),
            tuple(part for part in VisitSection if part not in told[one.pk]),
        )
        for one in (households[row_id] for row_id in ids)
    ]


def _told(ids: Sequence[UUID], year: int) -> dict[UUID, set[str]]:
    """Give for each household the parts of the form that are confirmed or told for the year."""
    told: defaultdict[UUID, set[str]] = defaultdict(set)
    own: dict[str, Any] = {"household__in": ids, "year": year}
    for household_id, sections in Visit.objects.filter(**own).values_list("household_id", "confirmed_sections"):
        # Whoever was there saw the basic facts on the page.
        told[household_id] |= {VisitSection.BASIC, *sections}
    living = HouseholdYear.objects.filter(LIVING_KNOWN, **own).values_list("household_id", flat=True)
    lines = IncomeLine.objects.filter(**own).values_list("household_id", flat=True).distinct()
    for part, rows in ((VisitSection.LIVING, living), (VisitSection.INCOME, lines)):
        for household_id in rows:
            told[household_id].add(part)
    untold = {row.household_id for row in _members_untold(ids, year)}
    for household_id in ids:
        if household_id not in untold:
            told[household_id].add(VisitSection.MEMBERS)
    return told


def _members_untold(ids: Sequence[UUID], year: int) -> "QuerySet[Membership]":
    years = PersonYear.objects.filter(tenant_id=OuterRef("tenant_id"), person_id=OuterRef("person_id"), year=year)
    return Membership.objects.filter(covering(last_day_told(year)), ~Exists(years), household__in=ids).only(
        "id", "tenant_id", "household_id"
    )
