"""Days and reasons that the verbs of this app ask for, and reasons for the apps above it too."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from registry.lib.errors import DomainError
from registry.lib.periods import today


def require_past(on: date | None, *, field: str = "on") -> None:
    """Refuse a day that has not come yet in Shanghai; an unknown one passes. Raises: DomainError `date.in_future`."""
    if on is not None and on > today():
        message = _("The day lies in the future. Enter today or an earlier day.")
        raise DomainError("date.in_future", message, field=field)


def require_in_order(starts_on: date | None, ends_on: date | None, *, field: str = "ends_on") -> None:
    """Refuse an end before its beginning; the same day is a record that counts no day, entered in error.

    Raises: DomainError `date.ends_before_start`.
    """
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        message = _("The end lies before the beginning. Check both days.")
        raise DomainError("date.ends_before_start", message, field=field)


def require_year(year: int, *, latest: int | None = None) -> None:
    """Refuse a year before 2000 or after the latest one, this year where none is given.

    Raises: DomainError `year.out_of_range`.
    """
    if not 2000 <= year <= (latest or today().year):
        message = _("The year lies between 2000 and this year. Check the year.")
        raise DomainError("year.out_of_range", message, field="year")


def require_reason(reason: str) -> str:
    """Give the reason without its outer spaces, or refuse an empty one. Raises: DomainError `reason.missing`."""
    given = reason.strip()
    if not given:
        message = _("A reason is missing. Name the decision or the event, for example the notice and its date.")
        raise DomainError("reason.missing", message, field="reason")
    return given
