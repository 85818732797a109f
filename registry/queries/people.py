"""What people may work as: their memberships of today, and the actors made from them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.enums import ADMINISTRATORS, Role
from registry.lib.errors import NotAllowed
from registry.lib.gbcode import CodeRange, subtree
from registry.models import Membership, Tenant
from registry.tenancy.context import MOST_RANGES, Actor


@dataclass(frozen=True, slots=True)
class Post:
    """One tenant and role that a person may work under today, with all memberships there."""

    tenant_id: int
    tenant_name: str
    role: Role
    division_codes: tuple[str, ...]

    @property
    def key(self) -> str:
        """Name the post in forms and sessions."""
        return f"{self.tenant_id}:{self.role}"


def valid_on(day: date, *, prefix: str = "") -> Q:
    """Give the condition "the membership holds on that day"; `prefix` is a path of relations to it."""
    starts = Q(**{f"{prefix}starts_on__lte": day})
    return starts & (Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gt": day}))


def memberships_today(user_id: UUID) -> "QuerySet[Membership]":
    """Give the memberships of a person that hold today in tenants that are in service."""
    rows = Membership.objects.filter(valid_on(timezone.localdate()), user_id=user_id, tenant__is_active=True)
    return rows.select_related("tenant").order_by("tenant__code", "role", "division_code")


def posts_of(user_id: UUID) -> list[Post]:
    """List the tenants and roles that a person may work under today."""
    posts: dict[tuple[int, str], list[Membership]] = {}
    for row in memberships_today(user_id):
        posts.setdefault((row.tenant_id, row.role), []).append(row)
    return [
        Post(tenant_id, rows[0].tenant.name, Role(role), tuple(row.division_code for row in rows))
        for (tenant_id, role), rows in posts.items()
    ]


def actor_at_post(user_id: UUID, username: str, *, tenant_id: int, role: str, origin: str) -> Actor | None:
    """Make the actor of a person at a post, or None when no membership there holds today."""
    rows = [row for row in memberships_today(user_id) if (row.tenant_id, row.role) == (tenant_id, role)]
    if not rows:
        return None
    return make_actor(
        user_id,
        username,
        Role(role),
        rows[0].tenant,
        division_codes=[row.division_code for row in rows],
        sector=rows[0].sector,
        origin=origin,
    )


def make_actor(
    user_id: UUID,
    username: str,
    role: Role,
    tenant: Tenant,
    *,
    division_codes: Iterable[str],
    sector: str,
    origin: str,
) -> Actor:
    """Make an actor from the divisions of memberships; an administrator has no range.

    Raises: NotAllowed when the divisions make more than eight ranges.
    """
    ranges = () if role in ADMINISTRATORS else joined(subtree(code) for code in division_codes)
    if len(ranges) > MOST_RANGES:
        raise NotAllowed(
            "people.too_many_divisions",
            _(
                "You have more than eight separate areas in this role. Ask the security administrator to divide them."
            ),
        )
    return Actor(user_id, username, role, tenant.id, tenant.code, ranges, origin, sector)


def joined(ranges: Iterable[CodeRange]) -> tuple[CodeRange, ...]:
    """Join ranges that touch or overlap, so that neighbouring villages count as one."""
    out: list[CodeRange] = []
    for code_range in sorted(set(ranges), key=lambda one: (one.lo, one.hi)):
        if out and code_range.lo <= out[-1].hi:
            out[-1] = CodeRange(out[-1].lo, max(out[-1].hi, code_range.hi))
        else:
            out.append(code_range)
    return tuple(out)


def users_with_role(tenant_id: int, roles: Sequence[Role]) -> "QuerySet[Membership]":
    """Give the memberships of today in a tenant under any of the roles, with their users."""
    rows = Membership.objects.filter(valid_on(timezone.localdate()), tenant_id=tenant_id, role__in=roles)
    return rows.select_related("user")
