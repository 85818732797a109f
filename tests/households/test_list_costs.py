"""Lists of pages and programs cost as many queries for three rows as for one, and on the last page as on the first."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from registry.enums import Role
from registry.models import ApiToken
from registry.tenancy.scope import tenant_scope
from tests.factories.assistance import paired
from tests.factories.households import FIRST_DAY
from tests.factories.tenants import FAR_VILLAGE_CODE, NEXT_VILLAGE_CODE, VILLAGE_CODE, county_office
from tests.households.test_admin import LISTS, made
from tests.registry.people import client_of, person, token_of
from villages.domain.teams import send_team

pytestmark = pytest.mark.django_db
API_LISTS = ("villages", "households", "members", "pairings", "helpers")


def one_more(village_code: str) -> None:
    """Write a household with members, a helper of a new unit, and that unit's team in its village."""
    household, actor = made(status="filed", village_code=village_code), county_office()
    with tenant_scope(actor):
        helper = paired(household).helper
        assert helper is not None
        send_team(household.village_id, helper.unit_id, leader_name="示例队长", actor=actor, on=FIRST_DAY)


def cost(client: Client, address: str) -> int:
    """Count the queries of the second request: the first fills what is kept."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", LISTS)
def test_page_of_a_list_costs_the_same_when_there_are_more_rows(name: str) -> None:
    office = client_of(person(Role.COUNTY_OFFICE))
    one_more(VILLAGE_CODE)
    for_one = cost(office, f"/admin/{name}/")
    one_more(NEXT_VILLAGE_CODE)
    one_more(FAR_VILLAGE_CODE)

    assert cost(office, f"/admin/{name}/") == for_one


@pytest.mark.parametrize("name", API_LISTS)
def test_list_for_programs_costs_the_same_when_there_are_more_rows_or_a_later_page_is_read(name: str) -> None:
    token = token_of(person(Role.COUNTY_OFFICE), Role.COUNTY_OFFICE)
    office = Client(headers={"authorization": f"Bearer {token}"})
    ApiToken.objects.update(last_used_at="2999-01-01T00:00Z")
    one_more(VILLAGE_CODE)
    for_one = cost(office, f"/api/v1/{name}/")
    one_more(NEXT_VILLAGE_CODE)
    one_more(FAR_VILLAGE_CODE)
    later = office.get(f"/api/v1/{name}/?limit=1").json()["next"]

    assert (cost(office, f"/api/v1/{name}/"), cost(office, later)) == (for_one, for_one)
