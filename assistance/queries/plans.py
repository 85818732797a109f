"""Households' plans for lists and pages, what was done for them, and which households have none."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Final
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    DecimalField,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from assistance.enums import IN_FORCE, HouseholdPlanState
from assistance.models import HouseholdPlan, HouseholdPlanEdition, Measure, PlannedMeasure
from assistance.queries.keeping import in_villages, must_keep_condition
from households.enums import HouseholdStatus
from households.models import Household, HouseholdSpell, HouseholdYear, MonitoringSpell
from households.queries.history import covering
from households.queries.lists import HEAD_NAME, with_head_name
from households.queries.visibility import households_visible_to, sees_villages_whole
from registry.domain.tallies import tallies, tallying
from registry.enums import Role
from registry.lib.errors import NotFound
from registry.lib.periods import today
from registry.lib.spans import span
from registry.tenancy.context import Actor, current_actor
from villages.queries.plans import sum_below
from villages.queries.villages import villages_in_scope

ON_A_PAGE: Final = 50
BOARD: Final = "without-plan"
# Who comes first among those without a plan: at risk, not lifted, lifted while support lasts.
RISKY, NOT_LIFTED, LIFTED = 1, 2, 3
_YUAN: "DecimalField[Any, Any]" = DecimalField(max_digits=14, decimal_places=2)


@dataclass(frozen=True, slots=True)
class VillageWithoutPlan:
    """The households of a village that have no plan in force for the year."""

    village_code: str
    risky: int
    not_lifted: int
    lifted: int


@dataclass(frozen=True, slots=True)
class WithoutPlan:
    """A household that has no plan in force; `draft_id` is a draft of one."""

    id: UUID
    number: str
    head_name: str
    group_name: str
    urgency: int
    draft_id: UUID | None


def plans_visible_to(actor: Actor) -> "QuerySet[HouseholdPlan]":
    """Give the plans of the households that the actor may see, with their households."""
    rows = HouseholdPlan.objects.select_related("household")
    if actor.role != Role.HELPER:
        return rows
    return rows.filter(household__in=households_visible_to(actor).values("id"))


def plans_on_list(actor: Actor) -> "QuerySet[HouseholdPlan]":
    """Give those plans with what is planned, what measures on file cost, and the net income of the year on file."""
    standing = PlannedMeasure.objects.filter(dropped_on__isnull=True)
    years = HouseholdYear.objects.filter(
        household=OuterRef("household_id"), tenant_id=OuterRef("tenant_id"), year=OuterRef("year")
    )
    return plans_visible_to(actor).annotate(
        planned_yuan=sum_below(standing, "plan", "planned_yuan"),
        reached_yuan=Subquery(years.values("net_per_head_yuan")[:1], output_field=_YUAN),
    )


def find_household_plan(plan_id: UUID, *, actor: Actor) -> HouseholdPlan:
    """Give one plan with its sums. Raises: NotFound for an unknown one and for one that the actor may not see."""
    plan = plans_on_list(actor).filter(pk=plan_id).first()
    if plan is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return plan


def planned_visible_to(actor: Actor) -> "QuerySet[PlannedMeasure]":
    """Give the planned measures of the households that the actor may see, with the money of measures on file."""
    rows = PlannedMeasure.objects.select_related("household", "plan", "helper").annotate(
        done_yuan=sum_below(_standing_measures(), "planned", "money_yuan"),
        done_count=_count_below(_standing_measures()),
    )
    if actor.role != Role.HELPER:
        return rows
    return rows.filter(household__in=households_visible_to(actor).values("id"))


def carried_out_by(measure: Measure) -> "QuerySet[PlannedMeasure]":
    """Give what a measure may carry out: what its household's plans hold, but for those withdrawn, and its own now."""
    standing = Q(dropped_on__isnull=True, plan__state__in=[*IN_FORCE, HouseholdPlanState.DRAFTED])
    return PlannedMeasure.objects.filter(standing | Q(pk=measure.planned_id), household=measure.household_id)


def find_planned_measure(planned_id: UUID, *, actor: Actor) -> PlannedMeasure:
    """Give one planned measure. Raises: NotFound."""
    row = planned_visible_to(actor).filter(pk=planned_id).first()
    if row is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    return row


def _count_below(rows: "QuerySet[Measure]") -> Coalesce:
    grouped = rows.filter(planned=OuterRef("pk"), tenant_id=OuterRef("tenant_id")).order_by().values("planned_id")
    counted = Subquery(grouped.annotate(number=Count("id")).values("number"), output_field=IntegerField())
    return Coalesce(counted, Value(0))


def _standing_measures() -> "QuerySet[Measure]":
    """Give the measures that were not withdrawn: those end on the day they start."""
    lasting = Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gt=F("starts_on"))
    return Measure.objects.filter(lasting, planned__isnull=False)


def plan_rows(rows: "QuerySet[HouseholdPlan]", actor: Actor) -> "QuerySet[Any, Any]":
    """Give the columns of plans out of plain rows."""
    plain: QuerySet[Any, Any] = plans_on_list(actor).filter(pk__in=rows.values("pk"))
    found: QuerySet[Any, Any] = plain.values(
        "id", "household_id", "year", "state", "edition", "goals", "target_yuan", "no_development_reason",
        "adopted_on", "agreement_code", "closed_on", "result", "withdrawn_on", "version", "planned_yuan",
        "reached_yuan", household_number=F("household__number"), village_code=F("scope_code"),
    )  # fmt: skip
    return found


def planned_rows(rows: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
    """Give the columns of planned measures, with what measures on file did for them."""
    found: QuerySet[Any, Any] = rows.values(
        "id", "plan_id", "household_id", "category_code", "action_code", "what", "is_development", "planned_yuan",
        "source_code", "starts_on", "due_on", "helper_id", "dropped_on", "version", "done_yuan", "done_count",
        helper_name=F("helper__name"),
    )  # fmt: skip
    return found


def edition_rows(plan_id: UUID) -> "QuerySet[Any, Any]":
    """Give the editions of a plan in their order."""
    rows: QuerySet[Any, Any] = HouseholdPlanEdition.objects.filter(plan=plan_id).order_by("number").values(
        "number", "adopted_on", "agreement_code", "goals", "target_yuan", "reason", "has_labour",
        "no_development_reason", "planned_yuan", "measures",
    )  # fmt: skip
    return rows


def money_by_source(plan_id: UUID) -> dict[str, Any]:
    """Add up what a plan plans by the source of the money."""
    rows = PlannedMeasure.objects.filter(plan=plan_id, dropped_on__isnull=True, planned_yuan__gt=0)
    totals: dict[str, Any] = {}
    for source, yuan in rows.order_by("source_code").values_list("source_code", "planned_yuan"):
        totals[source] = totals.get(source, 0) + yuan
    return totals


def day_of_plans(year: int) -> date:
    """Give the day by whose standing households are asked for their plan of a year: its last one, or today."""
    return min(today(), date(year, 12, 31))


def households_without_plan(
    year: int, day: date, *, actor: Actor, within: Collection[str] | None = None
) -> "QuerySet[Any, Any]":
    """Give the households of the actor that are to be helped on the day and have no plan in force for the year.

    Adds `urgency`, of that day too: at risk come first, then not lifted, then lifted while support lasts. `within`
    names the villages in which they lie.
    """
    here = in_villages(within)
    planned = HouseholdPlan.objects.filter(here, year=year, state__in=IN_FORCE)
    at_risk = MonitoringSpell.objects.filter(here, covering(day)).values("household_id")
    not_lifted = HouseholdSpell.objects.filter(
        here, covering(day), status__in=[HouseholdStatus.FILED, HouseholdStatus.RETURNED]
    ).values("household_id")
    urgency = Case(
        When(id__in=at_risk, then=Value(RISKY)),
        When(id__in=not_lifted, then=Value(NOT_LIFTED)),
        default=Value(LIFTED),
        output_field=IntegerField(),
    )
    # Asked once for all: row-level security hides from the planner how many plans there are, and it would look through
    # them again for each household.
    unplanned = ~Q(id__in=planned.values("household_id"))
    rows = households_visible_to(actor).filter(here, unplanned, must_keep_condition(day, within=within))
    return rows.annotate(urgency=urgency)


def without_plan_by_village(year: int, day: date, *, actor: Actor) -> list[VillageWithoutPlan]:
    """Count those households by village and urgency, by one query."""
    return [VillageWithoutPlan(code, **figures) for code, figures in _counts(year, day, actor=actor)]


def without_plan_of(year: int, *, actor: Actor) -> list[VillageWithoutPlan]:
    """Give the same by the standing of `day_of_plans`; of this year, what did not change is not counted anew."""
    if year != today().year or not sees_villages_whole(actor):
        return without_plan_by_village(year, day_of_plans(year), actor=actor)
    codes = list(villages_in_scope().values_list("code", flat=True))
    figures = tallies(BOARD, codes)
    return [VillageWithoutPlan(code, **figures[code]) for code in codes if figures[code]]


@tallying(BOARD)
def _count_villages(day: date, codes: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
    return dict(_counts(day.year, day, actor=current_actor(), within=codes))


def _counts(
    year: int, day: date, *, actor: Actor, within: Collection[str] | None = None
) -> Iterator[tuple[str, dict[str, int]]]:
    kinds = {"risky": RISKY, "not_lifted": NOT_LIFTED, "lifted": LIFTED}
    counted = (
        households_without_plan(year, day, actor=actor, within=within)
        .order_by()
        .values("scope_code")
        .annotate(**{name: Count("id", filter=Q(urgency=kind)) for name, kind in kinds.items()})
        .order_by("scope_code")
    )
    for row in counted:
        yield row.pop("scope_code"), row


def without_plan_page(
    year: int, day: date, counts: Sequence[VillageWithoutPlan], *, actor: Actor, page: int
) -> list[WithoutPlan]:
    """Give a page of those households of the villages that were counted, the most urgent first."""
    parts = [
        ((kind, one.village_code), getattr(one, name))
        for kind, name in ((RISKY, "risky"), (NOT_LIFTED, "not_lifted"), (LIFTED, "lifted"))
        for one in counts
    ]
    touched, before = span(parts, (page - 1) * ON_A_PAGE, ON_A_PAGE)
    rows = households_without_plan(year, day, actor=actor, within={code for _kind, code in touched})
    rows = rows.filter(reduce(or_, (Q(urgency=kind, scope_code=code) for kind, code in touched), Q(pk__in=[])))
    ordered = rows.order_by("urgency", "scope_code", "number").values_list("id", "urgency")
    chosen = list(ordered[before : before + ON_A_PAGE])
    ids = [household_id for household_id, _urgency in chosen]
    households = {one.pk: one for one in with_head_name(Household.objects.filter(id__in=ids))}
    drafts = dict(
        HouseholdPlan.objects.filter(year=year, state=HouseholdPlanState.DRAFTED, household__in=ids)
        .values_list("household_id", "id")
    )  # fmt: skip
    return [
        WithoutPlan(
            household_id,
            households[household_id].number,
            str(getattr(households[household_id], HEAD_NAME) or ""),
            households[household_id].group_name,
            urgency,
            drafts.get(household_id),
        )
        for household_id, urgency in chosen
    ]


def without_plan_rows(rows: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
    """Give the columns of households without a plan, by one query."""
    return rows.values("id", "number", "urgency", village_code=F("scope_code"))
