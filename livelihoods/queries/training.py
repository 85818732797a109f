"""Which wishes are open, who counts as trained, and which households have nobody who is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from households.enums import STOCK_OF_STATUS
from households.models import Household, Membership
from livelihoods.definitions.figures import TrainingFigures
from livelihoods.models import Course, Enrolment, TrainingWish
from livelihoods.queries.figures import figures_of
from registry.domain.tallies import tallies, tallying
from registry.lib.periods import today
from villages.queries.villages import villages_in_scope

# Filed households, lifted ones too: of each at least one member is to be trained. Source: founding document of 2019.
_FILED: Final = tuple(STOCK_OF_STATUS)
BOARD: Final = "training-coverage"


@dataclass(frozen=True, slots=True)
class VillageCoverage:
    """The filed households of a village, and how many of them have a trained member."""

    village_code: str
    village_name: str
    households: int
    trained: int

    @property
    def lacking(self) -> int:
        """Give the number of those that lack one."""
        return self.households - self.trained


@dataclass(frozen=True, slots=True)
class OpenWishes:
    """How many persons wish for a kind of training that they did not get since, and in how many villages."""

    kind_code: str
    persons: int
    villages: int


def present_spells() -> "QuerySet[Membership]":
    """Give the open memberships of the person that a row is about: none of who died or left."""
    return Membership.objects.filter(person=OuterRef("person"), tenant=OuterRef("tenant_id"), ends_on__isnull=True)


def is_open_wish() -> Q:
    """Condition on wishes: not withdrawn, and the person attended no course of the kind that ended since."""
    met = Enrolment.objects.filter(
        person=OuterRef("person"),
        tenant=OuterRef("tenant_id"),
        course__kind_code=OuterRef("kind_code"),
        last_on__gte=OuterRef("told_on"),
        last_on__lte=today(),
        attended_days__gte=1,
    )
    return Q(~Exists(met), withdrawn_on__isnull=True)


def open_wishes() -> "QuerySet[TrainingWish]":
    """Give the wishes in scope that are open."""
    return TrainingWish.objects.filter(is_open_wish())


def wishes_by_kind() -> list[OpenWishes]:
    """Count the open wishes of present members in scope by kind, the most wanted first.

    A helper has no right to counts.
    """
    rows = (
        open_wishes()
        .filter(Exists(present_spells()))
        .order_by()
        .values("kind_code")
        .annotate(persons=Count("person", distinct=True), villages=Count("scope_code", distinct=True))
        .order_by("-persons", "kind_code")
    )
    return [OpenWishes(row["kind_code"], row["persons"], row["villages"]) for row in rows]


def is_trained(figures: TrainingFigures) -> Q:
    """Condition on enrolments: by these figures the person counts as trained."""
    certified = Q(certified_on__isnull=False)
    enough = Q(attended_days__gte=F("day_count") * figures.least_percent / 100.0)
    counts = certified if figures.needs_certificate else certified | enough
    return counts & Q(last_on__gte=figures.counted_since, last_on__lte=today(), withdrawn_on__isnull=True)


def filed_households() -> "QuerySet[Household]":
    """Give the households in scope of which at least one member is to be trained."""
    return Household.objects.filter(status__in=_FILED)


def households_without_trained(figures: TrainingFigures) -> "QuerySet[Household]":
    """Give the filed households no present member of which counts as trained, each asked from indexes."""
    trained = Enrolment.objects.filter(is_trained(figures), person=OuterRef("person"), tenant=OuterRef("tenant_id"))
    members = Membership.objects.filter(
        Exists(trained), household=OuterRef("pk"), tenant=OuterRef("tenant_id"), ends_on__isnull=True
    )
    return filed_households().filter(~Exists(members))


def coverage_by_village(
    figures: TrainingFigures, *, within: Collection[str] | None = None
) -> dict[str, dict[str, int]]:
    """Count by village the filed households, and those with a trained member; `within` names the villages, or all.

    Counted are those that lack one, as they are listed: the database asks them set by set, and not one by one.
    """
    here = Q() if within is None else Q(scope_code__in=within)
    lacking = dict(
        households_without_trained(figures).filter(here).order_by().values_list("scope_code").annotate(Count("id"))
    )
    rows = filed_households().filter(here).order_by().values_list("scope_code").annotate(Count("id"))
    return {code: {"households": count, "trained": count - lacking.get(code, 0)} for code, count in rows}


@tallying(BOARD)
def _count_villages(day: date, codes: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
    return coverage_by_village(figures_of(day.year), within=codes)


def coverage_today() -> list[VillageCoverage]:
    """Give the coverage of each village in scope by this year's figures; what did not change is not counted anew."""
    villages = dict(villages_in_scope().values_list("code", "name"))
    figures = tallies(BOARD, villages)
    return [VillageCoverage(code, name, **figures[code]) for code, name in villages.items() if figures[code]]


def lacking_rows(rows: "QuerySet[Household]") -> "QuerySet[Any, Any]":
    """Give number, group and village of households, by one query."""
    return rows.values("id", "number", "group_name", "village_id", village_code=F("scope_code"))


def course_rows(rows: "QuerySet[Course]") -> "QuerySet[Any, Any]":
    """Give the columns of courses."""
    return rows.values(
        "id", "name", "kind_code", "organiser", "place", "starts_on", "last_on", "day_count", "hour_count",
        "seat_count", "employer", "ordered_post", "ordered_count", "state", "cancel_reason", "enrolled_count",
        "attended_count", "version",
    )  # fmt: skip


def wish_rows(rows: "QuerySet[TrainingWish]") -> "QuerySet[Any, Any]":
    """Give the columns of wishes with number and name of their persons, and whether they are open."""
    return rows.annotate(is_open=Exists(open_wishes().filter(pk=OuterRef("pk")))).values(
        "id", "person_id", "kind_code", "told_on", "help_visit_id", "withdrawn_on", "is_open", "version",
        person_number=F("person__number"), person_name=F("person__name"), village_code=F("scope_code"),
    )  # fmt: skip
