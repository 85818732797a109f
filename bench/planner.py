"""The planner alone, without a database: units for the villages of a region, and helpers for a county's households.

The limit is in seconds; after half of it no further round of the optimiser begins. The gap to the best plan is proven
by the bound, whatever the random figures are.
"""

import time
from typing import Final

import numpy as np

from bench.measure import Result
from planning.optimum import NOBODY, Limits, Plan, Problem, Senders, Targets, solve

# Source: issue C, "Speed".
REGION_SECONDS: Final = 60.0
COUNTY_SECONDS: Final = 120.0
KINDS: Final = 3


def run() -> list[Result]:
    """Solve both problems once each."""
    return [
        _solved("planner_region", _region(5500, 1000), most=REGION_SECONDS),
        _solved("planner_helpers", _county(60000, 8000, townships=20), most=COUNTY_SECONDS),
    ]


def _region(villages: int, units: int) -> Problem:
    """Villages and units all over a region of 12 by 8 degrees; the units' places do for nine villages in ten."""
    random = np.random.default_rng(1)
    capacity = random.multinomial(villages * 9 // 10, np.full(units, 1 / units))
    return Problem(
        _senders(random, capacity.astype(np.int64), _places(random, units), np.full(units, -1, dtype=np.int64)),
        _targets(random, units, _places(random, villages), np.full(villages, -1, dtype=np.int64), staying=0.6),
        limits=Limits(farthest_km=600.0),
    )


def _county(households: int, helpers: int, *, townships: int) -> Problem:
    """Households and helpers of one county, each in a township; a helper takes ten households at most."""
    random = np.random.default_rng(2)
    return Problem(
        _senders(
            random,
            random.integers(6, 11, helpers),
            np.full((helpers, 2), np.nan),
            np.sort(random.integers(0, townships, helpers)),
        ),
        _targets(
            random,
            helpers,
            np.full((households, 2), np.nan),
            np.sort(random.integers(0, townships, households)),
            staying=0.0,
        ),
    )


def _places(random: np.random.Generator, count: int) -> np.ndarray:
    return np.column_stack([random.uniform(80, 92, count), random.uniform(28, 36, count)])


def _senders(random: np.random.Generator, capacity: np.ndarray, place: np.ndarray, zone: np.ndarray) -> Senders:
    count = len(capacity)
    skills = (random.random((count, KINDS)) < 0.4).astype(np.float64)
    return Senders(capacity, random.random(count).round(2), skills, place, zone)


def _targets(
    random: np.random.Generator, senders: int, place: np.ndarray, zone: np.ndarray, *, staying: float
) -> Targets:
    count = len(place)
    present = np.where(random.random(count) < staying, random.integers(0, senders, count), NOBODY)
    return Targets(random.random(count).round(3), random.random((count, KINDS)).round(3), place, zone, present)


def _solved(name: str, problem: Problem, *, most: float) -> Result:
    began = time.perf_counter()
    cpu = time.process_time()
    plan: Plan = solve(problem, seconds=most / 2)
    seconds = time.perf_counter() - began
    served = int((plan.chosen != NOBODY).sum())
    gap = f"proven gap {100 * plan.gap:.4f} %"
    spent = time.process_time() - cpu
    size = f"{len(problem.targets)} to {len(problem.senders)}, {served} served"
    note = f"{size}, {gap}, {plan.rounds} rounds, {spent:.0f} s of processor"
    print(f"  {name}: {seconds:.1f} s, {note}", flush=True)
    return Result(
        name=name,
        ours=seconds,
        peer=None,
        limit=most,
        unit="s",
        ratio_to_peer=None,
        ratio_to_limit=seconds / most,
        goal=f"within {most:.0f} s, with a proven gap of 1 % at most",
        met=seconds <= most and plan.gap <= 0.01,
        rounds=1,
        spread=0.0,
        note=note,
    )
