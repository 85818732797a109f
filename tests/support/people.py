"""People and programs of a county for tests of the whole site, made by the verbs that a security administrator uses."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.test import override_settings

from config.settings import base
from registry.domain.memberships import grant_membership
from registry.domain.people import create_user, email_token, verify_email
from registry.domain.tenants import open_county
from registry.domain.tokens import issue_token
from registry.enums import Role
from registry.lib.gbcode import Level, subtree
from registry.lib.periods import today
from registry.models import Tenant
from registry.queries.divisions import divisions_in
from registry.queries.tenants import county_actor, platform_actor
from registry.tenancy.scope import tenant_scope
from villages.domain.villages import open_villages

OPENED_ON = date(2020, 1, 1)
PASSWORD = "quiet-river-7-stones"


@dataclass(frozen=True)
class Login:
    """A person who can log in."""

    username: str
    password: str
    email: str


def county_in_service(code: str, name: str) -> Tenant:
    """Open a county, with the villages of its divisions on the register."""
    with tenant_scope(platform_actor(origin="test")) as actor:
        tenant = open_county(code=code, name=name, opened_on=OPENED_ON, actor=actor)
    with tenant_scope(county_actor(tenant, origin="test")) as actor:
        divisions = divisions_in(subtree(code), level=Level.VILLAGE)
        open_villages(list(divisions.values_list("code", "name")), actor=actor)
    return tenant


def enrol(username: str, role: Role, tenant: Tenant, *, division_code: str, email: str = "") -> Login:
    """Open an account with a membership from today, its address verified by the link that was made for it."""
    actor = platform_actor(origin="test")
    # The hashers of service: those of the test settings are unknown to the running site.
    with override_settings(PASSWORD_HASHERS=base.PASSWORD_HASHERS), tenant_scope(actor):
        user = create_user(username=username, name=username, actor=actor, email=email, password=PASSWORD)
        grant_membership(user, tenant=tenant, role=role, division_code=division_code, starts_on=today(), actor=actor)
    if email:
        verify_email(email_token(user), origin="test")
    return Login(username, PASSWORD, email)


def enrol_program(username: str, role: Role, tenant: Tenant, *, division_code: str) -> str:
    """Open an account with a membership and return the text of a token for it."""
    actor = platform_actor(origin="test")
    with tenant_scope(actor):
        user = create_user(username=username, name=username, actor=actor)
        grant_membership(user, tenant=tenant, role=role, division_code=division_code, starts_on=today(), actor=actor)
        expires_on = today() + timedelta(days=30)
        return issue_token(user, tenant=tenant, role=role, label="test", expires_on=expires_on, actor=actor).text
