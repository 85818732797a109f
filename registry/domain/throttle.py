"""Count failures of passwords beside those of each account: of a network address, and of a session's own page.

The counts lie in the cache, so that guessing costs no writing and an account that does not exist is counted too. Each
process of the web server counts by itself: with four of them up to four times as many guesses pass.
"""

import ipaddress
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from registry.lib.errors import DomainError

WINDOW: Final = timedelta(minutes=10)
# Guesses at the present password by whoever found a computer unlocked. A house rule.
MOST_ON_OWN_PAGE: Final = 5
_IPV6_HOME: Final = 64  # bits that one customer has to itself (RFC 6177): the rest is theirs to change as they like


def is_throttled(origin: str) -> bool:
    """Tell whether so many logins from this network address failed that no password from there is looked at now."""
    return _count(_key(origin)) >= settings.LOGIN_FAILURES_OF_AN_ADDRESS


def count_failure(origin: str) -> None:
    """Count a login that failed against the network address that it came from."""
    _add(_key(origin))


def require_guesses_left(who: object) -> None:
    """Refuse to look at the present password of somebody after too many wrong ones. Raises: DomainError."""
    if _count(f"password-guesses:{who}") >= MOST_ON_OWN_PAGE:
        message = _("The present password was wrong too often. Wait ten minutes, or log out and ask for a new link.")
        raise DomainError("password.too_many", message, field="old_password")


def count_guess(who: object) -> None:
    """Count a wrong present password."""
    _add(f"password-guesses:{who}")


def _key(origin: str) -> str:
    try:
        address = ipaddress.ip_address(origin)
    except ValueError:
        return "login-failures:unknown"
    if address.version == 6:
        return f"login-failures:{ipaddress.ip_network((address.packed, _IPV6_HOME), strict=False)}"
    return f"login-failures:{address}"


def _count(key: str) -> int:
    return int(cache.get(key, 0))


def _add(key: str) -> None:
    """Add one; the window begins with the first."""
    if not cache.add(key, 1, WINDOW.total_seconds()):
        try:
            cache.incr(key)
        except ValueError:  # it lapsed between the two
            cache.add(key, 1, WINDOW.total_seconds())
