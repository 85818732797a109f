"""What a report of the register is asked: its choices read and checked, and the household or village it is about."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from households.queries.visibility import find_household
from registry.lib.errors import DomainError
from registry.lib.gbcode import Level, level_of
from registry.lib.periods import Month
from registry.tenancy.context import Actor
from reports.catalogue.base import Picture
from reports.queries.register_rows import Asked, asked_of

MONTH, YEAR = "month", "year"
_YEARS = range(2000, 2101)


def asked_about(picture: Picture, *, actor: Actor, day: date | None = None) -> Asked:
    """Give what the statements of a report are asked; `day` where the report is of an earlier one than the picture.

    Raises: NotFound for a household that the actor may not see.
    """
    if picture.household_id is not None:
        find_household(picture.household_id, actor=actor)
    return asked_of(
        day or picture.as_of,
        picture.area_code,
        actor=actor,
        household_id=picture.household_id,
        known_at=picture.known_at,
    )


def month_of(picture: Picture) -> Month:
    """Give the month that a report is of: the chosen one, else that of the picture.

    Raises: DomainError for a month that begins after the day of the picture, or cannot be read.
    """
    chosen = picture.option(MONTH)
    month = Month.parse(chosen) if chosen else Month.of(picture.as_of)
    if month.first_day > picture.as_of:
        raise DomainError(
            "report.month_after_day",
            _("%(month)s begins after the day of the report. Choose an earlier month or a later day.")
            % {"month": str(month)},
            field=MONTH,
        )
    return month


def year_of(picture: Picture, default: int | None = None) -> int:
    """Give the year that a report is of: the chosen one, else `default`, else that of the picture.

    Raises: DomainError for a year after that of the picture, or one that cannot be read.
    """
    chosen = picture.option(YEAR).strip()
    if not chosen:
        return default or picture.as_of.year
    if not (chosen.isascii() and chosen.isdecimal() and int(chosen) in _YEARS):
        raise DomainError(
            "report.year_unreadable", _("A year is written with four digits, for example 2020."), field=YEAR
        )
    if int(chosen) > picture.as_of.year:
        raise DomainError(
            "report.year_after_day",
            _("%(year)s begins after the day of the report. Choose an earlier year or a later day.") % {"year": chosen},
            field=YEAR,
        )
    return int(chosen)


def require_village(picture: Picture) -> None:
    """Refuse cards for more than a village: a card of each household of a county is no file that anybody prints.

    Raises: DomainError `report.area_too_wide`.
    """
    if picture.household_id is None and level_of(picture.area_code) < Level.VILLAGE:
        raise DomainError(
            "report.area_too_wide",
            _("Cards are made for one household or one village. Choose a village."),
            field="area",
        )
