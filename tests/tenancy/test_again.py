"""Changes sent by hand: without a version, with one that is not the row's, and twice as a double click sends them."""

import json
from typing import Final

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import reverse

from registry.enums import Role
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import actor_of
from tests.tenancy import matrix
from tests.tenancy.addresses import ADDRESSES, roles_of
from tests.tenancy.apps import APPS
from tests.tenancy.test_bodies import WRITES, body_of, own_ids
from tests.tenancy.test_leaks import VERSIONED, Ids
from tests.tenancy.world import TABLES, World

pytestmark = pytest.mark.slow
# They write nothing but who looked, or stand beside what is there.
WITHOUT_VERSION: Final = {
    *(name for app in APPS for name in app.without_version),
    "api:household-reveal", "api:person-reveal", "api:household-looks", "api:infrastructure-money",
    "api:plan-progress", "api:dispatch-plan-proposals", "api:dispatch-proposal-changes",
    "api:dispatch-proposal-publish",
}  # fmt: skip
OWN_VERSION: Final = {"api:change-rule", "api:county-procedure"}
CHANGES: Final = [
    (name, method)
    for name, method in WRITES
    if ({*ADDRESSES[name][:1]} & VERSIONED.keys() or name in OWN_VERSION) and name not in WITHOUT_VERSION
]
# The same list again changes nothing, and a report that waits to be made is not asked for again.
# A look at a sealed value is one more look.
AGAIN: Final = {
    *(name for app in APPS for name in app.again),
    "api:villages", "api:work-records", "api:report-runs",
    "api:members-find", "api:household-reveal", "api:person-reveal", "api:dispatch-plan-proposals",
    "api:village-needs",
}  # fmt: skip
# One more is one more: a further proposal, a further look at what would be computed. Neither changes a fact.
ONE_MORE: Final = {
    *(name for app in APPS for name in app.one_more),
    "api:dispatch-proposal-changes", "api:income-recomputations",
}  # fmt: skip
NOTES: Final = ("registry_audit", "registry_version", "registry_tenant")


def ask(world: World, name: str, method: str, ids: Ids, version: str | None) -> HttpResponse:
    """Send what the address is for, as somebody who may do it."""
    able = roles_of(matrix.API[name][method]) & {
        Role.COUNTY_OFFICE, Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM, Role.SECTOR_CLERK,
    }  # fmt: skip
    able = able or roles_of(matrix.API[name][method])  # what an administrator alone may do
    role = Role.TOWNSHIP_CLERK if name == "api:finding-exemption-decide" else min(able)
    where = reverse(name, kwargs={parameter: ids[parameter] for parameter in ADDRESSES[name]})
    headers = {} if version is None else {"If-Match": version}
    body = json.dumps(body_of(world, name, method)).encode()
    return world.program(role).generic(method, where, body, "application/json", headers=headers)  # type: ignore[return-value]  # what it gives is one


def counted() -> dict[str, int]:
    """Count the county's rows in the present transaction, without those that only say that something was done."""
    tables = [table for table in TABLES if not table.startswith(NOTES)]
    counts = " UNION ALL ".join(f"SELECT '{table}', count(*) FROM \"{table}\"" for table in tables)
    with tenant_scope(actor_of(Role.COUNTY_OFFICE)), connection.cursor() as cursor:
        cursor.execute(counts)
        return dict(cursor.fetchall())


@pytest.mark.parametrize(("name", "method"), CHANGES, ids=str)
def test_change_is_refused_when_its_version_is_forged(world: World, name: str, method: str) -> None:
    ids = own_ids(world, name)
    forged = [str(ids["version"] + more) for more in (-1, 1, 100)]
    with transaction.atomic():
        before = counted()

        missing = ask(world, name, method, ids, None).status_code
        stale = {ask(world, name, method, ids, f'"{text}"').status_code for text in forged if text != "-1"}
        broken = {ask(world, name, method, ids, text).status_code for text in ("*", '"-1"', "1 OR 1=1", '"9999999999"')}

        after = counted()
        transaction.set_rollback(True)

    assert (missing, stale, broken, after == before) == (428, {412}, {422}, True)


@pytest.mark.parametrize(("name", "method"), [one for one in WRITES if one[0] not in ONE_MORE], ids=str)
def test_nothing_is_doubled_when_a_change_is_sent_twice(world: World, name: str, method: str) -> None:
    ids = own_ids(world, name)
    version = f'"{ids["version"]}"'
    with transaction.atomic():
        first = ask(world, name, method, ids, version)
        once = counted()

        second = ask(world, name, method, ids, version)

        twice = counted()
        transaction.set_rollback(True)

    assert (twice, first.status_code < 500, second.status_code < 500) == (once, True, True)
    assert second.status_code in ({200, 201, 202} if name in AGAIN else {400, 409, 412, 415}), second.content
