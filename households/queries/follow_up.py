"""What was done for a household since a day, and whether somebody in it is at work: each app enters what it knows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from households.models import Membership, WorkRecord
from households.queries.history import covering
from registry.lib.periods import today

Rows = Callable[[], "QuerySet[Any]"]
AtWork = Callable[[date], "QuerySet[Any]"]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One kind of support: its rows name a household, or a person with `of_person`, and count by the column `day`."""

    key: str
    label: str | Promise
    rows: Rows
    day: str
    of_person: bool


_kinds: Final[dict[str, FollowUp]] = {}
_at_work: Final[list[AtWork]] = []


def count_as_follow_up(key: str, label: str | Promise, rows: Rows, *, day: str, of_person: bool = False) -> None:
    """Let rows count as support of a household; apps above name their own."""
    if key in _kinds:
        raise ValueError(f"The support {key} is named twice.")
    _kinds[key] = FollowUp(key, label, rows, day, of_person)


def count_as_work(rows: AtWork) -> AtWork:
    """Let the persons of the rows of a day count as being at work on it."""
    _at_work.append(rows)
    return rows


def follow_ups() -> list[FollowUp]:
    """Give the kinds of support, in the order in which they were named."""
    return list(_kinds.values())


def is_followed(since: str) -> Q:
    """Condition on a household that some support was given on the day of its column `since`, or later until today."""
    condition = Q(pk__in=[])
    for kind in follow_ups():
        if not kind.of_person:
            rows = kind.rows().filter(
                tenant_id=OuterRef("tenant_id"),
                household_id=OuterRef("id"),
                **{f"{kind.day}__gte": OuterRef(since), f"{kind.day}__lte": today()},
            )
            condition |= Q(Exists(rows))
            continue
        rows = kind.rows().filter(
            tenant_id=OuterRef("tenant_id"),
            person_id=OuterRef("person_id"),
            **{f"{kind.day}__gte": OuterRef(OuterRef(since)), f"{kind.day}__lte": today()},
        )
        condition |= Q(Exists(_members().filter(Exists(rows))))
    return condition


def is_at_work(day: date) -> Q:
    """Condition on a household that a present member is at work on the day."""
    works = Q(pk__in=[])
    for rows in _at_work:
        works |= Q(Exists(rows(day).filter(tenant_id=OuterRef("tenant_id"), person_id=OuterRef("person_id"))))
    return Q(Exists(_members().filter(works)))


def _members() -> "QuerySet[Membership]":
    return Membership.objects.filter(tenant_id=OuterRef("tenant_id"), household_id=OuterRef("id"), ends_on__isnull=True)


def _jobs() -> "QuerySet[WorkRecord]":
    """Give the work that counts: what was entered in error ends in the month in which it begins."""
    begun = Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on"))
    return WorkRecord.objects.filter(begun, is_planned=False)


@count_as_work
def _in_a_job(day: date) -> "QuerySet[WorkRecord]":
    return _jobs().filter(covering(day), year=day.year)


count_as_follow_up("jobs", _("Jobs"), _jobs, day="starts_on", of_person=True)
