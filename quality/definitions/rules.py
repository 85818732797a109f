"""Read the rules of `quality/data/rules/`, one file a subject.

A rule is a condition in SQL on the rows of `fact_household h`, `fact_person p` or `fact_village v`, which
`quality/data/facts/` gives with the tenant bound. Ages there are counted at the data date.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

from quality.enums import RuleObject, Severity
from registry.enums import Sector
from registry.lib.conditions import Steps, names_in, renamed, steps_of, value_in

DATA: Final = Path(__file__).resolve().parent.parent / "data"
# What every condition may name beside the rule's own parameters: the data date and its year.
COMMON: Final = frozenset({"on", "year"})
ENABLED: Final = "enabled"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it asks, how severe it is, and what it says to whoever has to put it right.

    `parameters` gives each name its values as (from the year, value), in order. `at_entry` tells whether one household
    alone shows that the rule is broken. `source` names the statement that it comes from.
    """

    code: str
    version: int
    group: int
    object: RuleObject
    severity: Severity
    where: str
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str
    source: str
    sector: str = ""
    at_entry: bool = True
    parameters: Mapping[str, Steps] = field(default_factory=dict)

    def defaults(self, year: int) -> dict[str, Decimal]:
        """Give the value of each parameter in a year: the latest that has begun, else the first there is."""
        return {name: value_in(steps, year) for name, steps in self.parameters.items()}

    def place(self, name: str) -> str:
        """Give the name of a parameter among those of all rules."""
        return name if name in COMMON else f"{self.code.replace('-', '_')}_{name}"

    def statement(self) -> str:
        """Write the set-based SELECT: the code and the ids of every row that breaks the rule."""
        return f"SELECT '{self.code}'::text, {_COLUMNS[self.object]} WHERE {renamed(self.where, self.place)}"

    def names(self) -> set[str]:
        """Name what the condition asks for."""
        return names_in(self.where)


_COLUMNS: Final = {
    RuleObject.HOUSEHOLD: "h.household_id, NULL::uuid, NULL::uuid, h.scope_code FROM fact_household h",
    RuleObject.PERSON: "p.household_id, p.person_id, NULL::uuid, p.scope_code FROM fact_person p",
    RuleObject.VILLAGE: "NULL::uuid, NULL::uuid, v.village_id, v.scope_code FROM fact_village v",
}


@cache
def rules() -> dict[str, Rule]:
    """Give every rule by its code, in the order of the codes.

    Raises: ValueError when two rules have one code (a fault of the data).
    """
    found: dict[str, Rule] = {}
    for path in sorted((DATA / "rules").glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["rule"]:
            made = _rule(entry)
            if made.code in found:
                raise ValueError(f"The code {made.code} is given twice.")
            found[made.code] = made
    return dict(sorted(found.items()))


def rule(code: str) -> Rule:
    """Give one rule. Raises: KeyError for one that is no longer among them."""
    return rules()[code]


@cache
def facts(name: str) -> str:
    """Give the SELECT of `fact_<name>`; `/* narrowed */` in it is where one household may be named."""
    return (DATA / "facts" / f"{name}.sql").read_text(encoding="utf-8").strip()


def _rule(entry: dict[str, Any]) -> Rule:
    steps = {name: steps_of(value) for name, value in entry.pop("parameters", {}).items()}
    sector = entry.pop("sector", "")
    return Rule(
        **{name: entry.pop(name) for name in ("code", "group", "zh", "en", "remedy_zh", "remedy_en", "source")},
        version=entry.pop("version", 1),
        object=RuleObject(entry.pop("object")),
        severity=Severity(entry.pop("severity")),
        where=entry.pop("where").strip(),
        sector=Sector(sector).value if sector else "",
        parameters=steps,
        **entry,
    )
