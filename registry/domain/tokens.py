"""Tokens of machine clients and programs: shown once, kept as a digest."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry import audit
from registry.access import require
from registry.domain.memberships import at_work_in
from registry.enums import ADMINISTRATORS, Role
from registry.lib.errors import DomainError, NotAllowed, NotFound
from registry.lib.periods import TIME_ZONE, today
from registry.models import PLATFORM_TENANT_ID, ApiToken, Tenant, User
from registry.queries.people import posts_of, tokens_managed_by
from registry.tenancy.context import Actor

# So that programs that look for leaked secrets recognise one.
MARK: Final = "rgt_"
LONGEST_LIFE: Final = timedelta(days=400)
# A house rule: the same token again within so short a time, and unused, is the same button pressed twice.
DOUBLE: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A new token with its text, which is nowhere else and cannot be shown again."""

    token: ApiToken
    text: str


def digest_of(token: str) -> bytes:
    """Give the digest by which a token is found. 32 random bytes need no salt."""
    return hashlib.sha256(token.encode()).digest()


def issue_token(user: User, *, tenant: Tenant, role: Role, label: str, expires_on: date, actor: Actor) -> IssuedToken:
    """Make a token under which a program works as this user in one tenant and role until the end of a day.

    The same one again within five minutes takes the place of the first, whose text nobody saw: a double tap leaves one.
    Locks: the user. Raises: NotAllowed for one's own account or another county; DomainError when the user has no such
    membership today, or one in several sectors, the role is an administrator's, or the day is past or more than 400
    days away.
    """
    require(actor, "registry.manage_tokens", user)
    if actor.tenant_id not in {PLATFORM_TENANT_ID, tenant.pk}:
        raise NotAllowed("token.other_county", _("You can issue tokens of your own county only."), field="tenant")
    _check_role(user, tenant.pk, role)
    _check_day(expires_on)
    if not label.strip():
        raise DomainError("token.no_label", _("Say what the token is for."), field="label")
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    text = MARK + secrets.token_urlsafe(32)
    token = ApiToken(
        user=user,
        tenant=tenant,
        role=role,
        label=label.strip()[:100],
        prefix=text[:8],
        digest=digest_of(text),
        expires_at=datetime.combine(expires_on + timedelta(days=1), time.min, tzinfo=TIME_ZONE),
    )
    with at_work_in(tenant, actor) as there:
        _end_first_of_two(token, actor=there)
        token.save(force_insert=True)
        _note("registry.issue_token", token, f"{user.username} {role}", actor=there)
    return IssuedToken(token, text)


def revoke_token(token_id: UUID, *, actor: Actor, reason: str) -> ApiToken:
    """End a token at once.

    Locks: the token. Raises: NotFound; NotAllowed; DomainError without a reason.
    """
    token = tokens_managed_by(actor).select_for_update(of=("self",)).filter(pk=token_id).first()
    if token is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
    require(actor, "registry.manage_tokens", token.user)
    if not reason.strip():
        raise DomainError("token.no_reason", _("Say why the token is revoked."), field="reason")
    if token.revoked_at is None:
        with at_work_in(token.tenant, actor) as there:
            token.revoked_at = timezone.now()
            token.save(update_fields=["revoked_at"])
            _note("registry.revoke_token", token, f"{token.user.username}: {reason.strip()}", actor=there)
    return token


def _end_first_of_two(token: ApiToken, *, actor: Actor) -> None:
    """Revoke the equal token that was issued just now and never used: its text was shown to nobody."""
    same = ApiToken.objects.filter(user=token.user, tenant=token.tenant, role=token.role, label=token.label)
    just_now = same.filter(
        expires_at=token.expires_at,
        created_at__gt=timezone.now() - DOUBLE,
        revoked_at__isnull=True,
        last_used_at__isnull=True,
    )
    for first in just_now:
        first.revoked_at = timezone.now()
        first.save(update_fields=["revoked_at"])
        why = str(_("issued twice"))
        _note("registry.revoke_token", first, f"{token.user.username}: {why}", actor=actor)


def note_use(token_id: UUID, *, at: datetime) -> None:
    """Note when a token was last used; callers do so at most once a minute, and no event tells of it."""
    ApiToken.objects.filter(pk=token_id).update(last_used_at=at)


def _check_role(user: User, tenant_id: int, role: Role) -> None:
    if role in ADMINISTRATORS:
        message = _("Administrators work at the admin site only: choose another role.")
        raise DomainError("token.administrator", message, field="role")
    posts = [post for post in posts_of(user.pk) if (post.tenant_id, post.role) == (tenant_id, role)]
    if not posts:
        message = _("The user has no such role in this county today. Grant the membership first.")
        raise DomainError("token.no_membership", message, field="role")
    if len(posts) > 1:
        message = _("The user works in several sectors, and a token in one. Issue it for an account of one sector.")
        raise DomainError("token.several_sectors", message, field="role")


def _check_day(expires_on: date) -> None:
    if not today() <= expires_on <= today() + LONGEST_LIFE:
        message = _("A token ends today at the earliest and after 400 days at the latest. Choose another day.")
        raise DomainError("token.bad_day", message, field="expires_on")


def _note(verb: str, token: ApiToken, about: str, *, actor: Actor) -> None:
    audit.record(verb, actor=actor, object_type="registry.apitoken", object_id=token.pk, reason=about)
