"""Which months have to be frozen before another one is, and whether that is more than whoever asks may expect."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from periods.definitions.calendar import UNIONS, months_between
from periods.enums import PeriodKind
from periods.models import Period
from periods.queries.periods import first_frozen_month, latest_frozen_month, missing_months
from registry.lib.errors import Conflict
from registry.lib.periods import Month

# So many months are frozen without a question: a schedule of yearly accounts finds the twelve of its year.
# Source: house rule, decision 0264.
MOST_UNASKED: Final = 12


def months_to_freeze(period: Period) -> tuple[Month, ...]:
    """Name the months that are frozen so that a period is, in their order, its own among them; a campaign needs none.

    The first frozen month of a county may be any month: none is frozen before it.
    """
    if period.kind == PeriodKind.CAMPAIGN:
        return ()
    latest = latest_frozen_month()
    if latest is None:
        return tuple(missing_months(period)) if period.kind in UNIONS else (Month.of(period.first_day),)
    return months_between(Month.of(latest.last_day).next.first_day, period.last_day)


def require_short_gap(period: Period, *, agreed: Month | None = None) -> None:
    """Refuse to freeze more months at once than anybody expects: a county that paused for years is asked first.

    `agreed` is the last month that somebody agreed to have frozen and that waits for it. Raises: Conflict.
    """
    months = [month for month in months_to_freeze(period) if agreed is None or month > agreed]
    if len(months) <= MOST_UNASKED:
        return
    latest = latest_frozen_month()
    places = {"period": period.name, "latest": latest.name if latest is not None else "", "number": len(months),
              "first": str(months[0]), "last": str(months[-1])}  # fmt: skip
    if first_frozen_month() == (latest and Month.of(latest.first_day)):
        message = _(
            "The only frozen month is %(latest)s. The account of %(period)s freezes %(number)s months one after the "
            "other, %(first)s to %(last)s. Agree to that; or have %(latest)s opened again, and the accounts of this "
            "county begin with the month that you ask for next."
        )
    else:
        message = _(
            "The last frozen month is %(latest)s. The account of %(period)s freezes %(number)s months one after the "
            "other, %(first)s to %(last)s, and each gets its own figures. Agree to that, or ask for an earlier month."
        )
    raise Conflict("period.long_gap", message % places, field="catch_up")
