"""A live site with an empty register and the people of one county."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from pytest_django import DjangoDbBlocker

from registry.enums import Role
from tests.support.database import django_connected_to
from tests.support.live import LiveSite, running_site
from tests.support.people import Login, county_in_service, enrol, enrol_program
from tests.support.web import Reader

COUNTY = "549901000000"
TOWNSHIP = "549901100000"
VILLAGE = "549901100200"


@dataclass(frozen=True)
class CountySite:
    """A live site, and who may use it."""

    live: LiveSite
    office: Login
    township: Login
    village: Login
    program_token: str
    village_token: str

    def reader(self, login: Login) -> Reader:
        """Return a session of a person who has logged in."""
        reader = Reader(self.live.address)
        answer = reader.log_in(login.username, login.password)
        assert "/login/" not in answer.address, answer.text
        return reader

    def program(self) -> Reader:
        """Return a program with its token."""
        return Reader(self.live.address, token=self.program_token)


@pytest.fixture(scope="module")
def county_site(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[CountySite]:
    """Run a site whose register is empty, with the people of one county."""
    with running_site() as live:
        yield county_on(live, django_db_blocker)


def county_on(live: LiveSite, django_db_blocker: DjangoDbBlocker) -> CountySite:
    """Enrol the people of one county on a running site whose register is empty."""
    with django_db_blocker.unblock(), django_connected_to(live.database):
        county = county_in_service(COUNTY, "示例县")
        office = enrol("office", Role.COUNTY_OFFICE, county, division_code=COUNTY, email="office@example.invalid")
        township = enrol("township", Role.TOWNSHIP_CLERK, county, division_code=TOWNSHIP)
        village = enrol("village", Role.VILLAGE_TEAM, county, division_code=VILLAGE)
        token = enrol_program("program", Role.COUNTY_OFFICE, county, division_code=COUNTY)
        village_token = enrol_program("village-phone", Role.VILLAGE_TEAM, county, division_code=VILLAGE)
    return CountySite(live, office, township, village, token, village_token)
