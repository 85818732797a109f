"""Traps of PostgreSQL, Citus, Django and Celery that this house was built round, where no other test stands at them.

Which test stands at which trap is listed in `docs/tenancy.md`.
"""

import contextlib
import uuid
from collections.abc import Callable

import psycopg
import pytest
from django.conf import settings
from django.db import connection, models
from django.db.models import Count

from households.models import Household, Membership, Person
from registry.queries.tenants import county_actor
from registry.tenancy import database
from registry.tenancy.checks import tenant_models
from registry.tenancy.context import NoScope
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel
from registry.tenancy.scope import savepoint, tenant_scope
from tests.architecture.sources import modules_with
from tests.factories.households import registered
from tests.factories.tenants import OTHER_COUNTY_CODE, county, county_office

pytestmark = pytest.mark.django_db
TABLES = [model._meta.db_table for model in tenant_models()]


def test_copy_into_a_tenant_table_is_refused_when_the_role_is_plain() -> None:
    refusal = pytest.raises(psycopg.errors.FeatureNotSupported, match="COPY FROM not supported")

    with tenant_scope(county_office()), refusal, savepoint(), connection.cursor() as cursor:
        contextlib.ExitStack().enter_context(cursor.copy("COPY villages_unit FROM STDIN"))


def test_setting_is_empty_and_harmless_when_it_was_set_before_on_the_connection() -> None:
    with tenant_scope(county_office()), connection.cursor() as cursor:
        cursor.execute("SELECT app_tenant()")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting(%s, true), app_tenant(), app_in_scope('549901100200')", [database.TENANT]
        )
        after = cursor.fetchone()

    assert after == ("", None, None)


def test_comparisons_of_code_ranges_may_use_an_index_when_the_policy_stands_before_them() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname FROM pg_proc WHERE proname IN ('text_ge', 'text_lt', 'texteq') AND proleakproof")

        assert {name for (name,) in cursor.fetchall()} == {"text_ge", "text_lt", "texteq"}


@pytest.mark.parametrize("use", ["exists", "count", "first", "base", "create"])
def test_rows_are_refused_in_every_way_when_no_scope_is_open(use: str) -> None:
    ways: dict[str, Callable[[], object]] = {
        "exists": Household.objects.exists,
        "count": Household.objects.count,
        "first": Household.objects.first,
        "base": lambda: Household._base_manager.get(pk=uuid.uuid4()),
        "create": lambda: Household.objects.create(number="1"),
    }

    with pytest.raises(NoScope):
        ways[use]()


def test_rows_of_another_tenant_cannot_be_made_when_named() -> None:
    other = county(OTHER_COUNTY_CODE)

    with tenant_scope(county_office()), pytest.raises(ValueError, match="another"):
        Household.objects.create(number="1", tenant_id=other.pk)


def test_raw_sql_sees_one_tenant_when_it_asks_without_the_manager() -> None:
    other = county_actor(county(OTHER_COUNTY_CODE), origin="test")
    with tenant_scope(county_office()):
        registered()

    with tenant_scope(other):
        seen = list(Household.objects.raw("SELECT * FROM households_household"))

    assert seen == []


def test_no_task_is_sent_by_its_name_when_the_source_is_read() -> None:
    assert modules_with(r"\bsend_task\(") == []


def test_scope_is_set_by_statements_when_it_opens() -> None:
    written = database._set_local(database.scope_values(county_office()))

    assert "set_config" not in written
    assert {part.strip().split(" ", 2)[:2][1] for part in written.split(";")} == {"LOCAL"}


def test_query_names_its_tenant_when_the_manager_writes_it() -> None:
    with tenant_scope(county_office()):
        for_update = str(Membership.objects.filter(person__name="a").query)

    assert '"tenant_id" = 901' in for_update
    assert '"households_person"."tenant_id" = ("households_membership"."tenant_id")' in for_update


def test_counting_over_a_relation_works_when_the_key_has_two_columns() -> None:
    with tenant_scope(county_office()):
        registered()

        counted = list(Person.objects.annotate(homes=Count("memberships")).values_list("homes", flat=True))

    assert counted == [1, 1]


@pytest.mark.parametrize("model", tenant_models(), ids=lambda model: model._meta.label)
def test_relation_within_the_tenant_compares_both_columns_when_declared(model: type[TenantModel]) -> None:
    relations = [f for f in model._meta.local_fields if isinstance(f, models.ForeignKey)]
    to_tenants = [f for f in relations if issubclass(f.related_model, TenantModel)]

    assert [f.name for f in to_tenants if not isinstance(f, TenantForeignKey)] == []


def test_history_takes_its_actor_from_the_scope_when_triggers_are_read() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT p.proname, p.prosrc FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_proc p ON p.oid = t.tgfoid WHERE c.relname = ANY(%s) AND NOT t.tgisinternal"
            " AND (t.tgtype & 1 = 0 OR t.tgnewtable IS NOT NULL)",
            [TABLES],
        )
        bodies = dict(cursor.fetchall())

    keepers = {name: body for name, body in bodies.items() if name.endswith("_keep_version")}
    assert keepers != {}
    # Marks for the boards tell of nobody.
    assert {name for name in bodies.keys() - keepers.keys() if not name.endswith("_tally")} == set()
    assert {name for name, body in keepers.items() if "app_actor()" not in body} == set()
    assert {name for name, body in bodies.items() if "set_config" in body} == set()


def test_one_function_runs_with_its_owners_rights_when_the_database_is_read() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef"
            " AND oid NOT IN (SELECT objid FROM pg_depend WHERE deptype = 'e')"
        )

        # docs/tenancy.md, claims of identities: what it tells is tested in tests/households/test_duplicates.py.
        assert cursor.fetchall() == [("claim_identities",)]


def test_policies_ask_no_further_table_when_they_are_read() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(qual, '') || coalesce(with_check, '') FROM pg_policies")
        conditions = [text for (text,) in cursor.fetchall()]

    assert [text for text in conditions if "SELECT" in text or "~~" in text or "ANY" in text] == []


def test_no_column_needs_icu_when_models_are_read() -> None:
    collations = {getattr(f, "db_collation", None) for model in tenant_models() for f in model._meta.local_fields}

    assert collations <= {None, "C"}


def test_tests_start_their_servers_before_the_settings_are_read() -> None:
    assert settings.DATABASES["default"]["USER"] == "registry_app"
