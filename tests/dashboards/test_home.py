import pytest
from registry.enums import Role
from tests.factories.households import registered
from tests.factories.tenants import VILLAGE_CODE
from tests.registry.people import client_of, person
from registry.tenancy.context import Actor


def test_smoke(office: Actor) -> None:
    registered(status="filed")
    browser = client_of(person(Role.COUNTY_OFFICE))
    page = browser.get("/admin/")
    print(page.content.decode()[:300])
    assert page.status_code == 200, page.content.decode()[-3000:]
