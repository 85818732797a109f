"""What an office put together itself, made like any other report."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, ClassVar
from uuid import UUID

from typing_extensions import override

from registry.lib.gbcode import Level
from registry.tenancy.context import Actor
from reports.catalogue.base import REVEALED, Choice, Picture, Theme, enter
from reports.catalogue.lists import PicturedReport
from reports.catalogue.totals import share
from reports.definitions import lists as words
from reports.definitions import own as form
from reports.definitions import pictured as kinds
from reports.definitions.layout import CellKind, Column, Row, Sheet, Table
from reports.definitions.pictured import Pictured
from reports.definitions.text import Language, Text
from reports.queries.own_reports import OwnSpec, find_own_report, group_expression, spec_of_own
from reports.queries.pictured import Listing, Names, counts_by, names_of_divisions, rows_of


@enter
class OwnList(PicturedReport):
    """The list or the counts of an own report. Source: the county's own, as it is kept when the report is made."""

    id: ClassVar = form.ID
    title: ClassVar = form.TITLE
    right: ClassVar = "reports.view_persons"
    theme: ClassVar = Theme.OWN
    choices: ClassVar = (Choice(form.OPTION, form.LABEL, is_needed=True, names="own_report"),)
    has_sealed: ClassVar = True

    def __init__(self, *, most: int | None = None) -> None:
        """Read the first rows alone, where `most` says how many."""
        self._most = most

    @override
    def check(self, picture: Picture, *, actor: Actor) -> None:
        spec_of_own(find_own_report(own_id(picture)))

    @override
    def title_of(self, picture: Picture) -> Text:
        name = find_own_report(own_id(picture)).name.replace("{", "{{").replace("}", "}}")
        return Text(name, name)

    @override
    def sheets(self, picture: Picture, *, title: str, language: Language) -> Iterable[Sheet]:
        spec = spec_of_own(find_own_report(own_id(picture)))
        listing = own_listing(spec, picture, snapshot_id=self.snapshot(picture))
        notes = [*self.notes(picture, language)]
        if spec.groups:
            table = _counts(spec, listing)
        else:
            table = Table(
                "own_list", tuple(column.column for column in spec.columns), rows_of(listing, most=self._most)
            )
            notes += [words.NAMES_OF_NOW.in_language(language)] if any(one.is_identity for one in spec.columns) else []
            if any(one.sealed for one in spec.columns) and not listing.is_revealed:
                notes.append(words.MASKED.in_language(language))
        yield Sheet("list", words.SHEET, title, (table,), notes=tuple(notes))


def own_id(picture: Picture) -> UUID:
    """Give the id of the own report that a picture is asked about."""
    return UUID(picture.option(form.OPTION))


def own_listing(spec: OwnSpec, picture: Picture, *, snapshot_id: UUID) -> Listing:
    """Give the list that an own report reads of a picture."""
    return Listing(
        level=spec.level,
        snapshot_id=snapshot_id,
        area_code=picture.area_code,
        as_of=picture.as_of,
        columns=spec.columns,
        conditions=spec.conditions,
        joins=spec.joins,
        known_at=picture.known_at,
        order=spec.order,
        is_revealed=picture.option(REVEALED) == "1",
    )


def _counts(spec: OwnSpec, listing: Listing) -> Table:
    """Count the rows by the values of the groups, each with its share of all."""
    grouped = replace(listing, columns=(), order=())
    found = counts_by(grouped, [group_expression(group, spec.level) for group in spec.groups], ["count(*)"])
    names = names_of_divisions() if any(group.derived for group in spec.groups) else Names({})
    whole = sum(int(line[-1]) for line in found)
    columns = (
        *(group.column for group in spec.groups),
        Column("count", form.COUNT[spec.level], CellKind.COUNT, 10),
        Column("share", form.SHARE, CellKind.RATIO, 10),
    )
    rows: list[Row] = [
        (
            *(_shown(value, group, names) for value, group in zip(line, spec.groups, strict=False)),
            int(line[-1]),
            share(int(line[-1]), whole),
        )
        for line in found
    ]
    empty = (None,) * len(spec.groups)
    return Table("own_counts", columns, rows, total=(*empty, whole, share(whole, whole)))


_LEVELS = {kinds.TOWNSHIP: Level.TOWNSHIP, kinds.VILLAGE: Level.VILLAGE}


def _shown(value: Any, group: Pictured, names: Names) -> Any:  # noqa: ANN401  (as the database gives it)
    if group.derived:
        return names.of(value, _LEVELS[group.derived])
    if isinstance(value, list):
        return ",".join(value) or None
    return None if value == "" else value
