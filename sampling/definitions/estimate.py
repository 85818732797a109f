"""The share of wrong records that a sample shows, with its 95 % interval.

A cell is what was drawn with equal chances: the households of a stratum in a village where the cap was reached, or
those of all other villages of the stratum. The share of wrong ones is the mean of the cells' shares, weighted by their
households. The interval is Wilson's on the size that a plain random sample of the same precision would have:

    1 / sum over cells of (weight^2 * (1 - checked / households) / checked)

Households where nobody was met count as drawn and not checked. Source: E. B. Wilson, Journal of the American
Statistical Association 22 (1927), for the interval; L. Kish, Survey Sampling (1965), for the effective size.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Final

# The 97.5 % quantile of the standard normal distribution.
Z: Final = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell has and shows: households on the list, drawn, checked, and wrong among the checked."""

    households: int
    drawn: int
    checked: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """The share of wrong records (0 to 1) and the ends of its interval; None where nothing was checked.

    `covered_ratio` is the share of households in cells of which some were checked: what lies outside is not spoken of.
    """

    households: int
    drawn: int
    checked: int
    wrong: int
    rate: float | None
    low: float | None
    high: float | None
    covered_ratio: float


def estimate(cells: Iterable[Cell]) -> Estimate:
    """Estimate the share of wrong records of the households of some cells together."""
    every = list(cells)
    seen = [cell for cell in every if cell.checked]
    households = sum(cell.households for cell in every)
    covered = sum(cell.households for cell in seen)
    drawn, checked = sum(cell.drawn for cell in every), sum(cell.checked for cell in every)
    wrong = sum(cell.wrong for cell in every)
    if not seen:
        return Estimate(households, drawn, checked, wrong, None, None, None, 0.0)
    rate = sum(cell.households * cell.wrong / cell.checked for cell in seen) / covered
    spread = sum(
        (cell.households / covered) ** 2 * (1 - cell.checked / cell.households) / cell.checked for cell in seen
    )
    low, high = wilson(rate, spread)
    return Estimate(households, drawn, checked, wrong, rate, low, high, covered / households)


def wilson(rate: float, spread: float) -> tuple[float, float]:
    """Give the ends of Wilson's interval of a share; `spread` is 1 / effective size, 0 when all were checked."""
    middle = (rate + Z * Z * spread / 2) / (1 + Z * Z * spread)
    half = Z * sqrt(rate * (1 - rate) * spread + (Z * spread / 2) ** 2) / (1 + Z * Z * spread)
    return max(0.0, middle - half), min(1.0, middle + half)
