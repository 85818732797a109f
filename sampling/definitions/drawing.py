"""Draw a stratified random sample that anybody can draw again from the seed and the list.

Each household has a lot: the SHA-256 of the seed, a bar and its number. In each stratum the households stand in the
order of their lots, and the first ones are taken, as many as fall to the stratum; a household whose village has given
its share already is passed over. Source: house rule, docs/sampling.md.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeVar
from uuid import UUID

from registry.lib.errors import DomainError
from registry.lib.messages import gettext_lazy as _

# Fewer than two of a stratum say nothing of how much its households differ.
LEAST_OF_A_STRATUM: Final = 2
Name = TypeVar("Name", str, "Stratum")


@dataclass(frozen=True, slots=True, order=True)
class Stratum:
    """The households of one group in one township, whose code has 12 digits."""

    township_code: str
    group: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A household of the list: its number on the register, its village and stratum."""

    household_id: UUID
    number: str
    village_code: str
    stratum: Stratum


@dataclass(frozen=True, slots=True)
class Drawn:
    """The households taken of one stratum, by their lots, and the villages in which some were passed over."""

    stratum: Stratum
    units: tuple[Unit, ...]
    capped_villages: frozenset[str]


def lot(seed: str, number: str) -> bytes:
    """Give the lot of a household; lots are compared byte by byte."""
    return hashlib.sha256(f"{seed}|{number}".encode()).digest()


def shares(total: int, counts: Mapping[Name, int], *, least: int) -> dict[Name, int]:
    """Share `total` in proportion to `counts`, each at least `least` and at most its count, by largest remainders.

    Of equal remainders the first name goes first; fractions are exact, so that no machine decides otherwise. What all
    counts together cannot take is left over.
    """
    given = {name: min(least, count) for name, count in counts.items()}
    total = min(total, sum(counts.values()))
    if total <= sum(given.values()):
        return given
    quotas = _quotas(total, counts, given)
    parts = given | {name: int(quota) for name, quota in quotas.items()}
    behind = sorted(quotas, key=lambda name: (parts[name] - quotas[name], name))
    for name in behind[: total - sum(parts.values())]:
        parts[name] += 1
    return parts


def _quotas(total: int, counts: Mapping[Name, int], least: Mapping[Name, int]) -> dict[Name, Fraction]:
    """Give the exact proportion of each name; one that would fall below its least has that, and is left out."""
    quotas: dict[Name, Fraction] = {}
    names, left_out = list(counts), True
    while left_out:
        target = total - sum(least[name] for name in counts if name not in set(names))
        whole = sum(counts[name] for name in names)
        quotas = {name: Fraction(target * counts[name], whole) for name in names}
        left_out = any(quotas[name] < least[name] for name in names)
        names = [name for name in names if quotas[name] >= least[name]]
    return quotas


def draw(units: Iterable[Unit], *, seed: str, size: int, cap: int) -> list[Drawn]:
    """Draw `size` households, at most `cap` of a village.

    Raises: DomainError `sample.too_small`, `sample.too_big`, `sample.cap_too_small`, `sample.cap_in_the_way`.
    """
    strata: dict[Stratum, list[Unit]] = defaultdict(list)
    for unit in units:
        strata[unit.stratum].append(unit)
    _check_size(size, strata)
    caps = village_caps(strata, cap)
    sizes = shares(size, {one: len(strata[one]) for one in sorted(strata)}, least=LEAST_OF_A_STRATUM)
    return [_taken(one, strata[one], part, caps, seed) for one, part in sizes.items()]


def _check_size(size: int, strata: Mapping[Stratum, Sequence[Unit]]) -> None:
    least = sum(min(LEAST_OF_A_STRATUM, len(units)) for units in strata.values())
    most = sum(len(units) for units in strata.values())
    if size > most:
        message = _("The list has %(most)s households. Choose a sample of that size at most.")
        raise DomainError("sample.too_big", message % {"most": most}, field="size")
    if size < max(least, 1):
        message = _("There are %(strata)s strata, which need %(least)s households together. Choose a bigger sample.")
        raise DomainError("sample.too_small", message % {"strata": len(strata), "least": least}, field="size")


def village_caps(strata: Mapping[Stratum, Sequence[Unit]], cap: int) -> dict[tuple[str, Stratum], int]:
    """Part the cap of each village among its strata in proportion, at least one each.

    Raises: DomainError `sample.cap_too_small` where a village has more strata than its cap.
    """
    villages: dict[str, Counter[Stratum]] = defaultdict(Counter)
    for stratum, units in strata.items():
        for unit in units:
            villages[unit.village_code][stratum] += 1
    caps: dict[tuple[str, Stratum], int] = {}
    for code, counts in villages.items():
        if cap < len(counts):
            message = _("Households of %(groups)s groups live in one village. Choose at least that many a village.")
            raise DomainError("sample.cap_too_small", message % {"groups": len(counts)}, field="cap_per_village")
        parts = shares(cap, {stratum: counts[stratum] for stratum in sorted(counts)}, least=1)
        caps |= {(code, stratum): part for stratum, part in parts.items()}
    return caps


def _taken(
    stratum: Stratum, units: Sequence[Unit], size: int, caps: Mapping[tuple[str, Stratum], int], seed: str
) -> Drawn:
    taken: list[Unit] = []
    by_village: Counter[str] = Counter()
    passed_over: set[str] = set()
    for unit in sorted(units, key=lambda unit: (lot(seed, unit.number), unit.number)):
        if len(taken) == size:
            break
        if by_village[unit.village_code] == caps[unit.village_code, stratum]:
            passed_over.add(unit.village_code)
            continue
        by_village[unit.village_code] += 1
        taken.append(unit)
    if len(taken) < size:
        message = _(
            "At most %(cap)s households of township %(township)s can be taken in one group, and %(size)s are to be. "
            "Choose more households a village, or a smaller sample."
        )
        places = {"cap": len(taken), "township": stratum.township_code, "size": size}
        raise DomainError("sample.cap_in_the_way", message % places, field="cap_per_village")
    return Drawn(stratum, tuple(taken), frozenset(passed_over))
