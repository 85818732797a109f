"""Read the policies of `entitlements/data/policies.toml`.

A policy has conditions in SQL on the rows of `due_household h`, and of `due_person p` where persons are entitled, which
`entitlements/data/facts/` gives with the tenant bound. What the register does not know makes a condition NULL, and NULL
finds nobody: neither somebody who is due, nor somebody who is not.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

from entitlements.enums import EntitlementKind, PolicyObject
from registry.enums import Sector
from registry.lib.conditions import Steps, names_in, renamed, steps_of, value_in

DATA: Final = Path(__file__).resolve().parent.parent / "data"
# What every condition may name beside the policy's own figures: the data date, its year, and the county's code.
COMMON: Final = frozenset({"on", "year", "county"})
ENABLED: Final = "enabled"
# For how many days an answer holds before it is asked anew: where something has still to happen, and where it has not.
# House rule, docs/decisions/0196.
PENDING_DAYS: Final = "pending_days"
SETTLED_DAYS: Final = "settled_days"
WAITS: Final = {PENDING_DAYS: steps_of(60), SETTLED_DAYS: steps_of(365)}


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy: who is due, who receives, and of whom it may be said that what is received is not due.

    `figures` gives each figure its values as (from the year, value), in order. `is_proposal` tells that eligibility or
    figures are ours and to be replaced by the county's own; `source` says what they rest on. `from_year` and
    `until_year` are the years in which it is asked, both included.
    """

    code: str
    version: int
    object: PolicyObject
    sector: str
    zh: str
    en: str
    due_zh: str
    due_en: str
    received_zh: str
    received_en: str
    due: str
    receives: str
    not_due: str
    source: str
    source_zh: str
    is_proposal: bool = True
    from_year: int = 2014
    until_year: int = 2100
    figures: Mapping[str, Steps] = field(default_factory=dict)

    def defaults(self, year: int) -> dict[str, Decimal]:
        """Give the shipped value of each figure in a year."""
        return {name: value_in(steps, year) for name, steps in self.figures.items()}

    def is_asked_in(self, year: int) -> bool:
        """Tell whether the policy holds in a year."""
        return self.from_year <= year <= self.until_year

    def place(self, name: str) -> str:
        """Give the name of a figure among those of all policies."""
        return name if name in COMMON else f"{self.code}_{name}"

    def names(self) -> set[str]:
        """Name what the conditions ask for."""
        return names_in(self.due) | names_in(self.receives) | names_in(self.not_due)

    def statement(self) -> str:
        """Write the SELECT that asks the three conditions of everybody: code, ids, and what holds of each."""
        conditions = f"({self.due}) AS is_due, ({self.receives}) AS is_received, ({self.not_due}) AS is_not_due"
        columns = _COLUMNS[self.object].format(conditions)
        return renamed(f"SELECT '{self.code}'::text AS policy_code, {columns}", self.place)


_COLUMNS: Final = {
    PolicyObject.HOUSEHOLD: "h.household_id, NULL::uuid AS person_id, {} FROM due_household h",
    PolicyObject.PERSON: (
        "p.household_id, p.person_id, {} FROM due_person p JOIN due_household h ON h.household_id = p.household_id"
    ),
}
# What a row of such a SELECT shows when eligibility and receipt do not agree.
KIND: Final = (
    f"CASE WHEN a.is_due AND NOT a.is_received THEN '{EntitlementKind.DUE_NOT_RECEIVED}'"
    f" WHEN a.is_received AND a.is_not_due THEN '{EntitlementKind.RECEIVED_NOT_DUE}' END"
)


@cache
def policies() -> dict[str, Policy]:
    """Give every policy by its code, in the order of the file.

    Raises: ValueError when two policies have one code (a fault of the data).
    """
    entries = tomllib.loads((DATA / "policies.toml").read_text(encoding="utf-8"))["policy"]
    found = {made.code: made for made in map(_policy, entries)}
    if len(found) < len(entries):
        raise ValueError("Two policies have one code.")
    return found


@cache
def facts(name: str) -> str:
    """Give the SELECT of `due_<name>`."""
    return (DATA / "facts" / f"{name}.sql").read_text(encoding="utf-8").strip()


def _policy(entry: dict[str, Any]) -> Policy:
    figures = {name: steps_of(value) for name, value in entry.pop("figures", {}).items()}
    sector = entry.pop("sector", "")
    return Policy(
        object=PolicyObject(entry.pop("object")),
        sector=Sector(sector).value if sector else "",
        figures={**figures, **WAITS},
        **{name: entry.pop(name).strip() for name in ("due", "receives", "not_due")},
        **entry,
    )
