"""The plan is the best one, and its bound proves it."""

from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.optimum import NOBODY, Limits, Plan, Problem, Senders, Targets, Weights, solve

KINDS = 2


def problem_of(
    senders: Sequence[tuple[int, float, tuple[float, float], tuple[float, float], int]],
    targets: Sequence[tuple[float, tuple[float, float], tuple[float, float], int, int]],
    limits: Limits = Limits(),  # noqa: B008  frozen and without a field that changes
    weights: Weights = Weights(),  # noqa: B008  the same
) -> Problem:
    """Make a problem of (capacity, strength, skills, place, zone) and (difficulty, needs, place, zone, present)."""
    return Problem(
        Senders(
            np.array([row[0] for row in senders], dtype=np.int64),
            np.array([row[1] for row in senders], dtype=np.float64),
            np.array([row[2] for row in senders], dtype=np.float64).reshape(-1, KINDS),
            np.array([row[3] for row in senders], dtype=np.float64).reshape(-1, 2),
            np.array([row[4] for row in senders], dtype=np.int64),
        ),
        Targets(
            np.array([row[0] for row in targets], dtype=np.float64),
            np.array([row[1] for row in targets], dtype=np.float64).reshape(-1, KINDS),
            np.array([row[2] for row in targets], dtype=np.float64).reshape(-1, 2),
            np.array([row[3] for row in targets], dtype=np.int64),
            np.array([row[4] for row in targets], dtype=np.int64),
        ),
        weights,
        limits,
    )


def table_of(problem: Problem) -> list[dict[int, int]]:
    """Give each target's permitted choices and their points, nobody among them, asked one by one."""
    rows = []
    for target in range(len(problem.targets)):
        row = {NOBODY: int(problem.without()[target])}
        for sender in range(len(problem.senders)):
            pair = (np.array([sender]), np.array([target]))
            if (sender, target) not in problem.limits.barred and problem.permitted(*pair)[0]:
                row[sender] = int(problem.cost(*pair)[0])
        rows.append(row)
    return rows


def best_by_trying(problem: Problem, rows: list[dict[int, int]]) -> int:
    """Try every plan there is."""
    capacity = problem.senders.capacity.tolist()
    return min(
        sum(row[sender] for row, sender in zip(rows, chosen, strict=True))
        for chosen in product(*rows)
        if all(chosen.count(sender) <= room for sender, room in enumerate(capacity))
    )


share = st.floats(0, 1).map(lambda value: round(value, 3))
place = st.tuples(st.floats(85, 90), st.floats(29, 32))
nowhere = st.just((float("nan"), float("nan")))
problems = st.integers(1, 4).flatmap(
    lambda senders: st.builds(
        problem_of,
        st.lists(
            st.tuples(st.integers(0, 3), share, st.tuples(share, share), place | nowhere, st.integers(-1, 1)),
            min_size=senders,
            max_size=senders,
        ),
        st.lists(
            st.tuples(share, st.tuples(share, share), place | nowhere, st.integers(0, 1), st.integers(-1, senders - 1)),
            min_size=1,
            max_size=5,
        ),
        st.builds(
            Limits,
            st.none() | st.floats(10, 400),
            st.frozensets(st.tuples(st.integers(0, senders - 1), st.just(0)), max_size=2),
        ),
    )
)


@settings(deadline=None)
@given(problems)
def test_no_plan_is_better(problem: Problem) -> None:
    plan, rows = solve(problem), table_of(problem)
    assert sum(row[sender] for row, sender in zip(rows, plan.chosen.tolist(), strict=True)) == plan.cost
    load = np.bincount(plan.chosen[plan.chosen != NOBODY], minlength=len(problem.senders))
    assert (load <= problem.senders.capacity).all()
    assert plan.cost == best_by_trying(problem, rows)
    assert plan.bound == plan.cost
    assert plan.gap == 0


def test_a_case_solved_by_hand() -> None:
    """Three villages, two units on one spot: the strong one takes the two hardest, the weak one the easiest."""
    here = (88.0, 30.0)
    plan = solve(
        problem_of(
            [(2, 0.9, (1, 0), here, -1), (2, 0.1, (1, 0), here, -1)],
            [
                (1.0, (1, 0), here, -1, NOBODY),
                (0.2, (1, 0), here, -1, NOBODY),
                (0.7, (1, 0), here, -1, NOBODY),
            ],
            weights=Weights(hardest=1, skills=1, distance=1, change=1),
        )
    )
    # 10,000 points times 1.0 x 0.1 + 0.2 x 0.9 + 0.7 x 0.1
    assert plan == Plan(plan.chosen, 3500, 3500, plan.price, plan.rounds)
    assert plan.chosen.tolist() == [0, 1, 0]
    # With one place fewer at the strong unit the village of 0.7 would go to the weak one: 0.7 x (0.9 - 0.1) more.
    assert plan.price.tolist() == [5600, 0]


def test_the_skill_asked_for_outweighs_a_little_strength() -> None:
    here = (88.0, 30.0)
    plan = solve(
        problem_of(
            [(1, 0.6, (1, 0), here, -1), (1, 0.5, (0, 1), here, -1)],
            [(0.5, (0, 1), here, -1, NOBODY), (0.4, (1, 0), here, -1, NOBODY)],
        )
    )
    assert plan.chosen.tolist() == [1, 0]


def test_who_is_there_stays_if_little_is_gained() -> None:
    here = (88.0, 30.0)
    rows = [(1, 0.50, (1, 0), here, -1), (1, 0.55, (1, 0), here, -1)]
    targets = [(0.6, (1, 0), here, -1, 0), (0.5, (1, 0), here, -1, 1)]
    assert solve(problem_of(rows, targets)).chosen.tolist() == [0, 1]
    moved = solve(problem_of(rows, targets, weights=Weights(change=0)))
    assert moved.chosen.tolist() == [1, 0]


def test_with_too_few_the_hardest_are_served() -> None:
    here = (88.0, 30.0)
    targets = [(difficulty, (0, 0), here, -1, NOBODY) for difficulty in (0.1, 0.9, 0.5, 0.8)]
    plan = solve(problem_of([(2, 0.5, (0, 0), here, -1)], targets))
    assert plan.chosen.tolist() == [NOBODY, 0, NOBODY, 0]
    assert plan.gap == 0


def test_nobody_is_sent_too_far() -> None:
    targets = [(0.5, (0, 0), (88.0, 30.0), -1, NOBODY), (0.5, (0, 0), (88.0, 31.0), -1, NOBODY)]
    plan = solve(problem_of([(2, 0.5, (0, 0), (88.0, 29.9), -1)], targets, Limits(farthest_km=100)))
    assert plan.chosen.tolist() == [0, NOBODY]


def test_a_choice_made_beforehand_holds_and_uses_room() -> None:
    here = (88.0, 30.0)
    targets = [(0.9, (0, 0), here, -1, NOBODY), (0.1, (0, 0), here, -1, NOBODY)]
    senders = [(1, 0.9, (0, 0), here, -1), (1, 0.1, (0, 0), here, -1)]
    plan = solve(problem_of(senders, targets, Limits(kept=frozenset({(0, 1)}))))
    assert plan.chosen.tolist() == [1, 0]
    with pytest.raises(ValueError, match="capacity"):
        solve(problem_of(senders, targets, Limits(kept=frozenset({(0, 1), (0, 0)}))))
    with pytest.raises(ValueError, match="two senders"):
        solve(problem_of(senders, targets, Limits(kept=frozenset({(0, 1), (1, 1)}))))


def test_distance_is_of_the_great_circle() -> None:
    """One degree of latitude is 111.2 km: the mean radius times pi / 180."""
    problem = problem_of([(1, 0.5, (0, 0), (88.0, 30.0), -1)], [(0.5, (0, 0), (88.0, 31.0), -1, NOBODY)])
    assert problem.parts(np.array([0]), np.array([0])).km[0] == pytest.approx(111.195, abs=0.01)


def test_a_plan_cut_short_still_has_a_bound() -> None:
    random = np.random.default_rng(7)
    count, targets = 60, 300
    problem = Problem(
        Senders(
            np.full(count, 5, dtype=np.int64),
            random.random(count),
            random.random((count, KINDS)),
            np.full((count, 2), np.nan),
            np.full(count, -1, dtype=np.int64),
        ),
        Targets(
            random.random(targets),
            random.random((targets, KINDS)),
            np.full((targets, 2), np.nan),
            np.full(targets, -1, dtype=np.int64),
            np.full(targets, NOBODY, dtype=np.int64),
        ),
    )
    hasty, whole = solve(problem, seconds=0), solve(problem)
    assert hasty.rounds == 1
    assert hasty.bound <= whole.cost == whole.bound <= hasty.cost
    assert np.bincount(whole.chosen, minlength=count).max() <= 5
