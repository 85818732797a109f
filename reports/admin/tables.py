"""Figures as tables of a page: heads and lines of ready texts."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from reports.definitions import wording
from reports.definitions.account import NOT_LIFTED, STOCK_BY_NAME, STOCKS, StockDefinition
from reports.definitions.figures import AccountLine, CategoryLine, CauseCell, Count, Division, Figures
from reports.definitions.text import Language, Text
from reports.definitions.totals import Totals, totals_of
from reports.enums import Level
from reports.renderers.notes import summary_lines


@dataclass(frozen=True, slots=True)
class Cell:
    """A ready text, and where it leads: to the list behind its figure, or nowhere."""

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its division and its cells."""

    division: Division
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """Where figures lead; without an address nowhere. `to` writes the question that a figure answers."""

    address: str = ""

    def to(self, part: str, code: str, **narrowed: str) -> str:
        """Give the address of the list behind a figure of a division."""
        if not self.address:
            return ""
        return f"{self.address}?{urlencode({'part': part, 'code': code, **narrowed})}"


NOWHERE: Final = Links()


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its title, unit, heads and lines."""

    title: str
    unit: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]


def summary_table(figures: Figures, language: Language, links: Links = NOWHERE) -> Table:
    """Give the county in short."""
    late = (wording.LATE_CAME, wording.LATE_WENT) if figures.shows_late else ()
    heads = (wording.STOCK, wording.OPENING, wording.CAME, wording.WENT, *late, wording.CLOSING)
    return Table(
        title=wording.MAIL_COUNTY_TABLE.in_language(language),
        unit=wording.UNIT_HOUSEHOLDS_AND_PERSONS.in_language(language),
        heads=tuple(head.in_language(language) for head in heads),
        lines=tuple(
            Line(
                Division(figures.county.code, label.in_language(language), Level.COUNTY),
                _summary_cells(figures, stock, totals, links),
            )
            for stock, (label, totals) in zip(("filed", *STOCK_BY_NAME), summary_lines(figures), strict=True)
        ),
    )


def _summary_cells(figures: Figures, stock: str, totals: Totals, links: Links) -> tuple[Cell, ...]:
    """Lead to the households that stood and to the postings of one stock; of both filed ones flows have no list."""
    code, asked = figures.county.code, []
    for part, direction in (("opening", ""), ("flow", "in"), ("flow", "out"), ("late", "in"), ("late", "out")):
        narrowed = {"stock": stock, **({"direction": direction} if direction else {})}
        asked.append("" if direction and stock == "filed" else links.to(part, code, **narrowed))
    shown = asked if figures.shows_late else asked[:3]
    counts = _short(totals, shows_late=figures.shows_late)
    ends = (*shown, links.to("closing", code, stock=stock))
    return tuple(_count(count, link) for count, link in zip(counts, ends, strict=True))


def _short(totals: Totals, *, shows_late: bool) -> tuple[Count, ...]:
    late = (totals.late_came, totals.late_went) if shows_late else ()
    return (totals.opening, totals.came, totals.went, *late, totals.closing)


def account_tables(figures: Figures, language: Language, links: Links = NOWHERE) -> tuple[Table, ...]:
    """Give a table for each stock; a cell holds households / persons."""
    return tuple(_account(figures, definition, language, links) for definition in STOCKS)


def _account(figures: Figures, definition: StockDefinition, language: Language, links: Links) -> Table:
    labels = {"in": wording.CAME, "out": wording.WENT}
    heads = [
        *(f"+ {column.label.in_language(language)}" for column in definition.inflows),
        labels["in"].in_language(language),
        *(f"− {column.label.in_language(language)}" for column in definition.outflows),
        labels["out"].in_language(language),
    ]
    if figures.shows_late:
        heads += [wording.LATE_CAME.in_language(language), wording.LATE_WENT.in_language(language)]
    opening, closing = wording.OPENING.in_language(language), wording.CLOSING.in_language(language)
    return Table(
        title=definition.label.in_language(language),
        unit=wording.UNIT_HOUSEHOLDS_AND_PERSONS.in_language(language),
        heads=(wording.DIVISION.in_language(language), opening, *heads, closing),
        lines=tuple(
            Line(line.division, tuple(_account_cells(figures, definition, line, links)))
            for line in figures.accounts[definition.stock]
        ),
    )


def _account_cells(figures: Figures, definition: StockDefinition, line: AccountLine, links: Links) -> Iterator[Cell]:
    totals = totals_of(definition, line)
    code, stock = line.division.code, definition.stock

    def cell(count: Count, part: str, **narrowed: str) -> Cell:
        return _count(count, links.to(part, code, stock=stock, **narrowed))

    yield cell(line.opening, "opening")
    pairs = list(zip(definition.columns, line.flows, strict=True))
    for direction, total in (("in", totals.came), ("out", totals.went)):
        for column, flow in pairs:
            if column.direction == direction:
                yield cell(flow, "flow", kind=column.kind, direction=direction)
        yield cell(total, "flow", direction=direction)
    if figures.shows_late:
        yield cell(totals.late_came, "late", direction="in")
        yield cell(totals.late_went, "late", direction="out")
    yield cell(line.closing, "closing")


def _count(count: Count, link: str = "") -> Cell:
    return Cell(f"{count.households:,} / {count.persons:,}", link) if count != Count() else Cell("0")


def _number(number: int, link: str) -> Cell:
    return Cell(f"{number:,}", link if number else "")


def category_table(figures: Figures, language: Language, links: Links = NOWHERE) -> Table:
    """Give the monitored households by category, and the filed ones among them."""
    heads: list[str] = []
    filed = wording.OF_THEM_FILED.in_language(language)
    for label in figures.category_labels:
        name = label.en if language == "en" else label.zh
        heads += [name, f"{name}{filed}"]
    return Table(
        title=wording.CATEGORIES_TITLE.in_language(language),
        unit=wording.UNIT_HOUSEHOLDS_AND_PERSONS.in_language(language),
        heads=(wording.DIVISION.in_language(language), *heads),
        lines=tuple(Line(line.division, tuple(_category_cells(line, links))) for line in figures.categories),
    )


def _category_cells(line: CategoryLine, links: Links) -> Iterator[Cell]:
    for cell in line.cells:
        narrowed = {"stock": "monitored", "category": cell.category_code}
        yield _count(cell.monitored, links.to("closing", line.division.code, **narrowed))
        yield _count(cell.of_them_filed)


def cause_tables(figures: Figures, language: Language, links: Links = NOWHERE, *, villages: bool) -> tuple[Table, ...]:
    """Give the tables of main and other causes; villages only for those who may see them."""
    levels = Level.values if villages else [Level.COUNTY, Level.TOWNSHIP]
    parts: Sequence[tuple[Text, Callable[[CauseCell], Count], str, str]] = (
        (wording.MAIN_CAUSE, lambda cell: Count(cell.main, cell.main_persons or 0), "filed", "main_cause"),
        (
            wording.MAIN_CAUSE_NOT_LIFTED,
            lambda cell: Count(cell.main_not_lifted, cell.main_not_lifted_persons or 0),
            NOT_LIFTED.stock,
            "main_cause",
        ),
        (wording.OTHER_CAUSE, lambda cell: Count(cell.other, cell.other_persons or 0), "filed", "other_cause"),
    )
    unit = wording.UNIT_HOUSEHOLDS_AND_PERSONS if figures.shows_late else wording.UNIT_HOUSEHOLDS
    heads = tuple(label.en if language == "en" else label.zh for label in figures.cause_labels)
    return tuple(
        Table(
            title=title.in_language(language),
            unit=unit.in_language(language),
            heads=(wording.DIVISION.in_language(language), *heads),
            lines=tuple(
                Line(
                    line.division,
                    tuple(
                        _cause_cell(
                            part(cell),
                            links.to("closing", line.division.code, stock=stock, **{narrowed: cell.cause_code}),
                            shows_persons=figures.shows_late,
                        )
                        for cell in line.cells
                    ),
                )
                for line in figures.cause_lines(*levels)
            ),
        )
        for title, part, stock, narrowed in parts
    )


def _cause_cell(count: Count, link: str, *, shows_persons: bool) -> Cell:
    return _count(count, link) if shows_persons else _number(count.households, link)


def coverage_table(figures: Figures, language: Language, links: Links = NOWHERE) -> Table:
    """Give the table of coverage."""
    heads = (
        wording.DIVISION,
        wording.MUST_BE_PAIRED,
        wording.WITHOUT_HELPER,
        wording.UNIT_STANDS_IN,
        wording.VILLAGES,
        wording.WITHOUT_TEAM,
    )
    return Table(
        title=wording.COVERAGE_TITLE.in_language(language),
        unit=wording.UNIT_HOUSEHOLDS_AND_VILLAGES.in_language(language),
        heads=tuple(head.in_language(language) for head in heads),
        lines=tuple(
            Line(
                line.division,
                (
                    _number(line.households, links.to("closing", line.division.code, cover="required")),
                    _number(line.households_without_helper, links.to("closing", line.division.code, cover="none")),
                    _number(line.households_with_stand_in, links.to("closing", line.division.code, cover="stand_in")),
                    _number(line.villages, links.to("villages", line.division.code)),
                    _number(line.villages_without_team, links.to("villages", line.division.code, team="none")),
                ),
            )
            for line in figures.coverage
        ),
    )
