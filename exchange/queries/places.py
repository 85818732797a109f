"""The villages of a county by code and by name, for reading a roster."""

from collections import defaultdict
from dataclasses import dataclass, field

from registry.lib.gbcode import Level, ancestor_at, is_code
from registry.lib.text import clean
from registry.queries.divisions import division_names
from registry.tenancy.context import Actor
from villages.queries.villages import villages_in_scope


@dataclass(frozen=True, slots=True)
class Place:
    """What a roster says of a village: the village's code, or the code of what is wrong; `doubt` is a warning."""

    code: str = ""
    fault: str = ""
    doubt: str = ""


@dataclass(slots=True)
class Places:
    """Finds the village that a row means. Each answer is remembered, since a village repeats in many rows."""

    actor: Actor
    names: dict[str, str]
    by_name: dict[str, set[str]]
    by_path: dict[tuple[str, str], set[str]]
    _found: dict[tuple[str, str, str], Place] = field(default_factory=dict)

    def find(self, code: str, township: str, village: str) -> Place:
        """Find by the code where one is given, else by the names of township and village."""
        key = (code, township, village)
        place = self._found.get(key)
        if place is None:
            place = self._found[key] = self._by_code(code, village) if code else self._by_names(township, village)
        return place

    def _by_code(self, code: str, village: str) -> Place:
        name = self.names.get(code)
        if name is not None:
            return Place(code, doubt="village.name_differs" if village and village != name else "")
        if not is_code(code) or ancestor_at(code, Level.COUNTY) != self.actor.tenant_code:
            return Place(code, fault="village.other_county")
        return Place(code, fault="village.unknown" if self.actor.covers(code) else "village.out_of_scope")

    def _by_names(self, township: str, village: str) -> Place:
        if not village:
            return Place(fault="village.empty")
        codes = self.by_path.get((township, village), set()) if township else self.by_name.get(village, set())
        if len(codes) == 1:
            return Place(next(iter(codes)))
        return Place(fault="village.ambiguous" if codes else "village.unknown")


def places_of(actor: Actor) -> Places:
    """Give the villages that the actor works for, by two queries."""
    villages = dict(villages_in_scope().values_list("code", "name"))
    above = {code: ancestor_at(code, Level.TOWNSHIP) for code in villages if is_code(code)}
    townships = division_names(set(above.values()))
    by_name: defaultdict[str, set[str]] = defaultdict(set)
    by_path: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for code, name in villages.items():
        by_name[clean(name)].add(code)
        by_path[clean(townships.get(above.get(code, ""), "")), clean(name)].add(code)
    return Places(actor, {code: clean(name) for code, name in villages.items()}, dict(by_name), dict(by_path))
