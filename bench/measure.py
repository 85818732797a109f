"""Run variants of one piece of work in turn, and compare their medians."""

import statistics
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

LEAST_ROUNDS: Final = 5

Variant = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Goal:
    """What is asked of a scenario, as ratios of medians.

    `of_peer` and `of_limit` are `ours / peer` and `ours / limit`. For a unit where more is better (`requests/s`) they
    are the least that is asked; for a unit where less is better (`s`) they are the most. None asks nothing.
    """

    text: str
    of_peer: float | None = None
    of_limit: float | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """One line of results.json: medians in `unit`, ratios of them, and whether the goal is met."""

    name: str
    ours: float
    peer: float | None
    limit: float | None
    unit: str
    ratio_to_peer: float | None
    ratio_to_limit: float | None
    goal: str
    met: bool
    rounds: int
    spread: float
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        """Give the result as plain values, rounded to what the measurement can say."""
        return {
            key: float(f"{value:.4g}") if isinstance(value, float) else value for key, value in asdict(self).items()
        }


def compare(
    name: str, variants: Mapping[str, Variant], *, goal: Goal, unit: str, rounds: int = LEAST_ROUNDS, note: str = ""
) -> Result:
    """Call the variants `ours`, `peer` and `limit` in turn, `rounds` times, and compare the medians of what they give.

    A variant does its work once and gives its figure in `unit`; the first round warms up and does not count.
    """
    figures: dict[str, list[float]] = {key: [] for key in variants}
    for number in range(max(rounds, LEAST_ROUNDS) + 1):
        for key, variant in variants.items():
            figure = variant()
            if number:
                figures[key].append(figure)
            print(f"  {name} {key} {number}: {figure:.4g} {unit}", flush=True)
    return judge(name, figures, goal=goal, unit=unit, note=note)


def judge(name: str, figures: Mapping[str, list[float]], *, goal: Goal, unit: str, note: str = "") -> Result:
    """Compare medians and say whether the goal is met."""
    medians = {key: statistics.median(values) for key, values in figures.items()}
    ours, peer, limit = medians["ours"], medians.get("peer"), medians.get("limit")
    ratio_to_peer = ours / peer if peer else None
    ratio_to_limit = ours / limit if limit else None
    more_is_better = unit.endswith("/s")
    met = all(
        asked is None or (ratio is not None and (ratio >= asked if more_is_better else ratio <= asked))
        for ratio, asked in ((ratio_to_peer, goal.of_peer), (ratio_to_limit, goal.of_limit))
    )
    return Result(
        name=name,
        ours=ours,
        peer=peer,
        limit=limit,
        unit=unit,
        ratio_to_peer=ratio_to_peer,
        ratio_to_limit=ratio_to_limit,
        goal=goal.text,
        met=met,
        rounds=len(figures["ours"]),
        spread=(max(figures["ours"]) - min(figures["ours"])) / ours if ours else 0.0,
        note=note,
    )
