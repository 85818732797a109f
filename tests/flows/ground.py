"""A live site with two counties and the prefecture above them: who works at which desk, and with which phone."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from pytest_django import DjangoDbBlocker

from dossiers.domain.looks import load_shipped_look_forms
from dossiers.domain.templates import load_shipped_templates
from registry.domain.tokens import issue_token
from registry.enums import Role
from registry.lib.periods import today
from registry.models import PLATFORM_TENANT_ID, Tenant, User
from registry.queries.tenants import county_actor, platform_actor
from registry.tenancy.scope import tenant_scope
from tests.flows.desk import Desk
from tests.support.county import COUNTY, TOWNSHIP, VILLAGE
from tests.support.database import django_connected_to
from tests.support.live import running_site
from tests.support.people import PASSWORD, county_in_service, enrol
from tests.support.web import Reader

OTHER_COUNTY, PREFECTURE = "549902000000", "549900000000"
# Who works where: the role, the county (none for the prefecture), and the division.
PEOPLE: Final[Mapping[str, tuple[Role, str, str]]] = {
    "prefecture": (Role.DISPATCH_OFFICE, "", PREFECTURE),
    "office": (Role.COUNTY_OFFICE, COUNTY, COUNTY),
    "colleague": (Role.COUNTY_OFFICE, COUNTY, COUNTY),
    "township": (Role.TOWNSHIP_CLERK, COUNTY, TOWNSHIP),
    "village": (Role.VILLAGE_TEAM, COUNTY, VILLAGE),
    "helper1": (Role.HELPER, COUNTY, VILLAGE),
    "helper2": (Role.HELPER, COUNTY, VILLAGE),
    "neighbour": (Role.COUNTY_OFFICE, OTHER_COUNTY, OTHER_COUNTY),
}


@dataclass(frozen=True)
class Ground:
    """A live site, and the phones of the people who work there."""

    address: str
    tokens: Mapping[str, str]

    def desk(self, name: str) -> Desk:
        """Log somebody in on the site."""
        return Desk(self.address, name, PASSWORD)

    def phone(self, name: str) -> Reader:
        """Give the program that works for somebody by REST."""
        return Reader(self.address, token=self.tokens[name])


@contextmanager
def two_counties(django_db_blocker: DjangoDbBlocker, *names: str) -> Iterator[Ground]:
    """Run a site with two counties that have their procedures, and the people of these names at work."""
    with running_site() as live:
        with django_db_blocker.unblock(), django_connected_to(live.database):
            tenants = {
                "": Tenant.objects.get(pk=PLATFORM_TENANT_ID),
                COUNTY: county_in_service(COUNTY, "示例县"),
                OTHER_COUNTY: county_in_service(OTHER_COUNTY, "示例邻县"),
            }
            for code in (COUNTY, OTHER_COUNTY):
                with tenant_scope(county_actor(tenants[code], origin="test")) as service:
                    load_shipped_templates(actor=service)
                    load_shipped_look_forms(actor=service)
            tokens = {name: _at_work(name, tenants) for name in names}
        yield Ground(live.address, tokens)


def _at_work(name: str, tenants: Mapping[str, Tenant]) -> str:
    """Enrol somebody, and give the token of their phone."""
    role, county, division = PEOPLE[name]
    enrol(name, role, tenants[county], division_code=division)
    with tenant_scope(platform_actor(origin="test")) as actor:
        user = User.objects.get(username=name)
        until = today() + timedelta(days=30)
        return issue_token(user, tenant=tenants[county], role=role, label="phone", expires_on=until, actor=actor).text
