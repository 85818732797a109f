"""Tenants, and the actors of automatic work in them."""

from collections.abc import Callable

from registry.lib.gbcode import subtree
from registry.models import PLATFORM_TENANT_ID, Tenant
from registry.tenancy.context import Actor, system_actor
from registry.tenancy.scope import tenant_scope


def county_actor(tenant: Tenant, *, origin: str) -> Actor:
    """Make the actor of automatic work on a whole county; on the platform tenant it has no range."""
    ranges = () if tenant.is_platform else (subtree(tenant.code),)
    return system_actor(tenant.id, tenant.code, ranges, origin=origin)


def for_each_tenant(work: Callable[[Actor], None], *, origin: str) -> None:
    """Do `work` in the scope of each tenant, one transaction after the other; no query sees two of them.

    Counties out of service and the platform are among them: what a law asks for does not end with the service.
    """
    for tenant in Tenant.objects.order_by("pk"):
        with tenant_scope(county_actor(tenant, origin=origin)) as actor:
            work(actor)


def platform_actor(*, origin: str) -> Actor:
    """Make the actor of work on the system itself; its events belong to the platform tenant and it sees no county."""
    return county_actor(Tenant.objects.get(pk=PLATFORM_TENANT_ID), origin=origin)


def other_counties(tenant_id: int) -> list[Tenant]:
    """Give the other counties in service, by code: those to which a letter may go."""
    counties = Tenant.objects.filter(is_active=True).exclude(pk__in=[tenant_id, PLATFORM_TENANT_ID])
    return list(counties.order_by("code"))
