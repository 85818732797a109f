"""Log in by user name and password; wrong passwords in a row lock the name for a while."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from typing_extensions import override

from registry.models import User

# Source: GB/T 22239-2019, 8.1.4.1 b: failed logins are limited. The numbers are house rules, docs/roles.md.
MOST_FAILURES: Final = 6
LOCKED_FOR: Final = timedelta(minutes=15)


class RegistryBackend(BaseBackend):
    """The one way for a person to log in. Rights are no matter of this class: the rules table has them."""

    @override
    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        """Give the user when name and password fit and the name is not locked."""
        if not username or password is None:
            return None
        user = User.objects.filter(username=username.strip().lower()).first()
        if user is None or not user.is_active:
            make_password(password)  # the same work as for a known name, so that the time tells nothing
            return None
        if user.locked_until is not None and user.locked_until > timezone.now():
            make_password(password)
            return None
        if not check_password(password, user.password):
            _note_failure(user)
            return None
        User.objects.filter(pk=user.pk).update(failed_logins=0, locked_until=None)
        return user

    @override
    def get_user(self, user_id: Any) -> User | None:
        """Give the user of a session while they may log in."""
        return User.objects.filter(pk=UUID(str(user_id)), is_active=True).first()


def is_locked(username: str) -> bool:
    """Tell whether the name is locked now, for the sentence on the login page."""
    return User.objects.filter(username=username.strip().lower(), locked_until__gt=timezone.now()).exists()


def _note_failure(user: User) -> None:
    """Count one more; the count begins again after a lock has passed."""
    User.objects.filter(pk=user.pk).update(failed_logins=F("failed_logins") + 1)
    user.refresh_from_db(fields=["failed_logins"])
    if user.failed_logins >= MOST_FAILURES:
        User.objects.filter(pk=user.pk).update(failed_logins=0, locked_until=timezone.now() + LOCKED_FOR)
