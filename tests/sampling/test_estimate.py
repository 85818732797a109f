"""The error rate and its interval, against values reckoned apart and against many draws."""

from collections import Counter, defaultdict
from uuid import UUID

import pytest

from sampling.definitions.drawing import Stratum, Unit, draw
from sampling.definitions.estimate import Cell, estimate


def test_a_plain_sample_has_the_interval_of_wilson() -> None:
    # 10 of 100 of a list without end: 0.0552 to 0.1744 by Wilson's formula.
    shown = estimate([Cell(10**9, 100, 100, 10)])

    assert (shown.rate, shown.low, shown.high) == pytest.approx((0.1, 0.05523, 0.17437), abs=5e-5)


def test_no_error_found_is_no_proof_of_none() -> None:
    shown = estimate([Cell(10**9, 100, 100, 0)])

    assert (shown.low, shown.high) == pytest.approx((0.0, 0.03699), abs=5e-5)


def test_a_list_that_was_checked_whole_has_no_uncertainty() -> None:
    shown = estimate([Cell(40, 40, 40, 10)])

    assert (shown.rate, shown.low, shown.high) == pytest.approx((0.25, 0.25, 0.25))


def test_cells_weigh_by_their_households() -> None:
    shown = estimate([Cell(900, 30, 30, 3), Cell(100, 30, 30, 15)])

    # 0.9 * 0.1 + 0.1 * 0.5; effective size 1 / (0.81 * 0.96667 / 30 + 0.01 * 0.7 / 30) = 37.975.
    assert shown.rate == pytest.approx(0.14)
    assert (shown.low, shown.high) == pytest.approx((0.06282, 0.28332), abs=5e-5)


def test_nothing_checked_gives_no_rate() -> None:
    shown = estimate([Cell(900, 30, 0, 0)])

    assert (shown.rate, shown.low, shown.high, shown.covered_ratio) == (None, None, None, 0.0)


def test_what_was_not_reached_is_not_spoken_of() -> None:
    shown = estimate([Cell(300, 10, 10, 1), Cell(100, 4, 0, 0)])

    assert shown.rate == pytest.approx(0.1)
    assert shown.covered_ratio == 0.75


def _frame() -> tuple[list[Unit], set[str]]:
    """Two strata of uneven villages; wrong records lie thick in the biggest village and in the small stratum."""
    frame: list[Unit] = []
    wrong: set[str] = set()
    for stratum, village, count, every in (
        ("lifted", "big", 300, 4),
        ("lifted", "middle", 150, 12),
        ("lifted", "small", 90, 15),
        ("monitored", "big", 60, 3),
        ("monitored", "small", 40, 8),
    ):
        for place in range(count):
            number = f"{stratum}-{village}-{place}"
            frame.append(Unit(UUID(int=len(frame) + 1), number, village, Stratum("549901100000", stratum)))
            if place % every == 0:
                wrong.add(number)
    return frame, wrong


def _cells(frame: list[Unit], wrong: set[str], seed: str) -> list[Cell]:
    cells: list[Cell] = []
    for drawn in draw(frame, seed=seed, size=100, cap=40):
        lists: Counter[str] = Counter()
        found: dict[str, list[Unit]] = defaultdict(list)
        for unit in frame:
            if unit.stratum == drawn.stratum:
                lists[unit.village_code if unit.village_code in drawn.capped_villages else ""] += 1
        for unit in drawn.units:
            found[unit.village_code if unit.village_code in drawn.capped_villages else ""].append(unit)
        cells += [
            Cell(lists[key], len(found[key]), len(found[key]), sum(one.number in wrong for one in found[key]))
            for key in lists
        ]
    return cells


def test_the_interval_holds_the_truth_in_nineteen_of_twenty_draws() -> None:
    frame, wrong = _frame()
    truth = len(wrong) / len(frame)

    shown = [estimate(_cells(frame, wrong, f"seed {number}")) for number in range(400)]

    held = sum((one.low or 0) <= truth <= (one.high or 1) for one in shown)
    mean = sum(one.rate or 0 for one in shown) / len(shown)
    assert 0.93 * 400 <= held <= 400
    assert mean == pytest.approx(truth, abs=0.006)
