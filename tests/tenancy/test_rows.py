"""Every row of two counties, asked for by every role in plain SQL: read, changed, deleted, moved and linked.

What a role may see is worked out here from all rows, which the backup role reads; the database must give just that.
"""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from registry.enums import Role
from registry.queries.tenants import county_actor
from registry.tenancy.checks import tenant_models
from registry.tenancy.context import Actor
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import FAR_VILLAGE_CODE, OTHER_COUNTY_CODE, county
from tests.registry.people import PEOPLE, at_work
from tests.tenancy.apps import APPS
from tests.tenancy.world import TABLES, World

pytestmark = pytest.mark.slow

SHARED = {
    *(table for app in APPS for table in app.shared),
    "registry_auditcounter",
    "registry_job",
    "villages_prioritycategory",
    "villages_unit",
    "villages_teambatch",
    "villages_teamtask",
    "assistance_helper",
    "assistance_exitstandard",
    "assistance_supportperiod",
    "assistance_visitplan",
    "dossiers_steptemplate",
    "dossiers_templatestep",
    "dossiers_lookform",
    "dossiers_lookitem",
    "dossiers_countyprocedure",
    "dossiers_sweepcampaign",
    "households_objectionperiod",
    "households_changerule",
    "households_closedyear",
    "quality_ruleparameter",
    "quality_suspicionlayout",
    "quality_suspicionlist",
    "households_costcoefficient",
    "households_incomerule",
    "households_yearline",
}
EVENTS = "registry_auditevent"
DELETABLE = {
    *(table for app in APPS for table in app.deletable),
    "exchange_importhousehold",
    "exchange_importrow",
    "planning_planvillage",
    "registry_tallymark",
    "households_incomeline",
    "reports_schedulerecipient",
    "villages_projectreach",
}
# May be deleted, and each of them here has a row pointing at it that may not, so that the link holds them; or belongs
# to the picture of a period, which is kept for good beside those for questions.
HELD = {
    "planning_planvillage",
    "periods_snapshot",
    "periods_frozenhousehold",
    "periods_frozenperson",
    "periods_frozenvillage",
}
# What changes nothing, or as little as the table lets the app role change; nothing at all for events.
HARMLESS = dict.fromkeys(TABLES, "scope_code = scope_code") | {
    "registry_auditcounter": "last_seq = last_seq + 1",
    "registry_job": "attempts = attempts",
}
DENIED = "permission denied"
POLICY = "row-level security"
LINKS = [
    (model, field)
    for model in tenant_models()
    for field in model._meta.local_fields
    if isinstance(field, TenantForeignKey)
]


@pytest.fixture(scope="module")
def actors(world: World) -> dict[str, Actor]:
    """Give everybody at work in both counties, and the automatic work of the first."""
    people = {
        f"{role}{' (other county)' * other}": at_work(account) for (role, other), account in world.accounts.items()
    }
    return people | {"service": county_actor(county(), origin="test")}


def expected(world: World, table: str, actor: Actor) -> set[str]:
    """Work out which rows an actor may see."""
    if table == EVENTS and actor.role != Role.AUDIT_ADMINISTRATOR:
        return set()
    return {
        id_
        for id_, tenant_id, code in world.everything[table]
        if tenant_id == actor.tenant_id and (table in SHARED or table == EVENTS or actor.covers(code))
    }


def tried(scope: AbstractContextManager[Any], statement: str) -> tuple[int, str]:
    """Run a statement in a scope and take it back; give the number of rows, or what the database said."""
    try:
        with transaction.atomic():
            with scope, connection.cursor() as cursor:
                cursor.execute(statement)
                count = cursor.rowcount
            transaction.set_rollback(True)
    except DatabaseError as error:
        return 0, str(error)
    return count, ""


def leave_the_links_alone(owner: psycopg.Connection, table: str) -> None:
    """Take every other rule of a table away, until the transaction is taken back."""
    owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    others = owner.execute(
        "SELECT 'ALTER TABLE ' || conrelid::regclass || ' DROP CONSTRAINT ' || quote_ident(conname) FROM pg_constraint"
        " WHERE conrelid = %s::regclass AND contype IN ('c', 'u', 'x')",
        [table],
    ).fetchall()
    for (statement,) in others:
        owner.execute(statement)
    indexes = owner.execute(
        "SELECT 'DROP INDEX ' || indexrelid::regclass FROM pg_index"
        " WHERE indrelid = %s::regclass AND indisunique AND NOT indisprimary",
        [table],
    ).fetchall()
    for (statement,) in indexes:
        owner.execute(statement)


def test_every_table_has_rows_of_both_counties_and_both_townships_when_the_world_is_built(world: World) -> None:
    counties = {county().pk, county(OTHER_COUNTY_CODE).pk}
    townships = {code[:9] for rows in world.everything.values() for _id, _tenant, code in rows}

    bare = [t for t, rows in world.everything.items() if not counties <= {tenant for _id, tenant, _code in rows}]

    assert bare == []
    assert {"549901100", "549901201", "549901000"} <= townships


def test_roles_work_where_they_should_when_the_world_is_built(actors: dict[str, Actor]) -> None:
    ranges = {name: len(actor.ranges) for name, actor in actors.items() if "administrator" in name}

    assert len(actors) == 2 * len(PEOPLE) + 1
    assert set(ranges.values()) == {0}


@pytest.mark.parametrize("table", TABLES)
def test_rows_in_scope_are_all_that_is_seen_when_each_role_selects(
    world: World, actors: dict[str, Actor], table: str
) -> None:
    def seen(actor: Actor) -> set[str]:
        with tenant_scope(actor), connection.cursor() as cursor:
            cursor.execute(f'SELECT id::text FROM "{table}"')
            return {id_ for (id_,) in cursor.fetchall()}

    found = {name: seen(actor) for name, actor in actors.items()}

    assert found == {name: expected(world, table, actor) for name, actor in actors.items()}


@pytest.mark.parametrize("table", TABLES)
def test_rows_in_scope_are_all_that_changes_when_each_role_updates(
    world: World, actors: dict[str, Actor], table: str
) -> None:
    statement = f'UPDATE "{table}" SET {HARMLESS[table]}'

    found = {name: tried(tenant_scope(actor), statement) for name, actor in actors.items()}
    without_scope = tried(nullcontext(), statement)

    touched = {name: 0 if table == EVENTS else len(expected(world, table, actor)) for name, actor in actors.items()}
    assert {name: count for name, (count, _error) in found.items()} == touched
    assert {DENIED in error for _count, error in [*found.values(), without_scope]} == {table == EVENTS}
    assert without_scope[0] == 0


@pytest.mark.parametrize("table", TABLES)
def test_rows_in_scope_are_all_that_goes_when_each_role_deletes(
    world: World, actors: dict[str, Actor], table: str
) -> None:
    found = {name: tried(tenant_scope(actor), f'DELETE FROM "{table}"') for name, actor in actors.items()}
    without_scope = tried(nullcontext(), f'DELETE FROM "{table}"')

    goes = table in DELETABLE - HELD
    gone = {name: len(expected(world, table, actor)) if goes else 0 for name, actor in actors.items()}
    assert {name: count for name, (count, _error) in found.items()} == gone
    assert {DENIED in error for _count, error in [*found.values(), without_scope]} == {table not in DELETABLE}
    assert without_scope[0] == 0


@pytest.mark.parametrize("table", TABLES)
def test_row_stays_in_its_county_when_the_office_would_give_it_away(actors: dict[str, Actor], table: str) -> None:
    foreign = county(OTHER_COUNTY_CODE).pk

    changed, error = tried(tenant_scope(actors["county_office"]), f'UPDATE "{table}" SET tenant_id = {foreign}')

    assert (changed, POLICY in error or DENIED in error) == (0, True)


@pytest.mark.parametrize("table", TABLES)
def test_row_stays_in_reach_when_a_clerk_would_give_it_to_another_township(
    world: World, actors: dict[str, Actor], table: str
) -> None:
    clerk = actors["township_clerk"]
    held = table not in SHARED | {EVENTS} and expected(world, table, clerk) != set()

    _changed, error = tried(tenant_scope(clerk), f"UPDATE \"{table}\" SET scope_code = '{FAR_VILLAGE_CODE}'")

    assert (POLICY in error) == held


@pytest.mark.parametrize(("model", "field"), LINKS, ids=lambda part: getattr(part, "__name__", None) or part.name)
def test_row_of_another_county_is_refused_when_a_row_would_point_at_it(
    world: World, model: type[TenantModel], field: TenantForeignKey
) -> None:
    table, target = model._meta.db_table, field.remote_field.model._meta.db_table
    foreign_tenant = county(OTHER_COUNTY_CODE).pk
    foreign = next(id_ for id_, tenant, _code in world.everything[target] if tenant == foreign_tenant)
    own = f'UPDATE "{table}" SET "{field.column}" = "{field.column}" WHERE tenant_id = {county().pk}'
    theirs = own.replace(f'= "{field.column}"', f"= '{foreign}'")

    # As the owner in scope: the app role may not even try where rows are kept as they were written.
    with psycopg.connect(world.database.owner_url) as owner:
        leave_the_links_alone(owner, table)
        for setting, value in {"app.tenant": county().pk, "app.lo1": "549901000000", "app.hi1": "549902000000"}.items():
            owner.execute(f"SET LOCAL {setting} = '{value}'")
        allowed = owner.execute(own).rowcount
        with pytest.raises(psycopg.errors.ForeignKeyViolation):
            owner.execute(theirs)
        owner.rollback()

    assert allowed > 0
