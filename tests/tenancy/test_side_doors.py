"""What an address may be asked with besides what it offers, and what is left to a helper whose pairing has ended."""

from typing import Final
from uuid import UUID

import pytest
from django.db import transaction
from django.urls import reverse

from assistance.models import Pairing
from registry.api.pagination import cursor_of
from registry.enums import Role
from registry.lib.periods import today
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import OTHER_COUNTY_CODE, actor_of, county
from tests.tenancy.addresses import ADDRESSES, roles_of
from tests.tenancy.apps import APPS
from tests.tenancy.matrix import API
from tests.tenancy.test_areas import READING
from tests.tenancy.test_bodies import own_ids
from tests.tenancy.test_leaks import LISTS
from tests.tenancy.world import World

pytestmark = pytest.mark.slow
NOT_OFFERED: Final = [
    "ordering=id", "order_by=-id", "tenant_id=1", "tenant=1", "scope_code=549901100200", "document_index=00",
    "document_sealed__startswith=0", "phone_index=00", "account_sealed=0", "household__tenant_id=1",
    "person__document_index=00", "id__gt=0", "fields=document", "format=csv", "offset=1", "page_size=100000",
]  # fmt: skip
CURSORS: Final = [
    "' OR 1=1 --",
    "20210101' OR 1=1",
    "\x00",
    "AAAA",
    "%27",
    "é",
    "0" * 5000,
    "20219999AAAAAAAAAAAAAAAAAAAAAA",
]
OFFICE_LISTS: Final = [name for name in LISTS if Role.COUNTY_OFFICE in roles_of(API[name]["GET"])]
HOUSEHOLDS: Final = {"household_id", "person_id", "measure_id", "record_id"} | {
    parameter for app in APPS for parameter in app.of_households
}
HELPERS: Final = [name for name in READING if Role.HELPER in roles_of(API[name]["GET"])]


@pytest.mark.parametrize("asked", NOT_OFFERED)
def test_list_refuses_when_it_is_asked_for_what_it_does_not_offer(world: World, asked: str) -> None:
    program = world.program(Role.COUNTY_OFFICE)

    statuses = {name: program.get(f"{reverse(name)}?{asked}").status_code for name in OFFICE_LISTS}

    assert statuses == dict.fromkeys(OFFICE_LISTS, 400)


@pytest.mark.parametrize("name", OFFICE_LISTS)
def test_list_refuses_when_its_cursor_was_edited(world: World, name: str) -> None:
    program = world.program(Role.COUNTY_OFFICE)

    statuses = {program.get(reverse(name), {"cursor": cursor}).status_code for cursor in CURSORS}

    assert statuses <= {400, 422}


@pytest.mark.parametrize("name", OFFICE_LISTS)
def test_list_tells_nothing_of_the_other_county_when_its_cursor_is_of_a_row_there(world: World, name: str) -> None:
    theirs = county(OTHER_COUNTY_CODE).pk
    rows = [row_id for table in world.everything.values() for row_id, owner, _code in table if owner == theirs]
    program = world.program(Role.COUNTY_OFFICE)

    answers = [
        program.get(reverse(name), {"cursor": day + cursor_of(UUID(row_id))})
        for row_id in rows[:3]
        for day in ("", "20210101")
    ]

    assert [world.leaks_in(answer.content, other=True) for answer in answers] == [[]] * len(answers)
    assert max(answer.status_code for answer in answers) < 500


@pytest.mark.parametrize("name", HELPERS)
def test_helper_meets_no_household_when_the_pairing_has_ended(world: World, name: str) -> None:
    ids = own_ids(world, name)
    where = reverse(name, kwargs={parameter: ids[parameter] for parameter in ADDRESSES[name]})
    paired = [str(world.ids[key]).encode() for key in ("household_id", "person_id", "measure_id", "record_id")]
    helper = world.program(Role.HELPER)
    with transaction.atomic():
        before = helper.get(where)
        with tenant_scope(actor_of(Role.COUNTY_OFFICE)):
            Pairing.objects.update(ends_on=today())

        after = helper.get(where)

        transaction.set_rollback(True)
    found = [one for one in paired if one in after.content and one.decode() not in where]
    assert (found, before.status_code, after.status_code in {200, 404}) == ([], 200, True)
    assert after.status_code == 404 or not {*ADDRESSES[name]} & HOUSEHOLDS
