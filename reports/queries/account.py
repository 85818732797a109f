"""The clear account of a period in one statement: from what its months booked and the pictures around them.

What is booked and pictured never changes, so that the account can be had again at any time, and is the same.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Final, NamedTuple
from uuid import UUID

from django.db import connection

from households.enums import PostingKind, Stock
from periods.models import FrozenVillage
from periods.queries.bookings import COUNTED
from periods.queries.books import Books
from periods.queries.known import known_sql
from registry.tenancy.context import current_tenant_id


class Section(StrEnum):
    """Which part of the statement a line comes from."""

    OPENING = "opening"
    FLOW = "flow"
    LATE = "late"
    COUNTED = "counted"
    CATEGORY = "category"
    MAIN_CAUSE = "main_cause"
    OTHER_CAUSE = "other_cause"
    COVERAGE = "coverage"


class LedgerLine(NamedTuple):
    """One sum: what came in and what went out of a stock in a division, by kind of posting, by cause or by cover.

    An opening or a counted line has its figure in the `_in` fields. `code` has 12 digits: county, township or village.
    """

    section: str
    stock: str
    item: str
    code: str
    households_in: int
    households_out: int
    persons_in: int
    persons_out: int


_MOVES: Final = f"('{PostingKind.MOVED_IN}', '{PostingKind.MOVED_OUT}')"
# The division of a grouping set: the village, else its township, else the county.
_CODE: Final = "coalesce(village_code, township || '000', %(county)s)"
_LEVELS: Final = "((), (township), (township, village_code))"


def _sums(households: str, persons: str) -> str:
    """Write the four sums: what is above zero came in, what is below went out."""
    return ", ".join(
        f"coalesce(sum({sign}{column}) FILTER (WHERE {column} {compare} 0), 0)::bigint AS {name}"
        for column, sign, compare, name in (
            (households, "", ">", "h_in"),
            (households, "-", "<", "h_out"),
            (persons, "", ">", "p_in"),
            (persons, "-", "<", "p_out"),
        )
    )


def _standing(name: str, place: str) -> str:
    """Write the households of a picture, those that are alike in all that is counted in one row: it is read once."""
    return f"""{name} AS MATERIALIZED (
    SELECT village_code, left(village_code, 9) AS township, stock, is_monitored, monitoring_code, main_cause_code,
           other_cause_codes, cover, count(*) AS households, sum(person_count) AS persons
    FROM periods_frozenhousehold WHERE tenant_id = %(tenant)s AND snapshot_id = %({place})s
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
)"""  # noqa: S608


def _counted(section: Section, table: str) -> str:
    """Write the households and persons of each stock in a picture; a monitored one counts beside its other stock."""
    return f"""
SELECT '{section}', stock, '', {_CODE}, sum(households)::bigint, 0, sum(persons)::bigint, 0
FROM {table} WHERE stock <> '' GROUP BY stock, GROUPING SETS {_LEVELS}
UNION ALL
SELECT '{section}', '{Stock.MONITORED}', '', {_CODE}, sum(households)::bigint, 0, sum(persons)::bigint, 0
FROM {table} WHERE is_monitored GROUP BY GROUPING SETS {_LEVELS} HAVING count(*) > 0"""  # noqa: S608


# A move within a division cancels there: in and out of one household on one day are netted before they are summed.
# Each month nets its own, so that a quarter is the sum of its months.
_BOOKED: Final = f"""
    SELECT booking.snapshot_id, posting.stock, posting.kind, posting.household_id, posting.effective_on,
           posting.village_code, left(posting.village_code, 9) AS township, posting.households_delta AS h,
           posting.persons_delta AS p,
           CASE WHEN booking.is_late THEN '{Section.LATE}' ELSE '{Section.FLOW}' END AS section
    FROM periods_booking AS booking JOIN households_posting AS posting
        ON posting.tenant_id = booking.tenant_id AND posting.id = booking.posting_id
    WHERE booking.tenant_id = %(tenant)s AND booking.snapshot_id = ANY(%(books)s)
      AND (booking.is_late OR posting.effective_on >= %(first)s)
"""  # noqa: S608
# What took effect from the first day on: of a day of which nothing is booked.
_BY_DAY: Final = f"""
    SELECT 0 AS snapshot_id, stock, kind, household_id, effective_on, village_code, left(village_code, 9) AS township,
           households_delta AS h, persons_delta AS p, '{Section.FLOW}' AS section
    FROM households_posting
    WHERE tenant_id = %(tenant)s AND effective_on >= %(first)s AND effective_on <= %(last)s
"""  # noqa: S608
_REST: Final = f"""
), by_village AS (
    SELECT section, stock, kind, village_code, township, {_sums("h", "p")}
    FROM line WHERE kind NOT IN {_MOVES} GROUP BY 1, 2, 3, 4, 5
), account AS (
    SELECT section, stock, kind, {_CODE} AS code, sum(h_in)::bigint AS h_in, sum(h_out)::bigint AS h_out,
           sum(p_in)::bigint AS p_in, sum(p_out)::bigint AS p_out
    FROM by_village GROUP BY section, stock, kind, GROUPING SETS {_LEVELS}
), moves AS (
    SELECT section, stock, {_CODE} AS code, sum(h)::bigint AS h, sum(p)::bigint AS p
    FROM line WHERE kind IN {_MOVES}
    GROUP BY section, snapshot_id, stock, household_id, effective_on, GROUPING SETS {_LEVELS}
), {_standing("before", "opening")}, {_standing("standing", "closing")}, filed AS (
    SELECT * FROM standing WHERE stock <> ''
)
SELECT section, stock, kind, code, h_in, h_out, p_in, p_out FROM account
UNION ALL
SELECT section, stock, '{PostingKind.MOVED_IN}', code,
       coalesce(sum(h) FILTER (WHERE h > 0), 0)::bigint, 0, coalesce(sum(p) FILTER (WHERE p > 0), 0)::bigint, 0
FROM moves GROUP BY section, stock, code
UNION ALL
SELECT section, stock, '{PostingKind.MOVED_OUT}', code,
       0, coalesce(-sum(h) FILTER (WHERE h < 0), 0)::bigint, 0, coalesce(-sum(p) FILTER (WHERE p < 0), 0)::bigint
FROM moves GROUP BY section, stock, code
UNION ALL {_counted(Section.OPENING, "before")}
UNION ALL {_counted(Section.COUNTED, "standing")}
UNION ALL
SELECT '{Section.CATEGORY}', stock, monitoring_code, {_CODE}, sum(households)::bigint, 0, sum(persons)::bigint, 0
FROM standing WHERE is_monitored GROUP BY stock, monitoring_code, GROUPING SETS {_LEVELS}
UNION ALL
SELECT '{Section.MAIN_CAUSE}', stock, main_cause_code, {_CODE}, sum(households)::bigint, 0, sum(persons)::bigint, 0
FROM filed GROUP BY stock, main_cause_code, GROUPING SETS {_LEVELS}
UNION ALL
SELECT '{Section.OTHER_CAUSE}', stock, cause, {_CODE}, sum(households)::bigint, 0, sum(persons)::bigint, 0
FROM filed CROSS JOIN LATERAL unnest(other_cause_codes) AS cause GROUP BY stock, cause, GROUPING SETS {_LEVELS}
UNION ALL
SELECT '{Section.COVERAGE}', '', cover, {_CODE}, sum(households)::bigint, 0, 0, 0
FROM standing WHERE cover <> '' GROUP BY cover, GROUPING SETS {_LEVELS}
"""  # noqa: S608  (made of constants of ours only; values go as parameters)

STATEMENT: Final = f"WITH line AS MATERIALIZED ({_BOOKED}{_REST}"
STATEMENT_OF_DAY: Final = f"WITH line AS MATERIALIZED ({_BY_DAY}{_REST}"


def ledger_of(books: Books, *, county_code: str) -> list[LedgerLine]:
    """Read an account with categories, causes and coverage of its last day, at all three levels.

    Source: docs/ledger.md for the postings, docs/reports.md for the columns, docs/periods.md for the bookings.
    """
    places: dict[str, int | str | date | UUID | list[UUID] | None] = {
        "tenant": current_tenant_id(),
        "county": county_code,
        "first": books.first_day,
        "books": list(books.book_ids),
        "opening": books.opening_id,
        "closing": books.closing_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, places)
        return [LedgerLine(*row) for row in cursor.fetchall()]


def ledger_of_day(
    snapshot_id: UUID, first_day: date, last_day: date, *, known_at: datetime | None, county_code: str
) -> list[LedgerLine]:
    """Read the account of some days that end with a picture made for a question, by what took effect in them.

    Nothing of it is booked: what was on file at `known_at` counts (None: now), and nothing is late.
    """
    places: dict[str, int | str | date | UUID | None] = {
        "tenant": current_tenant_id(),
        "county": county_code,
        "first": first_day,
        "last": last_day,
        "opening": None,
        "closing": snapshot_id,
    }
    statement = known_sql(STATEMENT_OF_DAY, known_at=known_at, tables=["households_posting"])
    with connection.cursor() as cursor:
        cursor.execute(statement, places)
        return [LedgerLine(*row) for row in cursor.fetchall()]


# Whether in any village a stock counts more or fewer than its postings say.
_DISAGREE: Final = f"""
SELECT EXISTS (
    SELECT village_code, stock FROM (
        SELECT village_code, stock, households_delta AS h, persons_delta AS p
        FROM households_posting WHERE tenant_id = %(tenant)s AND effective_on <= %(last)s
        UNION ALL SELECT village_code, stock, -h, -p FROM ({COUNTED.format(snapshot="%(closing)s")}) AS counted
    ) AS line GROUP BY village_code, stock HAVING sum(h) <> 0 OR sum(p) <> 0
)
"""  # noqa: S608


def agrees_with_ledger(snapshot_id: UUID, last_day: date, *, known_at: datetime | None) -> bool:
    """Tell whether in each village the postings up to a day, as known at a moment, are what its picture counts."""
    places: dict[str, int | UUID | date] = {"tenant": current_tenant_id(), "closing": snapshot_id, "last": last_day}
    with connection.cursor() as cursor:
        cursor.execute(known_sql(_DISAGREE, known_at=known_at, tables=["households_posting"]), places)
        return not cursor.fetchone()[0]


def pictured_villages(snapshot_id: UUID) -> list[tuple[str, str, bool]]:
    """Give code, name and whether a team lived there, of each village of a picture."""
    rows = FrozenVillage.objects.filter(snapshot_id=snapshot_id).order_by("village_code")
    return list(rows.values_list("village_code", "name", "has_team"))
