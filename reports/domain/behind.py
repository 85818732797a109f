"""The list behind a figure of a report, by the same picture, for those who may see its rows."""

from dataclasses import dataclass, replace
from itertools import islice
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from registry.lib.errors import NotAllowed, NotFound
from registry.lib.gbcode import check_code, subtree
from registry.tenancy.context import Actor
from reports.catalogue.base import Picture
from reports.catalogue.lists import PicturedReport, picture_asked
from reports.definitions import lists as words
from reports.definitions.layout import Layout, Sheet, Table
from reports.definitions.text import Language
from reports.domain.asking import report_asked
from reports.domain.making import picture_of_run
from reports.domain.reading import find_catalogue_run
from reports.models import ReportRun
from reports.queries.pictured import Listing, count_of, names_of_divisions, rows_of

MOST_ROWS: Final = 200


@dataclass(frozen=True, slots=True)
class Behind:
    """A list behind a figure: how many rows it has, and the first of them as a layout."""

    run: ReportRun
    list_id: str
    area_code: str
    count: int
    layout: Layout


def list_behind(
    run_id: UUID, table_key: str, column_key: str, division_code: str, *, actor: Actor, language: Language
) -> Behind:
    """Give what a figure of a run counts, in a division of the run's area.

    Raises: NotFound for an unknown run or a figure without a list; DomainError once the picture is gone; NotAllowed
    without the right of the list, or outside the actor's area.
    """
    run = find_catalogue_run(run_id, actor=actor)
    report = report_asked(run.report_id, actor=actor)
    if not isinstance(report, PicturedReport) or not report.list_id:
        raise _no_list()
    listed = report_asked(report.list_id, actor=actor)
    picture = replace(picture_of_run(run), area_code=_division(run, division_code, actor=actor))
    listing = report.behind(picture, table_key, column_key)
    if listing is None:
        raise _no_list()
    picture_asked(picture)
    title = listed.title.in_language(language)
    return Behind(run, report.list_id, picture.area_code, count_of(listing), _layout(listing, picture, title, language))


def _division(run: ReportRun, code: str, *, actor: Actor) -> str:
    code = check_code(code, field="division")
    if not subtree(run.area_code).includes(subtree(code)) or not actor.covers_whole(code):
        raise NotAllowed("report.area", _("This division lies outside your area, or only a part of it lies inside."))
    return code


def _layout(listing: Listing, picture: Picture, title: str, language: Language) -> Layout:
    rows = islice(rows_of(listing, most=MOST_ROWS), MOST_ROWS)
    table = Table("behind", tuple(column.column for column in listing.columns), rows)
    return Layout(
        report_id="behind",
        title=title,
        as_of=picture.as_of,
        language=language,
        holds_persons=True,
        sheets=(Sheet("behind", words.SHEET, title, (table,)),),
        area_name=names_of_divisions().by_code.get(picture.area_code, picture.area_code),
        known_at=picture.known_at,
    )


def _no_list() -> NotFound:
    return NotFound("report.no_list", _("There is no list behind this figure."))
