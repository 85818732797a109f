"""Dispatching units: kinds, paired-aid provinces, and the credit code, in the domain and at the doors."""

import pytest
from django.db import IntegrityError

from registry.enums import Role
from registry.lib.errors import Conflict, DomainError
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.tenants import OTHER_COUNTY_CODE, county, county_office
from tests.registry.people import client_of, person
from tests.villages.test_api import client, send
from villages.domain.units import UnitChanges, add_unit, amend_unit
from villages.models import Unit

CODE = "91350100M000100Y43"
WRONG = "91350100M000100Y44"


def test_unit_of_a_paired_aid_province_is_entered_when_its_province_is_named(office: Actor) -> None:
    unit = add_unit({"name": "示例援藏工作组", "kind_code": "7", "paired_province_code": "31"}, actor=office)

    assert (unit.kind_code, unit.paired_province_code) == ("7", "31")


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"kind_code": "7"}, "unit.province_missing", "paired_province_code"),
        ({"kind_code": "3", "paired_province_code": "31"}, "unit.province_of_another_kind", "paired_province_code"),
        ({"kind_code": "77"}, "code.unknown", "kind_code"),
        ({"kind_code": "7", "paired_province_code": "54"}, "code.unknown", "paired_province_code"),
        ({"uscc": WRONG}, "uscc.check_character", "uscc"),
        ({"uscc": CODE[:17]}, "uscc.malformed", "uscc"),
        ({"uscc": CODE}, "unit.uscc_on_file", "uscc"),
    ],
)
def test_unit_is_refused_and_nothing_is_written_when_a_value_does_not_fit(
    office: Actor, values: UnitChanges, code: str, field: str
) -> None:
    add_unit({"name": "示例集团", "uscc": CODE}, actor=office)

    with pytest.raises(DomainError) as refused:
        add_unit({"name": "示例县水利局", **values}, actor=office)

    assert (refused.value.code, refused.value.field, Unit.objects.count()) == (code, field, 1)


def test_kind_of_a_unit_keeps_no_province_when_it_is_amended_to_another(office: Actor) -> None:
    unit = add_unit({"name": "示例援藏工作组", "kind_code": "7", "paired_province_code": "31"}, actor=office)

    with pytest.raises(DomainError):
        amend_unit(unit.pk, {"kind_code": "1"}, actor=office, version=1)
    amended = amend_unit(unit.pk, {"kind_code": "1", "paired_province_code": ""}, actor=office, version=1)

    assert (amended.kind_code, amended.paired_province_code, amended.version) == ("1", "", 2)


def test_same_code_is_taken_when_the_unit_is_of_another_county(office: Actor) -> None:
    add_unit({"name": "示例集团", "uscc": CODE}, actor=office)

    with tenant_scope(county_office(county(OTHER_COUNTY_CODE))) as neighbour:
        there = add_unit({"name": "示例集团", "uscc": CODE}, actor=neighbour)

    assert there.uscc == CODE


def test_database_refuses_a_code_whose_check_character_does_not_fit_when_the_domain_is_passed_by(
    office: Actor,
) -> None:
    unit = add_unit({"name": "示例集团", "uscc": CODE}, actor=office)

    with pytest.raises(IntegrityError, match="unit_uscc_check_character_fits"), savepoint():
        Unit.objects.filter(pk=unit.pk).update(uscc=WRONG)
    Unit.objects.filter(pk=unit.pk).update(uscc="")

    assert Unit.objects.get().uscc == ""


def test_second_unit_of_a_name_is_told_of_its_name_when_codes_differ(office: Actor) -> None:
    add_unit({"name": "示例集团", "uscc": CODE}, actor=office)

    with pytest.raises(Conflict) as refused:
        add_unit({"name": "示例集团"}, actor=office)

    assert refused.value.code == "unit.name_on_file"


# --- the doors --------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_unit_is_entered_and_amended_when_a_program_sends_it() -> None:
    caller = client(Role.COUNTY_OFFICE)

    entered = send(caller, "POST", "units/", {"name": "示例集团", "kind_code": "3", "uscc": f" {CODE[:8]}-{CODE[8:]}"})
    wrong = send(caller, "PATCH", f"units/{entered.json()['id']}/", {"uscc": WRONG}, 1)
    amended = send(caller, "PATCH", f"units/{entered.json()['id']}/", {"level_code": "1"}, 1)
    listed = caller.get("/api/v1/units/?kind=3").json()["results"]

    assert (entered.status_code, entered.json()["uscc"]) == (201, CODE)
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "uscc")
    assert (amended.json(), listed) == (caller.get(f"/api/v1/units/{entered.json()['id']}/").json(), [amended.json()])


@pytest.mark.django_db
def test_wrong_code_is_told_at_its_field_when_the_page_is_sent() -> None:
    office = client_of(person(Role.COUNTY_OFFICE))

    page = office.post("/admin/villages/unit/add/", {"name": "示例集团", "kind_code": "3", "uscc": WRONG}).content
    office.post("/admin/villages/unit/add/", {"name": "示例集团", "kind_code": "3", "uscc": f"{CODE[:8]} {CODE[8:]}"})

    with tenant_scope(county_office()):
        assert ("contains a typing error" in page.decode(), Unit.objects.get().uscc) == (True, CODE)
