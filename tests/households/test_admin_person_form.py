"""The member form on the site, the work of a person, and what the sectors read of both."""

from datetime import date

import pytest

from households.domain.facts import PersonYearDraft, record_person_year
from households.domain.work import WorkDraft, record_work
from households.models import Membership, Person, PersonYear, WorkRecord
from households.queries.sectors import sector_facts
from registry.enums import Role, Sector
from registry.tenancy.scope import tenant_scope
from tests.factories.households import registered
from tests.factories.tenants import COUNTY_CODE, county_office
from tests.registry.people import client_of, person

pytestmark = pytest.mark.django_db


def member() -> Person:
    with tenant_scope(county_office()):
        found: Person = (
            Membership.objects.select_related("person").get(household=registered(), relation_code="01").person
        )
        return found


def test_form_of_a_year_stands_in_sections_and_keeps_every_fact(db: None) -> None:
    head = member()
    clerk = client_of(person(Role.COUNTY_OFFICE))
    where = f"/admin/households/person/{head.pk}/do/record-year/"
    facts = {
        "education_code": "3",
        "health_codes": ["2", "4"],
        "work_division_code": COUNTY_CODE,
        "public_post_code": "01",
        "public_post_months": "6",
        "minimum_living_allowance_code": "1",
        "has_resident_pension": "true",
        "employer": "示例企业",
    }

    page = clerk.get(f"{where}?year=2020").content.decode()
    sent = clerk.post(where, {"version": head.version, "year": 2020, **facts})
    again = clerk.get(f"{where}?year=2020").content.decode()

    headings = ("School and education", "Health", "Work", "Allowances", "Pension and other insurance")
    assert [f">{heading}</h2>" in page for heading in headings] == [True] * 5
    assert (sent.status_code, "示例企业" in again, COUNTY_CODE in again) == (302, True, True)
    with tenant_scope(county_office()):
        row = PersonYear.objects.get()
        assert (row.health_codes, row.public_post_code, row.has_resident_pension) == (["2", "4"], "01", True)


def test_form_of_a_year_says_at_the_field_what_excludes_what(db: None) -> None:
    head = member()
    clerk = client_of(person(Role.COUNTY_OFFICE))

    sent = clerk.post(
        f"/admin/households/person/{head.pk}/do/record-year/",
        {"version": head.version, "year": 2020, "education_code": "3", "school_code": "21"},
    )

    assert (sent.status_code, "Leave the education empty" in sent.content.decode()) == (200, True)
    with tenant_scope(county_office()):
        assert not PersonYear.objects.exists()


def test_clerk_records_ends_and_withdraws_work_on_the_pages(db: None) -> None:
    head = member()
    clerk = client_of(person(Role.COUNTY_OFFICE))

    made = clerk.post(
        f"/admin/households/person/{head.pk}/do/record-work/",
        {"version": head.version, "starts_on": "2021-03-01", "employer": "示例企业"},
    )
    shown = clerk.get(f"/admin/households/person/{head.pk}/change/").content.decode()
    with tenant_scope(county_office()):
        row = WorkRecord.objects.get()
    own = f"/admin/households/workrecord/{row.pk}/"
    prefilled = clerk.get(f"{own}do/amend/").content.decode()
    ended = clerk.post(f"{own}do/amend/", {"version": 1, "starts_on": "2021-03-01", "ends_on": "2021-05-01"})
    taken = clerk.post(f"{own}do/withdraw/", {"version": 2, "reason": "登记有误"})

    assert [answer.status_code for answer in (made, ended, taken)] == [302, 302, 302]
    assert ("示例企业" in shown, "示例企业" in prefilled) == (True, True)
    with tenant_scope(county_office()):
        assert WorkRecord.objects.values_list("ends_on", "version").get() == (date(2021, 3, 1), 3)


def test_list_of_work_shows_the_persons_of_the_county(db: None) -> None:
    head = member()
    with tenant_scope(county_office()) as actor:
        record_work(head.pk, WorkDraft(starts_on=date(2021, 3, 1)), actor=actor)

    page = client_of(person(Role.COUNTY_OFFICE)).get("/admin/households/workrecord/").content.decode()

    assert head.name in page


@pytest.mark.parametrize(
    ("sector", "columns"),
    [
        (Sector.EDUCATION, {"dropout_reason_code": "9"}),
        (Sector.MEDICAL_INSURANCE, {"has_employee_medical": True, "receives_medical_assistance": None}),
        (Sector.DISABILITY, {"disability_card_year": 2015, "disability_category_code": ""}),
        (Sector.CIVIL_AFFAIRS, {"minimum_living_allowance_code": "2", "is_unsupported_child": False, "year": 2020}),
    ],
)
def test_sector_reads_its_own_columns_of_the_latest_year(db: None, sector: str, columns: dict[str, object]) -> None:
    head = member()
    facts = PersonYearDraft(
        year=2020,
        dropout_reason_code="9",
        has_employee_medical=True,
        disability_card_year=2015,
        minimum_living_allowance_code="2",
        is_unsupported_child=False,
    )
    earlier = PersonYearDraft(year=2019, minimum_living_allowance_code="1", is_unsupported_child=True)
    with tenant_scope(county_office()) as actor:
        record_person_year(head.pk, earlier, actor=actor)
        record_person_year(head.pk, facts, actor=actor)

        rows = sector_facts(sector).filter(person_number=head.number).order_by("-year")
        row = rows[0]

    assert {name: row[name] for name in columns} == columns
    assert ("employer" in row, "phone_sealed" in row) == (False, False)
