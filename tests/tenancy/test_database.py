"""The database as migrated agrees with the models, table by table."""

import pytest
from django.core.checks import run_checks
from django.db import connection

from registry.tenancy.checks import check_database, tenant_models
from registry.tenancy.models import TenantModel
from registry.tenancy.platform import PLATFORM_TABLES

pytestmark = pytest.mark.django_db


def test_database_keeps_every_rule_of_tenancy_when_migrated() -> None:
    messages = check_database(databases=["default"])

    assert messages == []


def test_checks_find_nothing_when_run_as_the_operator_runs_them() -> None:
    messages = run_checks(databases=["default"])

    assert messages == []


def test_tests_run_as_the_plain_role_when_they_ask_the_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolbypassrls, pg_has_role('registry_owner', 'member')"
            " FROM pg_roles WHERE rolname = current_user"
        )
        role = cursor.fetchone()

    assert role == ("registry_app", False, False, False)


def test_table_without_a_place_is_found_when_it_is_neither_tenant_nor_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(PLATFORM_TABLES, "registry_letter")

    messages = check_database(databases=["default"])

    assert [message.id for message in messages] == ["registry.E010"]


@pytest.mark.parametrize("model", tenant_models(), ids=lambda model: model._meta.label)
def test_tenant_table_is_guarded_by_its_owner_too_when_asked(model: type[TenantModel]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = %s", [model._meta.db_table]
        )
        guarded = cursor.fetchone()

    assert guarded == (True, True)
