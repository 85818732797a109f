"""Accounts, memberships and the separation of powers, as verbs."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail, signing
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from registry.admin.links import send_verification
from registry.domain.login import log_in
from registry.domain.memberships import end_membership, grant_membership
from registry.domain.people import EMAIL_SALT, amend_user, create_user, email_token, password_link_for, verify_email
from registry.domain.tokens import issue_token
from registry.enums import Role, Sector
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound
from registry.lib.periods import today
from registry.models import PLATFORM_TENANT_ID, AuditEvent, Membership, User
from registry.queries.people import posts_of
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import COUNTY_CODE, OTHER_COUNTY_CODE, actor_of, county
from tests.registry.people import PASSWORD, administrator_of_the_platform, at_work, grant, person, user

pytestmark = pytest.mark.django_db
TOWNSHIP = {"role": Role.TOWNSHIP_CLERK, "division_code": "549901100000"}


@pytest.fixture
def security() -> Actor:
    return at_work(person(Role.SECURITY_ADMINISTRATOR))


def granted(account: User, *, actor: Actor, **values: Any) -> Membership:
    asked = {"tenant": county(), "starts_on": today(), **TOWNSHIP, **values}
    with tenant_scope(actor):
        return grant_membership(account, actor=actor, **asked)


# --- memberships ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"division_code": "549902100000"}, "membership.division_level"),
        ({"division_code": "549901100200"}, "membership.division_level"),
        ({"division_code": "549901999000"}, "division.unknown"),
        ({"role": Role.SERVICE}, "membership.role_not_here"),
        ({"role": Role.PROVINCE_READER, "division_code": "540000000000"}, "membership.role_not_here"),
        ({"role": Role.AUDIT_ADMINISTRATOR}, "membership.whole_tenant"),
        ({"role": Role.SECTOR_CLERK}, "membership.sector"),
        ({"sector": Sector.WATER}, "membership.sector"),
        ({"starts_on": today() - timedelta(days=1)}, "membership.starts_in_the_past"),
        ({"ends_on": today()}, "membership.ends_too_early"),
    ],
)
def test_grant_is_refused_when_it_does_not_fit(security: Actor, values: dict[str, Any], code: str) -> None:
    account = user("somebody")
    other = granted(user("somebody-else"), actor=security)

    with pytest.raises(DomainError) as refused:
        granted(account, actor=security, **values)

    assert (refused.value.code, account.memberships.count(), other.user.memberships.count()) == (code, 0, 1)


def test_nobody_grants_anything_to_themselves_when_they_try(security: Actor) -> None:
    own = User.objects.get(username=security.username)

    with pytest.raises(NotAllowed):
        granted(own, actor=security)


def test_countys_administrator_grants_nothing_elsewhere_when_they_try(security: Actor) -> None:
    account = user("somebody")

    with pytest.raises(NotAllowed) as refused:
        granted(account, actor=security, tenant=county(OTHER_COUNTY_CODE), division_code="549902100000")

    assert refused.value.code == "membership.other_county"


@pytest.mark.parametrize(
    ("held", "asked"),
    [
        (Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR),
        (Role.AUDIT_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR),
        (Role.SYSTEM_ADMINISTRATOR, Role.COUNTY_OFFICE),
        (Role.COUNTY_OFFICE, Role.SECURITY_ADMINISTRATOR),
    ],
)
def test_second_power_is_refused_when_one_is_held(security: Actor, held: Role, asked: Role) -> None:
    free, holder = user("somebody"), user("holder")
    grant(holder, held)
    granted(free, actor=security, role=asked, division_code=COUNTY_CODE)

    with pytest.raises(Conflict) as refused:
        granted(holder, actor=security, role=asked, division_code=COUNTY_CODE)

    assert refused.value.code == "membership.separate_powers"


def test_same_membership_is_refused_when_it_holds_already(security: Actor) -> None:
    account = user("somebody")
    granted(account, actor=security, ends_on=today() + timedelta(days=10))

    with pytest.raises(Conflict):
        granted(account, actor=security, starts_on=today() + timedelta(days=9))

    later = granted(account, actor=security, starts_on=today() + timedelta(days=10))
    assert later.starts_on == today() + timedelta(days=10)


def test_ninth_area_is_refused_when_eight_are_held(security: Actor) -> None:
    account = user("somebody")
    codes = [f"5499011{number:02}000" for number in range(2, 18, 2)]
    for code in codes:
        grant(account, Role.TOWNSHIP_CLERK, area=code)

    with pytest.raises(DomainError) as refused:
        granted(account, actor=security)

    (post,) = posts_of(account.pk)
    assert (refused.value.code, len(post.ranges)) == ("access.too_many_divisions", 8)


def village_team(account: User, *, others: int, middle_until: date | None = None) -> None:
    """Put somebody into three neighbouring villages, the middle one until a day, and as many others."""
    far = [f"5499011002{number}" for number in range(10, 10 + 2 * others, 2)]
    for code in ("549901100200", "549901100201", "549901100202", *far):
        grant(account, Role.VILLAGE_TEAM, area=code)
    account.memberships.filter(division_code="549901100201").update(ends_on=middle_until)


def test_ninth_area_is_refused_when_it_comes_by_the_end_of_one_between_two(security: Actor) -> None:
    account, day = user("somebody"), today() + timedelta(days=10)
    village_team(account, others=6, middle_until=day)
    asked = {"role": Role.VILLAGE_TEAM, "division_code": "549901200200"}

    with pytest.raises(DomainError) as refused:
        granted(account, actor=security, **asked)
    until_then = granted(account, actor=security, ends_on=day, **asked)

    assert (refused.value.code, until_then.ends_on) == ("access.too_many_divisions", day)


def test_other_posts_open_when_one_has_come_to_nine_areas(security: Actor) -> None:
    account = user("somebody")
    village_team(account, others=7)
    grant(account, Role.HELPER)
    middle = account.memberships.get(division_code="549901100201")

    with tenant_scope(security):
        end_membership(middle.pk, ends_on=today(), reason="moved", actor=security)

    assert [post.role for post in posts_of(account.pk)] == [Role.HELPER]


def test_neighbouring_villages_are_one_area_when_a_post_is_made() -> None:
    account = user("somebody")
    for village in ("549901100200", "549901100201"):
        grant(account, Role.VILLAGE_TEAM, area=village)

    (post,) = posts_of(account.pk)

    assert [(part.lo, part.hi) for part in post.ranges] == [("549901100200", "549901100202")]


def test_administrator_has_no_area_when_a_post_is_made() -> None:
    (post,) = posts_of(person(Role.AUDIT_ADMINISTRATOR).pk)

    assert post.ranges == ()


@pytest.mark.parametrize("days", [0, 5])
def test_membership_ends_when_told_and_at_once_when_today(security: Actor, days: int) -> None:
    account = user("somebody")
    membership = granted(account, actor=security)

    with tenant_scope(security):
        end_membership(membership.pk, ends_on=today() + timedelta(days=days), reason="moved", actor=security)

    on_the_day, before = (posts_of(account.pk, on=today() + timedelta(days=number)) for number in (days, days - 1))
    assert (on_the_day, len(before)) == ([], 0 if days == 0 else 1)


def test_membership_of_another_county_is_not_found_when_ended(security: Actor) -> None:
    theirs = person(Role.TOWNSHIP_CLERK, other=True).memberships.get()

    with tenant_scope(security), pytest.raises(NotFound):
        end_membership(theirs.pk, ends_on=today(), reason="moved", actor=security)


def test_grant_by_the_platform_is_seen_in_the_countys_trail_when_made() -> None:
    platform = at_work(administrator_of_the_platform(Role.SECURITY_ADMINISTRATOR))
    granted(user("somebody"), actor=platform)

    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR)):
        (event,) = AuditEvent.objects.all()

    assert (event.verb, event.username) == ("registry.grant_membership", platform.username)
    assert event.reason == f"somebody: township_clerk 549901100000 {today()}/"


# --- accounts ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("verb", ["amend", "link"])
def test_account_is_left_alone_when_it_also_works_in_another_county(security: Actor, verb: str) -> None:
    ours, shared = person(Role.TOWNSHIP_CLERK), person(Role.VILLAGE_TEAM)
    grant(shared, Role.VILLAGE_TEAM, tenant=county(OTHER_COUNTY_CODE))

    def change(account: User) -> object:
        if verb == "link":
            return password_link_for(account.pk, actor=security)
        return amend_user(account.pk, {"email": "new@example.org"}, actor=security, version=1)

    with tenant_scope(security):
        change(ours)
        with pytest.raises(NotAllowed, match=r"another county|其他县"):
            change(shared)


def test_address_is_unverified_again_when_it_changes(security: Actor) -> None:
    account = person(Role.TOWNSHIP_CLERK)
    User.objects.filter(pk=account.pk).update(email="old@example.org", email_verified_at=account.created_at)

    with tenant_scope(security):
        amend_user(account.pk, {"email": "new@example.org"}, actor=security, version=1)

    account.refresh_from_db()
    assert (account.email, account.email_verified_at) == ("new@example.org", None)


def test_address_is_verified_when_the_mailed_link_is_opened() -> None:
    account = user("somebody", email="somebody@example.org")
    send_verification(account)
    link = next(line for line in mail.outbox[0].body.splitlines() if line.startswith("http"))

    page = Client().get(link)

    account.refresh_from_db()
    assert (page.status_code, account.email_verified_at is not None) == (200, True)


def test_old_link_verifies_nothing_when_the_address_has_changed() -> None:
    account = user("somebody", email="old@example.org")
    token = email_token(account)
    User.objects.filter(pk=account.pk).update(email="new@example.org")

    with pytest.raises(DomainError):
        verify_email(token, origin="test")

    assert User.objects.get().email_verified_at is None


def test_address_stands_nowhere_when_a_link_is_made() -> None:
    account = user("somebody", email="somebody@example.org")

    told = str(signing.loads(email_token(account), salt=EMAIL_SALT))

    assert (str(account.pk) in told, "example.org" in told) == (True, False)


@pytest.mark.parametrize(
    "password", ["short-A1", "alllowercaseletters", "1234567890123", "somebody-X1!", "Password123"]
)
def test_password_is_refused_when_it_is_weak(security: Actor, password: str) -> None:
    with tenant_scope(security):
        create_user(username="other", name="试用员", password=PASSWORD, actor=security)

        with pytest.raises(DomainError) as refused:
            create_user(username="somebody", name="试用员", password=password, actor=security)

    assert (refused.value.code, User.objects.filter(username="somebody").exists()) == ("password.too_weak", False)


def test_user_name_is_taken_when_it_differs_in_case_only(security: Actor) -> None:
    with tenant_scope(security):
        create_user(username="Somebody", name="试用员", actor=security)

        with pytest.raises(Conflict):
            create_user(username="someBODY", name="试用员", actor=security)


def test_login_is_audited_without_what_was_typed_when_the_name_is_unknown() -> None:
    person(Role.TOWNSHIP_CLERK)
    results = [
        log_in("township-clerk", "wrong", origin="10.0.0.1"),
        log_in("549901199001010011", PASSWORD, origin="10.0.0.1"),
        log_in("township-clerk", PASSWORD, origin="10.0.0.1"),
    ]

    with tenant_scope(at_work(administrator_of_the_platform(Role.AUDIT_ADMINISTRATOR))):
        logins = AuditEvent.objects.filter(object_type="registry.user").order_by("seq")
        events = list(logins.values_list("verb", "reason", "origin"))

    assert [result is None for result in results] == [True, True, False]
    assert events == [
        ("registry.fail_login", "township-clerk", "10.0.0.1"),
        ("registry.log_in", "township-clerk", "10.0.0.1"),
    ]


# --- tokens -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"role": Role.COUNTY_OFFICE}, "token.no_membership"),
        ({"role": Role.AUDIT_ADMINISTRATOR}, "token.administrator"),
        ({"expires_on": today() - timedelta(days=1)}, "token.bad_day"),
        ({"expires_on": today() + timedelta(days=401)}, "token.bad_day"),
        ({"label": " "}, "token.no_label"),
    ],
)
def test_token_is_refused_when_it_does_not_fit(security: Actor, values: dict[str, Any], code: str) -> None:
    account = person(Role.MACHINE_CLIENT)
    asked: dict[str, Any] = {"tenant": county(), "role": Role.MACHINE_CLIENT, "label": "test", "expires_on": today()}
    with tenant_scope(security):
        issue_token(account, actor=security, **asked)

        with pytest.raises(DomainError) as refused:
            issue_token(account, actor=security, **asked | values)

    assert (refused.value.code, account.tokens.count()) == (code, 1)


def test_clerk_of_one_sector_alone_is_given_a_token_when_it_is_asked_for(security: Actor) -> None:
    account = person(Role.SECTOR_CLERK)
    asked: dict[str, Any] = {"tenant": county(), "role": Role.SECTOR_CLERK, "label": "test", "expires_on": today()}
    with tenant_scope(security):
        text = issue_token(account, actor=security, **asked).text
    answer = Client().get("/api/v1/sector-facts/", headers={"authorization": f"Bearer {text}"})
    second = {"role": Role.SECTOR_CLERK, "sector": Sector.WATER, "division_code": COUNTY_CODE, "starts_on": today()}
    Membership.objects.create(user=account, tenant=county(), **second)

    with tenant_scope(security), pytest.raises(DomainError) as caught:
        issue_token(account, actor=security, **asked)

    assert (answer.status_code, caught.value.code) == (200, "token.several_sectors")


def test_token_issued_twice_at_once_is_one_of_which_the_last_text_counts(security: Actor) -> None:
    account = person(Role.MACHINE_CLIENT)
    asked: dict[str, Any] = {"tenant": county(), "role": Role.MACHINE_CLIENT, "label": "test", "expires_on": today()}
    with tenant_scope(security):
        first, second = (issue_token(account, actor=security, **asked) for _tap in range(2))
        other = issue_token(account, actor=security, **asked | {"label": "other"})
        account.tokens.filter(pk=second.token.pk).update(last_used_at=timezone.now())
        third = issue_token(account, actor=security, **asked)

    good = set(account.tokens.filter(revoked_at__isnull=True).values_list("pk", flat=True))
    assert good == {second.token.pk, other.token.pk, third.token.pk}
    assert account.tokens.get(pk=first.token.pk).revoked_at is not None


# --- the first administrator ------------------------------------------------------------------------------------------
def test_first_administrator_sets_a_password_when_the_command_gave_the_link(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("enrol_administrator", "security_administrator", "first-admin", "试用员")
    link = capsys.readouterr().out.strip()

    Client().post(link, {"password": PASSWORD, "again": PASSWORD})

    (post,) = posts_of(User.objects.get().pk)
    assert (post.role, post.tenant_id) == (Role.SECURITY_ADMINISTRATOR, PLATFORM_TENANT_ID)
    assert log_in("first-admin", PASSWORD, origin="test") is not None


def test_command_says_what_is_wrong_when_the_name_is_taken() -> None:
    call_command("enrol_administrator", "security_administrator", "first-admin", "试用员", stdout=io.StringIO())

    with pytest.raises(CommandError, match=r"taken|已被使用"):
        call_command("enrol_administrator", "audit_administrator", "first-admin", "试用员")
