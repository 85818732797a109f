# ruff: noqa: S608  (the statements are put together from names of our own tables and from values of our own making)
"""Read tables as they were known at a moment of the past.

`WITH <table> AS (…) SELECT … FROM <table>`: inside such a statement the name means the rows that were known at the
moment, so that any statement over these tables, ours or one of the ORM, reads the past without being written for it.

Of a table with history the versions that were superseded since are put back, and what was entered since is left out. Of
an append-only table what was written since is left out. Of the others only that is known, and not what stood in a row
before: a report says so (`not_known`). When a row was entered its id tells, whose first part is that moment (UUID
version 7). Versions count by the moment of their transaction: of work that ran while the moment passed a part may be
seen and another not. See docs/decisions/0234.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.apps import apps
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import get_language

from registry.tenancy.context import current_actor, current_tenant_id

# Tables whose superseded versions are kept. A test compares this list with the migrations.
WITH_HISTORY: Final = (
    "assistance_helpvisit",
    "assistance_householdplan",
    "assistance_measure",
    "assistance_pairing",
    "assistance_plannedmeasure",
    "assistance_supportperiod",
    "credit_loan",
    "dossiers_dossier",
    "dossiers_exitcheck",
    "dossiers_monitoringcase",
    "dossiers_objection",
    "dossiers_sessionentry",
    "economy_incomegoal",
    "economy_shareholding",
    "households_household",
    "households_householdspell",
    "households_householdyear",
    "households_incomeline",
    "households_membership",
    "households_monitoringspell",
    "households_person",
    "households_personyear",
    "households_relocation",
    "households_visit",
    "households_workrecord",
    "livelihoods_course",
    "livelihoods_enrolment",
    "livelihoods_postholding",
    "livelihoods_trainingwish",
    "livelihoods_welfarepost",
    "partners_partnerlink",
    "villages_teammember",
    "villages_unit",
    "villages_village",
    "villages_villageactivity",
    "villages_villageyear",
    "villages_workteam",
)
# Tables whose rows are written once.
APPEND_ONLY: Final = (
    "assistance_householdplanedition",
    "assistance_villageexit",
    "credit_loanentry",
    "credit_loanextension",
    "dossiers_application",
    "dossiers_dossierstep",
    "dossiers_evidence",
    "dossiers_look",
    "dossiers_sessionfile",
    "economy_dividendline",
    "economy_industrymoney",
    "economy_industrystep",
    "economy_ledgerentry",
    "households_householdtie",
    "households_posting",
    "livelihoods_postmonth",
    "villages_activitymaterial",
    "villages_planedition",
    "villages_planprogress",
    "villages_projectmoney",
    "villages_stageentry",
)
# Tables that keep no versions: what was entered since the moment is left out, what was changed since is seen changed.
ENTERED: Final = (
    "assistance_helper",
    "economy_assetupkeep",
    "economy_dividend",
    "economy_industryproject",
    "economy_projectasset",
    "economy_projectwork",
    "economy_sharefund",
    "funds_budget",
    "funds_paymentline",
    "funds_paymentlist",
    "partners_benefitlink",
    "partners_partner",
    "villages_committeemember",
    "villages_infrastructureproject",
    "villages_settlementpoint",
    "villages_teamabsence",
    "villages_villageplan",
)
# Rows written once but for counters that triggers keep, which no report of the past reads.
COUNTED: Final = {"funds_allocation": ("bound_yuan", "moved_back_yuan")}
# Rows written once but for the moment at which something happened to them: what came later had not happened then.
MARKED: Final = {"registry_document": "removed_at"}
# Tables with history that got it by a later migration: of moments before it nothing is kept.
KEPT_SINCE: Final = {
    "assistance_supportperiod": ("assistance", "0020_keep_support_periods"),
    "economy_incomegoal": ("economy", "0006_keep_history"),
    "economy_shareholding": ("economy", "0006_keep_history"),
    "livelihoods_course": ("livelihoods", "0005_keep_history"),
    "livelihoods_welfarepost": ("livelihoods", "0005_keep_history"),
    "partners_partnerlink": ("partners", "0002_keep_history"),
    "villages_teammember": ("villages", "0019_keep_history"),
    "villages_unit": ("villages", "0019_keep_history"),
    "villages_village": ("villages", "0019_keep_history"),
    "villages_villageactivity": ("villages", "0019_keep_history"),
    "villages_villageyear": ("villages", "0019_keep_history"),
    "villages_workteam": ("villages", "0019_keep_history"),
}
# Of these with history the county shares the rows: only whoever covers it whole sees their former versions.
SHARED: Final = (
    "assistance_supportperiod",
    "economy_incomegoal",
    "livelihoods_course",
    "villages_unit",
)
# Every table that a picture is made of: the statement of `domain.fill_sql` reads these.
PICTURED: Final = (
    "assistance_measure",
    "assistance_pairing",
    "assistance_supportperiod",
    "economy_incomegoal",
    "economy_ledgerentry",
    "economy_shareholding",
    "households_household",
    "households_householdspell",
    "households_householdyear",
    "households_membership",
    "households_monitoringspell",
    "households_person",
    "households_personyear",
    "households_workrecord",
    "livelihoods_postholding",
    "partners_partnerlink",
    "villages_teammember",
    "villages_village",
    "villages_villageyear",
    "villages_workteam",
)
# Members of teams were made of older columns once, with ids that tell no moment (villages, migration 0012).
_MOMENT_OF: Final = {"villages_teammember": "created_at"}
_FORMER: Final = "former_rows"
_WITH: Final = re.compile(r"\s*WITH\s+(?P<recursive>RECURSIVE\s+)?", re.IGNORECASE)
_NAME: Final = re.compile(r"[a-z_]+")


def known_sql(statement: str, *, known_at: datetime | None, tables: Iterable[str] | None = None) -> str:
    """Give the statement so that it reads the tables as they were known at a moment; with None it stays as it is.

    Without `tables` all that the statement names are read so. Its own parameters stay where they are.
    Raises: ValueError for a moment without a time zone, a table of which nothing is known, a recursive statement.
    """
    if known_at is None:
        return statement
    if known_at.tzinfo is None:
        raise ValueError("A moment has a time zone.")
    named = _known_tables(statement) if tables is None else sorted(set(tables))
    opening = _WITH.match(statement)
    if opening is not None and opening["recursive"]:
        raise ValueError("A recursive statement cannot be read as known at a moment.")
    if not named:
        return statement
    views = ",\n".join([_former(named, known_at), *(_view(table, known_at) for table in named)])
    return f"WITH {views}{',' if opening else ''}\n{statement[opening.end() :] if opening else statement}"


def known_rows(query: "QuerySet[Any, Any]", *, known_at: datetime | None) -> list[tuple[Any, ...]]:
    """Run a query of the ORM that gives columns (`values_list`), its tables read as they were known at the moment."""
    text, values = query.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(known_sql(text, known_at=known_at), values)
        return list(cursor.fetchall())


def not_known(tables: Iterable[str], *, known_at: datetime, whole: bool) -> list[str]:
    """Name those of the tables of which former contents are not known at a moment: a report on the past says so.

    `whole` tells whether whoever reads covers the county: the others see no former versions of what it shares.
    """
    asked = set(tables)
    later = asked & KEPT_SINCE.keys()
    since = _kept_since() if later else {}
    unknown = asked - {*WITH_HISTORY, *APPEND_ONLY, *COUNTED, *MARKED}
    unknown |= {table for table in later if (began := since.get(KEPT_SINCE[table])) is None or began > known_at}
    return sorted(unknown if whole else unknown | (asked & set(SHARED)))


def titles_of(tables: Iterable[str]) -> str:
    """Give the names of tables in the reader's language, in one order."""
    names = {model._meta.db_table: model._meta.verbose_name_plural for model in apps.get_models()}
    comma = "、" if (get_language() or "").startswith("zh") else ", "
    return comma.join(sorted(str(names[table]) for table in tables))


def _kept_since() -> dict[tuple[str, str], datetime]:
    """Give the moments at which the later migrations of history were applied."""
    names = sorted({name for _app, name in KEPT_SINCE.values()})
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name, applied FROM django_migrations WHERE name = ANY(%s)", [names])
        return {(app, name): applied for app, name, applied in cursor.fetchall()}


def first_id_after(moment: datetime) -> str:
    """Give the least UUID of version 7 made in the moment's millisecond: earlier ids are of rows entered before."""
    milliseconds = int(moment.timestamp() * 1000)
    return f"{milliseconds >> 16:08x}-{milliseconds & 0xFFFF:04x}-0000-0000-000000000000"


def _known_tables(statement: str) -> list[str]:
    known = {*WITH_HISTORY, *APPEND_ONLY, *ENTERED, *COUNTED, *MARKED}
    return sorted(known & set(_NAME.findall(statement)))


def _moment(moment: datetime) -> str:
    return f"'{moment.isoformat()}'::timestamptz"


def _former(tables: list[str], known_at: datetime) -> str:
    """Write what stood in the rows that were superseded since, all columns that changed of a row in one object.

    Of a row the first version in order that was superseded after the moment counts, and all after it (decisions/0060);
    of each column the earliest of these. What was emptied since, of somebody who is forgotten, comes back nowhere.
    """
    names = ", ".join(f"'{table}'" for table in tables)
    return f"""{_FORMER} AS MATERIALIZED (
    SELECT v.table_name, v.row_id, bool_or(v.is_deleted) AS is_deleted,
        coalesce(jsonb_object_agg(c.key, c.value ORDER BY v.id DESC) FILTER (WHERE c.key IS NOT NULL), '{{}}')
            || jsonb_build_object('scope_code', max(v.scope_code)) AS content, bool_or(c.key IS NOT NULL) AS is_told
    FROM (
        SELECT id, table_name, row_id, scope_code, is_deleted, content,
            bool_or(at > {_moment(known_at)}) OVER (PARTITION BY table_name, row_id ORDER BY id) AS counts
        FROM registry_rowversion
        WHERE tenant_id = {current_tenant_id()} AND id >= '{first_id_after(known_at)}'::uuid AND table_name IN ({names})
    ) v LEFT JOIN LATERAL jsonb_each(v.content) c ON true
    WHERE v.counts GROUP BY v.table_name, v.row_id
)"""


def _view(table: str, known_at: datetime) -> str:
    if table in WITH_HISTORY and (table not in SHARED or current_actor().covers_county):
        return _as_stood(table, known_at)
    if table in MARKED:
        return _unmarked(table, MARKED[table], known_at)
    if table not in {*WITH_HISTORY, *APPEND_ONLY, *ENTERED, *COUNTED}:
        raise ValueError(f"It is not kept what {table} held in the past.")
    return f"""{table} AS (
    SELECT o.* FROM {table} o WHERE o.tenant_id = {current_tenant_id()} AND {_entered(table, "o", known_at)}
)"""


def _entered(table: str, row: str, known_at: datetime, *, key: str = "") -> str:
    """Write that a row was entered by the moment; `key` is its id where the row itself may be missing."""
    column = _MOMENT_OF.get(table)
    return f"{row}.{column} <= {_moment(known_at)}" if column else f"{key or f'{row}.id'} < {_first(known_at)}"


def _first(known_at: datetime) -> str:
    return f"'{first_id_after(known_at)}'::uuid"


def _unmarked(table: str, column: str, known_at: datetime) -> str:
    """Write the rows entered before the moment; what was marked since is not marked."""
    own = f"o.tenant_id = {current_tenant_id()} AND {_entered(table, 'o', known_at)}"
    later = f"o.{column} > {_moment(known_at)}"
    return f"""{table} AS (
    SELECT o.* FROM {table} o WHERE {own} AND ({later}) IS NOT TRUE
    UNION ALL
    SELECT r.* FROM {table} o CROSS JOIN LATERAL jsonb_populate_record(o, '{{"{column}": null}}') r
    WHERE {own} AND {later}
)"""


def _as_stood(table: str, known_at: datetime) -> str:
    """Write the rows entered before the moment: those untouched since, and the others with what stood in them."""
    tenant = current_tenant_id()
    return f"""{table} AS (
    SELECT o.* FROM {table} o
    WHERE o.tenant_id = {tenant} AND {_entered(table, "o", known_at)}
        AND NOT EXISTS (SELECT FROM {_FORMER} f WHERE f.table_name = '{table}' AND f.row_id = o.id)
    UNION ALL
    SELECT r.* FROM {_FORMER} f
    LEFT JOIN {table} o ON o.tenant_id = {tenant} AND o.id = f.row_id
    CROSS JOIN LATERAL jsonb_populate_record(o, CASE WHEN o.id IS NULL THEN f.content
        ELSE f.content - 'scope_code' END) r
    WHERE f.table_name = '{table}' AND {_entered(table, "r", known_at, key="f.row_id")}
        AND (o.id IS NOT NULL OR f.is_deleted AND f.is_told)
)"""
