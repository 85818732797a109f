"""Logging in: a lock after failures in a row, and nothing that tells whether an account exists."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registry.domain.login import LOCKED_FOR, MOST_FAILURES, log_in
from registry.models import User
from tests.registry.people import PASSWORD, user

pytestmark = pytest.mark.django_db


def failed(times: int) -> list[User | None]:
    return [log_in("somebody", "wrong", origin="test") for _ in range(times)]


def test_right_password_is_refused_when_five_were_wrong() -> None:
    account = user("somebody")
    before = log_in("somebody", PASSWORD, origin="test")

    failed(MOST_FAILURES)

    assert (before, log_in("somebody", PASSWORD, origin="test")) == (account, None)


def test_count_begins_anew_when_a_login_succeeds() -> None:
    account = user("somebody")
    failed(MOST_FAILURES - 1)
    log_in("somebody", PASSWORD, origin="test")

    failed(MOST_FAILURES - 1)

    assert log_in("somebody", PASSWORD, origin="test") == account


def test_login_succeeds_when_the_lock_is_over() -> None:
    account = user("somebody")
    failed(MOST_FAILURES)
    User.objects.update(locked_until=timezone.now() - timedelta(seconds=1))

    assert log_in(" SomeBody ", PASSWORD, origin="test") == account


def test_lock_lasts_as_long_as_stated_when_failures_go_on() -> None:
    user("somebody")
    failed(MOST_FAILURES)
    until = User.objects.get().locked_until

    failed(MOST_FAILURES)

    assert User.objects.get().locked_until == until
    assert until is not None
    assert until <= timezone.now() + LOCKED_FOR


@pytest.mark.parametrize("username", ["nobody", "", "x" * 500])
def test_unknown_name_is_refused_like_a_wrong_password_when_typed(username: str) -> None:
    user("somebody")

    assert log_in(username, PASSWORD, origin="test") is None


def test_closed_account_is_refused_when_its_password_is_right() -> None:
    user("somebody", is_active=False)
    user("other")

    found = [log_in(name, PASSWORD, origin="test") is not None for name in ("somebody", "other")]

    assert found == [False, True]
