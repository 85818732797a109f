"""Grant and end memberships: who may be what where.

The three administrators are separate powers (GB/T 22239-2019, level 3): whoever holds one of them holds no other role
anywhere, and nobody grants anything to themselves.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry import audit
from registry.access import require
from registry.domain.people import create_user
from registry.enums import ADMINISTRATORS, Role, Sector
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound
from registry.lib.gbcode import Level, check_code, level_of, subtree
from registry.lib.periods import today
from registry.models import PLATFORM_TENANT_ID, Membership, Tenant, User
from registry.queries.divisions import division_names
from registry.queries.people import ABOVE_THE_COUNTIES, memberships_managed_by, present_roles, ranges_of
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope

# Which levels of division a role may be granted for. Source: house rule, docs/roles.md.
LEVELS: Final[Mapping[Role, frozenset[Level]]] = {
    Role.COUNTY_OFFICE: frozenset({Level.COUNTY}),
    Role.SECTOR_CLERK: frozenset({Level.COUNTY, Level.TOWNSHIP}),
    Role.TOWNSHIP_CLERK: frozenset({Level.TOWNSHIP}),
    Role.VILLAGE_TEAM: frozenset({Level.VILLAGE}),
    Role.HELPER: frozenset({Level.VILLAGE}),
    Role.PREFECTURE_READER: frozenset({Level.PREFECTURE}),
    Role.PROVINCE_READER: frozenset({Level.PROVINCE}),
    Role.DISPATCH_OFFICE: frozenset({Level.PREFECTURE, Level.PROVINCE}),
    Role.MACHINE_CLIENT: frozenset({Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE}),
}


@dataclasses.dataclass(frozen=True, slots=True)
class _Grant:
    """A membership that is asked for."""

    tenant: Tenant
    role: Role
    division_code: str
    starts_on: date
    ends_on: date | None
    sector: str


@contextmanager
def at_work_in(tenant: Tenant, actor: Actor) -> Iterator[Actor]:
    """Go on as the same person in another tenant, without any range: for a grant or token and its audit event there."""
    if tenant.pk == actor.tenant_id:
        yield actor
        return
    there = dataclasses.replace(actor, tenant_id=tenant.pk, tenant_code=tenant.code, ranges=())
    with tenant_scope(there):
        yield there


def grant_membership(
    user: User,
    *,
    tenant: Tenant,
    role: Role,
    division_code: str,
    starts_on: date,
    actor: Actor,
    ends_on: date | None = None,
    sector: str = "",
) -> Membership:
    """Let a person be something in one tenant for one division and a period (`ends_on` is the first day without it).

    The event is written in the tenant of the membership, so that its own audit administrator sees it.
    Locks: the user. Raises: NotAllowed for one's own account or another county; Conflict for roles that do not go
    together or the same membership twice; DomainError with the field at fault.
    """
    require(actor, "registry.grant_membership", user)
    grant = _Grant(tenant, Role(role), division_code.strip(), starts_on, ends_on, sector)
    _check_tenant(grant, actor)
    _check_role(grant)
    _check_division(grant)
    _check_period(grant)
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)  # two grants at once cannot pass the next checks
    _check_separation(user, grant.role)
    _check_others(user, grant)
    return _write(user, grant, actor)


@dataclasses.dataclass(frozen=True, slots=True)
class NewAccount:
    """An account that is asked for."""

    username: str
    name: str
    email: str = ""
    language: str = "zh-hans"


def admit_person(
    account: NewAccount,
    *,
    tenant: Tenant,
    role: Role,
    division_code: str,
    starts_on: date,
    actor: Actor,
    ends_on: date | None = None,
    sector: str = "",
) -> User:
    """Open an account with its first membership: an account of no county would be in nobody's care, and in anybody's.

    Raises: as create_user and grant_membership.
    """
    user = create_user(**dataclasses.asdict(account), actor=actor)
    grant_membership(
        user,
        tenant=tenant,
        role=role,
        division_code=division_code,
        starts_on=starts_on,
        ends_on=ends_on,
        sector=sector,
        actor=actor,
    )
    return user


def _write(user: User, grant: _Grant, actor: Actor) -> Membership:
    membership = Membership(
        user=user,
        tenant=grant.tenant,
        role=grant.role,
        division_code=grant.division_code,
        sector=grant.sector,
        starts_on=grant.starts_on,
        ends_on=grant.ends_on,
        granted_by_id=actor.user_id,
    )
    period = f"{grant.starts_on}/{grant.ends_on or ''}"
    with at_work_in(grant.tenant, actor) as there:
        membership.save(force_insert=True)
        about = f"{user.username}: {grant.role} {grant.sector} {grant.division_code} {period}"
        _note("registry.grant_membership", membership, about, actor=there)
    return membership


def end_membership(membership_id: UUID, *, ends_on: date, reason: str, actor: Actor) -> Membership:
    """End a membership on a day (the first without it), today at the earliest.

    Locks: the membership. Raises: NotFound; NotAllowed for one's own; DomainError for a day that is past or too late.
    """
    found = memberships_managed_by(actor).select_for_update(of=("self",)).filter(pk=membership_id).first()
    if found is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    require(actor, "registry.end_membership", found.user)
    if not reason.strip():
        raise DomainError("membership.no_reason", _("Say why the membership ends."), field="reason")
    ended = found.ends_on is not None and found.ends_on <= today()
    if ended or ends_on < today() or (found.ends_on is not None and ends_on > found.ends_on):
        message = _("A membership can end today or later, and no later than it would end by itself.")
        raise DomainError("membership.bad_end", message, field="ends_on")
    with at_work_in(found.tenant, actor) as there:
        # One that has not begun yet is kept with an empty period, as the record of what was granted.
        found.ends_on = max(ends_on, found.starts_on)
        found.save(update_fields=["ends_on"])
        about = f"{found.user.username}: {found.role} {found.ends_on}; {reason.strip()}"
        _note("registry.end_membership", found, about, actor=there)
    return found


def _check_tenant(grant: _Grant, actor: Actor) -> None:
    """A county's own administrator grants in that county only."""
    if not grant.tenant.is_active or actor.tenant_id not in {PLATFORM_TENANT_ID, grant.tenant.pk}:
        message = _("You can grant memberships of your own county only. Choose a county in service from the list.")
        raise NotAllowed("membership.other_county", message, field="tenant")


def _check_role(grant: _Grant) -> None:
    above = grant.role in ABOVE_THE_COUNTIES
    if grant.role == Role.SERVICE or (grant.role not in ADMINISTRATORS and above != grant.tenant.is_platform):
        message = _(
            "This role does not exist in this tenant: prefecture and province readers belong to the platform, "
            "all who work with households to a county."
        )
        raise DomainError("membership.role_not_here", message, field="role")
    if (grant.role == Role.SECTOR_CLERK) != (grant.sector in Sector.values):
        message = _(
            "A sector clerk has exactly one sector; no other role has one. Choose the sector or leave it empty."
        )
        raise DomainError("membership.sector", message, field="sector")


def _check_division(grant: _Grant) -> None:
    """An administrator's division is the tenant's own; all others lie in the county, at a level that fits the role."""
    if grant.role in ADMINISTRATORS:
        if grant.division_code != grant.tenant.code:
            message = _("An administrator is appointed for the whole tenant: enter the tenant's own division code.")
            raise DomainError("membership.whole_tenant", message, field="division_code")
        return
    check_code(grant.division_code, field="division_code")
    inside = grant.tenant.is_platform or subtree(grant.tenant.code).contains(grant.division_code)
    if not inside or level_of(grant.division_code) not in LEVELS[grant.role]:
        message = _(
            "This division does not fit the role: a township clerk has a township, a village team and a helper a "
            "village, the county office the county, all within the tenant. Choose the division from the list."
        )
        raise DomainError("membership.division_level", message, field="division_code")
    if not division_names([grant.division_code]):
        message = _("There is no such division. Choose it from the list.")
        raise NotFound("division.unknown", message, field="division_code")


def _check_period(grant: _Grant) -> None:
    if grant.starts_on < today():
        message = _("A membership starts today or later; what was done before is not made right afterwards.")
        raise DomainError("membership.starts_in_the_past", message, field="starts_on")
    if grant.ends_on is not None and grant.ends_on <= grant.starts_on:
        message = _("The membership would end before it starts. Correct one of the two days.")
        raise DomainError("membership.ends_too_early", message, field="ends_on")


def _check_separation(user: User, role: Role) -> None:
    held = present_roles(user.pk, on=today())
    mixed = held - {role} if role in ADMINISTRATORS else held & ADMINISTRATORS
    if mixed:
        message = _(
            "An administrator holds that one power and no other role, so that the three powers stay separate. "
            "Use another account, or end the other memberships first."
        )
        raise Conflict("membership.separate_powers", message, field="role")


def _check_others(user: User, grant: _Grant) -> None:
    """Refuse the same membership twice at a time, and more divisions than one scope holds, on any day of the grant."""
    post = Membership.objects.filter(user=user, tenant=grant.tenant, role=grant.role, sector=grant.sector)
    later = Q(ends_on__isnull=True) | Q(ends_on__gt=grant.starts_on)
    overlapping = post.filter(later) if grant.ends_on is None else post.filter(later, starts_on__lt=grant.ends_on)
    held = list(overlapping.values_list("division_code", "starts_on", "ends_on"))
    if any(code == grant.division_code for code, _starts_on, _ends_on in held):
        message = _("The person has this membership already for some of these days. Look at the list of memberships.")
        raise Conflict("membership.twice", message, field="division_code")
    changes = {day for _code, *days in held for day in days if day is not None and day > grant.starts_on}
    for day in {grant.starts_on, *(day for day in changes if grant.ends_on is None or day < grant.ends_on)}:
        on_the_day = [code for code, starts_on, ends_on in held if starts_on <= day and (ends_on or date.max) > day]
        ranges_of(grant.role, [*on_the_day, grant.division_code])


def _note(verb: str, membership: Membership, about: str, *, actor: Actor) -> None:
    audit.record(
        verb, actor=actor, object_type="registry.membership", object_id=membership.pk, reason=" ".join(about.split())
    )
