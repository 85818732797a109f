"""What stays of persons who were never confirmed, asked of every column of every table below a household or person."""

from collections.abc import Iterator
from typing import Any, Final

import psycopg
import pytest
from django.db import models
from psycopg import sql

from households.domain.anonymise import anonymise_unconfirmed
from households.domain.scope import links_to
from households.models import Household, Person
from registry.models import RowVersion
from registry.models.sentence import SentenceField
from registry.tenancy.models import TenantModel
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import county, service
from tests.tenancy.apps import APPS
from tests.tenancy.world import World

pytestmark = pytest.mark.slow
FILLINGS: Final[list[tuple[Any, str]]] = [
    (models.JSONField, "jsonb_build_object('x', 'telltale')"),
    (models.BinaryField, "'telltale'::bytea || gen_random_uuid()::text::bytea"),
    (models.CharField, "'telltale' || n.place"),
    (models.TextField, "'telltale' || n.place"),
]
# What may stay, and why. Codes of lists stay everywhere: they tell of thousands alike.
STAYS: Final = {
    *(column for app in APPS for column in app.stays),
    # The household's number and group stand for a place on the register, which goes on counting it.
    "households_household.number", "households_household.group_name", "households_householdtie.other_number",
    "households_transfer.household_number", "households_transfer.other_county_name",
    # How many rows stay with the household, and nothing of what they say.
    "households_transfer.stays",
    # Who asked and from what source, and what was grown: not who was asked.
    "households_visit.collector_name", "households_visit.source", "households_incomeline.product",
    "households_incomeline.unit", "households_incomeline.source", "households_householdyear.source",
    # The ledger is written once; its reasons are words of offices.
    "households_posting.reason",
    # Released when the household closes or the person leaves (households.domain.claims), which is before.
    "households_person.claim_index",
    # Papers of the procedure: docs/decisions/0120.
    "dossiers_application.statement", "dossiers_objection.text", "dossiers_objection.answer",
    "dossiers_dossier.end_reason", "dossiers_dossierstep.remark", "dossiers_dossierstep.late_reason",
    "dossiers_look.outcome", "dossiers_sessionentry.reason",
    # The sender's number of the line.
    "quality_suspicionline.number",
    "registry_rowversion.table_name",
}  # fmt: skip


def tables_below() -> set[type[TenantModel]]:
    """Give every table that points at a household or person, or at such a row; and that of former versions."""
    near = {model for target in (Household, Person) for model, _field in links_to(target)}
    return near | {lower for model in near for lower, _field in links_to(model)} | {Household, Person, RowVersion}


def told_columns() -> Iterator[tuple[str, str, str]]:
    """Give each column that may hold words or a sealed value, as (table, column, what to fill it with)."""
    for model in tables_below():
        for field in model._meta.concrete_fields:
            filling = next((text for kind, text in FILLINGS if isinstance(field, kind)), "")
            is_code = isinstance(field, SentenceField) or field.choices or field.name.endswith("code")
            if filling and not is_code:
                yield model._meta.db_table, str(field.column), filling


COLUMNS: Final = sorted(told_columns())
CLOSED_SPELL: Final = """
INSERT INTO households_householdspell (id, tenant_id, scope_code, household_id, village_code, status, starts_on)
SELECT gen_random_uuid(), tenant_id, scope_code, id, scope_code, 'closed', '2021-02-02' FROM households_household
"""


def fill(connection: psycopg.Connection, table: str, column: str, filling: str) -> None:
    """Write something that tells into a column of every row, where its shape admits it."""
    numbered = sql.SQL("(SELECT ctid, row_number() OVER () AS place FROM {})").format(sql.Identifier(table))
    update = sql.SQL("UPDATE {} t SET {} = {} FROM {} n WHERE t.ctid = n.ctid")
    parts = (sql.Identifier(table), sql.Identifier(column), sql.SQL(filling), numbered)
    try:
        connection.execute(update.format(*parts))
    except psycopg.errors.CheckViolation:
        return  # a number in its own form, or one that is there only beside another


@pytest.fixture(scope="module")
def emptied(world: World) -> World:
    """The county in which nobody was ever confirmed, after all were anonymised."""
    tables = sorted({table for table, _column, _filling in COLUMNS} | {"households_householdspell"})
    with psycopg.connect(world.database.owner_url, autocommit=True) as connection:
        for how in ("DISABLE", "ENABLE"):
            for table in tables:
                switch = sql.SQL(f"ALTER TABLE {{}} {how} TRIGGER USER, {how} ROW LEVEL SECURITY")
                connection.execute(switch.format(sql.Identifier(table)))
            if how == "DISABLE":
                for line in COLUMNS:
                    fill(connection, *line)
                connection.execute("DELETE FROM households_householdspell")
                connection.execute(
                    "UPDATE households_household SET status = 'closed', monitoring_state = 'none', monitoring_code = ''"
                )
                connection.execute(CLOSED_SPELL)
    with tenant_scope(service()) as actor:
        anonymise_unconfirmed(actor=actor)
    return world


def kept(world: World) -> set[str]:
    """Name the columns in which something tells of whoever was anonymised."""
    holds = sql.SQL("SELECT count(*) FROM {} WHERE tenant_id = %s AND {}::text ~ 'telltale|74656c6c74616c65'")
    # What belongs to a village, or was offered by another county, is of nobody here.
    of_nobody = {
        "quality_finding": " AND village_id IS NULL",
        "households_transfer": " AND household_id IS NOT NULL",
        "concerns_helprequest": " AND household_id IS NOT NULL",
        "registry_rowversion": (
            " AND owner_id IN (SELECT id FROM households_household UNION ALL SELECT id FROM households_person)"
        ),
    }
    with psycopg.connect(world.database.backup_url) as connection:
        return {
            f"{table}.{column}"
            for table, column, _filling in COLUMNS
            if connection.execute(
                holds.format(sql.Identifier(table), sql.Identifier(column)) + sql.SQL(of_nobody.get(table, "")),
                [county().pk],
            ).fetchone()
            != (0,)
        }


def test_no_column_tells_who_it_was_when_everybody_was_anonymised(emptied: World) -> None:
    with tenant_scope(service()):
        names = set(Person.objects.exclude(anonymised_on=None).values_list("name", flat=True))
        assert not Person.objects.filter(anonymised_on=None).exists()

    assert names == {"某某"}
    assert kept(emptied) - STAYS == set()


def test_papers_and_the_ledger_stay_when_everybody_was_anonymised(emptied: World) -> None:
    assert {"dossiers_application.statement", "households_posting.reason"} <= kept(emptied)


def test_details_of_the_trail_are_empty_when_everybody_was_anonymised(emptied: World) -> None:
    told = """SELECT count(*) FROM registry_auditdetail d JOIN households_relocation r ON r.id = d.object_id
        WHERE d.tenant_id = %s AND (d.before IS NOT NULL OR d.after IS NOT NULL)"""
    with psycopg.connect(emptied.database.backup_url) as connection:
        assert connection.execute(told, [county().pk]).fetchone() == (0,)
