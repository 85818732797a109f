"""Looks at persons: the county's grants, a reader's own, and the households that a grant opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from assistance.queries.coverage import HELPER
from households.models import Person
from oversight.enums import LookList
from oversight.models import LookGrant
from periods.enums import PeriodKind, PeriodState
from periods.models import FrozenHousehold, FrozenPerson, FrozenVillage, Period
from registry.domain.codes import code_list
from registry.lib.errors import DomainError, NotFound
from registry.lib.gbcode import subtree
from registry.models import GrantedLook
from registry.tenancy.context import Actor

_LISTS: Final[dict[str, Q]] = {
    LookList.NOT_LIFTED: Q(stock="not_lifted"),
    LookList.LIFTED: Q(stock="lifted"),
    LookList.MONITORED: Q(is_monitored=True),
    LookList.UNCOVERED: ~Q(cover="") & ~Q(cover=HELPER),
}


@dataclass(frozen=True, slots=True)
class LookedHousehold:
    """What a look shows of a household: no document, telephone or account. `head_name` is empty where it moved away."""

    id: UUID
    key: str
    number: str
    village_code: str
    village_name: str
    head_name: str
    status: str
    is_monitored: bool
    has_helper: bool
    person_count: int
    net_per_head_yuan: Any


@dataclass(frozen=True, slots=True)
class LookedPerson:
    """What a look shows of a member."""

    id: UUID
    name: str
    relation: str
    sex: str
    birth_year: int | None


def grants() -> "QuerySet[LookGrant]":
    """Give the county's grants, the latest first."""
    return LookGrant.objects.select_related("reader").order_by("-asked_at", "-id")


def find_grant(grant_id: UUID) -> LookGrant:
    """Give one grant of the county. Raises: NotFound."""
    found = grants().filter(pk=grant_id).first()
    if found is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return found


def looks_of(actor: Actor, *, on: date) -> "QuerySet[GrantedLook]":
    """Give where the actor may look today, the one that ends first before the others."""
    rows = GrantedLook.objects.select_related("tenant").filter(user=actor.user_id, tenant__is_active=True)
    return rows.filter(starts_on__lte=on, ends_on__gt=on, ended_at=None).order_by("ends_on", "id")


def newest_published() -> Period | None:
    """Give the period whose households a look shows: the newest month that the county published, else the newest."""
    rows = Period.objects.filter(state=PeriodState.PUBLISHED, snapshot__isnull=False).order_by("-last_day", "kind")
    return rows.filter(kind=PeriodKind.MONTH).first() or rows.first()


def households_of(period: Period, shown: LookList, area_code: str, *, after: str, most: int) -> list[LookedHousehold]:
    """Give households of a list in the order of villages, after a key. Three queries for any number."""
    rows = _frozen(period, area_code).filter(_LISTS[shown])
    if after:
        village, household = _key(after)
        rows = rows.filter(Q(village_code__gt=village) | Q(village_code=village, household_id__gt=household))
    return _told(period, list(rows.order_by("village_code", "household_id")[:most]))


def _key(after: str) -> tuple[str, UUID]:
    village, _sep, household = after.partition(":")
    try:
        return village, UUID(household)
    except ValueError:
        message = _("This page cannot be found. Begin the list again.")
        raise DomainError("look.page", message, field="after") from None


def persons_of(
    period: Period, household_id: UUID, area_code: str
) -> tuple[LookedHousehold, tuple[LookedPerson, ...]] | None:
    """Give a household of the area with its members, or None."""
    found = list(_frozen(period, area_code).filter(household_id=household_id))
    if not found:
        return None
    members = list(
        FrozenPerson.objects.filter(snapshot=period.snapshot_id, household_id=household_id).order_by(
            "relation_code", "birth_on", "person_id"
        )
    )
    names = _names(member.person_id for member in members)
    relations, sexes = code_list("relation"), code_list("sex")
    persons = tuple(
        LookedPerson(
            member.person_id,
            names.get(member.person_id, ""),
            relations.label_of(member.relation_code),
            sexes.label_of(member.sex_code),
            member.birth_on.year if member.birth_on else None,
        )
        for member in members
    )
    return _told(period, found)[0], persons


def _frozen(period: Period, area_code: str) -> "QuerySet[FrozenHousehold]":
    within = subtree(area_code)
    rows = FrozenHousehold.objects.filter(snapshot=period.snapshot_id)
    return rows.filter(village_code__gte=within.lo, village_code__lt=within.hi)


def _told(period: Period, rows: Sequence[FrozenHousehold]) -> list[LookedHousehold]:
    names = _names(row.head_person_id for row in rows if row.head_person_id)
    villages = dict(
        FrozenVillage.objects.filter(
            snapshot=period.snapshot_id, village_code__in={row.village_code for row in rows}
        ).values_list("village_code", "name")
    )
    statuses = code_list("household_status")
    return [
        LookedHousehold(
            row.household_id,
            f"{row.village_code}:{row.household_id}",
            row.number,
            row.village_code,
            villages.get(row.village_code, row.village_code),
            names.get(row.head_person_id, "") if row.head_person_id else "",
            statuses.label_of(row.status),
            row.is_monitored,
            row.cover == HELPER,
            row.person_count,
            row.net_per_head_yuan,
        )
        for row in rows
    ]


def _names(ids: Any) -> dict[UUID, str]:  # noqa: ANN401  (any iterable of ids)
    return dict(Person.objects.filter(pk__in=list(ids)).values_list("pk", "name"))
