"""The clear account of a month in one statement, with the independent count that it must equal, causes and coverage.

One statement sees one snapshot of the database: what others write meanwhile cannot make ledger and count differ.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet

from assistance.queries.coverage import households_with_cover
from households.enums import STOCK_OF_STATUS, PostingKind, Stock
from registry.lib.periods import Month
from registry.tenancy.context import current_tenant_id


class Section(StrEnum):
    """Which part of the statement a line comes from."""

    OPENING = "opening"
    FLOW = "flow"
    COUNTED = "counted"
    MAIN_CAUSE = "main_cause"
    OTHER_CAUSE = "other_cause"
    COVERAGE = "coverage"


@dataclass(frozen=True, slots=True)
class LedgerLine:
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
_STOCK: Final = " ".join(f"WHEN '{status}' THEN '{stock}'" for status, stock in STOCK_OF_STATUS.items())
_COVERS: Final = "(starts_on IS NULL OR starts_on <= %(last)s) AND (ends_on IS NULL OR ends_on > %(last)s)"
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


# A move within a division cancels there: in and out of one household on one day are netted before they are summed.
# The rows of a household are brought together by grouping and not by joins: right after a first roster the planner has
# no statistics, takes each side of a join for a handful of rows, and would compare each household with each.
STATEMENT: Final = f"""
WITH by_village AS (
    SELECT stock, CASE WHEN effective_on < %(first)s THEN '' ELSE kind END AS kind, village_code,
           left(village_code, 9) AS township, {_sums("households_delta", "persons_delta")}
    FROM households_posting
    WHERE tenant_id = %(tenant)s AND effective_on <= %(last)s
      AND (effective_on < %(first)s OR kind NOT IN {_MOVES})
    GROUP BY 1, 2, 3, 4
), account AS (
    SELECT stock, kind, {_CODE} AS code, sum(h_in)::bigint AS h_in, sum(h_out)::bigint AS h_out,
           sum(p_in)::bigint AS p_in, sum(p_out)::bigint AS p_out
    FROM by_village GROUP BY stock, kind, GROUPING SETS {_LEVELS}
), moves AS (
    SELECT stock, {_CODE} AS code, sum(h)::bigint AS h, sum(p)::bigint AS p
    FROM (
        SELECT stock, household_id, effective_on, village_code, left(village_code, 9) AS township,
               households_delta AS h, persons_delta AS p
        FROM households_posting
        WHERE tenant_id = %(tenant)s AND effective_on BETWEEN %(first)s AND %(last)s AND kind IN {_MOVES}
    ) AS move
    GROUP BY stock, household_id, effective_on, GROUPING SETS {_LEVELS}
), seen AS (
    SELECT household_id, village_code, status, 0 AS person, false AS monitored, NULL AS cause, NULL::text[] AS others,
           NULL AS cover
    FROM households_householdspell WHERE tenant_id = %(tenant)s AND {_COVERS}
    UNION ALL
    SELECT household_id, NULL, NULL, 1, false, NULL, NULL, NULL
    FROM households_membership WHERE tenant_id = %(tenant)s AND {_COVERS}
    UNION ALL
    SELECT household_id, NULL, NULL, 0, true, NULL, NULL, NULL
    FROM households_monitoringspell WHERE tenant_id = %(tenant)s AND {_COVERS}
    UNION ALL
    SELECT id, NULL, NULL, 0, false, main_cause_code, other_cause_codes, NULL
    FROM households_household WHERE tenant_id = %(tenant)s
    UNION ALL
    SELECT id, NULL, NULL, 0, false, NULL, NULL, cover FROM ({{covered}}) AS covered
), standing AS MATERIALIZED (
    SELECT max(village_code) AS village_code, left(max(village_code), 9) AS township, sum(person) AS persons,
           CASE max(status) {_STOCK} END AS stock, bool_or(monitored) AS is_monitored,
           max(cause) AS main_cause_code, max(others) AS other_cause_codes, max(cover) AS cover
    FROM seen GROUP BY household_id HAVING max(status) IS NOT NULL
), filed AS (
    SELECT stock, village_code, township, main_cause_code, other_cause_codes FROM standing WHERE stock IS NOT NULL
)
SELECT '{Section.OPENING}', stock, '', code, h_in - h_out, 0, p_in - p_out, 0 FROM account WHERE kind = ''
UNION ALL
SELECT '{Section.FLOW}', stock, kind, code, h_in, h_out, p_in, p_out FROM account WHERE kind <> ''
UNION ALL
SELECT '{Section.FLOW}', stock, '{PostingKind.MOVED_IN}', code,
       coalesce(sum(h) FILTER (WHERE h > 0), 0)::bigint, 0, coalesce(sum(p) FILTER (WHERE p > 0), 0)::bigint, 0
FROM moves GROUP BY stock, code
UNION ALL
SELECT '{Section.FLOW}', stock, '{PostingKind.MOVED_OUT}', code,
       0, coalesce(-sum(h) FILTER (WHERE h < 0), 0)::bigint, 0, coalesce(-sum(p) FILTER (WHERE p < 0), 0)::bigint
FROM moves GROUP BY stock, code
UNION ALL
SELECT '{Section.COUNTED}', stock, '', {_CODE}, count(*), 0, sum(persons)::bigint, 0
FROM standing WHERE stock IS NOT NULL GROUP BY stock, GROUPING SETS {_LEVELS}
UNION ALL
SELECT '{Section.COUNTED}', '{Stock.MONITORED}', '', {_CODE}, count(*), 0, sum(persons)::bigint, 0
FROM standing WHERE is_monitored GROUP BY GROUPING SETS {_LEVELS} HAVING count(*) > 0
UNION ALL
SELECT '{Section.MAIN_CAUSE}', stock, main_cause_code, {_CODE}, count(*), 0, 0, 0
FROM filed GROUP BY stock, main_cause_code, GROUPING SETS {_LEVELS}
UNION ALL
SELECT '{Section.OTHER_CAUSE}', stock, cause, {_CODE}, count(*), 0, 0, 0
FROM filed CROSS JOIN LATERAL unnest(other_cause_codes) AS cause GROUP BY stock, cause, GROUPING SETS {_LEVELS}
UNION ALL
SELECT '{Section.COVERAGE}', '', cover, {_CODE}, count(*), 0, 0, 0
FROM standing WHERE cover IS NOT NULL GROUP BY cover, GROUPING SETS {_LEVELS}
"""  # noqa: S608  (made of constants of ours only; values go as parameters)


def ledger_of(month: Month, *, county_code: str) -> list[LedgerLine]:
    """Read the account of a month, the independent count on its last day, causes and coverage, at all three levels.

    Causes are those that stand on the households now: the register keeps no history of them.
    Source: docs/ledger.md for the postings, docs/reports.md for the columns.
    """
    covered, places = _with_named_places(households_with_cover(month.last_day).values("id", "cover"))
    places |= {
        "tenant": current_tenant_id(),
        "first": month.first_day,
        "last": month.last_day,
        "county": county_code,
    }
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT.format(covered=covered), places)
        return [LedgerLine(*row) for row in cursor.fetchall()]


def _with_named_places(query: "QuerySet[Any, Any]") -> tuple[str, dict[str, Any]]:
    """Write a query so that it can stand inside the statement: its values under names of their own."""
    text, values = query.query.sql_with_params()
    places = {f"inner_{number}": value for number, value in enumerate(values)}
    return text % tuple(f"%({name})s" for name in places), places
