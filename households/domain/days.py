"""Days on which something may take effect."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from registry.lib.errors import DomainError
from registry.lib.periods import Precision, today


def precision_of(on: date | None, given: str) -> str:
    """Give the precision of a date: none of an unknown one, the day where nothing else is stated."""
    return given or Precision.DAY if on is not None else ""


def require_past(on: date, *, field: str = "on") -> None:
    """Refuse a day that has not come yet in Shanghai.

    Raises: DomainError `date.in_future`.
    """
    if on > today():
        raise DomainError(
            "date.in_future", _("The day lies in the future. Enter today or an earlier day."), field=field
        )


def require_not_before(on: date, earliest: date | None, *, field: str = "on") -> None:
    """Refuse a day before the last change of the household; later changes build on it.

    Raises: DomainError `date.before_last_change`.
    """
    if earliest is not None and on < earliest:
        message = _("The household has a later change, on %(day)s. Enter that day or a later one.")
        raise DomainError("date.before_last_change", message % {"day": earliest.isoformat()}, field=field)
