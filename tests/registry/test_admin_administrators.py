"""The working pages of the three administrators."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from registry import jobs
from registry.enums import Role
from registry.lib.periods import today
from registry.models import ApiToken, AuditEvent, Job, Membership, Tenant, User
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import COUNTY_CODE, OTHER_COUNTY_CODE, actor_of, county
from tests.households.test_admin import save
from tests.registry.people import PASSWORD, administrator_of_the_platform, client_of, person

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r"rgt_[\w-]{43}")
NEW_CLERK = {
    "username": "New.Clerk", "name": "试用员", "email": "", "language": "zh-hans", "tenant": "901",
    "role": "township_clerk", "sector": "", "division_code": "549901100000", "starts_on": today(), "ends_on": "",
}  # fmt: skip
LINK = re.compile(r"http://\S+/admin/set-password/[^<\s]+")


@pytest.fixture
def security() -> Client:
    return client_of(person(Role.SECURITY_ADMINISTRATOR))


def verb(account: User | Membership | ApiToken, name: str) -> str:
    return reverse(f"admin:registry_{account._meta.model_name}_verb", args=[account.pk, name])


def events(role: Role = Role.AUDIT_ADMINISTRATOR, code: str = COUNTY_CODE) -> list[tuple[str, str]]:
    with tenant_scope(actor_of(role, tenant=county(code))):
        return list(AuditEvent.objects.order_by("seq").values_list("verb", "reason"))


def test_account_is_opened_when_the_form_is_sent(security: Client) -> None:
    response = security.post(reverse("admin:registry_user_add"), NEW_CLERK, follow=True)

    account = User.objects.get(username="new.clerk")
    assert response.redirect_chain == [(reverse("admin:registry_user_change", args=[account.pk]), 302)]
    assert (account.has_usable_password(), account.memberships.get().role) == (False, Role.TOWNSHIP_CLERK)
    assert [verb for verb, _reason in events()[-2:]] == ["registry.create_user", "registry.grant_membership"]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("username", "a549901199001010011", "no identity or telephone number"),
        ("division_code", "549902100000", "does not fit the role"),
        ("division_code", "549901100", "12 digits"),
        ("role", "province_reader", "does not exist in this tenant"),
        ("starts_on", "2020-01-01", "starts today or later"),
    ],
)
def test_form_says_what_is_wrong_and_keeps_nothing_when_a_field_is(
    security: Client, field: str, value: str, sentence: str
) -> None:
    response = security.post(reverse("admin:registry_user_add"), NEW_CLERK | {field: value})

    assert sentence in response.content.decode()
    assert User.objects.count() == 1


def test_membership_is_granted_when_the_form_is_sent(security: Client) -> None:
    account = person(Role.TOWNSHIP_CLERK)
    form = {
        "tenant": "901", "role": "village_team", "sector": "", "division_code": "549901100200", "starts_on": today(),
    }  # fmt: skip

    security.post(verb(account, "grant"), form)

    granted = Membership.objects.get(user=account, role=Role.VILLAGE_TEAM)
    assert (granted.division_code, granted.ends_on, granted.granted_by) == (
        "549901100200",
        None,
        User.objects.get(username="security-administrator"),
    )
    assert events()[-1][0] == "registry.grant_membership"


def test_membership_ends_when_the_form_is_sent(security: Client) -> None:
    account = person(Role.TOWNSHIP_CLERK)

    security.post(verb(account.memberships.get(), "end"), {"ends_on": today(), "reason": "moved away"})

    assert account.memberships.get().ends_on == today()
    assert events()[-1][0] == "registry.end_membership"


def test_token_is_shown_once_when_it_is_issued(security: Client) -> None:
    account = person(Role.MACHINE_CLIENT)
    last_day = today() + timedelta(days=30)
    form = {"tenant": "901", "role": "machine_client", "label": "the county's programs", "expires_on": last_day}

    page = security.post(verb(account, "issue-token"), form)

    token = TOKEN.findall(page.content.decode())[0]
    again = security.get(reverse("admin:registry_apitoken_change", args=[ApiToken.objects.get().pk]))
    answer = Client().get("/api/v1/codes/?scheme=sex", headers={"authorization": f"Bearer {token}"})
    assert ("no-store" in page["Cache-Control"], answer.status_code) == (True, 200)
    assert token not in again.content.decode()


def test_token_works_no_more_when_it_is_revoked(security: Client) -> None:
    account = person(Role.MACHINE_CLIENT)
    last_day = today() + timedelta(days=30)
    form = {"tenant": "901", "role": "machine_client", "label": "the county's programs", "expires_on": last_day}
    page = security.post(verb(account, "issue-token"), form)
    bearer = {"authorization": "Bearer " + TOKEN.findall(page.content.decode())[0]}
    before = Client().get("/api/v1/codes/?scheme=sex", headers=bearer).status_code

    security.post(verb(ApiToken.objects.get(), "revoke"), {"reason": "lost"})

    assert (before, Client().get("/api/v1/codes/?scheme=sex", headers=bearer).status_code) == (200, 401)


def test_password_is_set_once_when_the_link_is_used(security: Client) -> None:
    account = person(Role.TOWNSHIP_CLERK)
    page = security.post(verb(account, "password-link"))
    link = LINK.findall(page.content.decode())[0]
    form = {"password": "Another-Horse-7", "again": "Another-Horse-7"}

    first = Client().post(link, form)
    second = Client().post(link, form)

    account.refresh_from_db()
    assert (first.status_code, second.status_code) == (302, 200)
    assert account.check_password("Another-Horse-7")


def test_link_of_an_administrator_is_mailed_and_not_shown_when_they_have_logged_in(security: Client) -> None:
    account = person(Role.AUDIT_ADMINISTRATOR)
    User.objects.filter(pk=account.pk).update(
        last_login=timezone.now(), email="audit@example.org", email_verified_at=timezone.now()
    )

    page = security.post(verb(account, "password-link"))

    assert "/admin/set-password/" not in page.content.decode()
    assert [message.to for message in mail.outbox] == [["audit@example.org"]]


def test_accounts_of_another_county_are_hidden_when_a_countys_administrator_looks(security: Client) -> None:
    theirs = person(Role.TOWNSHIP_CLERK, other=True)
    ours = person(Role.VILLAGE_TEAM)

    page = security.get(reverse("admin:registry_user_changelist")).content.decode()
    status = [
        security.get(reverse("admin:registry_user_change", args=[account.pk])).status_code for account in (ours, theirs)
    ]

    assert ours.username in page
    assert theirs.username not in page
    assert status == [200, 404]


def test_locked_account_is_unlocked_when_the_button_is_pressed(security: Client) -> None:
    account = person(Role.TOWNSHIP_CLERK)
    User.objects.filter(pk=account.pk).update(locked_until=timezone.now() + timedelta(minutes=10))

    security.post(verb(account, "unlock"))

    account.refresh_from_db()
    assert account.locked_until is None
    assert account.check_password(PASSWORD)


# --- system -----------------------------------------------------------------------------------------------------------
def test_system_page_shows_each_countys_jobs_when_the_platforms_administrator_looks() -> None:
    client = client_of(administrator_of_the_platform(Role.SYSTEM_ADMINISTRATOR))
    for code in (COUNTY_CODE, OTHER_COUNTY_CODE):
        with tenant_scope(actor_of(Role.COUNTY_OFFICE, tenant=county(code))) as actor:
            Job.objects.create(
                kind="test.kind", key="k", scope_code=actor.tenant_code, error_code="test.failed", state="failed"
            )
        jobs.schedule_due(county(code).pk, "test.kind", "k", timezone.now() - timedelta(hours=1))

    page = client.get("/admin/system/").content.decode()

    assert (page.count("test.failed"), page.count("示例县")) == (2, 4)
    assert "Database and broker are there." in page


def test_system_page_shows_the_own_county_when_a_countys_administrator_looks() -> None:
    client = client_of(person(Role.SYSTEM_ADMINISTRATOR))
    county(OTHER_COUNTY_CODE)

    page = client.get("/admin/system/").content.decode()

    assert ("示例县1" in page, "示例县2" in page) == (True, False)


def test_county_is_opened_and_closed_when_the_platforms_administrator_does_so() -> None:
    client = client_of(administrator_of_the_platform(Role.SYSTEM_ADMINISTRATOR))
    form = {"code": COUNTY_CODE, "name": "示例县", "opened_on": ""}

    client.post(reverse("admin:registry_tenant_add"), form)
    opened = Tenant.objects.get(code=COUNTY_CODE)
    client.post(reverse("admin:registry_tenant_change", args=[opened.pk]), {"name": "示例县", "version": 1})
    older = client.post(
        reverse("admin:registry_tenant_change", args=[opened.pk]), {"name": "别名", "is_active": "on", "version": 1}
    )

    assert (opened.pk, opened.is_active) == (2, True)
    assert "Somebody else changed this record meanwhile" in older.content.decode()
    assert not Tenant.objects.get(code=COUNTY_CODE).is_active


def test_closed_account_stays_closed_when_an_older_form_is_saved(security: Client) -> None:
    account = person(Role.TOWNSHIP_CLERK)
    address = f"registry/user/{account.pk}/change/"
    shown = {"name": account.name, "email": "", "language": "en", "version": 1}

    closed = save(security, address, **shown)
    older = save(security, address, **shown | {"name": "别名", "is_active": "on"})

    account.refresh_from_db()
    assert (closed, older, account.is_active, account.version) == (302, 200, False, 2)


def test_county_is_not_opened_when_a_countys_administrator_tries() -> None:
    client = client_of(person(Role.SYSTEM_ADMINISTRATOR))

    page = client.post(
        reverse("admin:registry_tenant_add"), {"code": OTHER_COUNTY_CODE, "name": "示例县", "opened_on": ""}
    )

    assert "administrator of the platform" in page.content.decode()
    assert not Tenant.objects.filter(code=OTHER_COUNTY_CODE).exists()


# --- audit ------------------------------------------------------------------------------------------------------------
def test_events_are_shown_and_filtered_when_the_audit_administrator_looks(security: Client) -> None:
    account = person(Role.TOWNSHIP_CLERK)
    security.post(verb(account.memberships.get(), "end"), {"ends_on": today(), "reason": "moved away"})
    auditor = client_of(person(Role.AUDIT_ADMINISTRATOR))
    address = reverse("admin:registry_auditevent_changelist")

    found, by_object, others = [
        auditor.get(address, {"q": term}).content.decode().count("moved away")
        for term in ("registry.end", str(account.memberships.get().pk), "registry.grant")
    ]

    assert (found, by_object, others) == (1, 1, 0)


def test_event_cannot_be_changed_when_the_audit_administrator_tries(security: Client) -> None:
    security.post(verb(person(Role.TOWNSHIP_CLERK).memberships.get(), "end"), {"ends_on": today(), "reason": "moved"})
    auditor = client_of(person(Role.AUDIT_ADMINISTRATOR))
    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR)):
        event = AuditEvent.objects.get(verb="registry.end_membership")
    address = reverse("admin:registry_auditevent_change", args=[event.pk])

    statuses = (auditor.get(address).status_code, auditor.post(address, {"reason": "x"}).status_code)

    assert statuses == (200, 403)
