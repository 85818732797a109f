"""The door of the admin site: who gets in, in which post, and what happens to work that is refused."""

import re

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from registry.domain.origin import client_address
from registry.enums import Role
from registry.models import AuditEvent, Membership, User
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import actor_of
from tests.registry.people import PASSWORD, client_of, grant, person, user

pytestmark = pytest.mark.django_db
HOME = "/admin/"
ENGLISH = {"accept-language": "en"}


def log_in(client: Client, username: str, password: str = PASSWORD) -> str:
    response = client.post(reverse("admin:login"), {"username": username, "password": password}, follow=True)
    return response.content.decode()


def test_page_shows_county_and_role_when_somebody_is_at_work() -> None:
    client = client_of(person(Role.TOWNSHIP_CLERK))

    page = client.get(HOME).content.decode()

    assert "示例县1 · Township clerk" in page
    assert reverse("admin:choose") in page


def test_visitor_is_led_to_the_login_when_nobody_is_logged_in() -> None:
    response = Client().get(HOME)

    assert (response.status_code, response["Location"]) == (302, "/admin/login/?next=/admin/")


def test_person_gets_in_when_name_and_password_are_right() -> None:
    person(Role.COUNTY_OFFICE)

    page = log_in(Client(headers=ENGLISH), "County-Office")

    assert "County office" in page


@pytest.mark.parametrize("username", ["county-office", "nobody-here"])
def test_same_sentence_is_shown_when_the_password_or_the_name_is_wrong(username: str) -> None:
    person(Role.COUNTY_OFFICE)
    client = Client(headers=ENGLISH)

    page = log_in(client, username, "wrong")

    assert "User name or password is wrong, or the account is locked for 15 minutes" in page
    assert "_auth_user_id" not in client.session


def test_account_is_locked_when_five_passwords_in_a_row_were_wrong() -> None:
    person(Role.COUNTY_OFFICE)
    client = Client(headers=ENGLISH)
    wrong = [log_in(client, "county-office", f"wrong {number}") for number in range(5)]

    page = log_in(client, "county-office")

    assert len(wrong) == 5
    assert "User name or password is wrong" in page
    assert User.objects.get().locked_until is not None


def test_person_chooses_a_post_when_there_are_several() -> None:
    account = person(Role.TOWNSHIP_CLERK)
    grant(account, Role.VILLAGE_TEAM)
    client = client_of(account)
    offered = client.get(HOME, follow=True).content.decode()

    page = client.post(reverse("admin:choose"), {"post": "901:village_team:"}, follow=True).content.decode()

    assert "示例县1 · Township clerk" in offered
    assert "示例县1 · Village team" in page


@pytest.mark.parametrize("key", ["902:village_team:", "901:county_office:", "", "nonsense"])
def test_post_is_refused_when_it_is_none_of_the_persons(key: str) -> None:
    account = person(Role.TOWNSHIP_CLERK)
    grant(account, Role.VILLAGE_TEAM)
    client = client_of(account)

    client.post(reverse("admin:choose"), {"post": key})

    assert "post" not in client.session


def test_sentence_says_whom_to_ask_when_there_is_no_membership() -> None:
    client = client_of(user("nobody"))

    response = client.get(HOME, follow=True)

    assert response.status_code == 403
    assert "no role in any county today" in response.content.decode()


def test_post_is_gone_with_the_next_page_when_the_membership_has_ended() -> None:
    account = person(Role.COUNTY_OFFICE)
    client = client_of(account)
    before = client.get(HOME).status_code
    Membership.objects.filter(user=account).update(ends_on=Membership.objects.get().starts_on)

    after = client.get(HOME, follow=True).status_code

    assert (before, after) == (200, 403)


def test_machine_is_not_let_in_when_it_has_a_password() -> None:
    client = client_of(person(Role.MACHINE_CLIENT))

    response = client.get(HOME, follow=True)

    assert response.status_code == 403


@pytest.mark.parametrize(("moment", "seconds"), [("seen", 31 * 60), ("since", 8 * 3600 + 60)])
def test_person_is_logged_out_when_idle_or_logged_in_long_ago(moment: str, seconds: int) -> None:
    client = client_of(person(Role.COUNTY_OFFICE))
    before = client.get(HOME).status_code
    session = client.session
    session[moment] -= seconds
    session.save()

    response = client.get(HOME)

    assert (before, response["Location"]) == (200, "/admin/login/?next=/admin/")
    assert "_auth_user_id" not in client.session


def test_beginning_of_work_is_in_the_countys_trail_when_somebody_logs_in() -> None:
    person(Role.COUNTY_OFFICE)
    log_in(Client(headers=ENGLISH), "county-office")

    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR)):
        events = list(AuditEvent.objects.values_list("verb", "username", "role"))

    assert events == [("registry.go_to_work", "county-office", Role.COUNTY_OFFICE)]


@pytest.mark.parametrize(
    ("secure", "forwarded", "address"),
    [(False, "1.2.3.4", "127.0.0.1"), (True, "6.6.6.6, 1.2.3.4", "1.2.3.4"), (True, "", "127.0.0.1")],
)
def test_origin_is_what_our_own_proxy_added_when_there_is_one(
    settings: Settings, secure: bool, forwarded: str, address: str
) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if secure else None
    request = RequestFactory(headers={"x-forwarded-for": forwarded}).get("/")

    assert client_address(request) == address


@pytest.mark.parametrize("lookup", ["password__startswith", "failed_logins", "memberships__role", "pk__gte"])
def test_list_is_not_filtered_by_what_it_does_not_offer_when_an_address_asks(lookup: str) -> None:
    client = client_of(person(Role.SECURITY_ADMINISTRATOR))
    plain = client.get("/admin/registry/user/").status_code

    response = client.get("/admin/registry/user/", {lookup: "1"})

    assert (plain, response.status_code) == (200, 400)


def test_session_holds_no_personal_data_when_somebody_works() -> None:
    client = client_of(person(Role.COUNTY_OFFICE))

    client.get(HOME)

    assert sorted(client.session.keys()) == [
        "_auth_user_backend", "_auth_user_hash", "_auth_user_id", "post", "seen", "since",
    ]  # fmt: skip


def test_page_is_in_the_language_of_the_account_when_somebody_is_at_work() -> None:
    account = person(Role.COUNTY_OFFICE)
    client = client_of(account)
    english = client.get(HOME).content.decode()

    chinese = client.post(reverse("admin:language"), {"language": "zh-hans", "next": HOME}, follow=True)

    account.refresh_from_db()
    assert account.language == "zh-hans"
    assert ("County office" in english, "县级业务部门" in chinese.content.decode()) == (True, True)


def test_menu_is_of_the_reader_alone_when_others_opened_the_same_page_before() -> None:
    office, auditor = (client_of(person(role)) for role in (Role.COUNTY_OFFICE, Role.AUDIT_ADMINISTRATOR))
    before = office.get(f"{HOME}?menu=1").content.decode()

    pages = [client.get(f"{HOME}?menu=1").content.decode() for client in (auditor, office)]

    households, trail = (
        reverse("admin:households_household_changelist"),
        reverse("admin:registry_auditevent_changelist"),
    )
    assert [(households in page, trail in page) for page in pages] == [(False, True), (True, False)]
    assert pages[1].count(f'href="{households}"') == before.count(f'href="{households}"') > 1


def test_menu_marks_the_open_page_alone_when_it_is_shown() -> None:
    client = client_of(person(Role.COUNTY_OFFICE))
    where = reverse("admin:households_household_changelist")

    page = client.get(where).content.decode()

    marked = re.findall(r'<a href="([^"]+)" class="[^"]* active"', page)
    assert marked == [where]
