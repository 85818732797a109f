"""Two counties with villages, and the offices that plan for them."""

from collections.abc import Iterator

import pytest

from registry.enums import Role
from registry.models import PLATFORM_TENANT_ID, Tenant
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import COUNTY_CODE, OTHER_COUNTY_CODE, actor_of, county
from tests.factories.villages import VillageFactory
from villages.models import VillageYear

PREFECTURE = "549900000000"
VILLAGES = ("549901100200", "549901100201", "549901200200")
OTHER_VILLAGES = ("549902100200", "549902100201")


@pytest.fixture
def here(db: None) -> Actor:
    """Give the first county's office, with three villages: the second lacks most, the third nothing."""
    office = actor_of(Role.COUNTY_OFFICE)
    with tenant_scope(office):
        for code, missing in zip(VILLAGES, (3, 8, 0), strict=True):
            lacking(code, missing)
    return office


@pytest.fixture
def there(db: None) -> Actor:
    """Give the other county's office, with two villages."""
    office = actor_of(Role.COUNTY_OFFICE, tenant=county(OTHER_COUNTY_CODE))
    with tenant_scope(office):
        for code, missing in zip(OTHER_VILLAGES, (5, 1), strict=True):
            lacking(code, missing)
    return office


@pytest.fixture
def prefecture(db: None) -> Actor:
    """Give the dispatch office of the prefecture in which both counties lie."""
    return actor_of(Role.DISPATCH_OFFICE, tenant=Tenant.objects.get(pk=PLATFORM_TENANT_ID), area=PREFECTURE)


@pytest.fixture
def office(here: Actor) -> Iterator[Actor]:
    """Open the scope of the first county's office."""
    with tenant_scope(here):
        yield here


def lacking(code: str, missing: int) -> None:
    """Make a village of which so many of the ten facilities are missing."""
    village = VillageFactory.create(code=code)
    names = (
        "has_water", "has_electricity", "has_road", "has_telephone", "has_internet",
        "has_technology", "has_education", "has_culture", "has_health", "has_social_security",
    )  # fmt: skip
    answers = {name: place >= missing for place, name in enumerate(names)}
    VillageYear(village=village, scope_code=code, year=2025, **answers).save()


__all__ = ["COUNTY_CODE", "OTHER_COUNTY_CODE"]
