"""Logging in: a lock after failures in a row, and nothing that tells whether an account exists."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from registry.domain.login import LOCKED_FOR, MOST_FAILURES, log_in
from registry.enums import Role
from registry.models import User
from tests.registry.people import PASSWORD, client_of, person, user

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


# --- by network address -----------------------------------------------------------------------------------------------
@pytest.fixture
def few(settings: Settings) -> Iterator[None]:
    settings.LOGIN_FAILURES_OF_AN_ADDRESS = 3
    cache.clear()
    yield
    cache.clear()


@pytest.mark.usefixtures("few")
def test_address_is_heard_no_more_when_one_guess_was_made_at_each_of_many_accounts() -> None:
    account = user("somebody")
    for name in ("first", "second", "third"):
        log_in(name, "wrong", origin="198.51.100.7")

    answers = [log_in("somebody", PASSWORD, origin=origin) for origin in ("198.51.100.7", "198.51.100.8")]

    assert answers == [None, account]


@pytest.mark.usefixtures("few")
def test_account_is_neither_counted_nor_hashed_when_its_address_is_heard_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    user("somebody")
    for name in ("first", "second", "third"):
        log_in(name, "wrong", origin="198.51.100.7")
    monkeypatch.setattr(User, "check_password", None)
    monkeypatch.setattr(User, "set_password", None)

    for name in ("somebody", "nobody"):
        assert log_in(name, "wrong", origin="198.51.100.7") is None

    assert User.objects.get().failed_logins == 0


@pytest.mark.usefixtures("few")
def test_address_of_one_home_is_one_when_its_last_bits_change() -> None:
    account = user("somebody")
    for number in range(3):
        log_in("nobody", "wrong", origin=f"2001:db8:1:2::{number}")

    near, far = (log_in("somebody", PASSWORD, origin=f"2001:db8:1:{net}::9") for net in (2, 3))

    assert (near, far) == (None, account)


@pytest.mark.usefixtures("few")
def test_office_is_heard_when_its_logins_succeed() -> None:
    account = user("somebody")

    answers = [log_in("somebody", PASSWORD, origin="198.51.100.7") for _ in range(5)]

    assert answers == [account] * 5


@pytest.mark.usefixtures("few")
def test_page_says_the_same_for_every_name_when_its_address_is_heard_no_more() -> None:
    user("somebody")
    client = Client(headers={"accept-language": "en"})

    def said(name: str, password: str) -> str:
        page = client.post("/admin/login/", {"username": name, "password": password}).content.decode()
        return re.sub(r'name="csrf[^>]*', "", page).replace(name, "") if "Too many logins" in page else ""

    wrong = [said(f"name{number}", "wrong") for number in range(3)]

    assert wrong == [""] * 3
    assert said("somebody", PASSWORD) == said("nobody", "wrong") != ""


@pytest.mark.usefixtures("few")
def test_present_password_takes_five_guesses_when_somebody_found_the_page_open() -> None:
    client = client_of(person(Role.COUNTY_OFFICE))

    def said(old: str) -> str:
        form = {"old_password": old, "password": "Other-Horse-77", "again": "Other-Horse-77"}
        return client.post("/admin/account/password/", form).content.decode()

    wrong = ["present password is wrong" in said("wrong") for _ in range(5)]

    assert (wrong, "wrong too often" in said(PASSWORD)) == ([True] * 5, True)
    assert User.objects.get().check_password(PASSWORD)
