"""Read cells: one parser for each kind of column, and a memory for what repeats from row to row.

A parser gives the value, or raises DomainError with a code of `exchange.sheets.problems`. An empty cell is None, or ''
where the value is a text.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any, Final, Protocol

from exchange.sheets.columns import COLUMNS, Column, Kind
from registry.lib.contacts import parse_account, parse_phone
from registry.lib.errors import DomainError
from registry.lib.gbcode import is_code
from registry.lib.idcard import parse_document
from registry.lib.money import parse_yuan
from registry.lib.periods import parse_date, parse_month_date
from registry.lib.text import clean, clean_name, looks_like_formula, unshelled

# What people write into a cell to say that there is nothing.
BLANKS: Final = frozenset({"", "/", "\\", "-", "--", "—", "——", "无", "空", "N/A", "#N/A", "NULL", "null", "None"})
# What a spreadsheet shows in place of a formula's result that it could not compute.
_ERRORS: Final = re.compile(r"#(?:REF|VALUE|NAME|DIV/0|NUM|NULL|SPILL|CALC)[!?]")
_MOST_REMEMBERED: Final = 50_000
_IDENTIFIER: Final = re.compile(r"[0-9A-Za-z-]{1,32}")
_SCIENTIFIC: Final = re.compile(r"[+-]?\d(?:\.\d+)?[Ee]\+?\d{1,3}")
_PLAIN_FLOAT: Final = re.compile(r"(\d+)\.0+")
_COUNT: Final = re.compile(r"(\d{1,4})(?:\.0+)?")
_MONTHS: Final = re.compile(r"(\d{1,2}(?:\.\d+)?)(?:个月|月)?")
# No certificate is older than the first of the nineties: households.enums.EARLIEST_DISABILITY_CARD.
_YEAR: Final = re.compile(r"(199\d|20\d\d)(?:\.0+|年.*|[-./]\d.*)?")
_MOST_PERSONS: Final = 50
_MONTHS_OF_A_YEAR: Final = 12
# 脱贫标志 as numbers. Source: column AAR010 of the national system; 0 and 3 are confirmed, 1 and 2 inferred.
_LIFTING_FLAGS: Final = {"0": "filed", "1": "lifted", "2": "filed", "3": "returned"}
_STATUSES: Final = frozenset({"filed", "lifted", "returned", "ordinary"})

Parser = Callable[[str], Any]


class Labels(Protocol):
    """A code list as it holds on a day, as far as reading needs it."""

    def code_of(self, text: str) -> str | None:
        """Give the code of a label or spelling, or None."""

    def codes_of(self, text: str) -> Sequence[str] | None:
        """Give the codes of a text that names one or several, or None."""


Lists = Mapping[str, Labels]


class Cells:
    """The reader of one column: `read` gives the values of many cells, and the faults among them by position."""

    def __init__(self, column: Column, parse: Parser, *, empty: object, remembers: bool) -> None:
        self.column = column
        self.empty = empty
        self._parse = parse
        self._faults: dict[str, str] = {}
        self._memory: _Memory | None = _Memory(self._value) if remembers else None

    def read(self, cells: Sequence[str]) -> tuple[list[Any], dict[int, str]]:
        """Read a run of cells of the column."""
        memory = self._memory
        if memory is None:
            self._faults.clear()
            values = [self._value(cell) for cell in cells]
        else:
            if len(memory) > _MOST_REMEMBERED:
                memory.clear()
                self._faults.clear()
            values = [memory[cell] for cell in cells]
        faults = self._faults
        if not faults:
            return values, {}
        return values, {number: faults[cell] for number, cell in enumerate(cells) if cell in faults}

    def _value(self, cell: str) -> object:
        try:
            value = self._parse(cell)
        except DomainError as error:
            self._faults[cell] = error.code
            return self.empty
        if value == self.empty and self.column.filled:
            self._faults[cell] = "cell.empty"
        return value


class _Memory(dict[str, object]):
    """Values by the text of their cell, read when first met."""

    def __init__(self, read: Parser) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, cell: str) -> object:
        value = self[cell] = self._read(cell)
        return value


_UNREPEATED: Final = frozenset({Kind.DOCUMENT, Kind.PHONE, Kind.ACCOUNT, Kind.NUMBER})
_TEXTS: Final = frozenset({Kind.TEXT, Kind.NAME, Kind.NUMBER, Kind.DIVISION, Kind.PHONE, Kind.ACCOUNT, Kind.CODE,
                           Kind.STATUS})  # fmt: skip


def readers(lists: Lists, *, on: date) -> dict[str, Cells]:
    """Make the readers of all columns for a roster whose data date is `on`."""
    return {column.name: _reader(column, lists, on) for column in COLUMNS}


def _reader(column: Column, lists: Lists, on: date) -> Cells:
    # The household's own columns repeat with every member, and so do numbers and phones among them.
    remembers = column.kind not in _UNREPEATED or column.level != "person"
    return Cells(column, _parser(column, lists, on), empty="" if column.kind in _TEXTS else None, remembers=remembers)


def _parser(column: Column, lists: Lists, on: date) -> Parser:
    match column.kind:
        case Kind.TEXT | Kind.NAME:
            read = read_text if column.kind is Kind.TEXT else read_name
            return partial(read, most=column.most)
        case Kind.STATUS:
            return _status_parser(lists["household_kind"], lists["household_status"])
        case Kind.DOCUMENT:
            return partial(parse_document, on=on)
        case Kind.CODE | Kind.CODES | Kind.YES_NO:
            return _LISTED[column.kind](lists[column.scheme])
        case _:
            return _PLAIN[column.kind]


def read_text(cell: str, *, most: int) -> str:
    """Read a short text. Raises: DomainError `cell.formula`, `cell.too_long`."""
    text = clean(cell)
    if text in BLANKS:
        return ""
    _refuse_unfit(text, most)
    return text


def read_name(cell: str, *, most: int) -> str:
    """Read a name as it stands in the document. Raises: DomainError `cell.formula`, `cell.too_long`, `name.letters`."""
    name = clean_name(cell)
    if name in BLANKS:
        return ""
    _refuse_unfit(name, most)
    if not any(char.isalpha() for char in name):
        raise _fault("name.letters")
    return name


def read_number(cell: str) -> str:
    """Read the number of a household or person. Raises: DomainError `number.…`."""
    text = unshelled(cell).strip()
    if not (text.isascii() and text.isalnum()):
        text = clean(text)
    if text in BLANKS:
        return ""
    if _SCIENTIFIC.fullmatch(text):
        raise _fault("number.scientific_notation")
    plain = _PLAIN_FLOAT.fullmatch(text)
    text = plain[1] if plain else text
    if not _IDENTIFIER.fullmatch(text):
        raise _fault("number.characters")
    return text


def read_division(cell: str) -> str:
    """Read the code of a village. Raises: DomainError `village.malformed`, `number.scientific_notation`."""
    text = read_number(cell)
    if text and not is_code(text):
        raise _fault("village.malformed")
    return text


def read_count(cell: str) -> int | None:
    """Read a number of persons. Raises: DomainError `count.unreadable`."""
    text = clean(cell).removesuffix("人").strip()
    if text in BLANKS:
        return None
    match = _COUNT.fullmatch(text)
    if match is None or not 0 < int(match[1]) <= _MOST_PERSONS:
        raise _fault("count.unreadable")
    return int(match[1])


def read_months(cell: str) -> Decimal | None:
    """Read months of work in a year, to one decimal. Raises: DomainError `months.unreadable`."""
    text = clean(cell)
    if text in BLANKS:
        return None
    match = _MONTHS.fullmatch(text)
    try:
        months = Decimal(match[1]).quantize(Decimal("0.1")) if match else None
    except InvalidOperation:
        months = None
    if months is None or months > _MONTHS_OF_A_YEAR:
        raise _fault("months.unreadable")
    return months


def read_year(cell: str) -> int | None:
    """Read a year of four digits, alone or at the head of a date. Raises: DomainError `year.unreadable`."""
    text = clean(cell)
    if text in BLANKS:
        return None
    match = _YEAR.fullmatch(text)
    if match is None:
        raise _fault("year.unreadable")
    return int(match[1])


def _optional(parse: Parser, empty: object) -> Parser:
    def read(cell: str) -> object:
        return empty if cell in BLANKS or clean(cell) in BLANKS else parse(cell)

    return read


_PLAIN: Final[dict[Kind, Parser]] = {
    Kind.NUMBER: read_number,
    Kind.DIVISION: read_division,
    Kind.COUNT: read_count,
    Kind.MONTHS: read_months,
    Kind.YEAR: read_year,
    Kind.DAY: _optional(parse_date, None),
    Kind.MONTH: _optional(parse_month_date, None),
    Kind.YUAN: _optional(parse_yuan, None),
    Kind.PHONE: _optional(parse_phone, ""),
    Kind.ACCOUNT: _optional(parse_account, ""),
}


def _code_parser(labels: Labels) -> Parser:
    def read(cell: str) -> str:
        code = labels.code_of(cell)
        if code is None:
            if clean(cell) in BLANKS:
                return ""
            raise _fault("code.unknown")
        return code

    return read


def _codes_parser(labels: Labels) -> Parser:
    def read(cell: str) -> tuple[str, ...] | None:
        if clean(cell) in BLANKS:
            return None
        codes = labels.codes_of(cell)
        if not codes:
            raise _fault("code.unknown")
        return tuple(codes)

    return read


def _yes_no_parser(labels: Labels) -> Parser:
    def read(cell: str) -> bool | None:
        code = labels.code_of(cell)
        if code is not None:
            return code == "1"
        if clean(cell) in BLANKS:
            return None
        raise _fault("code.unknown")

    return read


_LISTED: Final = {Kind.CODE: _code_parser, Kind.CODES: _codes_parser, Kind.YES_NO: _yes_no_parser}


def _status_parser(kinds: Labels, statuses: Labels) -> Parser:
    def read(cell: str) -> str:
        text = clean(cell)
        code = kinds.code_of(text) or statuses.code_of(text) or _LIFTING_FLAGS.get(text)
        if code in _STATUSES:
            return code
        if text in BLANKS:
            return ""
        raise _fault("code.unknown")

    return read


def _refuse_unfit(text: str, most: int) -> None:
    if looks_like_formula(text) or _ERRORS.fullmatch(text):
        raise _fault("cell.formula")
    if len(text) > most:
        raise _fault("cell.too_long")


def _fault(code: str) -> DomainError:
    """Make the refusal of a cell; its sentence stands in `exchange.sheets.problems`."""
    return DomainError(code, code)
