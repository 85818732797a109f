"""Log in by user name and password; after failures lock an account, or hear nobody from an address, for a while."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest
from django.utils import timezone
from typing_extensions import override

from registry import audit
from registry.domain.origin import client_address
from registry.domain.throttle import count_failure, is_throttled
from registry.models import User
from registry.queries.tenants import platform_actor
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope

# Source: GB/T 22239-2019, level 3, 8.1.4.1 (limit failed logins); the numbers are a house rule.
MOST_FAILURES: Final = 5
LOCKED_FOR: Final = timedelta(minutes=15)


class RegistryBackend(BaseBackend):
    """Django's door to accounts. It gives a user or nothing; rights come from memberships and the rules table alone."""

    @override
    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        """Give the user of a right password. Unknown, locked and wrong look the same and take the same time."""
        origin = client_address(request) if request is not None else ""
        return log_in(username or "", password or "", origin=origin)

    @override
    def get_user(self, user_id: UUID) -> User | None:
        """Give the account of a session, unless it was closed."""
        return User.objects.filter(pk=user_id, is_active=True).first()


def log_in(username: str, password: str, *, origin: str) -> User | None:
    """Check a password; count a failure, of its address too, and lock the account after the fifth in a row.

    After many failures from one address nothing from there is looked at: no account is touched and no hash computed.
    Locks: the user. What was typed instead of a known user name is written nowhere.
    """
    if is_throttled(origin):
        return None
    user = _checked(username, password, origin=origin)
    if user is None:
        count_failure(origin)
    return user


def _checked(username: str, password: str, *, origin: str) -> User | None:
    with tenant_scope(platform_actor(origin=origin)) as system:
        user = User.objects.select_for_update(of=("self",)).filter(username=username.strip().lower()).first()
        if user is None:
            User().set_password(password)  # as slow as checking one
            return None
        right = user.check_password(password)
        if not user.is_active or (user.locked_until is not None and user.locked_until > timezone.now()):
            _note("registry.refuse_login", user, actor=system)
            return None
        if not right:
            _count_failure(user, actor=system)
            return None
        user.failed_logins, user.locked_until = 0, None
        user.save(update_fields=["failed_logins", "locked_until"])
        _note("registry.log_in", user, actor=replace(system, user_id=user.pk, username=user.username))
        return user


def go_to_work(actor: Actor) -> None:
    """Note in the tenant's own trail that somebody begins to work in it under a role."""
    with tenant_scope(actor):
        audit.record("registry.go_to_work", actor=actor, object_type="registry.user", object_id=actor.user_id)


def _count_failure(user: User, *, actor: Actor) -> None:
    user.failed_logins += 1
    if user.failed_logins >= MOST_FAILURES:
        user.failed_logins, user.locked_until = 0, timezone.now() + LOCKED_FOR
    user.save(update_fields=["failed_logins", "locked_until"])
    _note("registry.fail_login", user, actor=actor)


def _note(verb: str, user: User, *, actor: Actor) -> None:
    audit.record(verb, actor=actor, object_type="registry.user", object_id=user.pk, reason=user.username)
