"""Every tenant table, asked as the plain role: own county, another county, another township, and no scope at all.

A row is tried that lacks almost everything. PostgreSQL asks the policy before the constraints, so a row that the policy
admits fails for what it lacks, and one that it refuses fails by the policy.
"""

import dataclasses
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import pytest
from django.db import DatabaseError, connection

from registry.enums import Role
from registry.lib.gbcode import subtree
from registry.tenancy.checks import tenant_models
from registry.tenancy.context import Actor
from registry.tenancy.models import TenantModel, new_id
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.tenants import (
    FAR_VILLAGE_CODE,
    OTHER_COUNTY_CODE,
    OTHER_VILLAGE_CODE,
    TOWNSHIP_CODE,
    VILLAGE_CODE,
    county,
    county_office,
)

pytestmark = pytest.mark.django_db

POLICY = "row-level security"
TABLES = sorted(model._meta.db_table for model in tenant_models())
# The columns that a statement may name: the database itself writes generated ones.
WRITTEN = {
    model._meta.db_table: [field.column for field in model._meta.concrete_fields if not field.generated]
    for model in tenant_models()
}


def refusal(table: str, scope: AbstractContextManager[Any], *, tenant_id: int, code: str) -> str:
    """Try to insert a bare row in a scope and give the database's answer; '' when it took the row."""
    written = ", ".join(f'"{column}"' for column in WRITTEN[table])
    row = f'{{"id": "{new_id()}", "tenant_id": {tenant_id}, "scope_code": "{code}"}}'
    try:
        with scope, savepoint(), connection.cursor() as cursor:
            cursor.execute(
                f'INSERT INTO "{table}" ({written}) SELECT {written} FROM'
                f' jsonb_populate_record(NULL::"{table}", %s::jsonb)',
                [row],
            )
    except DatabaseError as error:
        return str(error)
    return ""


def is_ranged(table: str) -> bool:
    """Tell whether new rows of the table are held to the scope's code ranges."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_or(with_check LIKE '%%app_in_scope%%') FROM pg_policies WHERE tablename = %s"
            " AND cmd IN ('ALL', 'INSERT')",
            [table],
        )
        return bool(cursor.fetchone()[0])


def township() -> Actor:
    return dataclasses.replace(county_office(), role=Role.TOWNSHIP_CLERK, ranges=(subtree(TOWNSHIP_CODE),))


@pytest.mark.parametrize("table", TABLES)
def test_row_of_another_county_is_refused_by_the_policy_when_inserted(table: str) -> None:
    own, other = county_office(), county(OTHER_COUNTY_CODE)

    allowed = refusal(table, tenant_scope(own), tenant_id=own.tenant_id, code=VILLAGE_CODE)
    refused = refusal(table, tenant_scope(own), tenant_id=other.id, code=OTHER_VILLAGE_CODE)

    assert (POLICY in allowed, POLICY in refused) == (False, True)


@pytest.mark.parametrize("table", TABLES)
def test_row_is_refused_by_the_policy_when_no_scope_is_open(table: str) -> None:
    own = county_office()

    refused = refusal(table, nullcontext(), tenant_id=own.tenant_id, code=VILLAGE_CODE)

    assert POLICY in refused


@pytest.mark.parametrize("table", TABLES)
def test_row_of_another_township_is_refused_by_the_policy_when_the_table_is_ranged(table: str) -> None:
    clerk = township()

    allowed = refusal(table, tenant_scope(clerk), tenant_id=clerk.tenant_id, code=VILLAGE_CODE)
    refused = refusal(table, tenant_scope(clerk), tenant_id=clerk.tenant_id, code=FAR_VILLAGE_CODE)

    assert (POLICY in allowed, POLICY in refused) == (False, is_ranged(table))


@pytest.mark.parametrize("model", tenant_models(), ids=lambda model: model._meta.label)
def test_nothing_is_seen_when_no_scope_is_open(model: type[TenantModel]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
        seen = cursor.fetchone()[0]

    assert seen == 0
