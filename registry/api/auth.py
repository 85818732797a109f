"""Who asks: the bearer token of the request. Source of the header: RFC 6750, 2.1."""

from typing import Final

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registry.api.problems import NotAuthenticated, TooMany
from registry.domain.tokens import actor_of_token
from registry.lib.errors import NotAllowed
from registry.tenancy.context import Actor

MOST_FAILURES: Final = 30
WINDOW_SECONDS: Final = 60


def address_of(request: HttpRequest) -> str:
    """Give the address that a request comes from."""
    return str(request.META.get("REMOTE_ADDR", ""))


def actor_of_request(request: HttpRequest) -> Actor:
    """Find the actor by the token.

    Raises: NotAuthenticated; TooMany after thirty refused tokens a minute from one address; NotAllowed when the holder
    has no membership.
    """
    address = address_of(request)
    failures = f"token-failures:{address}"
    if cache.get(failures, 0) >= MOST_FAILURES:
        raise TooMany("api.too_many_failures", _("Too many tokens were refused from this address. Wait a minute."))
    kind, _space, text = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not text.strip():
        raise NotAuthenticated("api.no_token", _("Send a token in the header: Authorization: Bearer …"))
    try:
        return actor_of_token(text.strip(), origin=address)
    except NotAllowed as error:
        if error.code != "token.invalid":
            raise
        cache.add(failures, 0, WINDOW_SECONDS)
        cache.incr(failures)
        raise NotAuthenticated(error.code, error.message) from error
