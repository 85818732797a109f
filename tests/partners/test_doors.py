"""Partners, benefit links and marks by REST and by the site."""

from datetime import date
from decimal import Decimal

import pytest

from households.domain.income import IncomeDraft, LineDraft, record_income
from households.models import Household, IncomeLine
from partners.models import BenefitLink, DemonstrationMark, Partner, PartnerLink
from registry.enums import Role
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import county_office
from tests.households.test_api import client, household, post
from tests.registry.people import client_of, person

pytestmark = pytest.mark.django_db
COMPANY = {
    "name": "示例牦牛公司",
    "kind_code": "11",
    "uscc": "91350100M000100Y43",
    "phone": "17900000001",
    "starts_on": "2020-02-01",
}


def with_income(*years: int) -> Household:
    """Give a household with a wage, yaks and an allowance in each year."""
    home = household()
    lines = (
        LineDraft(item_code="101", amount_yuan=Decimal(9000)),
        LineDraft(item_code="202", product="牦牛", amount_yuan=Decimal(4000)),
        LineDraft(item_code="401", amount_yuan=Decimal(2000)),
    )
    drafts = [
        IncomeDraft(
            household_id=home.pk,
            year=year,
            period_start=date(year, 1, 1),
            period_end=date(year + 1, 1, 1),
            person_count=2,
            lines=lines,
        )
        for year in years
    ]
    with tenant_scope(county_office()) as actor:
        [record_income([draft], actor=actor) for draft in drafts]
        return Household.objects.get(pk=home.pk)


def test_income_is_followed_to_a_partner_by_rest() -> None:
    home, caller = with_income(2020, 2021), client(Role.COUNTY_OFFICE)
    partner = post(caller, "partners/", COMPANY).json()
    link = {"partner_id": partner["id"], "household_id": str(home.pk), "form_codes": ["2"], "on": "2020-03-01"}
    helped = post(caller, "partner-links/", link)
    wage = {"item_code": "101", "benefit_code": "4", "source_kind": "partner", "partner_id": partner["id"]}

    stated = post(caller, "benefit-links/", {**wage, "household_id": str(home.pk), "year": 2020})
    carried = post(caller, f"households/{home.pk}/income-sources/carry/", {"year": 2021}, version=home.version)
    benefit = carried.json()["links"][0]
    named = {"item_code": "101", "benefit_code": "4", "source_kind": "post", "source_name": "护林员"}
    edition = post(caller, f"benefit-links/{benefit['id']}/editions/", named, version=1)
    shown = caller.get(f"/api/v1/households/{home.pk}/income-sources/?year=2021").json()

    assert (partner["version"], "phone" in partner, helped.status_code, stated.status_code) == (1, False, 201, 201)
    assert (edition.status_code, edition.json()["edition"], edition.json()["replaces_id"]) == (201, 2, benefit["id"])
    assert [(one["item_code"], one["source_text"]) for one in shown["earned"]] == [
        ("101", "Post: 护林员"),
        ("202", None),
    ]
    assert (shown["linked_yuan"], shown["unlinked_percent"], shown["handed_out_yuan"]) == ("9000.00", "30.8", "2000.00")
    figures = caller.get(f"/api/v1/partners/{partner['id']}/figures/").json()["years"]
    assert figures == [{"year": 2020, "household_count": 1, "line_count": 1, "amount_yuan": "9000.00"}]
    lines = caller.get(f"/api/v1/benefit-links/?partner={partner['id']}&year=2020&in_force=true").json()["results"]
    assert [(one["household_number"], one["paid_yuan"], one["stands"]) for one in lines] == [
        (home.number, "9000.00", True)
    ]


def test_partner_is_amended_and_ended_by_rest_and_refusals_name_their_field() -> None:
    home, caller = with_income(2020), client(Role.COUNTY_OFFICE)
    wrong = post(caller, "partners/", {**COMPANY, "uscc": "91350100M000100Y44"})
    partner = post(caller, "partners/", COMPANY).json()
    link = {"partner_id": partner["id"], "household_id": str(home.pk), "form_codes": ["2"], "on": "2020-03-01"}
    post(caller, "partner-links/", link)

    both = post(caller, "partner-links/", {**link, "village_id": str(home.village_id)})
    again = post(caller, "partner-links/", link)
    end = {"on": "2021-01-01", "reason": "停业"}
    ended = post(caller, f"partners/{partner['id']}/end/", end, version=1)
    twice = post(caller, f"partners/{partner['id']}/end/", end, version=2)

    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "uscc")
    assert (both.status_code, again.status_code, ended.status_code, twice.status_code) == (422, 409, 200, 409)
    rows = caller.get("/api/v1/partner-links/?has_ended=true").json()["results"]
    assert [(row["ends_on"], row["end_reason"]) for row in rows] == [("2021-01-01", "停业")]


def test_mark_is_given_and_withdrawn_by_rest() -> None:
    home, caller = with_income(2020), client(Role.TOWNSHIP_CLERK)
    wanted = {"household_id": str(home.pk), "year": 2020, "result": "牦牛养殖增收", "on": "2021-03-01"}

    marked = post(caller, "demonstration-households/", wanted).json()
    again = post(caller, "demonstration-households/", wanted)
    withdrawn = post(caller, f"demonstration-households/{marked['id']}/withdrawal/", {"reason": "记错"}, version=1)

    assert (marked["net_per_head_yuan"], again.status_code, withdrawn.json()["withdrawal_reason"]) == (
        "7500.00",
        409,
        "记错",
    )


def test_office_enters_a_partner_and_team_links_it_on_the_site() -> None:
    home, office, team = household(), client_of(person(Role.COUNTY_OFFICE)), client_of(person(Role.VILLAGE_TEAM))
    form = {"name": "示例带头人", "kind_code": "21", "division_code": "549901000000", "uscc": "", "contact_name": "",
            "skill": "牦牛养殖", "unit": "", "phone": "17900000001", "starts_on": "2020-02-01"}  # fmt: skip
    office.post("/admin/partners/partner/add/", form)
    with tenant_scope(county_office()):
        row = Partner.objects.get()
    page = f"/admin/partners/partner/{row.pk}"

    unknown = team.post(
        f"{page}/do/help-household/", {"household_number": "0", "form_codes": ["5"], "on": "2021-02-01"}
    )
    team.post(f"{page}/do/help-household/", {"household_number": home.number, "form_codes": ["5"], "on": "2021-02-01"})
    team.post(f"{page}/do/help-village/", {"village": str(home.village_id), "form_codes": ["5"], "on": "2021-02-01"})
    shown = team.get(f"{page}/change/").content.decode()
    listed = team.get(f"/admin/partners/partnerlink/?partner={row.pk}").content.decode()
    household_page = team.get(f"/admin/households/household/{home.pk}/change/").content.decode()
    village_page = office.get(f"/admin/villages/village/{home.village_id}/change/").content.decode()

    with tenant_scope(county_office()):
        links = list(PartnerLink.objects.order_by("id").values_list("household_id", "village_id"))
    assert "no household with this number" in unknown.content.decode()
    assert links == [(home.pk, None), (None, home.village_id)]
    assert ("17900000001" in shown, home.number in listed) == (False, True)
    assert ("示例带头人" in household_page, "示例带头人" in village_page) == (True, True)


def test_team_names_sources_on_the_site_and_helper_may_not() -> None:
    home, team = with_income(2021), client_of(person(Role.VILLAGE_TEAM))
    with tenant_scope(county_office()):
        line = IncomeLine.objects.get(household=home, item_code="101")
    page, form = f"/admin/partners/households/{home.pk}/sources/", f"/admin/partners/income-lines/{line.pk}/source/"
    values = {"benefit_code": "4", "source": "post", "source_name": "护林员"}

    before = team.get(f"{page}?year=2021").content.decode()
    wrong = team.post(form, {**values, "benefit_code": "1", "version": home.version})
    team.post(form, {**values, "version": home.version})
    changed = team.post(form, {**values, "source_name": "保洁员", "version": 1})
    after = team.get(f"{page}?year=2021").content.decode()

    with tenant_scope(county_office()):
        link = BenefitLink.objects.get(withdrawn_on=None)
    assert ("No source named (100.0 %)" in before, "does not fit the line" in wrong.content.decode()) == (True, True)
    assert (changed.status_code, link.edition, "Post: 保洁员" in after, "(30.8 %)" in after) == (302, 2, True, True)
    assert client_of(person(Role.HELPER)).get(form).status_code in {403, 404}


def test_loose_link_is_listed_moved_and_withdrawn_on_the_site() -> None:
    home, team = with_income(2021), client_of(person(Role.VILLAGE_TEAM))
    caller = client(Role.COUNTY_OFFICE)
    named = {"item_code": "101", "benefit_code": "4", "source_kind": "post", "source_name": "护林员"}
    link = post(caller, "benefit-links/", {**named, "household_id": str(home.pk), "year": 2021}).json()
    with tenant_scope(county_office()) as actor:
        lines = (LineDraft(item_code="109", amount_yuan=Decimal(9000)),)
        draft = IncomeDraft(household_id=home.pk, year=2021, period_start=date(2021, 1, 1),
                            period_end=date(2022, 1, 1), person_count=2, lines=lines)  # fmt: skip
        record_income([draft], actor=actor)

    loose = team.get("/admin/partners/benefitlink/?loose=2021").content.decode()
    page = team.get(f"/admin/partners/households/{home.pk}/sources/?year=2021").content.decode()
    listed = caller.get("/api/v1/benefit-links/?in_force=true&stands=false&year=2021").json()["results"]
    of_all = caller.get("/api/v1/benefit-links/?stands=false")
    with tenant_scope(county_office()):
        line = IncomeLine.objects.get(household=home)
    form = f"/admin/partners/benefit-links/{link['id']}/move/"
    wrong = team.post(form, {"line": str(line.pk), "benefit_code": "1", "version": "1"}).content.decode()
    team.post(form, {"line": str(line.pk), "benefit_code": "4", "version": "1"})
    with tenant_scope(county_office()):
        moved = BenefitLink.objects.get(withdrawn_on=None)
    put_right = team.get("/admin/partners/benefitlink/?loose=2021").content.decode()
    team.post(f"/admin/partners/benefitlink/{moved.pk}/do/withdraw/", {"reason": "换了岗位", "version": "1"})

    assert (home.number in loose, f"{form}" in page, home.number in put_right) == (True, True, False)
    assert ([one["id"] for one in listed], of_all.status_code) == ([link["id"]], 422)
    assert "does not fit the line" in wrong
    assert (moved.item_code, moved.source_name, moved.edition) == ("109", "护林员", 2)
    with tenant_scope(county_office()):
        assert not BenefitLink.objects.filter(withdrawn_on=None).exists()


def test_clerk_marks_a_household_on_the_site() -> None:
    home, clerk = with_income(2020), client_of(person(Role.TOWNSHIP_CLERK))
    form = {"household_number": home.number, "year": "2020", "result": "牦牛养殖增收", "on": "2021-03-01"}

    refused = clerk.post("/admin/partners/demonstrationmark/add/", {**form, "year": "2019"})
    clerk.post("/admin/partners/demonstrationmark/add/", form)
    with tenant_scope(county_office()):
        row = DemonstrationMark.objects.get()
    clerk.post(f"/admin/partners/demonstrationmark/{row.pk}/do/withdraw/", {"reason": "记错", "version": "1"})

    assert "No net income per person is on file" in refused.content.decode()
    with tenant_scope(county_office()):
        assert DemonstrationMark.objects.get().withdrawal_reason == "记错"


def test_partners_figures_lead_to_their_lines_on_the_site() -> None:
    home, office, caller = with_income(2021), client_of(person(Role.COUNTY_OFFICE)), client(Role.COUNTY_OFFICE)
    partner = post(caller, "partners/", COMPANY).json()
    wage = {"item_code": "101", "benefit_code": "4", "source_kind": "partner", "partner_id": partner["id"]}
    post(caller, "benefit-links/", {**wage, "household_id": str(home.pk), "year": 2021})

    page = office.get(f"/admin/partners/partners/{partner['id']}/figures/").content.decode()

    assert ("1 households, 1 lines" in page, home.number in page, "9000.00" in page) == (True, True, True)


def test_filters_for_what_has_ended_answer_on_the_site() -> None:
    clerk = client_of(person(Role.COUNTY_OFFICE))

    ended = clerk.get("/admin/partners/partner/", {"ends_on__isempty": "0"})
    other = clerk.get("/admin/partners/partner/", {"ends_on__gte": "2020-01-01"})

    assert (ended.status_code, other.status_code) == (200, 400)
