"""Two counties with somebody of every role, and rows in every table that could leak from one to the other."""

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import psycopg
from django.test import Client

from registry.enums import Role
from registry.models import Membership, User
from registry.tenancy.checks import tenant_models
from tests.factories.tenants import COUNTY_CODE, OTHER_COUNTY_CODE, county
from tests.registry.people import PEOPLE, SITE_ROLES, at_work, client_of, home_of, person, token_of, user
from tests.support.database import Database
from tests.tenancy.rows import CountyRows, write_rows

TABLES = sorted(model._meta.db_table for model in tenant_models())
# What the names and texts of each county's rows begin with.
MARKS = {False: "甲县示例", True: "乙县示例"}
UUID_TEXT = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass
class World:
    """Who asks, and what for: clients and tokens by role, in the first county and in the other one."""

    database: Database
    accounts: dict[tuple[Role, bool], User] = field(default_factory=dict)
    browsers: dict[tuple[Role, bool], Client] = field(default_factory=dict)
    programs: dict[tuple[Role, bool], Client] = field(default_factory=dict)
    rows: dict[bool, CountyRows] = field(default_factory=dict)
    nobody: Client = field(default_factory=Client)

    def browser(self, role: Role, *, other: bool = False) -> Client:
        """Give the browser of somebody who is logged in."""
        return self.browsers[role, other]

    def program(self, role: Role, *, other: bool = False) -> Client:
        """Give a program with a token."""
        return self.programs[role, other]

    @cached_property
    def ids(self) -> dict[str, Any]:
        """What the parameters of addresses stand for, with rows of the first county."""
        return {
            **self.rows[False].ids,
            "code": COUNTY_CODE,
            "app_label": "registry",
            "decision": "apply",
            "content_type_id": 1,
        }

    @cached_property
    def objects(self) -> dict[str, Any]:
        """The record of each model's pages, of the first county."""
        clerk = self.accounts[Role.TOWNSHIP_CLERK, False]
        return {
            **self.rows[False].objects,
            "registry_tenant": county().pk,
            "registry_user": clerk.pk,
            "registry_membership": Membership.objects.get(user=clerk).pk,
            "registry_apitoken": clerk.tokens.get().pk,
        }

    @cached_property
    def backup(self) -> psycopg.Connection:
        """The role that no policy holds, at work for as long as the counties are there."""
        return psycopg.connect(self.database.backup_url, autocommit=True)

    def close(self) -> None:
        """End what is at work on the database, so that it can be dropped."""
        if "backup" in self.__dict__:
            self.backup.close()

    @cached_property
    def everything(self) -> dict[str, list[tuple[str, int, str]]]:
        """Every row of every tenant table as (id, tenant, scope_code), read by the role that no policy holds."""
        return {
            table: self.backup.execute(f'SELECT id::text, tenant_id, scope_code FROM "{table}"').fetchall()
            for table in TABLES
        }

    def ids_of(self, *, other: bool) -> frozenset[str]:
        """Give the ids of all rows of a county, and of its people."""
        tenant = county(OTHER_COUNTY_CODE if other else COUNTY_CODE).pk
        rows = {id_ for rows in self.everything.values() for id_, owner, _code in rows if owner == tenant}
        return frozenset(rows | {str(account.pk) for (_role, of), account in self.accounts.items() if of is other})

    def leaks_in(self, content: bytes, *, other: bool) -> list[str]:
        """Name what a body holds of a county: ids of its rows, and texts that stand in them."""
        text = content.decode("utf-8", "replace")
        return sorted(self._ids[other] & set(UUID_TEXT.findall(text))) + [MARKS[other]] * (MARKS[other] in text)

    @cached_property
    def _ids(self) -> dict[bool, frozenset[str]]:
        return {other: self.ids_of(other=other) for other in (False, True)}


def build_world(database: Database) -> World:
    """Make it; committed, since each request opens its own transaction. Nobody is logged in yet."""
    world = World(database)
    for other in (False, True):
        county(OTHER_COUNTY_CODE if other else COUNTY_CODE)
        for role in PEOPLE:
            account = person(role, other=other)
            world.accounts[role, other] = account
            text = token_of(account, role, tenant=home_of(role, other=other))
            world.programs[role, other] = Client(
                headers={"authorization": f"Bearer {text}"}, raise_request_exception=False
            )
        office = at_work(world.accounts[Role.COUNTY_OFFICE, other])
        login = world.accounts[Role.HELPER, other].username
        world.rows[other] = write_rows(office, mark=MARKS[other], helper_login=login)
    user("nobody")
    return world


def opened(built: World, database: Database) -> World:
    """Give the same counties in a copy of their database, with everybody freshly logged in."""
    world = replace(built, database=database)
    world.browsers = {
        (role, other): client_of(account) for (role, other), account in built.accounts.items() if role in SITE_ROLES
    }
    world.nobody = client_of(User.objects.get(username="nobody"))
    return world
