"""The pages of households and persons show labels where codes are on file."""

import re
from datetime import date

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from assistance.domain.helper import link_login
from households.domain.amend import amend_household
from households.domain.facts import PersonYearDraft, record_person_year
from households.domain.members import change_head
from households.domain.monitoring import identify_for_monitoring, remove_risk
from households.domain.status import change_status
from households.models import Membership
from registry.enums import Role
from registry.tenancy.scope import tenant_scope
from tests.factories.assistance import HelperFactory, paired
from tests.factories.households import registered
from tests.factories.tenants import county_office
from tests.registry.people import client_of, person

pytestmark = pytest.mark.django_db
LINKS = re.compile(r"[0-9a-f]{12}/(?:do/)?([a-z-]+)/")
RECORDING = {"visit", "relocation", "look", "dossier", "grievance", "post-pay", "record-year", "record-measure", "join"}
RECORDING |= {"record-help-visit", "draft-plan", "enter-request", "record-loan", "move"}


def cells(page: str, name: str) -> list[str]:
    """Give the texts of an inline's column, row by row."""
    found = re.findall(rf'<td class="[^"]*\bfield-{name}\b.*?</td>', page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in found]


def test_page_of_a_household_shows_labels_of_members_and_monitoring() -> None:
    with tenant_scope(county_office()) as actor:
        household = registered(status="lifted")
        identify_for_monitoring(household.id, "1", actor=actor, on=date(2021, 6, 1), reason="大病")
        remove_risk(household.id, "2", actor=actor, on=date(2021, 9, 1), reason="稳定")
    client = client_of(person(Role.COUNTY_OFFICE))

    page = client.get(f"/admin/households/household/{household.id}/change/").content.decode()

    names = ("relation_label", "end_reason_label", "category_label", "end_label")
    assert [cells(page, name) for name in names] == [
        ["Head", "Spouse"],
        ["–", "–"],
        ["Lifted, not stable"],
        ["Naturally"],
    ]


def test_page_of_a_household_shows_labels_when_the_head_changed_and_it_was_closed() -> None:
    with tenant_scope(county_office()) as actor:
        household = registered(status="lifted", monitoring_state="identified", monitoring_code="1")
        spouse = Membership.objects.get(household=household, relation_code="02").person_id
        day = date(2021, 6, 1)
        change_head(household.id, spouse, former_head_relation="02", actor=actor, on=day, reason="户主变更")
        change_status(household.id, "close_wrong", actor=actor, on=date(2021, 9, 1), reason="错评")
    client = client_of(person(Role.COUNTY_OFFICE))

    page = client.get(f"/admin/households/household/{household.id}/change/").content.decode()

    ended = ["Head changed", "Head changed", "Wrongly filed", "Wrongly filed"]
    assert [cells(page, name) for name in ("end_reason_label", "end_label")] == [ended, ["Wrongly filed"]]


def test_page_of_a_closed_household_is_for_reading_and_offers_nothing_to_record() -> None:
    with tenant_scope(county_office()) as actor:
        household = registered(status="lifted", monitoring_state="identified", monitoring_code="1")
        paired(household)
        address = f"/admin/households/household/{household.id}/change/"
        client = client_of(person(Role.COUNTY_OFFICE))
        before = LINKS.findall(client.get(address).content.decode())
        change_status(household.id, "close_wrong", actor=actor, on=date(2021, 9, 1), reason="错评")

    page = client.get(address).content.decode()

    assert RECORDING & {*before} == RECORDING
    assert RECORDING & {*LINKS.findall(page)} == set()
    assert ("/timeline/" in page, 'name="_save"' in page) == (True, False)
    assert client.post(address, {"number": "X9", "version": "2"}).status_code == 403


def test_page_of_a_household_shows_labels_when_only_read() -> None:
    account = person(Role.HELPER)
    with tenant_scope(county_office()) as actor:
        household = registered(main_cause_code="01")
        amend_household(household.id, {"standard_code": "1", "other_cause_codes": ["02"]}, actor=actor, version=1)
        helper = HelperFactory.create()
        link_login(helper.id, account.username, actor=actor)
        paired(household, helper=helper)

    page = client_of(account).get(f"/admin/households/household/{household.id}/change/").content.decode()

    assert [label in page for label in ("National standard", "Illness", "Disability")] == [True, True, True]


def test_page_of_a_person_shows_labels_of_the_years() -> None:
    with tenant_scope(county_office()) as actor:
        head = Membership.objects.get(household=registered(), relation_code="01").person
        facts = PersonYearDraft(year=2020, education_code="2", health_codes=("2", "3"))
        record_person_year(head.pk, facts, actor=actor)
    client = client_of(person(Role.COUNTY_OFFICE))

    page = client.get(f"/admin/households/person/{head.pk}/change/").content.decode()

    names = ("relation_label", "education_label", "health_label", "skill_label")
    shown = [["Head"], ["Primary school"], ["Long-term chronic illness, Serious illness"], ["–"]]
    assert [cells(page, name) for name in names] == shown


def test_list_of_persons_shows_labels_in_the_language_of_the_reader() -> None:
    account = person(Role.COUNTY_OFFICE)
    account.language = "zh-hans"
    account.save()
    with tenant_scope(county_office()):
        registered()

    page = client_of(account).get("/admin/households/person/").content.decode()

    assert set(cells(page, "sex_label")) <= {"男", "女"}
    assert len(cells(page, "sex_label")) == 2


def test_facts_of_a_sector_are_labels_when_they_are_codes() -> None:
    with tenant_scope(county_office()) as actor:
        head = Membership.objects.get(household=registered(), relation_code="01").person
        record_person_year(head.pk, PersonYearDraft(year=2020, education_code="2"), actor=actor)
    client = client_of(person(Role.SECTOR_CLERK))

    page = client.get("/admin/sector-facts/").content.decode()

    assert "Primary school" in page


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_persons_takes_as_many_queries_when_there_are_more(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with tenant_scope(county_office()):
        _rows = [registered() for _ in range(count)]
    client = client_of(person(Role.COUNTY_OFFICE))
    client.get("/admin/households/person/")

    with django_assert_num_queries(9):
        client.get("/admin/households/person/")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_page_of_a_household_names_villages_and_no_codes_when_it_is_read(language: str) -> None:
    account = person(Role.COUNTY_OFFICE)
    account.language = language
    account.save(update_fields=["language"])
    with tenant_scope(county_office()):
        household = registered(status="filed")
        village = household.village

    page = client_of(account).get(f"/admin/households/household/{household.id}/change/").content.decode()

    assert village.name in page
    assert village.code not in page


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_headings_of_a_sector_are_words_when_its_clerk_reads_them(language: str) -> None:
    account = person(Role.SECTOR_CLERK)
    account.language = language
    account.save(update_fields=["language"])
    with tenant_scope(county_office()):
        household = registered()
        member = Membership.objects.select_related("person").get(household=household, relation_code="01")
        facts = PersonYearDraft(year=2020, education_code="1")
        record_person_year(member.person_id, facts, actor=county_office())

    page = client_of(account).get("/admin/sector-facts/").content.decode()

    assert member.person.name in page
    assert not {"education_code", "school_code", "person_name", "village_code", member.scope_code} & set(
        re.findall(r"\w+", page)
    )
