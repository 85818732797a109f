"""The clear account of dynamic management as a report of the catalogue."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from typing_extensions import override

from periods.queries.known import PICTURED
from periods.queries.periods import find_period
from registry.lib.gbcode import Level
from registry.tenancy.context import Actor
from reports.catalogue.asking import unknown_of
from reports.catalogue.base import Basis, Picture, Report, Theme, enter
from reports.catalogue.lists import picture_asked
from reports.definitions import account as form
from reports.definitions.figures import Figures
from reports.definitions.layout import Layout
from reports.definitions.text import Language
from reports.enums import Format
from reports.queries.compiling import compile_day, compile_figures
from reports.queries.runs import account_of_picture, figures_of
from reports.renderers.account_layout import account_layout


@enter
class ClearAccount(Report):
    """The three accounts of a county with their flows, by division, category and cause. See docs/reports.md.

    Of a period it is a run of its own, which keeps its figures; of a day it goes from the first of the month to it.
    """

    id: ClassVar = form.REPORT_ID
    title: ClassVar = form.TITLE
    right: ClassVar = "reports.view"
    basis: ClassVar = Basis.SNAPSHOT
    holds_persons: ClassVar = False
    formats: ClassVar = (Format.XLSX, Format.PDF, Format.CSV, Format.PARQUET, Format.HTML)
    theme: ClassVar = Theme.ACCOUNT
    area_level: ClassVar = Level.COUNTY
    keeps_figures: ClassVar = True

    @override
    def layout(self, picture: Picture, *, actor: Actor, language: Language) -> Layout:
        """Lay out the kept figures of a period, or those of the days up to one."""
        layout = account_layout(_figures(picture, actor=actor), language)
        if picture.period_id is not None:
            return layout
        first, *others = layout.sheets
        noted = replace(first, notes=(*first.notes, *_notes(picture, language)))
        return replace(layout, sheets=(noted, *others), known_at=picture.known_at)


def _figures(picture: Picture, *, actor: Actor) -> Figures:
    if picture.period_id is None:
        return compile_day(picture_asked(picture), actor=actor)
    kept = account_of_picture(form.REPORT_ID, picture.period_id, picture.snapshot_id)
    return figures_of(kept) if kept is not None else compile_figures(find_period(picture.period_id), actor=actor)


def _notes(picture: Picture, language: Language) -> Iterator[str]:
    yield form.OF_DAYS.in_language(language)
    yield from unknown_of(picture, PICTURED, language)
