"""Each guard of the database, broken once by its owner: the system check that operators run must see it."""

from collections.abc import Iterator

import pytest
from django.db import models
from django.test.utils import isolate_apps
from pytest_django import DjangoDbBlocker

from households.models import Household, HouseholdYear, Posting
from registry.enums import Policy
from registry.tenancy.checks import check_database, check_models, model_messages
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.history_checks import history_messages
from registry.tenancy.models import TenantModel
from registry.tenancy.operations import KeepHistory, ProtectTenantTable, TableOperation
from tests.conftest import WORKER
from tests.support.database import Database, clone, django_connected_to, drop, owner_connection
from villages.models import Village

pytestmark = pytest.mark.slow
TABLE = "households_household"


@pytest.fixture(scope="module")
def database(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Database]:
    made = clone(f"{WORKER}_checks")
    with django_db_blocker.unblock(), django_connected_to(made):
        yield made
    drop(made)


def found(database: Database, broken: str, mended: str) -> list[str | None]:
    """Break a guard as the owner, and name what the check says of it; then mend it, and expect silence."""
    with owner_connection(database.name) as owner:
        owner.execute(broken)
        ids = [message.id for message in check_database(databases=["default"])]
        owner.execute(mended)
    assert check_database(databases=["default"]) == []
    return ids


def policy(condition: str = "tenant_id = app_tenant() AND app_in_scope(scope_code)", kind: str = "PERMISSIVE") -> str:
    """Write the policy of a ranged table, or one that is not quite it."""
    return (
        f"DROP POLICY scope ON {TABLE}; CREATE POLICY scope ON {TABLE} AS {kind} FOR ALL"
        f" USING ({condition}) WITH CHECK ({condition})"
    )


ONE_SIDED = f"DROP POLICY scope ON {TABLE}; CREATE POLICY scope ON {TABLE} FOR ALL USING (tenant_id = app_tenant())"
LINK = "FOREIGN KEY (tenant_id, household_id) REFERENCES households_household (tenant_id, id)"
KEEPER = KeepHistory("household").keeper(Household)
SILENT = "ALTER TABLE {0} {1} TRIGGER {0}_append_only"
BROKEN = {
    "not forced": (
        f"ALTER TABLE {TABLE} NO FORCE ROW LEVEL SECURITY",
        f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY",
        ["registry.E011"],
    ),
    "not enabled": (
        f"ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY",
        ["registry.E011"],
    ),
    "no policy": (f"DROP POLICY scope ON {TABLE}", policy().split("; ")[1], ["registry.E011", "registry.E017"]),
    "policy of everything": (policy("true"), policy(), ["registry.E017"]),
    "policy without the ranges": (policy("tenant_id = app_tenant()"), policy(), ["registry.E017"]),
    "policy for reading alone": (ONE_SIDED, policy(), ["registry.E017"]),
    "policy that Citus would open": (policy(kind="RESTRICTIVE"), policy(), ["registry.E011", "registry.E017"]),
    "second policy": (
        f"CREATE POLICY more ON {TABLE} USING (true)",
        f"DROP POLICY more ON {TABLE}",
        ["registry.E017"],
    ),
    "table of nobody": ("CREATE TABLE stray (id integer)", "DROP TABLE stray", ["registry.E010"]),
    "view": (
        "CREATE VIEW seen AS SELECT name FROM households_person; GRANT SELECT ON seen TO registry_app",
        "DROP VIEW seen",
        ["registry.E016"],
    ),
    "materialized view": (
        "CREATE MATERIALIZED VIEW seen AS SELECT number FROM households_household",
        "DROP MATERIALIZED VIEW seen",
        ["registry.E016"],
    ),
    "unique without the tenant": (
        f"CREATE UNIQUE INDEX stray ON {TABLE} (number)",
        "DROP INDEX stray",
        ["registry.E014"],
    ),
    "key without the tenant": (
        (
            "ALTER TABLE households_posting DROP CONSTRAINT households_posting_pkey,"
            " ADD CONSTRAINT households_posting_pkey PRIMARY KEY (id)"
        ),
        (
            "ALTER TABLE households_posting DROP CONSTRAINT households_posting_pkey,"
            " ADD CONSTRAINT households_posting_pkey PRIMARY KEY (tenant_id, id)"
        ),
        ["registry.E012", "registry.E014"],
    ),
    "no link": (
        "ALTER TABLE households_posting DROP CONSTRAINT households_posting_household_link",
        f"ALTER TABLE households_posting ADD CONSTRAINT households_posting_household_link {LINK}",
        ["registry.E013"],
    ),
    "deletable events": (
        "GRANT DELETE ON registry_auditevent TO registry_app",
        "REVOKE DELETE ON registry_auditevent FROM registry_app",
        ["registry.E018"],
    ),
    "changeable postings": (
        "GRANT UPDATE ON households_posting TO registry_app",
        (
            "REVOKE UPDATE ON households_posting FROM registry_app;"
            " GRANT UPDATE (scope_code) ON households_posting TO registry_app"
        ),
        ["registry.E018"],
    ),
    "right for everybody": (
        "GRANT DELETE ON registry_auditevent TO PUBLIC",
        "REVOKE DELETE ON registry_auditevent FROM PUBLIC",
        ["registry.E018"],
    ),
    "right on a platform table": (
        "GRANT DELETE ON registry_user TO registry_app",
        "REVOKE DELETE ON registry_user FROM registry_app",
        ["registry.E018"],
    ),
    "trigger of events switched off": (
        SILENT.format("registry_auditevent", "DISABLE"),
        SILENT.format("registry_auditevent", "ENABLE"),
        ["registry.E019"],
    ),
    "trigger of postings dropped": (
        "DROP TRIGGER households_posting_append_only ON households_posting",
        (
            "CREATE TRIGGER households_posting_append_only BEFORE UPDATE OR DELETE ON households_posting"
            " FOR EACH ROW EXECUTE FUNCTION app_refuse_change()"
        ),
        ["registry.E019"],
    ),
    "trigger of letters dropped": (
        "DROP TRIGGER registry_letter_own_rows_only ON registry_letter",
        (
            "CREATE TRIGGER registry_letter_own_rows_only BEFORE INSERT ON registry_letter"
            " FOR EACH ROW EXECUTE FUNCTION app_is_ours('sender_id')"
        ),
        ["registry.E019"],
    ),
    "history switched off": (
        f"ALTER TABLE {TABLE} DISABLE TRIGGER {TABLE}_version_update",
        f"ALTER TABLE {TABLE} ENABLE TRIGGER {TABLE}_version_update",
        ["registry.E019"],
    ),
    "history that stores nothing": (
        (
            f"CREATE OR REPLACE FUNCTION {TABLE}_keep_version() RETURNS trigger LANGUAGE plpgsql"
            " AS $$ BEGIN RETURN NULL; END $$"
        ),
        KEEPER.function_statement(each_row=False),
        ["registry.E021"],
    ),
    "workflow switched off": (
        f"ALTER TABLE {TABLE} DISABLE TRIGGER {TABLE}_status_workflow",
        f"ALTER TABLE {TABLE} ENABLE TRIGGER {TABLE}_status_workflow",
        ["registry.E019"],
    ),
}


@pytest.mark.parametrize("guard", BROKEN)
def test_check_sees_a_guard_when_it_is_broken(database: Database, guard: str) -> None:
    broken, mended, expected = BROKEN[guard]

    ids = found(database, broken, mended)

    assert ids == expected


def test_check_waits_when_a_migration_does(database: Database) -> None:
    with owner_connection(database.name) as owner:
        owner.execute("ALTER TABLE households_posting DROP CONSTRAINT households_posting_household_link")
        owner.execute("DELETE FROM django_migrations WHERE app = 'exchange' AND name = '0002_arm_workflow'")
        messages = check_database(databases=["default"])
        owner.execute(f"ALTER TABLE households_posting ADD CONSTRAINT households_posting_household_link {LINK}")
        owner.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('exchange', '0002_arm_workflow', now())"
        )

    assert [(message.id, message.is_serious()) for message in messages] == [("registry.W010", False)]


def test_models_keep_the_rules_when_they_are_read() -> None:
    assert check_models(None) == []


@isolate_apps("households")
def test_check_sees_a_model_when_it_leaves_the_rules() -> None:
    class Stray(TenantModel):
        village = models.ForeignKey(Village, models.PROTECT, related_name="+")
        everything = models.Manager()

        class Meta:
            app_label = "households"
            constraints = (models.UniqueConstraint(fields=["scope_code"], name="stray_scope"),)

    messages = list(model_messages(Stray))

    assert [message.id for message in messages] == ["registry.E001", "registry.E002", "registry.E003"]


def test_check_sees_a_table_below_a_household_when_it_keeps_no_history() -> None:
    models_of = {model._meta.db_table: model for model in (Household, HouseholdYear, Posting)}
    written: list[tuple[str, TableOperation]] = [
        (TABLE, KeepHistory("household")),
        ("households_posting", ProtectTenantTable("posting", policy=Policy.RANGED, append_only=True)),
    ]
    functions = {KEEPER.function: KEEPER.bodies()[False]}

    messages = list(history_messages(models_of, written, functions))

    assert [(message.id, message.obj) for message in messages] == [("registry.E020", HouseholdYear)]


@isolate_apps("households")
def test_check_sees_history_that_would_not_move_when_its_owner_is_no_household() -> None:
    class Far(TenantModel):
        year = TenantForeignKey(HouseholdYear, related_name="+")

        class Meta:
            app_label = "households"

    operation = KeepHistory("far", of="year")
    keeper = operation.keeper(Far)
    functions = {keeper.function: keeper.bodies()[True]}

    messages = list(history_messages({keeper.table: Far}, [(keeper.table, operation)], functions))

    assert [message.id for message in messages] == ["registry.E021"]
