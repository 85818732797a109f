"""The geometry of charts: scales, stacks, positions of places, and which labels have room. Numbers, no drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import cos, floor, hypot, log10, radians
from typing import Final

Number = int | float | Decimal
Point = tuple[float, float]

# The narrowest drawing that must be readable: a phone of 360 pixels without the margins of a page.
NARROW_PX: Final = 320
# A degree of latitude, which is 40,008 km / 360 (WGS 84, meridian).
KM_PER_DEGREE: Final = 111.13
# A place alone, or places on one spot, are drawn as if they lay in a square of this side.
_LEAST_KM: Final = 2.0
_WIDE_FROM: Final = "\u2e80"


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from `low` to `high` in even steps; zero always lies on it."""

    low: float
    high: float
    step: float

    @property
    def ticks(self) -> tuple[float, ...]:
        """Give the values at which lines are drawn, from the lowest."""
        count = round((self.high - self.low) / self.step)
        return tuple(round(self.low + self.step * index, 9) for index in range(count + 1))

    def share(self, value: Number) -> float:
        """Give where a value lies between low (0) and high (1)."""
        return (float(value) - self.low) / (self.high - self.low)


def scale_of(values: Sequence[Number], *, steps: int = 4) -> Scale:
    """Make an axis with round numbers that holds zero and all values; without any it goes from 0 to 1."""
    numbers = [float(value) for value in values]
    low, high = min([0.0, *numbers]), max([0.0, *numbers])
    if low == high:
        return Scale(0, 1, 1)
    step = nice_step((high - low) / steps)
    return Scale(floor(low / step + 1e-9) * step, -floor(-high / step + 1e-9) * step, step)


def nice_step(rough: float) -> float:
    """Round a width up to 1, 2 or 5 times a power of ten."""
    power: float = 10.0 ** floor(log10(rough))
    factor = next(factor for factor in (1, 2, 5, 10) if factor * power >= rough * (1 - 1e-9))
    return factor * power


def stacked(columns: Sequence[Sequence[Number | None]]) -> list[list[tuple[float, float]]]:
    """Give from where to where each part of each column reaches: what is added goes up, what is taken away down."""
    return [_stack(column) for column in columns]


def _stack(column: Sequence[Number | None]) -> list[tuple[float, float]]:
    up = down = 0.0
    found: list[tuple[float, float]] = []
    for part in column:
        value = float(part or 0)
        start = up if value >= 0 else down
        found.append((start, start + value))
        if value >= 0:
            up += value
        else:
            down += value
    return found


def text_width(text: str, size: float = 12) -> float:
    """Estimate the width of a text in pixels: letters of Chinese and other wide scripts are as wide as high."""
    return sum(size if letter >= _WIDE_FROM else size * 0.56 for letter in text)


def every(labels: Sequence[str], *, width: float = NARROW_PX, size: float = 11) -> int:
    """Tell of how many labels below a chart each one has room: 1 shows all of them, 3 the first, fourth, seventh."""
    if not labels:
        return 1
    widest = max(text_width(label, size) for label in labels) + 6
    return max(1, -floor(-widest * len(labels) / width))


# --- maps -------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Spread:
    """Places on a drawing: their points in pixels of a narrow drawing, its size, and how long a pixel is."""

    points: tuple[Point, ...]
    width: float
    height: float
    km_per_px: float


def spread(degrees: Sequence[Point], *, width: float = NARROW_PX, margin: float = 26) -> Spread:
    """Lay places out by longitude and latitude, north above, in one scale for both directions.

    Equirectangular about the middle latitude: within a prefecture of 500 km, distances are right to about 3 %.
    """
    middle = (min(lat for _, lat in degrees) + max(lat for _, lat in degrees)) / 2
    plane = [(lon * KM_PER_DEGREE * cos(radians(middle)), lat * KM_PER_DEGREE) for lon, lat in degrees]
    west, east = min(x for x, _ in plane), max(x for x, _ in plane)
    south, north = min(y for _, y in plane), max(y for _, y in plane)
    km_per_px = max(east - west, (north - south) / 1.25, _LEAST_KM) / (width - 2 * margin)
    height = min(max((north - south) / km_per_px + 2 * margin, width * 0.6), width * 1.25 + margin)
    left = (width - (east - west) / km_per_px) / 2
    top = (height - (north - south) / km_per_px) / 2
    points = tuple((left + (x - west) / km_per_px, top + (north - y) / km_per_px) for x, y in plane)
    return Spread(points, width, height, km_per_px)


def nice_length(most: float) -> float:
    """Give the longest round length up to `most`: 1, 2 or 5 times a power of ten."""
    power: float = 10.0 ** floor(log10(most))
    return max(factor * power for factor in (1, 2, 5) if factor * power <= most * (1 + 1e-9))


def clusters(points: Sequence[Point], *, apart: float) -> list[list[int]]:
    """Join points that lie closer than `apart` to the first of a group; gives their positions, in the order given."""
    groups: list[list[int]] = []
    for index, (x, y) in enumerate(points):
        near = next(
            (group for group in groups if hypot(x - points[group[0]][0], y - points[group[0]][1]) < apart), None
        )
        if near is None:
            groups.append([index])
        else:
            near.append(index)
    return groups


def hull(points: Sequence[Point]) -> list[Point]:
    """Give the corners of the smallest outline without dents round the points (monotone chain)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    return [*_chain(ordered), *_chain(ordered[::-1])]


def _chain(ordered: Sequence[Point]) -> list[Point]:
    found: list[Point] = []
    for point in ordered:
        while len(found) > 1 and _turn(found[-2], found[-1], point) <= 0:
            found.pop()
        found.append(point)
    return found[:-1]


def _turn(start: Point, middle: Point, end: Point) -> float:
    return (middle[0] - start[0]) * (end[1] - start[1]) - (middle[1] - start[1]) * (end[0] - start[0])


@dataclass(frozen=True, slots=True)
class Spot:
    """A dot that may get a label: its middle, its radius and the text."""

    x: float
    y: float
    radius: float
    text: str


def labels_with_room(
    spots: Sequence[Spot], *, width: float, height: float, most: int = 30
) -> dict[int, tuple[str, Point]]:
    """Choose labels that cover neither each other nor a dot, the first ones first: anchor and offset by position."""
    taken = [(spot.x - spot.radius, spot.y - spot.radius, spot.x + spot.radius, spot.y + spot.radius) for spot in spots]
    found: dict[int, tuple[str, Point]] = {}
    for index, spot in enumerate(spots):
        if len(found) == most:
            break
        for anchor, offset, box in _offers(spot):
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height
            if spot.text and inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                found[index] = (anchor, offset)
                break
    return found


_Box = tuple[float, float, float, float]


def _offers(spot: Spot) -> list[tuple[str, Point, _Box]]:
    wide, gap, half = text_width(spot.text, 11), spot.radius + 3, 7
    above, below = spot.y - gap - half, spot.y + gap + half
    return [
        ("start", (gap, 0), (spot.x + gap, spot.y - half, spot.x + gap + wide, spot.y + half)),
        ("end", (-gap, 0), (spot.x - gap - wide, spot.y - half, spot.x - gap, spot.y + half)),
        ("middle", (0, above - spot.y), (spot.x - wide / 2, above - half, spot.x + wide / 2, above + half)),
        ("middle", (0, below - spot.y), (spot.x - wide / 2, below - half, spot.x + wide / 2, below + half)),
    ]


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
