"""The problem: who can be sent, who needs somebody, and what a choice costs.

All figures are plain: difficulty, strength, skill and need are shares between 0 and 1, places are degrees of longitude
and latitude (WGS 84), distances are kilometres along the great circle. A cost is a whole number of points, so that sums
are exact and a bound can be compared with a plan without rounding.
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

# Points of a weight of 1. Fine enough that two choices which differ by a thousandth of a share are told apart.
POINTS: Final = 10_000
# Mean radius of the Earth in km (IUGG).
EARTH_KM: Final = 6371.0088


def way_km(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Give the way in a straight line between two places (longitude, latitude in degrees), in km."""
    return float(_great_circle(np.radians(np.array(first)), np.radians(np.array(second))))


def _great_circle(first: Floats, second: Floats) -> Floats:
    """Give the ways between places in radians, by the haversine formula."""
    half = (
        np.sin((second[..., 1] - first[..., 1]) / 2) ** 2
        + np.cos(first[..., 1]) * np.cos(second[..., 1]) * np.sin((second[..., 0] - first[..., 0]) / 2) ** 2
    )
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0))))


@dataclass(frozen=True, slots=True)
class Senders:
    """Who can be sent: units for villages, helpers for households. One row a sender.

    `capacity`: how many targets it may take, 0 or more. `strength`: shape (n,). `skills`: shape (n, kinds).
    `place`: shape (n, 2), longitude and latitude, NaN where unknown. `zone`: shape (n,), the one served, -1 for any.
    """

    capacity: Ints
    strength: Floats
    skills: Floats
    place: Floats
    zone: Ints

    def __len__(self) -> int:
        """Count the senders."""
        return len(self.capacity)


@dataclass(frozen=True, slots=True)
class Targets:
    """Who needs somebody: villages or households. One row a target.

    `difficulty`: shape (m,). `needs`: shape (m, kinds), how much each skill is asked for. `place` and `zone` as of
    senders. `present`: shape (m,), the sender that is there now, -1 for none.
    """

    difficulty: Floats
    needs: Floats
    place: Floats
    zone: Ints
    present: Ints

    def __len__(self) -> int:
        """Count the targets."""
        return len(self.difficulty)


@dataclass(frozen=True, slots=True)
class Ways:
    """Ways that are known as shares of the farthest, group by group, instead of by places.

    `senders` and `targets` name the group of each, `share` has a row for each group of senders and a column for each of
    targets.
    """

    senders: Ints
    targets: Ints
    share: Floats


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much, each 0 or more: a choice's worst possible cost in each respect."""

    hardest: float = 4.0
    skills: float = 3.0
    distance: float = 2.0
    change: float = 1.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What no plan may break.

    `farthest_km`: no farther than this where both places are known, None for no limit. `barred`: pairs (sender, target)
    that must not be chosen. `kept`: pairs chosen beforehand, by hand or because a term is not over; they use capacity.
    """

    farthest_km: float | None = None
    barred: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    kept: frozenset[tuple[int, int]] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Parts:
    """What each choice costs in each respect, before the weights: shares between 0 and 1. `km` is NaN where unknown."""

    hardest: Floats
    skills: Floats
    distance: Floats
    change: Floats
    km: Floats


@dataclass(frozen=True, slots=True)
class Problem:
    """Senders, targets, weights and limits; `ways` where distance follows from groups and not from places."""

    senders: Senders
    targets: Targets
    weights: Weights = field(default_factory=Weights)
    limits: Limits = field(default_factory=Limits)
    ways: Ways | None = None

    @property
    def worst(self) -> int:
        """The most that a permitted choice can cost, in points."""
        weights = self.weights
        return round(POINTS * (weights.hardest + weights.skills + weights.distance + weights.change))

    def without(self) -> Ints:
        """What it costs to leave each target without anybody, in points: more than all permitted choices can together.

        So as many targets as possible get somebody, and the harder of two is served first. Both hold at once since the
        sets of targets that can be served together are a matroid: a heaviest one is also a largest one.
        """
        alone = (self.worst + 1) * (len(self.targets) + 1)
        return np.asarray(np.rint(alone * (1.0 + self.targets.difficulty)), dtype=np.int64)

    def parts(self, senders: Ints, targets: Ints) -> Parts:
        """Take the cost of choices apart. Senders and targets broadcast against each other as index arrays."""
        strength = self.senders.strength[senders]
        hardest = self.targets.difficulty[targets] * (1.0 - strength)
        km, distance = self._distance(senders, targets)
        present = self.targets.present[targets]
        change = ((present >= 0) & (present != senders)).astype(np.float64)
        return Parts(hardest, self._unmet(senders, targets), distance, change, km)

    def cost(self, senders: Ints, targets: Ints) -> Ints:
        """Count the points of choices, without asking whether they are permitted."""
        parts, weights = self.parts(senders, targets), self.weights
        total = (
            weights.hardest * parts.hardest
            + weights.skills * parts.skills
            + weights.distance * parts.distance
            + weights.change * parts.change
        )
        return np.asarray(np.rint(POINTS * total), dtype=np.int64)

    def permitted(self, senders: Ints, targets: Ints) -> Bools:
        """Tell which choices keep to zone and distance. What is barred pair by pair is asked apart."""
        ours, theirs = self.senders.zone[senders], self.targets.zone[targets]
        allowed = (ours == theirs) | (ours < 0) | (theirs < 0)
        if self.limits.farthest_km is not None:
            km = self._km(senders, targets)
            allowed = allowed & ~(km > self.limits.farthest_km)
        return np.asarray(allowed & (self.senders.capacity[senders] > 0))

    def _unmet(self, senders: Ints, targets: Ints) -> Floats:
        """Which share of the needs the sender's skills leave open: 0 where nothing is asked for."""
        needs = self.targets.needs
        asked = needs.sum(axis=1)
        weighted = np.divide(needs, asked[:, None], out=np.zeros_like(needs), where=asked[:, None] > 0)
        met = np.zeros(np.broadcast(senders, targets).shape)
        for kind in range(needs.shape[1]):
            met += weighted[targets, kind] * self.senders.skills[senders, kind]
        return np.where(asked[targets] > 0, 1.0 - met, 0.0)

    def _distance(self, senders: Ints, targets: Ints) -> tuple[Floats, Floats]:
        """Give the ways in km and as shares."""
        if self.ways is not None:
            share = self.ways.share[self.ways.senders[senders], self.ways.targets[targets]]
            return np.full(share.shape, np.nan), share
        km = self._km(senders, targets)
        scale = self.limits.farthest_km or self._typical_km()
        return km, np.where(np.isnan(km), 0.5, np.minimum(km / scale, 1.0))

    def _km(self, senders: Ints, targets: Ints) -> Floats:
        return _great_circle(np.radians(self.senders.place)[senders], np.radians(self.targets.place)[targets])

    def _typical_km(self) -> float:
        """The diagonal of the ground that the known places cover, so that a distance has a scale without a limit."""
        places = np.vstack([self.senders.place, self.targets.place])
        known = places[~np.isnan(places).any(axis=1)]
        if len(known) < 2:
            return 1.0
        low, high = np.radians(known.min(axis=0)), np.radians(known.max(axis=0))
        width = (high[0] - low[0]) * np.cos((high[1] + low[1]) / 2)
        return max(float(EARTH_KM * np.hypot(width, high[1] - low[1])), 1.0)
