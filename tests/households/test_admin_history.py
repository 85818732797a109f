"""The history of a record: labels in place of codes, ids and field names; sealed values stay masked."""

import re
from datetime import date

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from households.domain.amend import amend_household, amend_person
from households.domain.drafts import PersonDraft, YearDraft
from households.domain.facts import PersonYearDraft, record_household_year, record_person_year
from households.domain.members import add_person
from households.domain.move import move_household
from households.domain.status import change_status
from households.models import Membership
from registry.enums import Role
from registry.tenancy.scope import tenant_scope
from tests.factories.assistance import paired
from tests.factories.tenants import NEXT_VILLAGE_CODE, county_office
from tests.factories.villages import VillageFactory
from tests.households.test_admin import made
from tests.registry.people import client_of, person
from villages.domain.villages import amend_village
from villages.domain.years import VillageYearDraft, record_village_year

pytestmark = pytest.mark.django_db
CELL = re.compile(r"<td class=\"align-top[^>]*>(.*?)</td>")


@pytest.fixture
def office(db: None) -> Client:
    return client_of(person(Role.COUNTY_OFFICE))


def cells(office: Client, address: str) -> list[str]:
    return CELL.findall(office.get(f"/admin/{address}/history/").content.decode())


def test_changes_of_a_household_are_read_without_codes_when_every_verb_was_done(office: Client) -> None:
    household, actor = made(status="filed"), county_office()
    with tenant_scope(actor):
        VillageFactory.create(code=NEXT_VILLAGE_CODE, name="示例镇2村")
        amend_household(household.id, {"main_cause_code": "02", "phone": "17910000001"}, actor=actor, version=1)
        child = PersonDraft(
            name="示例儿", relation_code="03", sex_code="1", birth_on=date(2021, 1, 2), birth_precision="day"
        )
        add_person(household.id, child, actor=actor, on=date(2021, 1, 2), reason_code="11")
        record_household_year(household.id, YearDraft(year=2020, safe_water=True), actor=actor)
        move_household(household.id, NEXT_VILLAGE_CODE, actor=actor, on=date(2021, 2, 1), reason="搬迁")
        change_status(household.id, "lift", actor=actor, on=date(2021, 3, 1), reason="公告")

    shown = cells(office, f"households/household/{household.id}")

    assert {"Main cause of poverty", "示例儿", "Effective on", "Yes", "Lifted", "***"} <= {
        text[:1].upper() + text[1:] for text in shown
    }
    assert [text for text in shown if re.search(r"_|[0-9a-f]{8}-|^5499|^0\d$", text)] == []


def test_changes_of_person_village_and_pairing_are_read_without_codes_when_shown(office: Client) -> None:
    household, actor = made(status="filed"), county_office()
    with tenant_scope(actor):
        member = Membership.objects.get(relation_code="01")
        amend_person(member.person_id, {"name": "示例张三"}, actor=actor, version=1)
        facts = PersonYearDraft(year=2020, education_code="1", health_codes=("2", "3"))
        record_person_year(member.person_id, facts, actor=actor)
        village = household.village
        amend_village(village.id, {"priority_codes": ["3"]}, actor=actor, version=1)
        record_village_year(village.id, VillageYearDraft(year=2020, has_water=False), actor=actor)
        pairing = paired(household)
    addresses = (
        f"households/person/{member.person_id}",
        f"villages/village/{village.id}",
        f"assistance/pairing/{pairing.id}",
        f"assistance/helper/{pairing.helper_id}",
        f"villages/unit/{pairing.helper.unit_id if pairing.helper else ''}",
    )

    shown = [text for address in addresses for text in cells(office, address)]

    assert len(shown) > 12
    assert [text for text in shown if re.search(r"_|[0-9a-f]{8}-|^\d(, \d)*$", text)] == []


@pytest.mark.parametrize("count", [1, 3])
def test_history_takes_as_many_queries_when_there_are_more_changes(
    office: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    household = made()
    with tenant_scope(county_office()):
        for number in range(count):
            amend_household(household.id, {"group_name": f"{number}组"}, actor=county_office(), version=number + 1)
    office.get(f"/admin/households/household/{household.id}/history/")

    with django_assert_num_queries(9):
        cells(office, f"households/household/{household.id}")
