"""A plan as a problem for the optimiser, and what it answered as a proposal's choices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from planning.enums import NEEDS
from planning.models import DispatchPlan, DispatchUnit, PlanVillage, ProposalChoice
from planning.optimum import NOBODY, Limits, Plan, Problem, Senders, Targets, Weights, next_best

# A need of which nothing is known asks for nothing.
_NEED_COLUMNS: Final = ("income", "risk", "facilities")


@dataclass(frozen=True, slots=True)
class DispatchProblem:
    """A plan's units and villages in the order of the problem's rows."""

    units: Sequence[DispatchUnit]
    villages: Sequence[PlanVillage]
    problem: Problem

    def permits(self, unit_id: UUID, village_id: UUID) -> bool:
        """Tell whether the plan's limits let this unit go to this village."""
        sender = next(row for row, unit in enumerate(self.units) if unit.pk == unit_id)
        target = next(row for row, village in enumerate(self.villages) if village.pk == village_id)
        return bool(self.problem.permitted(np.array([sender]), np.array([target]))[0])


def problem_of(
    plan: DispatchPlan,
    units: Sequence[DispatchUnit],
    villages: Sequence[PlanVillage],
    *,
    by_hand: Mapping[UUID, UUID | None],
) -> DispatchProblem:
    """State the plan's problem. `by_hand` says for some villages which unit they have, or that they have none.

    A unit that stays by hand or because teams stay has room for it even beyond its capacity: a person said so.
    """
    row_of = {unit.pk: row for row, unit in enumerate(units)}
    kept, barred = set(), set()
    for row, village in enumerate(villages):
        if village.pk in by_hand:
            unit_id = by_hand[village.pk]
            if unit_id is None:
                barred |= {(sender, row) for sender in range(len(units))}
            else:
                kept.add((row_of[unit_id], row))
        elif plan.keeps_teams and village.present_unit_id in row_of:
            kept.add((row_of[village.present_unit_id], row))
    capacity = np.array([unit.capacity for unit in units], dtype=np.int64)
    held = np.bincount(np.array([sender for sender, _row in kept], dtype=np.int64), minlength=len(units))
    problem = Problem(
        Senders(
            capacity=np.maximum(capacity, held),
            strength=np.array([unit.strength / 100 for unit in units], dtype=np.float64),
            skills=_shares([[float(need in unit.skills) for need in NEEDS] for unit in units]),
            place=_places(units),
            zone=np.full(len(units), -1, dtype=np.int64),
        ),
        Targets(
            difficulty=np.array([float(village.difficulty) for village in villages], dtype=np.float64),
            needs=_shares([[float(getattr(village, name) or 0) for name in _NEED_COLUMNS] for village in villages]),
            place=_places(villages),
            zone=np.full(len(villages), -1, dtype=np.int64),
            present=np.array([_row_of(village.present_unit_id, row_of) for village in villages], dtype=np.int64),
        ),
        Weights(plan.weight_hardest, plan.weight_skills, plan.weight_distance, plan.weight_change),
        Limits(plan.farthest_km, frozenset(barred), frozenset(kept)),
    )
    return DispatchProblem(units, villages, problem)


def _row_of(unit_id: UUID | None, rows: Mapping[UUID, int]) -> int:
    return NOBODY if unit_id is None else rows.get(unit_id, NOBODY)


def choices_of(stated: DispatchProblem, solved: Plan, *, by_hand: Mapping[UUID, UUID | None]) -> list[ProposalChoice]:
    """Give the choices of a solved plan, in the order of its villages, each with what its explanation needs."""
    rows = np.arange(len(stated.villages))
    served = solved.chosen != NOBODY
    senders = np.where(served, solved.chosen, 0)
    parts = stated.problem.parts(senders, rows)
    points = np.where(served, stated.problem.cost(senders, rows), 0)
    other, more = next_best(stated.problem, solved)
    choices = []
    for row, village in enumerate(stated.villages):
        unit = stated.units[senders[row]] if served[row] else None
        known = served[row] and not np.isnan(parts.km[row])
        choices.append(
            ProposalChoice(
                scope_code=village.scope_code,
                village=village,
                unit=unit,
                by_hand=village.pk in by_hand,
                km=round(float(parts.km[row])) if known else None,
                points=int(points[row]),
                met=_met(unit, village) if unit else [],
                next_unit=stated.units[other[row]] if other[row] != NOBODY else None,
                next_more=int(more[row]) if unit and other[row] != NOBODY else None,
            )
        )
    return choices


def _met(unit: DispatchUnit, village: PlanVillage) -> list[str]:
    """Name what the village needs and the unit is good at."""
    pairs = zip(NEEDS, _NEED_COLUMNS, strict=True)
    return [need.value for need, column in pairs if need in unit.skills and getattr(village, column)]


def _shares(rows: list[list[float]]) -> NDArray[np.float64]:
    return np.array(rows, dtype=np.float64).reshape(-1, len(NEEDS))


def _places(rows: Sequence[DispatchUnit] | Sequence[PlanVillage]) -> NDArray[np.float64]:
    """Give longitude and latitude of each row, NaN where not known."""
    places = [
        (float(row.longitude), float(row.latitude))
        if row.longitude is not None and row.latitude is not None
        else (np.nan, np.nan)
        for row in rows
    ]
    return np.array(places, dtype=np.float64).reshape(-1, 2)
