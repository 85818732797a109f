"""Which divisions withhold the causes of poverty, so that no single household can be told from them.

A village's causes are withheld as a whole where any cause has fewer than `SMALL_NUMBER` households. Since the causes of
the township less those of its other villages would give them away, a village that is alone in this is joined by the one
with the fewest households. Where no village can join it, the township stands for it and is treated like it, with all
its villages; and so on up to the county. The rules of data quality of one severity are withheld in the same way, where
any has fewer households. Source: house rule, docs/decisions/0253 and 0273.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from oversight.definitions.figures import Numbers
from quality.definitions import rules
from registry.lib.gbcode import Level, level_of

# Source: house rule, docs/decisions/0253.
SMALL_NUMBER: Final = 5


def untold_rules(
    by_severity: Mapping[str, Mapping[str, Numbers]],
    parents: Mapping[str, str],
    before: Mapping[str, Mapping[str, int]],
) -> dict[str, set[str]]:
    """Give the names of the rules that are withheld of each division.

    `by_severity` holds the households of each rule by division, at all levels. `before` are the numbers of the edition
    before: what it withheld stays so.
    """
    untold: dict[str, set[str]] = {}
    for severity, numbers in by_severity.items():
        named = {code: _of_households(found) for code, found in numbers.items()}
        kept_back = {code for code, former in before.items() if _kept_back(former, severity)}
        names = {rule for found in numbers.values() for rule in found}
        for code in withheld(named, parents) | kept_back:
            untold.setdefault(code, set()).update(names)
    return untold


def _of_households(found: Numbers) -> Numbers:
    return {f"{rule}_households": count for rule, count in found.items()}


def _kept_back(former: Mapping[str, int], severity: str) -> bool:
    """Tell whether an edition gave the findings of a severity and none of its rules."""
    return bool(former.get(f"severity_{severity}")) and not any(_severity_of(name) == severity for name in former)


def _severity_of(name: str) -> str:
    rule = rules().get(name.removeprefix("rule_")) if name.startswith("rule_") else None
    return str(rule.severity) if rule else ("suspicion" if name == "rule_list" else "")


def withheld(causes: Mapping[str, Numbers], parents: Mapping[str, str]) -> set[str]:
    """Give the codes of the divisions whose causes are withheld.

    `causes` holds the numbers of each division, `parents` the division above each but the highest.
    """
    below: dict[str, list[str]] = {}
    for code, parent in parents.items():
        below.setdefault(parent, []).append(code)
    hidden: set[str] = set()
    for parent in sorted(below, key=level_of, reverse=True):
        hidden |= _chosen(parent, below[parent], causes, hidden)
    # What is withheld could be added up from what lies below it.
    return hidden | {code for code, parent in parents.items() if parent in hidden}


def _chosen(parent: str, children: Sequence[str], causes: Mapping[str, Numbers], hidden: set[str]) -> set[str]:
    """Choose among the children of one division; the parent itself is chosen where a child has nobody to join it."""
    peopled = {code: _households(causes.get(code, {})) for code in children}
    peopled = {code: counts for code, counts in peopled.items() if any(counts)}
    chosen = {code for code, counts in peopled.items() if code in hidden or _tells(code, counts)}
    if len(chosen) != 1:
        return chosen
    others = [code for code in peopled if code not in chosen]
    if not others:
        return {*chosen, parent}
    return {*chosen, min(others, key=lambda code: (sum(peopled[code]), code))}


def _households(numbers: Numbers) -> list[int]:
    return [value for name, value in numbers.items() if name.endswith("_households")]


def _tells(code: str, counts: Sequence[int]) -> bool:
    return level_of(code) == Level.VILLAGE and any(0 < count < SMALL_NUMBER for count in counts)
