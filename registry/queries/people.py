"""Who may work where today: memberships gathered into posts, and the holder of a token."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import structlog
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from registry.enums import ADMINISTRATORS, Role, Sector
from registry.lib.errors import DomainError
from registry.lib.gbcode import CodeRange, subtree
from registry.lib.periods import today
from registry.models import PLATFORM_TENANT_ID, ApiToken, Membership, User
from registry.tenancy.context import MOST_RANGES, Actor

log = structlog.get_logger(__name__)

# Roles of the platform's tenant that stand for a division above the counties.
ABOVE_THE_COUNTIES: Final = frozenset({Role.PREFECTURE_READER, Role.PROVINCE_READER, Role.DISPATCH_OFFICE})


@dataclass(frozen=True, slots=True)
class Post:
    """What a person is in one tenant: one role (and sector), with the ranges of all memberships that count there."""

    tenant_id: int
    tenant_code: str
    tenant_name: str
    role: Role
    sector: str
    ranges: tuple[CodeRange, ...]

    @property
    def key(self) -> str:
        """Give the text by which a session remembers the post."""
        return f"{self.tenant_id}:{self.role}:{self.sector}"

    @property
    def label(self) -> str:
        """Name county, role and sector in the reader's language."""
        parts = (self.tenant_name, self.role.label, Sector(self.sector).label if self.sector else "")
        return " · ".join(str(part) for part in parts if part)

    def actor(self, *, user_id: UUID, username: str, origin: str) -> Actor:
        """Make the actor of a person at work in this post."""
        return Actor(
            user_id=user_id,
            username=username,
            role=self.role,
            tenant_id=self.tenant_id,
            tenant_code=self.tenant_code,
            ranges=self.ranges,
            origin=origin,
            sector=self.sector,
        )


def posts_of(user_id: UUID, *, on: date | None = None) -> list[Post]:
    """Give the posts that a person may work in on a day (today), by one query, in the order of tenants and roles.

    A closed account has none. A post of more than eight ranges, as the end of a membership between two others can make
    one, is left out: it opens in no scope, and must not keep the person from the others.
    """
    found = (
        Membership.objects.filter(
            valid_on(on or today()), user_id=user_id, user__is_active=True, tenant__is_active=True
        )
        .order_by("tenant_id", "role", "sector", "division_code")
        .values_list("tenant_id", "tenant__code", "tenant__name", "role", "sector", "division_code")
    )
    codes: dict[tuple[int, str, str, str, str], list[str]] = {}
    for tenant_id, code, name, role, sector, division_code in found:
        codes.setdefault((tenant_id, code, name, role, sector), []).append(division_code)
    posts = [
        Post(tenant_id, code, name, Role(role), sector, _ranges(Role(role), divisions))
        for (tenant_id, code, name, role, sector), divisions in codes.items()
    ]
    for post in posts:
        if len(post.ranges) > MOST_RANGES:
            log.warning("post_too_wide", user=str(user_id), post=post.key, ranges=len(post.ranges))
    return [post for post in posts if len(post.ranges) <= MOST_RANGES]


def _ranges(role: Role, division_codes: Iterable[str]) -> tuple[CodeRange, ...]:
    return () if role in ADMINISTRATORS else joined(subtree(code) for code in division_codes)


def ranges_of(role: Role, division_codes: Iterable[str]) -> tuple[CodeRange, ...]:
    """Give the code ranges of memberships in one role; those that touch become one, an administrator has none.

    Raises: DomainError `access.too_many_divisions` when more than eight are left.
    """
    ranges = _ranges(role, division_codes)
    if len(ranges) > MOST_RANGES:
        raise DomainError(
            "access.too_many_divisions",
            _(
                "One role in one county covers at most eight divisions. "
                "Ask the security administrator to grant a larger division instead."
            ),
        )
    return ranges


def joined(ranges: Iterable[CodeRange]) -> tuple[CodeRange, ...]:
    """Join ranges that touch or overlap, so that neighbouring villages count as one."""
    out: list[CodeRange] = []
    for code_range in sorted(set(ranges), key=lambda one: (one.lo, one.hi)):
        if out and code_range.lo <= out[-1].hi:
            out[-1] = CodeRange(out[-1].lo, max(out[-1].hi, code_range.hi))
        else:
            out.append(code_range)
    return tuple(out)


@dataclass(frozen=True, slots=True)
class TokenHolder:
    """A token as it was presented, with the post that it opens; `post` is None without a membership today."""

    token_id: UUID
    user_id: UUID
    username: str
    is_active: bool
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None
    post: Post | None


# Written by hand: every request of a program begins with it.
_HOLDER_SQL: Final = """
SELECT t.id, t.user_id, u.username, u.is_active, t.expires_at, t.revoked_at, t.last_used_at,
       t.tenant_id, c.code, c.name, c.is_active, t.role, m.sector, m.division_code
FROM registry_apitoken t
JOIN registry_user u ON u.id = t.user_id
JOIN registry_tenant c ON c.id = t.tenant_id
LEFT JOIN registry_membership m ON m.user_id = t.user_id AND m.tenant_id = t.tenant_id AND m.role = t.role
    AND m.starts_on <= %(on)s AND (m.ends_on IS NULL OR m.ends_on > %(on)s)
WHERE t.digest = %(digest)s
"""


def token_holder(digest: bytes, *, on: date) -> TokenHolder | None:
    """Find the token of a digest with its user, tenant and the memberships that count there on a day, by one query."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLDER_SQL, {"digest": digest, "on": on})
        rows = cursor.fetchall()
    if not rows:
        return None
    token_id, user_id, username, is_active, expires_at, revoked_at, last_used_at = rows[0][:7]
    post = _token_post(rows)
    return TokenHolder(token_id, user_id, username, is_active, expires_at, revoked_at, last_used_at, post)


def _token_post(rows: list[tuple[Any, ...]]) -> Post | None:
    """Gather the post; a token says nothing of a sector, so that memberships in two sectors open none."""
    tenant_id, code, name, in_service, role, sector, division_code = rows[0][7:]
    sectors = {row[12] for row in rows}
    if division_code is None or not in_service or len(sectors) > 1:
        return None
    return Post(tenant_id, code, name, Role(role), sector, ranges_of(Role(role), [row[13] for row in rows]))


def users_managed_by(actor: Actor) -> QuerySet[User]:
    """Give the accounts that a security administrator looks after: all for the platform, else those of the county."""
    users = User.objects.order_by("username")
    if actor.tenant_id == PLATFORM_TENANT_ID:
        return users
    return users.filter(pk__in=Membership.objects.filter(tenant_id=actor.tenant_id).values("user_id"))


def memberships_managed_by(actor: Actor) -> QuerySet[Membership]:
    """Give the memberships that a security administrator looks after."""
    found = Membership.objects.select_related("user", "tenant").order_by("user__username", "tenant_id", "role")
    return found if actor.tenant_id == PLATFORM_TENANT_ID else found.filter(tenant_id=actor.tenant_id)


def tokens_managed_by(actor: Actor) -> QuerySet[ApiToken]:
    """Give the tokens that a security administrator looks after."""
    found = ApiToken.objects.select_related("user", "tenant").order_by("-created_at")
    return found if actor.tenant_id == PLATFORM_TENANT_ID else found.filter(tenant_id=actor.tenant_id)


def present_roles(user_id: UUID, *, on: date) -> frozenset[str]:
    """Give the roles that a person holds on a day or will hold, in any tenant."""
    later = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    return frozenset(Membership.objects.filter(later, user_id=user_id).values_list("role", flat=True))


def works_elsewhere(user_id: UUID, *, tenant_id: int, on: date) -> bool:
    """Tell whether a person holds, or will hold, a membership outside a tenant."""
    later = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    return Membership.objects.filter(later, user_id=user_id).exclude(tenant_id=tenant_id).exists()


def users_with_role(tenant_id: int, roles: Sequence[Role]) -> "QuerySet[Membership]":
    """Give the memberships of today in a tenant under any of the roles, with their users."""
    rows = Membership.objects.filter(valid_on(today()), tenant_id=tenant_id, role__in=roles)
    return rows.select_related("user")


def valid_on(day: date, *, prefix: str = "") -> Q:
    """Give the condition "the membership holds on that day"; `prefix` is a path of relations to it."""
    starts = Q(**{f"{prefix}starts_on__lte": day})
    return starts & (Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gt": day}))
