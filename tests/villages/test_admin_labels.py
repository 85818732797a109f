"""The pages of villages and units show labels where codes are on file."""

import pytest

from registry.enums import Role
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import county_office
from tests.factories.villages import UnitFactory, VillageFactory
from tests.registry.people import client_of, person
from villages.admin.labels import labels_of

pytestmark = pytest.mark.django_db


def test_page_of_a_unit_shows_the_label_of_its_level_when_only_read() -> None:
    with tenant_scope(county_office()):
        unit = UnitFactory.create(name="示例局", level_code="1")
    client = client_of(person(Role.SECTOR_CLERK))

    pages = [client.get(f"/admin/villages/unit/{rest}").content.decode() for rest in ("", f"{unit.id}/change/")]

    assert ["Central" in page for page in pages] == [True, True]


def test_page_of_a_village_shows_labels_and_no_codes_when_only_read() -> None:
    with tenant_scope(county_office()):
        village = VillageFactory.create(priority_codes=["1", "2"])
    client = client_of(person(Role.SECTOR_CLERK))

    page = client.get(f"/admin/villages/village/{village.id}/change/").content.decode()

    assert "Poor village of a deeply poor county, Poor village that is hard to lift" in page


@pytest.mark.parametrize(
    ("codes", "shown"), [("1", "Central"), (["1", "77"], "Central, 77"), ("77", "77"), ("", ""), ([], "")]
)
def test_label_is_the_code_itself_when_the_list_does_not_know_it(codes: str | list[str], shown: str) -> None:
    county_office()

    assert labels_of("unit_level", codes) == shown
