"""Code lists as they hold on a day: from labels and spellings to codes and back.

A process reads all lists with one query when the first is asked for and keeps them; after `manage.py load_code_lists`
a running process is started again. Looking up a label is a dictionary access.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from django.utils.translation import get_language

from registry.lib.periods import today
from registry.lib.text import clean
from registry.models import Code
from registry.queries.codes import all_codes

_PARTS: Final = re.compile(r"[+、,，;；/|\s]+")
_ANY_PARENT: Final = "*"


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """One entry of a list as it holds on a day."""

    code: str
    label_zh: str
    label_en: str
    parent_code: str
    edition: str
    gb_scheme: str
    gb_code: str


class CodeList:
    """One code list as it holds on a day; frozen, and cheap in loops over a whole county."""

    __slots__ = ("_codes", "entries", "labels", "scheme")

    def __init__(self, scheme: str, rows: Iterable[Code]) -> None:
        entries: dict[str, CodeEntry] = {}
        found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for row in rows:
            entries[row.code] = CodeEntry(
                row.code, row.label_zh, row.label_en, row.parent_code, row.edition, row.gb_scheme, row.gb_code
            )
            for spelling in (row.label_zh, *row.aliases):
                for parent in (row.parent_code, _ANY_PARENT):
                    found[parent, folded(spelling)].add(row.code)
        self.scheme: Final = scheme
        self.entries: Final[Mapping[str, CodeEntry]] = MappingProxyType(entries)
        self.labels: Final[Mapping[str, str]] = MappingProxyType({code: e.label_zh for code, e in entries.items()})
        self._codes: Final = {key: next(iter(codes)) for key, codes in found.items() if len(codes) == 1}

    def __contains__(self, code: object) -> bool:
        return code in self.entries

    def __len__(self) -> int:
        return len(self.entries)

    def code_of(self, text: str, *, parent: str = _ANY_PARENT) -> str | None:
        """Give the code of a label or of a spelling met in files, or None for a text that the list does not know.

        A text that stands under several parents has a code only where the parent is named.
        """
        return self._codes.get((parent, text)) or self._codes.get((parent, folded(text)))

    def codes_of(self, text: str) -> tuple[str, ...] | None:
        """Give the codes of a text that names one or several entries (残疾+慢性病), or None where one is unknown."""
        single = self.code_of(text)
        if single is not None:
            return (single,)
        codes = [self.code_of(part) for part in _PARTS.split(clean(text)) if part]
        known = [code for code in codes if code is not None]
        return tuple(dict.fromkeys(known)) if len(known) == len(codes) else None

    def label_of(self, code: str) -> str:
        """Give the label in the reader's language; a code that the list does not hold is shown as it is."""
        entry = self.entries.get(code)
        if entry is None:
            return code
        return entry.label_zh if (get_language() or "zh").startswith("zh") else entry.label_en

    def children_of(self, parent: str) -> tuple[str, ...]:
        """Give the codes directly below a code, in the order of the list."""
        return tuple(entry.code for entry in self.entries.values() if entry.parent_code == parent)

    def choices(self) -> list[tuple[str, str]]:
        """Give codes and labels in the reader's language, in the order of the list, for a form."""
        return [(code, self.label_of(code)) for code in self.entries]


class _Editions:
    """All editions of one list, cut into the periods between the days on which something changes."""

    def __init__(self, scheme: str, rows: list[Code]) -> None:
        self.scheme = scheme
        self.rows = rows
        changes = {day for row in rows for day in (row.valid_from, row.valid_to) if day is not None}
        self.changes = sorted(changes)
        self.lists: dict[int, CodeList] = {}

    def on(self, day: date) -> CodeList:
        """Give the list of the period in which the day lies, made when first asked for."""
        period = bisect_right(self.changes, day)
        made = self.lists.get(period)
        if made is None:
            valid = [row for row in self.rows if _holds(row, day)]
            made = self.lists[period] = CodeList(
                self.scheme, sorted(valid, key=lambda row: (row.position, row.edition))
            )
        return made


_schemes: dict[str, _Editions] = {}


def code_list(scheme: str, *, on: date | None = None) -> CodeList:
    """Give a code list as it holds on a day (today).

    Raises: LookupError for a list that was never loaded: a programming error, or `load_code_lists` was forgotten.
    """
    if not _schemes:
        _read_all()
    editions = _schemes.get(scheme)
    if editions is None:
        raise LookupError(f"There is no code list {scheme}; `manage.py load_code_lists` loads those of this version.")
    return editions.on(on or today())


def scheme_names() -> list[str]:
    """Give the names of all code lists."""
    if not _schemes:
        _read_all()
    return sorted(_schemes)


def forget_code_lists() -> None:
    """Have the lists read anew when the next one is asked for."""
    _schemes.clear()


def folded(text: str) -> str:
    """Give the form in which labels are compared: cleaned, without spaces, in lower case."""
    return clean(text).replace(" ", "").casefold()


def _read_all() -> None:
    rows: defaultdict[str, list[Code]] = defaultdict(list)
    for row in all_codes():
        rows[row.scheme].append(row)
    _schemes.update({scheme: _Editions(scheme, found) for scheme, found in rows.items()})


def _holds(row: Code, day: date) -> bool:
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or day < row.valid_to)
