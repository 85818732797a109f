"""Bring a published table of divisions into the register: read, compare, write.

The file may hold the whole country or some subtrees; only what lies below its topmost divisions is compared. Nothing is
deleted: a code that households hold keeps its name in the edition that knew it.
"""

import csv
import lzma
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, TextIO

from django.db import connection

from registry import audit
from registry.lib.errors import DomainError
from registry.lib.gbcode import Level, is_code, level_of, parent_of
from registry.lib.messages import gettext_lazy as _
from registry.lib.text import clean
from registry.models import DivisionEdition
from registry.tenancy.context import Actor

COLUMNS: Final = ("code", "name", "level")
LINK_COLUMNS: Final = ("code", "predecessor")
MOST_SHOWN: Final = 200
MOST_NAME: Final = 100
_LEVELS: Final = {level.name.lower(): level for level in Level} | {"city": Level.PREFECTURE}


@dataclass(frozen=True, slots=True)
class DivisionTable:
    """A table as a file holds it: names by code, in the order of the codes."""

    names: dict[str, str]
    top_level: Level
    repeated_count: int

    @property
    def tops(self) -> list[str]:
        """Give the topmost divisions, whose subtrees the file holds whole."""
        return [code for code in self.names if level_of(code) == self.top_level]


@dataclass(frozen=True, slots=True)
class DivisionChange:
    """One division that differs: its code, the name on record and the name in the file."""

    code: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class DivisionDifference:
    """What loading would change; of each kind the number of all and the first 200."""

    new_count: int
    renamed_count: int
    gone_count: int
    new: tuple[DivisionChange, ...]
    renamed: tuple[DivisionChange, ...]
    gone: tuple[DivisionChange, ...]
    merged: tuple[tuple[str, str], ...]
    compared_with: str


def read_divisions(path: Path) -> DivisionTable:
    """Read a table of the columns code, name and level (csv, or csv.xz), and check it.

    A code that the file repeats under a lower level, as cities without counties do, is taken once.
    Raises: DomainError `divisions.…` with line or code, and the remedy.
    """
    names: dict[str, str] = {}
    repeated: set[str] = set()
    count = 0
    for line, (code, name, level) in enumerate(_rows(path, COLUMNS), start=2):
        name = clean(name)  # noqa: PLW2901  (the cleaned name is the name)
        if not is_code(code) or level not in _LEVELS or not 0 < len(name) <= MOST_NAME:
            message = _("Line %(line)s must hold a code of 12 digits, a name, and one of the levels %(levels)s.")
            raise DomainError("divisions.line", message % {"line": line, "levels": ", ".join(_LEVELS)})
        if _LEVELS[level] != level_of(code):
            repeated.add(code)
            count += 1
        elif names.setdefault(code, name) != name:
            message = _("The code %(code)s stands in the file under two names. Remove one of the lines.")
            raise DomainError("divisions.twice", message % {"code": code})
    _check_levels(names, repeated)
    return DivisionTable(dict(sorted(names.items())), _top_level(names), count)


def read_predecessors(path: Path, table: DivisionTable) -> list[tuple[str, str]]:
    """Read the links of the columns code and predecessor.

    Raises: DomainError `divisions.link` for a code that the table does not hold.
    """
    links = list(_rows(path, LINK_COLUMNS))
    for line, (code, predecessor) in enumerate(links, start=2):
        if code not in table.names or not is_code(predecessor) or code == predecessor:
            message = _("Line %(line)s must name a code of the table and another code that it took over.")
            raise DomainError("divisions.link", message % {"line": line})
    return [(code, predecessor) for code, predecessor in links]


def compare_divisions(table: DivisionTable, links: Iterable[tuple[str, str]], *, edition: str) -> DivisionDifference:
    """Compare a table with the edition itself and the newest one before it, within the table's subtrees.

    The rows stay in temporary tables for `load_divisions` in the same transaction.
    Raises: DomainError `divisions.edition`.
    """
    if not edition[:4].isdecimal() or not edition.isascii() or len(edition) > 20:
        raise DomainError("divisions.edition", _("An edition begins with its year, for example 2023 or 2023-2."))
    _copy_to_temporary_tables(table, links)
    with connection.cursor() as cursor:
        before = _edition_before(edition, table)
        cursor.execute(_COMPARE, {"edition": edition, "before": before, "digits": table.top_level.digits})
        cursor.execute("SELECT kind, count(*) FROM division_change GROUP BY kind")
        counts = dict(cursor.fetchall())
        shown = {kind: _shown(kind) for kind in ("new", "renamed", "gone")}
        cursor.execute("SELECT code, predecessor_code FROM division_link ORDER BY 1, 2")
        merged = tuple((code, predecessor) for code, predecessor in cursor.fetchall())
    return DivisionDifference(
        counts.get("new", 0),
        counts.get("renamed", 0),
        counts.get("gone", 0),
        **shown,
        merged=merged,
        compared_with=before,
    )


def load_divisions(*, edition: str, source: str, valid_from: date | None, actor: Actor) -> int:
    """Write the table that `compare_divisions` left, and give the number of rows new or changed in the edition.

    A division of the edition before that is gone ends on `valid_from`, where that day is given.
    """
    values = {"edition": edition, "valid_from": valid_from}
    DivisionEdition.objects.update_or_create(edition=edition, defaults={"source": source})
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, values)
        written: int = cursor.rowcount
        cursor.execute(_WRITE_LINKS, values)
        if valid_from is not None:
            cursor.execute(_END_GONE, values)
        cursor.execute(_COUNT, values)
        cursor.execute("ANALYZE registry_division")
    audit.record("registry.load_divisions", actor=actor, object_type="registry.division", count=written)
    return written


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    try:
        if path.suffix == ".xz":
            with lzma.open(path, "rt", encoding="utf-8-sig", newline="") as packed:
                yield packed
        else:
            with path.open(encoding="utf-8-sig", newline="") as plain:
                yield plain
    except (OSError, EOFError, lzma.LZMAError, UnicodeDecodeError, csv.Error):
        message = _(
            "The file %(file)s cannot be read: it must be UTF-8 text with commas (csv), or that packed as csv.xz."
        )
        raise DomainError("divisions.file", message % {"file": path.name}) from None


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[list[str]]:
    with _opened(path) as file:
        reader = csv.reader(file, strict=True)
        if tuple(next(reader, ())) != columns:
            message = _("The first line of %(file)s must name the columns %(columns)s.")
            raise DomainError("divisions.columns", message % {"file": path.name, "columns": ", ".join(columns)})
        for row in filter(None, reader):
            if len(row) != len(columns):
                message = _("Line %(line)s of %(file)s must have the columns %(columns)s.")
                places = {"line": reader.line_num, "file": path.name, "columns": ", ".join(columns)}
                raise DomainError("divisions.columns", message % places)
            yield row


def _check_levels(names: dict[str, str], repeated: set[str]) -> None:
    wrong = repeated - set(names)
    if wrong:
        message = _("The level of the code %(code)s does not fit its trailing zeros. Correct the line.")
        raise DomainError("divisions.level", message % {"code": min(wrong)})


def _top_level(names: dict[str, str]) -> Level:
    """Give the level of the divisions whose parent the file does not hold: all must be of one."""
    tops = sorted((level_of(code), code) for code in names if parent_of(code) not in names)
    if not tops:
        raise DomainError("divisions.empty", _("The file holds no divisions."))
    if tops[0][0] != tops[-1][0]:
        message = _("The file does not hold the division above %(code)s. Add it.")
        raise DomainError("divisions.no_parent", message % {"code": tops[-1][1]})
    return tops[0][0]


def _copy_to_temporary_tables(table: DivisionTable, links: Iterable[tuple[str, str]]) -> None:
    """COPY the rows: the only quick way in, and later one INSERT … SELECT."""
    with connection.cursor() as cursor:
        cursor.execute(_TEMPORARY)
        with cursor.copy("COPY division_file (code, name, level, parent_code) FROM STDIN") as copy:
            for code, name in table.names.items():
                copy.write_row((code, name, level_of(code).value, parent_of(code) or ""))
        with cursor.copy("COPY division_link (code, predecessor_code) FROM STDIN") as copy:
            for link in links:
                copy.write_row(link)
        cursor.execute("ANALYZE division_file")


def _edition_before(edition: str, table: DivisionTable) -> str:
    digits = table.top_level.digits
    prefixes = [code[:digits] for code in table.tops]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(max(edition_id), '') FROM registry_division"
            " WHERE edition_id < %s AND left(code, %s) = ANY(%s)",
            [edition, digits, prefixes],
        )
        before: str = cursor.fetchone()[0]
    return before


def _shown(kind: str) -> tuple[DivisionChange, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, before, after FROM division_change WHERE kind = %s ORDER BY code LIMIT %s", [kind, MOST_SHOWN]
        )
        return tuple(DivisionChange(*row) for row in cursor.fetchall())


_TEMPORARY: Final = """
DROP TABLE IF EXISTS pg_temp.division_file, pg_temp.division_link, pg_temp.division_change;
CREATE TEMPORARY TABLE division_file (
    code text COLLATE "C" PRIMARY KEY, name text NOT NULL, level smallint NOT NULL, parent_code text NOT NULL
) ON COMMIT DROP;
CREATE TEMPORARY TABLE division_link (code text COLLATE "C", predecessor_code text COLLATE "C") ON COMMIT DROP;
"""
# Topmost divisions are all of one level, so a row belongs to the file's subtrees by its first digits.
_COMPARE: Final = """
CREATE TEMPORARY TABLE division_change ON COMMIT DROP AS
WITH tops AS (
    SELECT DISTINCT left(code, %(digits)s) AS prefix FROM division_file
), on_record AS (
    SELECT DISTINCT ON (code) code, name FROM registry_division
    WHERE edition_id IN (%(edition)s, %(before)s) AND left(code, %(digits)s) IN (SELECT prefix FROM tops)
    ORDER BY code, edition_id = %(edition)s DESC
)
SELECT code,
       CASE WHEN on_record.name IS NULL THEN 'new' WHEN file.name IS NULL THEN 'gone' ELSE 'renamed' END AS kind,
       coalesce(on_record.name, '') AS before,
       coalesce(file.name, '') AS after
FROM on_record FULL JOIN division_file AS file USING (code)
WHERE on_record.name IS DISTINCT FROM file.name
"""
_WRITE: Final = """
INSERT INTO registry_division (edition_id, code, name, level, parent_code, valid_from)
SELECT %(edition)s, code, name, level, parent_code, %(valid_from)s::date FROM division_file ORDER BY code
ON CONFLICT (edition_id, code) DO UPDATE
    SET name = EXCLUDED.name, valid_from = coalesce(EXCLUDED.valid_from, registry_division.valid_from)
    WHERE registry_division.name <> EXCLUDED.name
       OR registry_division.valid_from IS DISTINCT FROM coalesce(EXCLUDED.valid_from, registry_division.valid_from)
"""
_WRITE_LINKS: Final = """
INSERT INTO registry_divisionpredecessor (edition_id, code, predecessor_code)
SELECT DISTINCT %(edition)s, code, predecessor_code FROM division_link
ON CONFLICT (edition_id, code, predecessor_code) DO NOTHING
"""
_END_GONE: Final = """
UPDATE registry_division AS gone SET valid_to = %(valid_from)s
FROM division_change AS change
WHERE change.kind = 'gone' AND gone.code = change.code AND gone.edition_id < %(edition)s AND gone.valid_to IS NULL
"""
_COUNT: Final = """
UPDATE registry_divisionedition SET row_count = (
    SELECT count(*) FROM registry_division WHERE edition_id = %(edition)s
) WHERE edition = %(edition)s
"""
