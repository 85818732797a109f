"""Counties, and the actors who work in them."""

from datetime import date
from uuid import UUID, uuid5

from registry.enums import Role
from registry.lib.gbcode import subtree
from registry.models import Tenant, User
from registry.queries.tenants import county_actor
from registry.tenancy.context import Actor

COUNTY_CODE = "549901000000"
OTHER_COUNTY_CODE = "549902000000"
TOWNSHIP_CODE = "549901100000"
VILLAGE_CODE = "549901100200"
NEXT_VILLAGE_CODE = "549901100201"
FAR_VILLAGE_CODE = "549901200200"
OTHER_VILLAGE_CODE = "549902100200"

_NAMESPACE = UUID("5499015d-0000-4000-8000-000000000000")


def county(code: str = COUNTY_CODE) -> Tenant:
    """Give the county of that code, made when it is first asked for."""
    tenant, _ = Tenant.objects.get_or_create(pk=int(code[3:6]), defaults={"code": code, "name": f"示例县{code[5]}"})
    return tenant


def service(code: str = COUNTY_CODE) -> Actor:
    """Give automatic work on the county of that code."""
    return county_actor(county(code), origin="test")


def actor_of(
    role: Role, *, tenant: Tenant | None = None, area: str | None = None, user_id: UUID | None = None
) -> Actor:
    """Give somebody of a role in a county (the first one), for an area of it (the whole)."""
    tenant = tenant or county()
    return Actor(
        user_id=user_id or uuid5(_NAMESPACE, role),
        username=f"test-{role}",
        role=role,
        tenant_id=tenant.id,
        tenant_code=tenant.code,
        ranges=(subtree(area or tenant.code),),
        origin="test",
    )


def employed(actor: Actor) -> Actor:
    """Put the actor on record with a membership, as jobs ask for that run in somebody's name."""
    if actor.user_id is None:
        return actor
    user, _ = User.objects.get_or_create(
        pk=actor.user_id, defaults={"username": f"{actor.username}-{actor.tenant_id}", "name": "示例", "password": "!"}
    )
    for code_range in actor.ranges:
        user.memberships.get_or_create(
            tenant_id=actor.tenant_id,
            role=actor.role,
            division_code=code_range.lo,
            defaults={"starts_on": date(2020, 1, 1)},
        )
    return actor


def county_office(tenant: Tenant | None = None) -> Actor:
    """Give a clerk of the county office."""
    return employed(actor_of(Role.COUNTY_OFFICE, tenant=tenant))
