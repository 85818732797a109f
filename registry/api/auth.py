"""Tokens of the REST API: `Authorization: Bearer <token>`."""

from datetime import datetime, timedelta
from typing import Final

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.api.problems import NotAuthenticated, TooMany
from registry.domain.origin import client_address
from registry.domain.tokens import digest_of, note_use
from registry.lib.errors import NotAllowed
from registry.lib.periods import today
from registry.queries.people import TokenHolder, token_holder
from registry.tenancy.context import Actor

MOST_FAILURES: Final = 30
FAILURE_WINDOW: Final = timedelta(minutes=10)
NOTE_USE_EVERY: Final = timedelta(minutes=1)


def actor_of_request(request: HttpRequest) -> Actor:
    """Give the actor whom the request's token stands for, by one query.

    Raises: NotAuthenticated without a valid token; TooMany after many failures of one address; NotAllowed when
    the token's user has no membership today.
    """
    holder = _holder(request)
    if holder.post is None:
        raise NotAllowed(
            "access.no_membership",
            _("This token opens no tenant today. Ask the security administrator to check its user's memberships."),
        )
    now = timezone.now()
    if holder.last_used_at is None or now - holder.last_used_at > NOTE_USE_EVERY:
        note_use(holder.token_id, at=now)
    return holder.post.actor(user_id=holder.user_id, username=holder.username, origin=client_address(request))


def _holder(request: HttpRequest) -> TokenHolder:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        message = _("This address needs a token: send the header `Authorization: Bearer <token>`.")
        raise NotAuthenticated("token.missing", message)
    holder = token_holder(digest_of(token.strip()), on=today())
    if holder is None:
        raise _failed(request, NotAuthenticated("token.unknown", _("This token is not known. Copy it again in full.")))
    return _valid(holder, timezone.now())


def _valid(holder: TokenHolder, now: datetime) -> TokenHolder:
    if holder.revoked_at is not None or not holder.is_active:
        message = _("This token was revoked. Ask the security administrator for a new one.")
        raise NotAuthenticated("token.revoked", message)
    if holder.expires_at <= now:
        message = _("This token has expired. Ask the security administrator for a new one.")
        raise NotAuthenticated("token.expired", message)
    return holder


def _failed(request: HttpRequest, error: NotAuthenticated) -> NotAuthenticated | TooMany:
    """Count a failure of the address. Valid tokens from the same address (an office behind one gate) still pass."""
    key = f"token-failures:{client_address(request)}"
    cache.add(key, 0, FAILURE_WINDOW.total_seconds())
    if cache.incr(key) > MOST_FAILURES:
        return TooMany(
            "token.too_many_failures",
            _("Too many requests with unknown tokens came from this address. Wait ten minutes and check the token."),
        )
    return error
