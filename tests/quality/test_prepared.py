"""The statement of the rules at entry, kept prepared on a connection."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection
from django.db.utils import DataError

from quality.domain import prepared
from quality.domain.prepared import execute_prepared, type_of

pytestmark = pytest.mark.django_db
STATEMENT = "SELECT %(year)s - 1, %(most)s * 2, '100%%', %(codes)s::text[] || 'R2'::text, %(year)s"


def kept() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements WHERE name LIKE 'quality_%' ORDER BY prepare_time")
        return [name for (name,) in cursor.fetchall()]


def answer(statement: str, **values: object) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        execute_prepared(cursor, statement, values)
        row: tuple[object, ...] = cursor.fetchone()
        return row


@pytest.mark.parametrize("most", [250, Decimal(250), Decimal("2.50")], ids=str)
def test_prepared_statement_reckons_as_a_written_one_when_it_runs(most: Decimal | int) -> None:
    values = {"year": 2025, "most": most, "codes": ["R1"]}

    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, values)
        written = cursor.fetchone()

    assert [answer(STATEMENT, **values), answer(STATEMENT, **values)] == [written, written]


def test_statement_is_prepared_once_when_it_runs_again() -> None:
    answer("SELECT %(a)s + 41", a=1)
    before = kept()

    again = answer("SELECT %(a)s + 41", a=2)

    assert (again, kept()) == ((43,), before)


def test_few_statements_are_kept_when_many_run() -> None:
    for number in range(prepared._MOST_KEPT + 2):
        answer(f"SELECT %(a)s + {number}", a=1)

    assert len(kept()) == prepared._MOST_KEPT


def test_type_is_that_of_the_written_value_when_it_is_asked() -> None:
    given = [date(2025, 1, 1), [UUID(int=1)], ["R1"], [], 7, -7, 2**31, Decimal("7.0"), Decimal(7)]

    assert [type_of(value) for value in given] == [
        "date", "uuid[]", "text[]", "text[]", "integer", "integer", "numeric", "numeric", "integer",
    ]  # fmt: skip
    with pytest.raises(TypeError):
        type_of("text")


def test_error_is_one_of_django_when_the_server_refuses_a_statement() -> None:
    with pytest.raises(DataError):
        answer("SELECT 1 / (%(a)s - 1)", a=1)
