"""A plan of helpers as a problem for the optimiser, and what it answered as a helper for each household.

Helpers whose way to every village is the same are one sender with the room of all: a county's thousands of helpers
become some hundred senders, and the plan stays as good. Who of them leads which household is settled afterwards:
whoever stays first, then one after another through the villages, so that a helper's households lie together.
"""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from planning.enums import Before, Why
from planning.models import HelperChoice, HelperPlan
from planning.optimum import NOBODY, Limits, Plan, Problem, Senders, Targets, Ways, Weights, solve, weighed
from planning.queries.helper_ground import HelperGround, Home, Worker, share_of, way_of

Ints = NDArray[np.int64]
# How many of a pool are looked at before somebody else gives a household up for one that nobody left may lead.
LOOKED_AT: Final = 50


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who leads which household, by row: `chosen` names workers, `solved` tells its points and the bound."""

    chosen: Ints
    solved: Plan


@dataclass(frozen=True, slots=True)
class HelperProblem:
    """Helpers in pools and households in the order of the problem's rows."""

    ground: HelperGround
    pools: Sequence[Sequence[int]]
    pool_of: Ints
    problem: Problem
    pinned: Mapping[int, int]
    stays: Mapping[int, int]
    loaded: frozenset[int]


def stated(plan: HelperPlan, ground: HelperGround, *, by_hand: Mapping[UUID, UUID | None]) -> HelperProblem:
    """State the plan's problem. `by_hand` says for some households who leads them, or that nobody new does."""
    row_of = {worker.id: row for row, worker in enumerate(ground.workers)}
    pinned, nobody = {}, set()
    for row, home in enumerate(ground.homes):
        if home.id in by_hand:
            helper_id = by_hand[home.id]
            if helper_id is None:
                nobody.add(row)
            else:
                pinned[row] = row_of[helper_id]
    stays, loaded = _stays(ground, row_of, pinned)
    pools, pool_of = _pools(ground.workers)
    kept = {(int(pool_of[worker]), row) for row, worker in pinned.items()}
    if plan.keeps_leads:
        kept |= {(int(pool_of[worker]), row) for row, worker in stays.items() if row not in nobody}
    room = np.array([worker.room for worker in ground.workers], dtype=np.int64)
    held = np.bincount(np.array(list(pinned.values()), dtype=np.int64), minlength=len(room))
    room = np.maximum(room, held)
    capacity = np.bincount(pool_of, weights=room, minlength=len(pools)).astype(np.int64)
    barred = _barred(ground, pools, pool_of, nobody)
    problem = Problem(
        _senders(capacity),
        _targets(ground.homes, {row: int(pool_of[worker]) for row, worker in stays.items()}),
        Weights(0.0, 0.0, plan.weight_near, plan.weight_stay),
        Limits(None, frozenset(barred - kept), frozenset(kept)),
        _ways(ground, pools),
    )
    return HelperProblem(ground, pools, pool_of, problem, pinned, stays, loaded)


def solved(problem: HelperProblem, *, seconds: float) -> Assignment:
    """Solve it, and settle who of each pool leads which household."""
    plan = solve(problem.problem, seconds=seconds)
    chosen = _settled(problem, plan.chosen)
    return Assignment(chosen, weighed(problem.problem, _pools_of(problem, chosen), bound=plan.bound))


def choices_of(problem: HelperProblem, found: Assignment, *, by_hand: Mapping[UUID, UUID | None]) -> list[HelperChoice]:
    """Give the choices in the order of the households, each with what its sentence needs."""
    ground, taking_part = problem.ground, {worker.id for worker in problem.ground.workers}
    full = _nobody_has_room(ground.workers, found.chosen)
    served = found.chosen != NOBODY
    points = np.zeros(len(ground.homes), dtype=np.int64)
    rows = np.flatnonzero(served)
    points[rows] = problem.problem.cost(_pools_of(problem, found.chosen)[rows], rows)
    choices = []
    for row, home in enumerate(ground.homes):
        worker = ground.workers[found.chosen[row]] if served[row] else None
        hand = home.id in by_hand
        choices.append(
            HelperChoice(
                scope_code=home.scope_code,
                household_id=home.id,
                helper_id=worker.id if worker else None,
                present_id=home.lead_id,
                why=why_of(worker, home, hand=hand) if worker or hand else _why_nobody(ground, full=full),
                before=_before(home, worker, taking_part, loaded=row in problem.loaded),
                by_hand=hand,
                changes=worker is not None and worker.id != home.lead_id,
                km=way_of(worker.base, home.village_code, ground.places) if worker else None,
                points=int(points[row]),
            )
        )
    return choices


def _pools_of(problem: HelperProblem, chosen: Ints) -> Ints:
    pools = np.full(len(chosen), NOBODY, dtype=np.int64)
    served = chosen != NOBODY
    pools[served] = problem.pool_of[chosen[served]]
    return pools


def why_of(worker: Worker | None, home: Home, *, hand: bool) -> Why:
    """Say why this helper gets this household."""
    if hand or worker is None:
        return Why.HAND
    if worker.id == home.lead_id:
        return Why.STAYS
    if home.village_code in worker.team_in:
        return Why.TEAM
    if home.village_code == worker.leads_in:
        return Why.KNOWN
    return Why.NEAR if worker.base else Why.ELSEWHERE


def _before(home: Home, worker: Worker | None, taking_part: set[UUID], *, loaded: bool) -> Before:
    if home.lead_id is None:
        return Before.STAND_IN if home.stand_in else Before.NOBODY
    if worker is not None and worker.id == home.lead_id:
        return Before.STAYED
    if home.lead_id not in taking_part:
        return Before.LEFT
    # Whose lead may not stay since the two are related is told while that is on file, and not kept here.
    return Before.LOADED if loaded else Before.BETTER


def _nobody_has_room(workers: Sequence[Worker], chosen: Ints) -> bool:
    used = np.bincount(chosen[chosen != NOBODY], minlength=len(workers))
    return all(worker.room <= count for worker, count in zip(workers, used, strict=True))


def _why_nobody(ground: HelperGround, *, full: bool) -> Why:
    if not ground.workers:
        return Why.NO_HELPER
    return Why.FULL if full else Why.BARRED


def _stays(
    ground: HelperGround, row_of: Mapping[UUID, int], pinned: Mapping[int, int]
) -> tuple[dict[int, int], frozenset[int]]:
    """Give the households whose lead may stay, and those whose lead has too many: the longest led ones stay."""
    led: dict[int, list[int]] = defaultdict(list)
    for row, home in enumerate(ground.homes):
        if home.lead_id is None or row in pinned or home.lead_id not in row_of:
            continue
        if not ground.bars(home.lead_id, home.id):
            led[row_of[home.lead_id]].append(row)
    stays: dict[int, int] = {}
    loaded: set[int] = set()
    taken: dict[int, int] = defaultdict(int)
    for worker in pinned.values():
        taken[worker] += 1
    for worker, rows in led.items():
        base = ground.workers[worker].base
        homes = ground.homes
        rows.sort(key=lambda row: (homes[row].village_code not in base, homes[row].since, row))
        room = max(ground.workers[worker].room - taken[worker], 0)
        stays |= dict.fromkeys(rows[:room], worker)
        loaded |= set(rows[room:])
    return stays, frozenset(loaded)


def _pools(workers: Sequence[Worker]) -> tuple[list[list[int]], Ints]:
    """Put helpers together whose way to every village is the same."""
    rows: dict[tuple[str, ...], int] = {}
    pools: list[list[int]] = []
    pool_of = np.zeros(len(workers), dtype=np.int64)
    for row, worker in enumerate(workers):
        pool = rows.setdefault(worker.base, len(rows))
        if pool == len(pools):
            pools.append([])
        pools[pool].append(row)
        pool_of[row] = pool
    return pools, pool_of


def _barred(
    ground: HelperGround, pools: Sequence[Sequence[int]], pool_of: Ints, nobody: set[int]
) -> set[tuple[int, int]]:
    """Bar a pool from a household where all its members with room are barred from it."""
    row_of = {home.id: row for row, home in enumerate(ground.homes)}
    worker_of = {worker.id: row for row, worker in enumerate(ground.workers)}
    barred = {(pool, row) for row in nobody for pool in range(len(pools))}
    able = [sum(ground.workers[row].room > 0 for row in members) for members in pools]
    counted: dict[tuple[int, int], int] = defaultdict(int)
    for helper_id, household_id in ground.related | ground.beside:
        if household_id in row_of and helper_id in worker_of:
            worker = worker_of[helper_id]
            counted[int(pool_of[worker]), row_of[household_id]] += ground.workers[worker].room > 0
    return barred | {pair for pair, count in counted.items() if count >= able[pair[0]]}


def _senders(capacity: Ints) -> Senders:
    count = len(capacity)
    return Senders(
        capacity,
        np.zeros(count),
        np.zeros((count, 0)),
        np.full((count, 2), np.nan),
        np.full(count, -1, dtype=np.int64),
    )


def _targets(homes: Sequence[Home], present: Mapping[int, int]) -> Targets:
    count = len(homes)
    return Targets(
        np.array([home.difficulty for home in homes], dtype=np.float64),
        np.zeros((count, 0)),
        np.full((count, 2), np.nan),
        np.full(count, -1, dtype=np.int64),
        np.array([present.get(row, NOBODY) for row in range(count)], dtype=np.int64),
    )


def _ways(ground: HelperGround, pools: Sequence[Sequence[int]]) -> Ways:
    codes = sorted({home.village_code for home in ground.homes})
    column = {code: at for at, code in enumerate(codes)}
    share = np.array(
        [[share_of(ground.workers[members[0]].base, code, ground.places) for code in codes] for members in pools],
        dtype=np.float64,
    ).reshape(len(pools), len(codes))
    targets = np.array([column[home.village_code] for home in ground.homes], dtype=np.int64)
    return Ways(np.arange(len(pools), dtype=np.int64), targets, share)


def _settled(problem: HelperProblem, pool_chosen: Ints) -> Ints:
    """Name the helper of each household: pinned ones and those who stay first, then the room that is left."""
    chosen = np.full(len(pool_chosen), NOBODY, dtype=np.int64)
    left = [worker.room for worker in problem.ground.workers]
    waiting: dict[int, list[int]] = defaultdict(list)
    for row, pool in enumerate(pool_chosen):
        if pool == NOBODY:
            continue
        worker = problem.pinned.get(row, problem.stays.get(row, NOBODY))
        if worker != NOBODY and problem.pool_of[worker] == pool:
            chosen[row] = worker
            left[worker] -= 1
        else:
            waiting[int(pool)].append(row)
    for pool, rows in waiting.items():
        _fill(problem, problem.pools[pool], rows, chosen, left)
        _from_elsewhere(problem.ground, [row for row in rows if chosen[row] == NOBODY], chosen, left)
    return chosen


def _from_elsewhere(ground: HelperGround, rows: list[int], chosen: Ints, left: list[int]) -> None:
    """Give households that nobody of their pool may lead to the nearest of all who has room and may: they are few."""
    for row in rows:
        village = ground.homes[row].village_code
        able = [worker for worker, room in enumerate(left) if room > 0 and not _bars(ground, worker, row)]
        if able:
            worker = min(able, key=lambda one: (share_of(ground.workers[one].base, village, ground.places), one))
            chosen[row] = worker
            left[worker] -= 1


def _fill(problem: HelperProblem, members: Sequence[int], rows: list[int], chosen: Ints, left: list[int]) -> None:
    """Give the households of one pool, village by village, to its members with room, each one full before the next."""
    ground = problem.ground
    free = deque(worker for worker in members if left[worker] > 0)
    given: list[int] = []
    for row in rows:
        while free and left[free[0]] <= 0:
            free.popleft()
        able = (worker for worker in islice(free, LOOKED_AT) if left[worker] > 0 and not _bars(ground, worker, row))
        worker = next(able, NOBODY)
        if worker != NOBODY:
            chosen[row] = worker
            left[worker] -= 1
            given.append(row)
        elif free:
            left[free[0]] -= _swapped(ground, free[0], row, given=given, chosen=chosen)


def _swapped(ground: HelperGround, free: int, row: int, *, given: list[int], chosen: Ints) -> bool:
    """Let the one with room take over from somebody who may lead this household; tell whether there is such a one."""
    for other in given[-LOOKED_AT:]:
        worker = int(chosen[other])
        if not _bars(ground, worker, row) and not _bars(ground, free, other):
            chosen[row], chosen[other] = worker, free
            given.append(row)
            return True
    return False


def _bars(ground: HelperGround, worker: int, row: int) -> bool:
    return ground.bars(ground.workers[worker].id, ground.homes[row].id)
