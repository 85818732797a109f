"""Relocation settlements: the households that were resettled in them, and what was done for these since.

A household is on the register of its village, which need not be that of the settlement. Whoever sees a part of the
county sees of each settlement the households of that part; the county sees all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from households.enums import HouseholdStatus
from households.models import Membership, Relocation
from households.queries.follow_up import FollowUp, follow_ups, is_at_work, is_followed
from households.queries.labour import may_work
from households.queries.lists import HEAD_NAME, in_division, with_head_name
from households.queries.visibility import households_visible_to
from registry.lib.errors import NotFound
from registry.lib.periods import today
from registry.tenancy.context import Actor
from villages.enums import RELOCATION_SITE
from villages.models import SettlementPoint

ON_A_PAGE: Final = 50
# 集中安置, of the list `settlement_mode`.
TOGETHER: Final = "1"
_STANDING: Final = [status for status in HouseholdStatus if status is not HouseholdStatus.CLOSED]
_FACTS: Final = (
    "building",
    "entrance",
    "room",
    "layout",
    "housing_area_m2",
    "handed_over_on",
    "moved_in_on",
    "is_demolished",
    "is_residence_transferred",
    "has_property_certificate",
)


class Lack(StrEnum):
    """What a household of a settlement may lack."""

    KEYS = "keys"
    WORK = "work"
    FOLLOW_UP = "follow-up"


@dataclass(frozen=True, slots=True)
class SettlementLine:
    """The figures of one settlement: of the households that the reader sees.

    `village_id` is empty for a settlement in a village that the reader does not see. Without work is who moved in, has
    nobody at work today, and is not known to have nobody able to work; without follow-up, for whom nothing is on file
    since the day of moving in.
    """

    settlement_id: UUID
    name: str
    village_id: UUID | None
    village_name: str
    home_count: int | None
    households: int
    persons: int
    handed_over: int
    moved_in: int
    without_work: int
    without_follow_up: int


@dataclass(frozen=True, slots=True)
class Support:
    """How often one kind of support was given since the household moved in, and on which day last."""

    key: str
    label: str
    count: int
    last_on: date | None


@dataclass(frozen=True, slots=True)
class SettledHousehold:
    """A household of a settlement with its dwelling, and the support since it moved in."""

    id: UUID
    number: str
    head_name: str
    village_code: str
    persons: int
    dwelling: str
    facts: dict[str, Any]
    is_at_work: bool
    may_work: bool
    is_followed: bool
    support: tuple[Support, ...]


def relocation_sites() -> "QuerySet[SettlementPoint]":
    """Give the relocation settlements in scope in which people live, with their villages."""
    return SettlementPoint.objects.filter(_in_use()).select_related("village").order_by("village__code", "name")


def settled_households(actor: Actor) -> "QuerySet[Any, Any]":
    """Give the standing households whose relocation names a settlement, with its facts and what may be lacking."""
    rows = households_visible_to(actor).filter(relocations__settlement__isnull=False, status__in=_STANDING)
    rows = rows.annotate(
        settlement_id=F("relocations__settlement_id"),
        site_name=F("relocations__site_name"),
        **{name: F(f"relocations__{name}") for name in _FACTS},
        member_count=_member_count(),
    )
    return rows.annotate(at_work=is_at_work(today()), may_work=may_work(), followed=is_followed("moved_in_on"))


def lacking(rows: "QuerySet[Any, Any]", lack: Lack) -> "QuerySet[Any, Any]":
    """Give those of the settled households that lack something."""
    return rows.filter(_LACKS[lack])


def settlement_lines(actor: Actor, *, division: str = "") -> list[SettlementLine]:
    """Count by settlement, in the order of villages and names: by three queries, whatever their number.

    A settlement that is given up, or is of another kind by now, stands among them while a household names it. Those
    that the reader does not see stand at the end, with the reader's households.
    Raises: DomainError `division.malformed`.
    """
    points = SettlementPoint.objects.select_related("village").order_by("village__code", "name")
    households = settled_households(actor)
    if division:
        points = in_division(points, division)
        households = households.filter(settlement_id__in=points.values("id"))
    return _lines(points, households, _in_use())


def settlement_line(settlement_id: UUID, *, actor: Actor) -> SettlementLine:
    """Give the figures of one settlement.

    Raises: NotFound for one that lies outside the area and has no household there.
    """
    points = SettlementPoint.objects.filter(pk=settlement_id).select_related("village")
    households = settled_households(actor).filter(settlement_id=settlement_id)
    lines = _lines(points, households, Q(kind_code=RELOCATION_SITE))
    if not lines:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return lines[0]


def settlement_households(
    settlement_id: UUID, *, actor: Actor, lack: Lack | None = None, page: int = 1
) -> list[SettledHousehold]:
    """Give a page of a settlement's households with their support, by a handful of queries."""
    rows = settled_households(actor).filter(settlement_id=settlement_id)
    if lack is not None:
        rows = lacking(rows, lack)
    named: QuerySet[Any, Any] = with_head_name(rows)
    ordered = named.order_by("building", "entrance", "room", "number")
    return _with_support(list(ordered[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]))


def support_since(moved_in: Mapping[UUID, date | None]) -> dict[UUID, tuple[Support, ...]]:
    """Count the support of households since each moved in, of all kinds: a query for each kind."""
    stays = Membership.objects.filter(household__in=list(moved_in), ends_on__isnull=True)
    members = dict(stays.values_list("person_id", "household_id"))
    counted = [(kind, _counted(kind, members, moved_in)) for kind in follow_ups()]
    return {
        pk: tuple(Support(kind.key, str(kind.label), *found.get(pk, (0, None))) for kind, found in counted)
        for pk in moved_in
    }


def _with_support(rows: list[Any]) -> list[SettledHousehold]:
    support = support_since({row.pk: row.moved_in_on for row in rows})
    return [
        SettledHousehold(
            row.pk,
            row.number,
            str(getattr(row, HEAD_NAME) or ""),
            row.scope_code,
            row.member_count,
            " ".join(filter(None, (row.building, row.entrance, row.room))),
            {name: getattr(row, name) for name in _FACTS},
            row.at_work,
            row.may_work,
            row.followed,
            support[row.pk],
        )
        for row in rows
    ]


def settled_rows(rows: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
    """Give the columns of settled households for REST, without the names of persons."""
    return rows.values(
        "id", "number", *_FACTS, "member_count", "at_work", "may_work", "followed", village_code=F("scope_code")
    )


def resettled_without_settlement(actor: Actor) -> "QuerySet[Any]":
    """Give the households that were resettled together and whose relocation names no settlement."""
    rows = households_visible_to(actor).filter(
        relocations__settlement__isnull=True, relocations__settlement_mode_code=TOGETHER, status__in=_STANDING
    )
    return rows.order_by("scope_code", "number")


def offered_settlements(chosen: Relocation | None) -> list[tuple[UUID, str]]:
    """Give the settlements to choose from, with their villages; one on file stays among them whoever sees it."""
    found = [(point.pk, f"{point.village.name} · {point.name}") for point in relocation_sites()]
    if chosen is None or chosen.settlement_id is None or chosen.settlement_id in dict(found):
        return found
    return [(chosen.settlement_id, chosen.site_name), *found]


_LACKS: Final = {
    # Who moved in has the keys, though the day is not known.
    Lack.KEYS: Q(handed_over_on__isnull=True, moved_in_on__isnull=True),
    Lack.WORK: Q(moved_in_on__isnull=False, at_work=False, may_work=True),
    Lack.FOLLOW_UP: Q(moved_in_on__isnull=False, followed=False),
}


def _member_count() -> Coalesce:
    members = Membership.objects.filter(
        tenant_id=OuterRef("tenant_id"), household_id=OuterRef("id"), ends_on__isnull=True
    )
    counted = members.order_by().values("tenant_id", "household_id").annotate(n=Count("id")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _in_use() -> Q:
    """Condition on a settlement point that it is a relocation settlement in which people live."""
    return Q(kind_code=RELOCATION_SITE) & (Q(ends_on__isnull=True) | Q(ends_on__gt=today()))


def _lines(points: "QuerySet[SettlementPoint]", households: "QuerySet[Any, Any]", listed: Q) -> list[SettlementLine]:
    """Count the households by settlement: of the listed ones, and of every other in which there are some."""
    counts: dict[UUID, dict[str, Any]] = {
        row["settlement_id"]: row
        for row in households.order_by()
        .values("settlement_id")
        .annotate(
            name=Min("site_name"),
            households=Count("id"),
            persons=Sum("member_count"),
            handed_over=Count("id", filter=~_LACKS[Lack.KEYS]),
            moved_in=Count("id", filter=Q(moved_in_on__isnull=False)),
            without_work=Count("id", filter=_LACKS[Lack.WORK]),
            without_follow_up=Count("id", filter=_LACKS[Lack.FOLLOW_UP]),
        )
    }
    lines = [
        SettlementLine(
            point.pk,
            point.name,
            point.village_id,
            point.village.name,
            point.home_count,
            **_figures(counts.pop(point.pk, {})),
        )
        for point in points.filter(listed | Q(pk__in=list(counts)))
    ]
    unseen = sorted(counts.items(), key=lambda item: str(item[1]["name"]))
    return lines + [SettlementLine(pk, row["name"], None, "", None, **_figures(row)) for pk, row in unseen]


def _figures(row: dict[str, Any]) -> dict[str, int]:
    names = ("households", "persons", "handed_over", "moved_in", "without_work", "without_follow_up")
    return {name: row.get(name) or 0 for name in names}


def _counted(
    kind: FollowUp, members: dict[UUID, UUID], moved_in: Mapping[UUID, date | None]
) -> dict[UUID, tuple[int, date]]:
    """Count one kind of support of each household since it moved in, and give the last day."""
    by = "person_id" if kind.of_person else "household_id"
    asked = members if kind.of_person else moved_in
    found: dict[UUID, tuple[int, date]] = {}
    for key, day in kind.rows().filter(**{f"{by}__in": list(asked)}).values_list(by, kind.day):
        household_id = members[key] if kind.of_person else key
        since = moved_in[household_id]
        if since is not None and day is not None and since <= day <= today():
            count, last = found.get(household_id, (0, day))
            found[household_id] = count + 1, max(last, day)
    return found
