"""Figures as tables of a page: heads and lines of ready texts."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reports.definitions import wording
from reports.definitions.account import STOCKS, StockDefinition
from reports.definitions.figures import AccountLine, CauseCell, Count, Division, Figures
from reports.definitions.text import Language
from reports.definitions.totals import Totals, totals_of
from reports.enums import Level
from reports.renderers.notes import summary_lines


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its division and its cells."""

    division: Division
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its title, unit, heads and lines."""

    title: str
    unit: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]


def summary_table(figures: Figures, language: Language) -> Table:
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
                tuple(_count(count) for count in _short(totals, shows_late=figures.shows_late)),
            )
            for label, totals in summary_lines(figures)
        ),
    )


def _short(totals: Totals, *, shows_late: bool) -> tuple[Count, ...]:
    late = (totals.late_came, totals.late_went) if shows_late else ()
    return (totals.opening, totals.came, totals.went, *late, totals.closing)


def account_tables(figures: Figures, language: Language) -> tuple[Table, ...]:
    """Give a table for each stock; a cell holds households / persons."""
    return tuple(_account(figures, definition, language) for definition in STOCKS)


def _account(figures: Figures, definition: StockDefinition, language: Language) -> Table:
    labels = {"in": wording.INCREASE, "out": wording.DECREASE}
    heads = [
        *(f"+ {column.label.in_language(language)}" for column in definition.inflows),
        labels["in"].in_language(language),
        *(f"− {column.label.in_language(language)}" for column in definition.outflows),
        labels["out"].in_language(language),
    ]
    opening, closing = wording.OPENING.in_language(language), wording.CLOSING.in_language(language)
    return Table(
        title=definition.label.in_language(language),
        unit=wording.UNIT_HOUSEHOLDS_AND_PERSONS.in_language(language),
        heads=(wording.DIVISION.in_language(language), opening, *heads, closing),
        lines=tuple(
            Line(line.division, tuple(_count(count) for count in _counts(definition, line)))
            for line in figures.accounts[definition.stock]
        ),
    )


def _counts(definition: StockDefinition, line: AccountLine) -> Iterator[Count]:
    totals = totals_of(definition, line)
    cut = len(definition.inflows)
    yield from (line.opening, *line.flows[:cut], totals.came, *line.flows[cut:], totals.went, line.closing)


def _count(count: Count) -> str:
    return f"{count.households:,} / {count.persons:,}" if count != Count() else "0"


def cause_tables(figures: Figures, language: Language, *, villages: bool) -> tuple[Table, ...]:
    """Give the tables of main and other causes; villages only for those who may see them."""
    levels = Level.values if villages else [Level.COUNTY, Level.TOWNSHIP]
    parts: Sequence[tuple[str, Callable[[CauseCell], int]]] = (
        (wording.MAIN_CAUSE.in_language(language), lambda cell: cell.main),
        (wording.MAIN_CAUSE_NOT_LIFTED.in_language(language), lambda cell: cell.main_not_lifted),
        (wording.OTHER_CAUSE.in_language(language), lambda cell: cell.other),
    )
    heads = tuple(label.en if language == "en" else label.zh for label in figures.cause_labels)
    return tuple(
        Table(
            title=title,
            unit=wording.UNIT_HOUSEHOLDS.in_language(language),
            heads=(wording.DIVISION.in_language(language), *heads),
            lines=tuple(
                Line(line.division, tuple(f"{part(cell):,}" for cell in line.cells))
                for line in figures.cause_lines(*levels)
            ),
        )
        for title, part in parts
    )


def coverage_table(figures: Figures, language: Language) -> Table:
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
                tuple(
                    f"{number:,}"
                    for number in (
                        line.households,
                        line.households_without_helper,
                        line.households_with_stand_in,
                        line.villages,
                        line.villages_without_team,
                    )
                ),
            )
            for line in figures.coverage
        ),
    )
