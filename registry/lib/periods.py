"""Days and months as the register counts them: in Asia/Shanghai."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final, Self
from zoneinfo import ZoneInfo

from typing_extensions import override

from registry.lib.errors import DomainError
from registry.lib.messages import gettext_lazy as _
from registry.lib.text import clean

TIME_ZONE: Final = ZoneInfo("Asia/Shanghai")
_YEARS: Final = range(1900, 2100)
_SERIAL_ZERO: Final = date(1899, 12, 30)  # day 0 of spreadsheets' 1900 calendar for every day after February 1900
_SERIALS: Final = range(10_000, 73_051)  # 1927-05-18 to 2099-12-31
_TIME: Final = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_DASHED: Final = re.compile(
    rf"(?P<year>\d{{4}})(?P<sign>[-/.])(?P<month>\d{{1,2}})(?:(?P=sign)(?P<day>\d{{1,2}}){_TIME})?"
)
_CHINESE: Final = re.compile(
    rf"(?P<year>\d{{4}})\s?年\s?(?P<month>\d{{1,2}})\s?月(?:份|\s?(?P<day>\d{{1,2}})\s?[日号]{_TIME})?"
)
_COMPACT: Final = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})?")
_SERIAL: Final = re.compile(r"(?P<serial>\d{5})(?:\.\d+)?")
_LOST_ZERO: Final = re.compile(r"\d{4}\.\d")


class Precision(StrEnum):
    """How exact a date is; a month is kept as its first day."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class LooseDate:
    """A day with its precision."""

    on: date
    precision: Precision


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if self.year not in _YEARS or self.month not in range(1, 13):
            raise DomainError("month.unreadable", _("A month is written as year and month, for example 2020-12."))

    @classmethod
    def of(cls, day: date) -> Self:
        """Give the month in which the day lies."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a month in any of the spellings of `parse_date`; a day is left out.

        Raises: DomainError `date.…`.
        """
        return cls.of(parse_date(text).on)

    @override
    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    @property
    def first_day(self) -> date:
        """Give the first day."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """Give the last day."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def next(self) -> Self:
        """Give the month after."""
        return type(self)(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def previous(self) -> Self:
        """Give the month before."""
        return type(self).of(self.first_day - timedelta(days=1))

    def contains(self, day: date) -> bool:
        """Tell whether the day lies in the month."""
        return (day.year, day.month) == (self.year, self.month)

    def has_ended(self, *, on: date | None = None) -> bool:
        """Tell whether the month is over on the day (today)."""
        return self.last_day < (on or today())


def today() -> date:
    """Give the day in Asia/Shanghai."""
    return datetime.now(tz=TIME_ZONE).date()


def day_of(moment: datetime) -> date:
    """Give the day in Asia/Shanghai on which a moment lies.

    Raises: ValueError for a moment without a time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("A moment needs a time zone to lie on a day.")
    return moment.astimezone(TIME_ZONE).date()


def start_of(day: date) -> datetime:
    """Give the moment, in UTC, at which the day begins in Asia/Shanghai."""
    return datetime(day.year, day.month, day.day, tzinfo=TIME_ZONE).astimezone(UTC)


def next_at(now: datetime, moment: time) -> datetime:
    """Give the next moment at which the clocks of Shanghai show this time of the day."""
    that_day = datetime.combine(now.astimezone(TIME_ZONE).date(), moment, tzinfo=TIME_ZONE)
    return that_day if that_day > now else that_day + timedelta(days=1)


def months_after(day: date, months: int) -> date:
    """Give the same day some months later; the last of the month where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    month = Month(index // 12, index % 12 + 1)
    return month.first_day.replace(day=min(day.day, month.last_day.day))


def age_on(birth_on: date, day: date) -> int:
    """Give the full years of a person on a day."""
    return day.year - birth_on.year - ((day.month, day.day) < (birth_on.month, birth_on.day))


@lru_cache(maxsize=65_536)
def parse_date(text: str) -> LooseDate:
    """Read a day or a month as sheets write it: 2017-12, 2017/12/01, 2017年12月, 201712, 2016.12.01, serial numbers.

    The precision is what is written. In a column that states months, use `parse_month_date`.
    Raises: DomainError `date.…`.
    """
    written = clean(text)
    match = _COMPACT.fullmatch(written) or _DASHED.fullmatch(written) or _CHINESE.fullmatch(written)
    if match is None:
        serial = _SERIAL.fullmatch(written)
        if serial is None or int(serial["serial"]) not in _SERIALS:
            raise _unreadable(written)
        return LooseDate(_SERIAL_ZERO + timedelta(days=int(serial["serial"])), Precision.DAY)
    if _LOST_ZERO.fullmatch(written):
        raise DomainError("date.ambiguous", _AMBIGUOUS)
    return _made(int(match["year"]), int(match["month"]), match["day"])


@lru_cache(maxsize=65_536)
def parse_month_date(text: str) -> LooseDate:
    """Read a date of a column that states months: the first of a month means the month, another day means itself.

    Source: rosters write one month in five spellings, two of them with the day 01.
    Raises: DomainError `date.…`.
    """
    loose = parse_date(text)
    return LooseDate(loose.on, Precision.MONTH) if loose.on.day == 1 else loose


def _made(year: int, month: int, day: str | None) -> LooseDate:
    try:
        on = date(year, month, int(day or 1))
    except ValueError:
        raise DomainError("date.impossible", _IMPOSSIBLE) from None
    if year not in _YEARS:
        raise DomainError("date.impossible", _IMPOSSIBLE)
    return LooseDate(on, Precision.DAY if day else Precision.MONTH)


def _unreadable(written: str) -> DomainError:
    if not written:
        return DomainError("date.empty", _("The date is missing. Write it as year and month, for example 2017-12."))
    if written.isdecimal() and len(written) == 4:
        return DomainError("date.year_only", _("Only a year is given. Write year and month, for example 2017-12."))
    return DomainError("date.unreadable", _("This is not a date. Write it like 2017-12 or 2017-12-01."))


_IMPOSSIBLE: Final = _("There is no such day. Check year, month and day, and write them like 2017-12-01.")
_AMBIGUOUS: Final = _(
    "The month may have lost a zero (January or October). Write it with two digits, for example 2017-10."
)
