"""People for tests: accounts, memberships in two counties, tokens, and clients that are logged in."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.test import Client

from registry.domain.tokens import digest_of
from registry.enums import ADMINISTRATORS, Role, Sector
from registry.lib.periods import today
from registry.models import PLATFORM_TENANT_ID, ApiToken, Membership, Tenant, User
from registry.queries.people import ABOVE_THE_COUNTIES, posts_of
from registry.tenancy.context import Actor
from tests.factories.tenants import COUNTY_CODE, OTHER_COUNTY_CODE, county

PASSWORD: Final = "Correct-Horse-9"
AREA: Final = {
    Role.TOWNSHIP_CLERK: "{county}100000",
    Role.VILLAGE_TEAM: "{county}100200",
    Role.HELPER: "{county}100200",
    Role.PREFECTURE_READER: "549900000000",
    Role.PROVINCE_READER: "540000000000",
    Role.DISPATCH_OFFICE: "549900000000",
}
PEOPLE: Final = tuple(role for role in Role if role is not Role.SERVICE)
SITE_ROLES: Final = tuple(role for role in PEOPLE if role is not Role.MACHINE_CLIENT)


def user(username: str, *, password: str = PASSWORD, **values: object) -> User:
    """Make an account with a password."""
    account = User(username=username, name="试用员", **{"language": "en"} | values)
    account.set_password(password)
    account.save()
    return account


def home_of(role: Role, *, other: bool = False) -> Tenant:
    """Give the tenant where a role is at home: readers at the platform, all else in the first or the other county."""
    if role in ABOVE_THE_COUNTIES:
        return Tenant.objects.get(pk=PLATFORM_TENANT_ID)
    return county(OTHER_COUNTY_CODE if other else COUNTY_CODE)


def grant(account: User, role: Role, *, tenant: Tenant | None = None, area: str | None = None) -> Membership:
    """Write a membership that holds since last year."""
    tenant = tenant or home_of(role)
    usual = tenant.code if role in ADMINISTRATORS else AREA.get(role, tenant.code).format(county=tenant.code[:6])
    return Membership.objects.create(
        user=account,
        tenant=tenant,
        role=role,
        division_code=area or usual,
        sector=Sector.EDUCATION if role is Role.SECTOR_CLERK else "",
        starts_on=today() - timedelta(days=365),
    )


def person(role: Role, *, other: bool = False) -> User:
    """Make somebody of a role in the first county, or in the other one."""
    account = user(f"{role.replace('_', '-')}{'-b' if other else ''}")
    grant(account, role, tenant=home_of(role, other=other))
    return account


def at_work(account: User) -> Actor:
    """Give the person at work in the first of their posts."""
    return posts_of(account.pk)[0].actor(user_id=account.pk, username=account.username, origin="test")


def administrator_of_the_platform(role: Role) -> User:
    """Make an administrator of the platform itself."""
    account = user(f"platform-{role.replace('_', '-')}")
    grant(account, role, tenant=Tenant.objects.get(pk=PLATFORM_TENANT_ID))
    return account


def client_of(account: User) -> Client:
    """Give a browser in which the person is logged in."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def token_of(account: User, role: Role, *, tenant: Tenant | None = None, days: int = 30) -> str:
    """Give the text of a token of the person that holds for so many days; negative ones have passed."""
    text = f"rgt_{account.username}_{role}_{days}"
    ApiToken.objects.create(
        user=account,
        tenant=tenant or home_of(role),
        role=role,
        label="test",
        prefix=text[:8],
        digest=digest_of(text),
        expires_at=account.created_at + timedelta(days=days),
    )
    return text
