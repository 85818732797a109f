"""The people of the demonstration: one for each role of each county, and those above."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from registry.domain.memberships import grant_membership
from registry.domain.people import create_user, email_token, verify_email
from registry.domain.tokens import issue_token
from registry.enums import ADMINISTRATORS, Role, Sector
from registry.lib.periods import today
from registry.models import PLATFORM_TENANT_ID, Tenant, User
from registry.queries.tenants import platform_actor
from registry.tenancy.scope import tenant_scope

ORIGIN: Final = "command:load_demo"
PROVINCE_CODE: Final = "540000000000"
PREFECTURE_CODE: Final = "549900000000"
TOKEN_DAYS: Final = 365


@dataclass(frozen=True, slots=True)
class Post:
    """One person of the demonstration; `label` tells the reader of the terminal who it is, `title` that of the pages.

    `area` is the end of a division code, after the county's six digits.
    """

    name: str
    role: Role
    label: str
    title: str
    area: str = "000000"
    sector: str = ""


COUNTY_POSTS: Final = (
    Post("village", Role.VILLAGE_TEAM, "village team member", "示例队员", "100200"),
    Post("township", Role.TOWNSHIP_CLERK, "township clerk", "示例经办人", "100000"),
    Post("office", Role.COUNTY_OFFICE, "county office clerk", "示例业务员"),
    Post("second", Role.COUNTY_OFFICE, "second county office clerk", "示例复核员"),
    Post("machine", Role.MACHINE_CLIENT, "machine client", "示例对接程序"),
    Post("helper", Role.HELPER, "helper", "示例帮扶人", "100200"),
    Post("sector", Role.SECTOR_CLERK, "sector clerk (education)", "示例教育干部", sector=Sector.EDUCATION),
    Post("watch", Role.AUDIT_ADMINISTRATOR, "audit administrator of the county", "示例县审计员"),
)
PLATFORM_POSTS: Final = (
    Post("province", Role.PROVINCE_READER, "province reader", "示例省级查阅员"),
    Post("prefecture", Role.PREFECTURE_READER, "prefecture reader", "示例地市查阅员"),
    Post("dispatch", Role.DISPATCH_OFFICE, "dispatch office of the prefecture", "示例派驻统筹员"),
    Post("system", Role.SYSTEM_ADMINISTRATOR, "system administrator", "示例系统管理员"),
    Post("security", Role.SECURITY_ADMINISTRATOR, "security administrator", "示例安全管理员"),
    Post("audit", Role.AUDIT_ADMINISTRATOR, "audit administrator", "示例审计管理员"),
)


@dataclass(frozen=True, slots=True)
class Login:
    """How somebody of the demonstration logs in; a machine has a token instead of a password."""

    who: str
    county: str
    username: str
    secret_name: str
    secret: str

    def to_json(self) -> dict[str, str]:
        """Give the login as plain values, for the file that `make demo` prints."""
        county = {"county": self.county} if self.county else {}
        return {"who": self.who, **county, "user": self.username, self.secret_name: self.secret}


def enrol_county(tenant: Tenant, *, suffix: str) -> Iterator[Login]:
    """Open an account for each role of a county that has none yet of that name."""
    for post in COUNTY_POSTS:
        yield from _enrol(post, tenant, f"{post.name}{suffix}", f"{tenant.code[:6]}{post.area}")


def enrol_above() -> Iterator[Login]:
    """Open the accounts of the platform: readers and a dispatch office, and the three administrators."""
    platform = Tenant.objects.get(pk=PLATFORM_TENANT_ID)
    areas = {
        Role.PROVINCE_READER: PROVINCE_CODE,
        Role.PREFECTURE_READER: PREFECTURE_CODE,
        Role.DISPATCH_OFFICE: PREFECTURE_CODE,
    }
    for post in PLATFORM_POSTS:
        yield from _enrol(post, platform, post.name, areas.get(post.role, platform.code))


def _enrol(post: Post, tenant: Tenant, username: str, division_code: str) -> Iterator[Login]:
    if User.objects.filter(username=username).exists():
        return
    secret = f"demo-{secrets.token_urlsafe(9)}"
    is_machine = post.role is Role.MACHINE_CLIENT
    with tenant_scope(platform_actor(origin=ORIGIN)) as actor:
        user = create_user(
            username=username,
            name=post.title,
            email=f"{username}@example.invalid",
            password=None if is_machine else secret,
            actor=actor,
        )
        grant_membership(
            user,
            tenant=tenant,
            role=post.role,
            division_code=tenant.code if post.role in ADMINISTRATORS else division_code,
            starts_on=today(),
            sector=post.sector,
            actor=actor,
        )
        if is_machine:
            expires_on = today() + timedelta(days=TOKEN_DAYS)
            secret = issue_token(
                user, tenant=tenant, role=post.role, label="demonstration", expires_on=expires_on, actor=actor
            ).text
    verify_email(email_token(user), origin=ORIGIN)
    county = "" if tenant.is_platform else tenant.name
    yield Login(post.label, county, username, "token" if is_machine else "password", secret)
