"""Sessions: what ends them, and what browsers are told to do with pages."""

import pytest
from django.test import Client
from pytest_django import Settings

from registry.enums import Role
from registry.models import User
from tests.registry.people import PASSWORD, client_of, person

pytestmark = pytest.mark.django_db
NEW = "Other-Horse-77"


def status(client: Client) -> int:
    return client.get("/admin/").status_code


def test_other_sessions_end_and_the_own_goes_on_when_a_password_is_changed() -> None:
    account = person(Role.COUNTY_OFFICE)
    own, other = client_of(account), client_of(account)
    before = (status(own), status(other))

    own.post("/admin/account/password/", {"old_password": PASSWORD, "password": NEW, "again": NEW})

    assert (before, status(own), status(other)) == ((200, 200), 200, 302)


def test_session_ends_when_the_account_is_closed() -> None:
    account = person(Role.COUNTY_OFFICE)
    client = client_of(account)
    before = status(client)
    User.objects.filter(pk=account.pk).update(is_active=False)

    assert (before, status(client)) == (200, 302)


def test_session_gets_a_new_key_when_somebody_logs_in() -> None:
    person(Role.COUNTY_OFFICE)
    client = Client()
    client.get("/admin/login/")
    session = client.session
    session["planted"] = 1
    session.save()
    planted = session.session_key

    client.post("/admin/login/", {"username": "county-office", "password": PASSWORD})

    assert client.session.session_key != planted
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
@pytest.mark.parametrize("address", ["/admin/login/", "/admin/choose/", "/admin/language/"])
def test_nobody_is_led_elsewhere_when_an_address_says_so(onward: str, address: str) -> None:
    person(Role.COUNTY_OFFICE)
    client = Client()
    sent = {"username": "county-office", "password": PASSWORD, "language": "en", "next": onward}
    client.post("/admin/login/", sent)

    response = client.post(f"{address}?next={onward}", sent | {"post": "901:county_office:"})

    assert "evil" not in response.get("Location", "")
    assert "javascript" not in response.get("Location", "")


def test_page_tells_the_browser_to_keep_nothing_and_to_frame_nothing_when_it_is_shown() -> None:
    headers = client_of(person(Role.COUNTY_OFFICE)).get("/admin/").headers

    assert "no-store" in headers["Cache-Control"]
    assert {name: headers[name] for name in ("X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy")} == {
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
    }
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example"])
def test_other_host_is_refused_when_a_request_names_it(host: str) -> None:
    for_pages = Client().get("/admin/login/", headers={"host": host})
    for_programs = Client().get("/api/v1/codes/", headers={"host": host})

    assert (for_pages.status_code, for_programs.status_code) == (400, 400)
    assert host not in for_pages.content.decode() + for_programs.content.decode()
    assert for_programs["Content-Type"] == "application/problem+json"


def test_cookies_go_over_https_alone_and_to_no_script_when_the_site_is_secure(settings: Settings) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    person(Role.COUNTY_OFFICE)
    client = Client()
    client.post("/admin/login/", {"username": "county-office", "password": PASSWORD})
    client.get("/admin/account/")

    flags = {
        name: (bool(cookie["secure"]), bool(cookie["httponly"]), cookie["samesite"])
        for name, cookie in client.cookies.items()
    }

    assert flags == dict.fromkeys(("registry_session", "csrftoken"), (True, True, "Lax"))


@pytest.mark.parametrize(
    "address",
    [
        "/admin/households/household/?division=%00",
        "/admin/households/household/?division=abc",
        "/admin/households/household/?status__exact=%00",
        "/admin/households/household/?p=99999999999999999999",
        "/admin/households/household/%00/change/",
        "/admin/villages/village/?q=%00",
        "/admin/households/household/?o=99.-77.x",
        "/admin/registry/auditevent/?q=%00",
        "/admin/sector-facts/?page=%00",
    ],
)
def test_nonsense_in_an_address_is_no_fault_of_ours_when_it_is_opened(address: str) -> None:
    roles = (Role.COUNTY_OFFICE, Role.AUDIT_ADMINISTRATOR, Role.SECTOR_CLERK)
    clients = [client_of(person(role)) for role in roles]

    statuses = {client.get(address).status_code for client in clients}

    assert max(statuses) < 500


def test_login_refuses_when_the_name_cannot_be_one() -> None:
    response = Client().post("/admin/login/", {"username": "a\x00b", "password": "x"})

    assert response.status_code == 200
