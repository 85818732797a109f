"""Days, months, and dates as sheets write them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from registry.lib.errors import DomainError
from registry.lib.periods import (
    LooseDate,
    Month,
    Precision,
    age_on,
    day_of,
    months_after,
    parse_date,
    parse_month_date,
    start_of,
    today,
)

DECEMBER = date(2017, 12, 1)
days = st.dates(date(1930, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize("text", ["2017-12", "2017/12/01", "2017年12月", "201712", "2016.12.01"])
def test_parse_month_date_gives_the_month_when_the_roster_spells_it_its_way(text: str) -> None:
    loose = parse_month_date(text)

    assert loose == LooseDate(date(int(text[:4]), 12, 1), Precision.MONTH)


@pytest.mark.parametrize(
    "text",
    [
        "2017-12", "2017/12", "2017.12", "2017年12月", "2017年12月份", "2017 年 12 月", "201712",
        "２０１７－１２", '="201712"', " 2017-12 ",
    ],
)  # fmt: skip
def test_parse_date_has_month_precision_when_no_day_is_written(text: str) -> None:
    assert parse_date(text) == LooseDate(DECEMBER, Precision.MONTH)


@pytest.mark.parametrize(
    "text",
    [
        "2017-12-01", "2017/12/1", "2017.12.01", "2017年12月1日", "2017年12月01号", "20171201", "43070", "43070.0",
        "2017-12-01 00:00:00", "2017-12-01T00:00:00", "2017/12/1 0:00",
    ],
)  # fmt: skip
def test_parse_date_has_day_precision_when_a_day_is_written(text: str) -> None:
    assert parse_date(text) == LooseDate(DECEMBER, Precision.DAY)


def test_parse_month_date_keeps_the_day_when_it_is_not_the_first() -> None:
    assert parse_month_date("2017/12/15") == LooseDate(date(2017, 12, 15), Precision.DAY)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "date.empty"),
        ("2017", "date.year_only"),
        ("2017-13", "date.impossible"),
        ("2017-02-29", "date.impossible"),
        ("201700", "date.impossible"),
        ("0001-01-01", "date.impossible"),
        ("2017.1", "date.ambiguous"),
        ("2017-12/01", "date.unreadable"),
        ("12/01/2017", "date.unreadable"),
        ("9999", "date.year_only"),
        ("99999", "date.unreadable"),
        ("昨天", "date.unreadable"),
    ],
)
def test_parse_date_refuses_with_its_own_code_when_the_text_is_no_date(text: str, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        parse_date(text)

    assert refused.value.code == code


@given(days)
def test_parse_date_reads_every_spelling_of_a_day_alike(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    spellings = [
        day.isoformat(),
        f"{day:%Y/%m/%d}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        str(serial),
    ]

    read = {parse_date(text) for text in spellings}

    assert read == {LooseDate(day, Precision.DAY)}


@given(days)
@example(date(2099, 12, 31))
def test_month_holds_exactly_its_days(day: date) -> None:
    month = Month.of(day)

    assert month.contains(day)
    assert month.first_day <= day <= month.last_day
    assert (month.last_day + timedelta(days=1)).day == 1
    assert Month.parse(str(month)) == month


@given(st.dates(date(1930, 1, 1), date(2099, 11, 30)))
def test_next_month_begins_when_the_month_has_ended(day: date) -> None:
    month = Month.of(day)

    assert month.next.first_day == month.last_day + timedelta(days=1)
    assert month.next.previous == month


def test_month_has_ended_only_when_its_last_day_is_over() -> None:
    december = Month(2020, 12)

    assert not december.has_ended(on=date(2020, 12, 31))
    assert december.has_ended(on=date(2021, 1, 1))
    assert Month(2099, 12).last_day == date(2099, 12, 31)


@pytest.mark.parametrize(("year", "month"), [(2020, 0), (2020, 13), (1899, 12), (2100, 1)])
def test_month_refuses_when_there_is_none_such(year: int, month: int) -> None:
    with pytest.raises(DomainError) as refused:
        Month(year, month)

    assert refused.value.code == "month.unreadable"


def test_day_of_is_the_next_day_when_it_is_evening_in_utc() -> None:
    assert day_of(datetime(2020, 12, 31, 16, 0, tzinfo=UTC)) == date(2021, 1, 1)
    assert day_of(datetime(2020, 12, 31, 15, 59, tzinfo=UTC)) == date(2020, 12, 31)


def test_day_of_refuses_when_the_moment_has_no_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        day_of(datetime(2020, 12, 31, 16, 0))  # noqa: DTZ001  (the missing zone is what is refused)


@given(days)
def test_start_of_is_the_first_moment_of_the_day(day: date) -> None:
    moment = start_of(day)

    assert day_of(moment) == day
    assert day_of(moment - timedelta(microseconds=1)) == day - timedelta(days=1)


def test_today_is_the_day_in_shanghai_when_asked_now() -> None:
    before = day_of(datetime.now(tz=UTC))

    assert before <= today() <= day_of(datetime.now(tz=UTC))


@pytest.mark.parametrize(
    ("day", "age"), [(date(2020, 2, 28), 19), (date(2020, 2, 29), 20), (date(2021, 2, 28), 20), (date(2021, 3, 1), 21)]
)
def test_age_on_counts_full_years_when_born_on_a_leap_day(day: date, age: int) -> None:
    assert age_on(date(2000, 2, 29), day) == age


def test_months_end_with_the_month_when_it_has_no_such_day() -> None:
    days = [months_after(date(2021, 8, 31), months) for months in (1, 5, 6)]

    assert days == [date(2021, 9, 30), date(2022, 1, 31), date(2022, 2, 28)]
