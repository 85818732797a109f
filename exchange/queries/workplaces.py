"""The place of work that a roster tells by level, in four columns: province, prefecture, county and township.

Source: national columns AAB025 to AAB028. Files hold codes there, or names; what lies below the county is kept in
words.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from registry.lib.gbcode import Level, ancestor_at, is_code, level_of, subtree
from registry.models import Division

# The columns of the levels that a code may name, from above.
LEVELS: Final = {
    "work_province": Level.PROVINCE,
    "work_prefecture": Level.PREFECTURE,
    "work_division": Level.COUNTY,
}
_DIGITS: Final = 12


@dataclass(frozen=True, slots=True)
class Workplace:
    """A place of work: its code, the words of it, and the column that says nothing known."""

    code: str = ""
    text: str = ""
    unknown: str = ""


@dataclass(slots=True)
class Workplaces:
    """Finds the division that the cells of a row mean. Each answer is remembered, since places repeat in many rows."""

    _names: dict[str, str]
    _codes: dict[tuple[Level, str], list[str]]
    _found: dict[tuple[str, ...], Workplace] = field(default_factory=dict)

    def find(self, *said: str) -> Workplace:
        """Find by the cells of province, prefecture, county and township."""
        if said not in self._found:
            self._found[said] = self._place(said)
        return self._found[said]

    def _place(self, said: tuple[str, ...]) -> Workplace:
        code, unknown, words = "", "", []
        for (column, level), cell in zip(LEVELS.items(), said, strict=False):
            found = self._known(cell, level, within=code) if cell else ""
            if cell and not found:
                unknown = column
            code = found or code
            words.append(self._names.get(found, "" if cell.isdecimal() else cell))
        township = said[-1]
        if not code and township.isdecimal():
            code = self._county_of(township)
            words.append(self._names.get(code, ""))
        words.append("" if township.isdecimal() else township)
        return Workplace(code, "".join(words), unknown)

    def _known(self, cell: str, level: Level, *, within: str) -> str:
        """Give the code of a code or name of that level that lies in the division found above."""
        if cell.isdecimal():
            padded = cell.ljust(_DIGITS, "0")
            codes = [padded] if padded in self._names and level_of(padded) == level else []
        else:
            codes = self._codes.get((level, cell), [])
        inside = [code for code in codes if not within or subtree(within).contains(code)]
        return inside[0] if len(inside) == 1 else ""

    def _county_of(self, township: str) -> str:
        padded = township.ljust(_DIGITS, "0")
        county = ancestor_at(padded, Level.COUNTY) if is_code(padded) and level_of(padded) >= Level.COUNTY else ""
        return county if county in self._names else ""


def workplaces() -> Workplaces:
    """Read the provinces, prefectures and counties of the country, by one query; while rows are copied none can run."""
    rows = Division.objects.filter(level__lte=Level.COUNTY).order_by("edition_id").values_list("code", "name")
    names = dict(rows)
    codes: defaultdict[tuple[Level, str], list[str]] = defaultdict(list)
    for code, name in names.items():
        codes[level_of(code), name].append(code)
    return Workplaces(names, dict(codes))
