"""What the statements of a report of the register are asked, and what its rows cannot know of the past."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from django.utils import translation

from households.queries.visibility import find_household
from periods.queries.known import not_known, titles_of
from registry.tenancy.context import Actor, current_actor
from reports.catalogue.base import REVEALED, Choice, Picture, Report
from reports.definitions import lists as words
from reports.definitions.register_columns import NO, NOT_KNOWN, YES
from reports.definitions.text import Language, Text
from reports.queries.register_rows import Asked, Statement, asked_of

_YES_NO: Final = (("no", NO), ("yes", YES))


def yes_or_no(key: str, label: Text) -> Choice:
    """Describe a choice of yes and no; no counts where nothing is chosen."""
    return Choice(key, label, _YES_NO)


def asked_about(picture: Picture, *, actor: Actor) -> Asked:
    """Give what statements are asked about the day of a picture, in its area or of its household.

    A household is asked about wherever in the county it lived on that day. Raises: NotFound for one that the actor may
    not see.
    """
    if picture.household_id is not None:
        find_household(picture.household_id, actor=actor)
    return asked_of(
        picture.as_of,
        picture.area_code if picture.household_id is None else actor.tenant_code,
        actor=actor,
        household_id=picture.household_id,
        known_at=picture.known_at,
    )


def days_of_year(day: date) -> dict[str, date]:
    """Give the first day of the day's year, and the day itself as its last that counts."""
    return {"first": date(day.year, 1, 1), "last": day}


def notes_of(report: Report, picture: Picture, statements: Iterable[Statement], language: Language) -> Iterator[str]:
    """Say of which tables the past is not kept, and what is masked; the day and what was known stand at the title."""
    if report.has_sealed and picture.option(REVEALED) != "1":
        yield words.MASKED.in_language(language)
    yield from _of_day(picture, statements, language)


def _of_day(picture: Picture, statements: Iterable[Statement], language: Language) -> Iterator[str]:
    yield from unknown_of(picture, {table for one in statements for table in one.tables}, language)


def unknown_of(picture: Picture, tables: Iterable[str], language: Language) -> Iterator[str]:
    """Say which of the tables that a report reads keep no former state of the moment that it is about."""
    if picture.known_at is None:
        return
    unknown = not_known(tables, known_at=picture.known_at, whole=current_actor().covers_county)
    if unknown:
        with translation.override(language):
            yield NOT_KNOWN.in_language(language, tables=titles_of(unknown))
