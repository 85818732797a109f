"""Who does the work of the demonstration in a county: what one entered another decides, as in service."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from registry.enums import Role
from registry.lib.periods import today
from registry.models import Tenant, User
from registry.queries.tenants import county_actor
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope

ORIGIN: Final = "command:load_demo"
_ROLES: Final = {
    "office": Role.COUNTY_OFFICE,
    "second": Role.COUNTY_OFFICE,
    "township": Role.TOWNSHIP_CLERK,
    "village": Role.VILLAGE_TEAM,
    "helper": Role.HELPER,
}


@dataclass(frozen=True, slots=True)
class Staff:
    """The logins of a county at work. Each reaches the whole county, since the villages shown are not asked for."""

    office: Actor
    second: Actor
    township: Actor
    village: Actor
    helper: Actor

    @contextmanager
    def at_work(self, name: str) -> Iterator[Actor]:
        """Open the scope of one of them."""
        with tenant_scope(getattr(self, name)) as actor:
            yield actor


def staff_of(tenant: Tenant, suffix: str) -> Staff:
    """Give the staff of a county of the demonstration, by the logins that it has."""
    return Staff(**{name: _at_work(tenant, f"{name}{suffix}", role) for name, role in _ROLES.items()})


def ago(days: int) -> date:
    """Give the day so many days before today."""
    return today() - timedelta(days=days)


def _at_work(tenant: Tenant, username: str, role: Role) -> Actor:
    user = User.objects.get(username=username)
    return replace(county_actor(tenant, origin=ORIGIN), user_id=user.pk, username=username, role=role)
