"""Open a county on this installation, rename it, and take it out of service."""

from collections.abc import Callable
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from registry import audit
from registry.access import require
from registry.crypto import current_ring
from registry.domain.versions import stale_version
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.gbcode import Level, check_code, level_of
from registry.lib.text import clean
from registry.models import PLATFORM_TENANT_ID, Tenant
from registry.queries.divisions import division_names
from registry.queries.tenants import county_actor
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope

MOST_NAME: Final = 100
Beginning = Callable[[Actor], None]
_beginnings: Final[list[Beginning]] = []


def on_opening(begin: Beginning) -> Beginning:
    """Register what enters the data with which a new county begins; it acts in the scope of that county."""
    _beginnings.append(begin)
    return begin


def open_county(*, code: str, name: str, opened_on: date | None, actor: Actor) -> Tenant:
    """Open a tenant for a county with what each app lets it begin with; its number is the next free one and stays.

    Locks: the tenant of the platform, so that two do not take the same number. Raises: NotAllowed; Conflict when the
    county is open already; DomainError for a code that is no county's on record.
    """
    require(actor, "registry.manage_tenants")
    _platform_only(actor)
    check_code(code, field="code")
    if level_of(code) is not Level.COUNTY or not division_names([code]):
        message = _("This is no county on record. Load the divisions first, and enter the county's code of 12 digits.")
        raise DomainError("tenant.no_county", message, field="code")
    Tenant.objects.select_for_update(of=("self",)).get(pk=PLATFORM_TENANT_ID)
    if Tenant.objects.filter(code=code).exists():
        raise Conflict("tenant.open_already", _("This county is open already."), field="code")
    number = Tenant.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
    tenant = Tenant.objects.create(
        id=number, code=code, name=_name(name), opened_on=opened_on, index_version=current_ring().index_version
    )
    _note("registry.open_county", tenant, actor)
    with tenant_scope(county_actor(tenant, origin=actor.origin)) as its_own:
        for begin in _beginnings:
            begin(its_own)
    return tenant


def amend_county(
    tenant_id: int, *, name: str, is_active: bool, office_contact: str, actor: Actor, version: int
) -> Tenant:
    """Rename a county still at `version`, or take it out of service and back: out of it, no session or token works.

    `office_contact` is whom other counties call about a person whom both have.

    Locks: the tenant. Raises: NotAllowed; NotFound; StaleVersion; DomainError without a name.
    """
    require(actor, "registry.manage_tenants")
    _platform_only(actor)
    tenant = Tenant.objects.select_for_update(of=("self",)).filter(pk=tenant_id).first()
    if tenant is None or tenant.is_platform:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    if tenant.version != version:
        raise stale_version()
    tenant.name, tenant.is_active, tenant.version = _name(name), is_active, version + 1
    tenant.office_contact = clean(office_contact)[:MOST_NAME]
    tenant.save(update_fields=["name", "is_active", "office_contact", "version"])
    _note("registry.amend_county", tenant, actor)
    return tenant


def _platform_only(actor: Actor) -> None:
    if actor.tenant_id != PLATFORM_TENANT_ID:
        message = _("Counties are opened and closed by the system administrator of the platform.")
        raise DomainError("tenant.platform_only", message)


def _name(text: str) -> str:
    name = clean(text)
    if not name or len(name) > MOST_NAME:
        raise DomainError("tenant.no_name", _("Enter the county's name, at most 100 characters."), field="name")
    return name


def _note(verb: str, tenant: Tenant, actor: Actor) -> None:
    state = "active" if tenant.is_active else "out of service"
    audit.record(verb, actor=actor, object_type="registry.tenant", reason=f"{tenant.pk} {tenant.code}: {state}")
