"""What a plan of helpers is reckoned from: households that need a lead, helpers with room, and the ways between."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Q

from assistance.models import Helper, Pairing
from assistance.queries.keeping import must_keep_condition
from assistance.queries.loads import households_of_helpers, load_limits
from assistance.queries.pairings import leads_on
from households.enums import AT_RISK, HouseholdStatus
from households.models import Household
from households.queries.history import covering
from planning.models import HelperPlan, RelatedPair
from planning.optimum import way_km
from registry.lib.gbcode import subtree
from registry.lib.periods import today
from villages.models import Village
from villages.queries.villages import teams_on

# The share of the farthest way that a helper's way to a village counts as. Source: house rule.
AT_HOME: Final = 0.0
NEXT_DOOR: Final = 0.2
FAR_KM: Final = 60.0
SAME_TOWNSHIP: Final = 0.4
NO_HOME: Final = 0.6
OTHER_TOWNSHIP: Final = 0.8
TOWNSHIP_DIGITS: Final = 9


@dataclass(frozen=True, slots=True)
class Home:
    """A household that needs a lead: where it is, how hard, and who leads it. `lead_id` of None: nobody, or a unit."""

    id: UUID
    village_code: str
    scope_code: str
    difficulty: float
    lead_id: UUID | None
    stand_in: bool
    since: date


@dataclass(frozen=True, slots=True)
class Worker:
    """A helper who takes part: how many households of the plan there is room for, and the villages that are near.

    `team_in`: where the unit has its team. `leads_in`: the village in which the helper leads most now, if any.
    """

    id: UUID
    room: int
    team_in: frozenset[str]
    leads_in: str

    @property
    def base(self) -> tuple[str, ...]:
        """Give the villages from which the way is measured."""
        return tuple(sorted(self.team_in)) or ((self.leads_in,) if self.leads_in else ())


@dataclass(frozen=True, slots=True)
class HelperGround:
    """All of it. `barred`: pairs (helper, household) that must not be, since they are related or paired otherwise."""

    homes: Sequence[Home]
    workers: Sequence[Worker]
    related: frozenset[tuple[UUID, UUID]]
    beside: frozenset[tuple[UUID, UUID]]
    places: Mapping[str, tuple[float, float] | None]

    def bars(self, helper_id: UUID, household_id: UUID) -> bool:
        """Tell whether this helper must not lead this household."""
        return (helper_id, household_id) in self.related or (helper_id, household_id) in self.beside


def ground_of(plan: HelperPlan, *, household: UUID | None = None, helper: UUID | None = None) -> HelperGround:
    """Read what a plan needs as it stands today; where a household is named, of it and of those the helper leads."""
    day = max(today(), plan.starts_on)
    homes = _homes(plan, day, household, helper)
    related = frozenset(RelatedPair.objects.filter(plan=plan).values_list("helper_id", "household_id"))
    further = Pairing.objects.filter(covering(today()), helper__isnull=False, is_lead=False)
    beside = frozenset(further.values_list("helper_id", "household_id"))
    places = {
        code: (float(longitude), float(latitude)) if longitude is not None and latitude is not None else None
        for code, longitude, latitude in Village.objects.values_list("code", "longitude", "latitude")
    }
    return HelperGround(homes, _workers(day, homes), related, beside, places)


def households_of_plan(plan: HelperPlan, day: date) -> Q:
    """Condition on households: in the plan's area, and in need of a lead on the day, by the one predicate."""
    area = subtree(plan.area_code)
    return must_keep_condition(day) & Q(scope_code__gte=area.lo, scope_code__lt=area.hi)


def way_of(base: Sequence[str], village: str, places: Mapping[str, tuple[float, float] | None]) -> int | None:
    """Give the way from the nearest village of the base, in whole km; None where a place is not known."""
    there = places.get(village)
    known = [place for code in base if (place := places.get(code)) is not None]
    if there is None or not known:
        return None
    return round(min(way_km(place, there) for place in known))


def share_of(base: Sequence[str], village: str, places: Mapping[str, tuple[float, float] | None]) -> float:
    """Give what the way to a village counts, from 0 where the helper's unit or the helper is there already, to 1."""
    if village in base:
        return AT_HOME
    if not base:
        return NO_HOME
    km = way_of(base, village, places)
    if km is not None:
        return NEXT_DOOR + (1 - NEXT_DOOR) * min(km / FAR_KM, 1.0)
    near = any(code[:TOWNSHIP_DIGITS] == village[:TOWNSHIP_DIGITS] for code in base)
    return SAME_TOWNSHIP if near else OTHER_TOWNSHIP


def _homes(plan: HelperPlan, day: date, household: UUID | None, helper: UUID | None) -> list[Home]:
    leads = {
        row[0]: row[1:]
        for row in leads_on(today()).order_by().values_list("household_id", "helper_id", "unit_id", "starts_on")
    }
    rows = Household.objects.filter(households_of_plan(plan, day))
    if household is not None:
        led = leads_on(today()).filter(helper=helper).order_by().values("household_id")
        rows = rows.filter(Q(pk=household) | Q(id__in=led) if helper else Q(pk=household))
    columns = rows.order_by("scope_code", "number").values_list(
        "id", "village__code", "scope_code", "status", "monitoring_state"
    )
    homes = []
    for household_id, village_code, scope_code, status, monitoring in columns:
        helper_id, unit_id, since = leads.get(household_id, (None, None, None))
        hard = status in {HouseholdStatus.FILED, HouseholdStatus.RETURNED} or monitoring in AT_RISK
        homes.append(
            Home(
                household_id,
                village_code,
                scope_code,
                1.0 if hard else 0.5,
                helper_id,
                unit_id is not None,
                since or date.min,
            )
        )
    return homes


def _workers(day: date, homes: Sequence[Home]) -> list[Worker]:
    limits = load_limits(day.year)
    now = households_of_helpers()
    freed = Counter(home.lead_id for home in homes if home.lead_id is not None)
    teams: dict[UUID, set[str]] = defaultdict(set)
    for unit_id, code in teams_on(today()).values_list("unit_id", "village__code"):
        teams[unit_id].add(code)
    villages: dict[UUID, Counter[str]] = defaultdict(Counter)
    leads = leads_on(today()).filter(helper__isnull=False).order_by()
    for helper_id, code in leads.values_list("helper_id", "household__village__code"):
        villages[helper_id][code] += 1
    workers = []
    for helper_id, unit_id, rank_code in (
        Helper.objects.filter(takes_part=True).order_by("name", "id").values_list("id", "unit_id", "rank_code")
    ):
        beyond = now.get(helper_id, 0) - freed[helper_id]
        counted = villages.get(helper_id)
        most = min(counted, key=lambda code: (-counted[code], code)) if counted else ""
        room = max(limits.of(rank_code) - beyond, 0)
        workers.append(Worker(helper_id, room, frozenset(teams.get(unit_id, ())), most))
    return workers
