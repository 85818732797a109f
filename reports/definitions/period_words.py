"""How a period is called in a title, by kind."""

from datetime import date
from typing import Final

from reports.definitions.text import Language, Text

_MONTH: Final = Text("{year}年{month}月", "{year}-{month:02d}")
_QUARTER: Final = Text("{year}年第{number}季度", "{year} quarter {number}")
_HALF_YEAR: Final = (Text("{year}年上半年", "{year} first half"), Text("{year}年下半年", "{year} second half"))
_YEAR: Final = Text("{year}年", "{year}")

_DAYS: Final = Text("{year}年{month}月1日至{day}日", "{year}-{month:02d}-01 to {year}-{month:02d}-{day:02d}")
_FIRST: Final = Text("{year}年{month}月1日", "{year}-{month:02d}-01")
# The account of the days of a month up to one, which is its name; no kind of period.
DAY: Final = "day"


def period_in_words(name: str, kind: str, language: Language) -> str:
    """Give the words for a period by its name in the calendar (2020-12, 2020-Q4, 2020-H2, 2020).

    A campaign is called by the name that its office gave it.
    Raises: ValueError for a name that its kind does not give.
    """
    match kind:
        case "month":
            year, month = (int(piece) for piece in name.split("-"))
            return _MONTH.in_language(language, year=year, month=month)
        case "quarter":
            quarter_of, number = name.split("-Q")
            return _QUARTER.in_language(language, year=quarter_of, number=number)
        case "half_year":
            half_of, number = name.split("-H")
            return _HALF_YEAR[int(number) - 1].in_language(language, year=half_of)
        case "year":
            return _YEAR.in_language(language, year=name)
        case "day":
            last = date.fromisoformat(name)
            words = _FIRST if last.day == 1 else _DAYS
            return words.in_language(language, year=last.year, month=last.month, day=last.day)
        case _:
            return name
