"""Tokens of machine clients and programs: shown once, kept as a digest."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry import audit
from registry.access import require
from registry.enums import Role
from registry.lib.errors import DomainError, NotAllowed, NotFound
from registry.models import ApiToken, Tenant, User
from registry.queries.people import make_actor, posts_of, valid_on
from registry.tenancy.context import Actor

LONGEST_LIFE: Final = timedelta(days=400)
NOTE_USE_EVERY: Final = timedelta(minutes=1)


def digest_of(token: str) -> bytes:
    """Give the digest under which a token is kept. A token has 256 random bits, so that one round is enough."""
    return hashlib.sha256(token.encode()).digest()


def issue_token(
    user: User, *, tenant: Tenant, role: Role, label: str, expires_at: datetime, actor: Actor
) -> tuple[ApiToken, str]:
    """Make a token for a user under one tenant and role; its text is given here and never again.

    Raises: NotAllowed; DomainError when the user has no such membership today, or the life is too long.
    """
    require(actor, "registry.issue_token")
    if not any((post.tenant_id, post.role) == (tenant.id, role) for post in posts_of(user.id)):
        message = _("This user has no membership under that county and role today. Grant it first.")
        raise DomainError("token.no_membership", message, field="role")
    now = timezone.now()
    if not now < expires_at <= now + LONGEST_LIFE:
        message = _("A token ends in the future and within 400 days. Choose such a day.")
        raise DomainError("token.life", message, field="expires_at")
    text = secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user,
        tenant=tenant,
        role=role,
        label=label,
        prefix=text[:6],
        digest=digest_of(text),
        expires_at=expires_at,
    )
    audit.record("registry.issue_token", actor=actor, object_type="registry.apitoken", reason=label)
    return token, text


def revoke_token(token_id: UUID, *, actor: Actor, reason: str) -> ApiToken:
    """End a token at once. Raises: NotAllowed; NotFound."""
    require(actor, "registry.revoke_token")
    token = ApiToken.objects.select_for_update(of=("self",)).filter(pk=token_id).first()
    if token is None:
        raise NotFound("token.not_found", _("There is no such token."))
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        audit.record("registry.revoke_token", actor=actor, object_type="registry.apitoken", reason=reason)
    return token


def actor_of_token(text: str, *, origin: str) -> Actor:
    """Find the actor of a token in one query; note its use once a minute.

    Raises: NotAllowed `token.invalid` for an unknown, ended or revoked one, `token.no_membership` for one whose user
    has no membership left.
    """
    now = timezone.now()
    holds = valid_on(timezone.localdate(), prefix="user__memberships__") & Q(
        user__memberships__tenant_id=F("tenant_id"), user__memberships__role=F("role")
    )
    found = (
        ApiToken.objects.filter(
            digest=digest_of(text),
            revoked_at__isnull=True,
            expires_at__gt=now,
            user__is_active=True,
            tenant__is_active=True,
        )
        .annotate(
            divisions=ArrayAgg("user__memberships__division_code", filter=holds, default=[]),
            sectors=ArrayAgg("user__memberships__sector", filter=holds, default=[]),
        )
        .values(
            "id",
            "user_id",
            "user__username",
            "role",
            "tenant_id",
            "tenant__code",
            "last_used_at",
            "divisions",
            "sectors",
        )
        .first()
    )
    if found is None:
        raise NotAllowed("token.invalid", _("The token is unknown, has ended or was revoked."))
    if not found["divisions"]:
        raise NotAllowed("token.no_membership", _("The holder of this token has no membership today."))
    if found["last_used_at"] is None or found["last_used_at"] < now - NOTE_USE_EVERY:
        ApiToken.objects.filter(pk=found["id"]).update(last_used_at=now)
    return make_actor(
        found["user_id"],
        found["user__username"],
        Role(found["role"]),
        Tenant(id=found["tenant_id"], code=found["tenant__code"]),
        division_codes=found["divisions"],
        sector=found["sectors"][0],
        origin=origin,
    )
