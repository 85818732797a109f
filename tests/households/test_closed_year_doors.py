"""Closed years and requests of figures and status, as clerks and programs meet them."""

from datetime import date
from decimal import Decimal

import pytest

from households.domain.change_rules import set_change_rule
from households.domain.closed_years import close_year
from households.domain.drafts import YearDraft
from households.domain.facts import record_household_year
from households.domain.income import IncomeDraft, LineDraft, record_income
from households.models import ChangeRequest, ClosedYear, Household, HouseholdYear, Membership, PersonYear
from registry.enums import Role
from registry.tenancy.scope import tenant_scope
from tests.factories.households import registered
from tests.factories.tenants import county_office
from tests.households.test_change_request_doors import PAGES, WHY, program, sent, typed
from tests.registry.people import client_of, person

pytestmark = pytest.mark.django_db
YEAR = 2020
FACTS = YearDraft(year=YEAR, is_declared=True, net_per_head_yuan=Decimal(4000), source="农户自报")
FORM = {"year": YEAR, "is_declared": True, "net_per_head_yuan": "4500", "source": "农户自报"}
LINES = {
    "year": YEAR,
    "period_start": "2019-10-01",
    "period_end": "2020-10-01",
    "person_count": 2,
    "lines": [{"item_code": "101", "amount_yuan": "9000"}, {"item_code": "102", "amount_yuan": "1000"}],
    "reason": WHY,
}


def closed() -> Household:
    """Give a household with figures of a year that is closed."""
    with tenant_scope(county_office()) as office:
        household = registered(status="filed")
        record_household_year(household.pk, FACTS, actor=office)
        close_year(YEAR, on=date(2021, 1, 31), actor=office)
        return Household.objects.get()


def net() -> Decimal | None:
    with tenant_scope(county_office()):
        return HouseholdYear.objects.get().net_per_head_yuan


def request() -> ChangeRequest:
    with tenant_scope(county_office()):
        return ChangeRequest.objects.get()


def test_form_of_a_closed_year_is_refused_and_with_a_reason_proposed() -> None:
    household = closed()
    clerk, second = client_of(person(Role.TOWNSHIP_CLERK)), client_of(person(Role.COUNTY_OFFICE))
    where = f"/admin/households/household/{household.pk}/do/record-year/"

    without = typed(clerk, where, {**FORM, "version": 2}).content.decode()
    answer = typed(clerk, where, {**FORM, "version": 2, "reason": WHY}).content.decode()
    shown = second.get(f"{PAGES}{request().pk}/change/").content.decode()
    second.post(f"{PAGES}{request().pk}/do/approve/", {"version": 1})

    assert ("The county has closed this year" in without, "4500" in without) == (True, True)
    assert "waits for a second person" in answer
    assert ("4000.00" in shown, "4500.00" in shown, "net income per person" in shown) == (True, True, True)
    assert (net(), request().state) == (Decimal(4500), "approved")


def test_lines_are_shown_by_item_and_amount_on_the_page_of_a_request() -> None:
    with tenant_scope(county_office()) as office:
        household = registered()
        draft = IncomeDraft(
            household_id=household.pk,
            year=YEAR,
            period_start=date(2019, 10, 1),
            period_end=date(2020, 10, 1),
            person_count=2,
            lines=(LineDraft(item_code="101", amount_yuan=Decimal(9000)),),
        )
        record_income([draft], actor=office)
        close_year(YEAR, on=date(2021, 1, 31), actor=office)
    sent(program(), "post", f"/api/v1/households/{household.pk}/income-requests/", LINES, version=2)

    page = client_of(person(Role.TOWNSHIP_CLERK)).get(f"{PAGES}{request().pk}/change/").content.decode()

    assert ("item_code" in page, "1000.00" in page, "5000.00" in page, "Lines of income" in page) == (
        False,
        True,
        True,
        True,
    )


def test_income_of_a_closed_year_is_proposed_on_its_page_with_all_lines() -> None:
    household = closed()
    clerk, second = client_of(person(Role.TOWNSHIP_CLERK)), client_of(person(Role.COUNTY_OFFICE))
    where = f"/admin/households/{household.pk}/income/{YEAR}/proposal/"
    told = {name: LINES[name] for name in ("period_start", "period_end", "person_count", "reason")}
    row = {"line_0_item_code": "101", "line_0_amount_yuan": "9000", "source": "农户自报", "version": 2}

    linked = where in clerk.get(f"/admin/households/household/{household.pk}/change/").content.decode()
    nameless = clerk.post(where, {**told, "line_0_amount_yuan": "9000", "version": 2})
    proposed = clerk.post(where, {**told, **row})
    before = net()
    second.post(f"{PAGES}{request().pk}/do/approve/", {"version": 1})

    assert (linked, nameless.status_code, proposed["Location"]) == (True, 200, f"{PAGES}{request().pk}/change/")
    assert (before, net()) == (Decimal(4000), Decimal(4500))


def test_programs_are_refused_and_propose_figures_of_household_and_person() -> None:
    household = closed()
    with tenant_scope(county_office()):
        spouse = Membership.objects.get(relation_code="02").person_id
    caller, second = program(Role.MACHINE_CLIENT), program()
    house, human = f"/api/v1/households/{household.pk}/", f"/api/v1/persons/{spouse}/"

    direct = sent(caller, "put", f"{house}years/", FORM, version=2)
    figures = sent(caller, "post", f"{house}figure-requests/", FORM | {"reason": WHY}, version=2)
    facts = {"year": YEAR, "work_place": "外县", "reason": WHY}
    person_figures = sent(caller, "post", f"{human}figure-requests/", facts, version=1)
    where = f"/api/v1/change-requests/{person_figures.json()['id']}/approve/"
    approved = sent(second, "post", where, {}, version=1)

    assert (direct.status_code, direct.json()["code"]) == (409, "database.year_is_closed")
    assert (figures.status_code, figures.json()["year"]) == (201, YEAR)
    assert figures.json()["differences"][0] == {
        "field": "net_per_head_yuan",
        "before": "4000.00",
        "after": "4500.00",
        "now": None,
        "is_stale": False,
        "changed_at": None,
        "changed_by": "",
    }
    assert (approved.status_code, approved.json()["state"]) == (200, "approved")
    with tenant_scope(county_office()):
        assert PersonYear.objects.get(year=YEAR).work_place == "外县"


def test_button_of_status_proposes_and_approval_lifts_when_the_rule_holds() -> None:
    with tenant_scope(county_office()) as office:
        set_change_rule({"status_by_two": True}, actor=office)
        household = registered(status="filed")
    clerk, second = client_of(person(Role.TOWNSHIP_CLERK)), client_of(person(Role.COUNTY_OFFICE))
    where = f"/admin/households/household/{household.pk}/do/lift/"

    answer = clerk.post(where, {"on": "2021-03-01", "reason": WHY, "version": 1}, follow=True).content.decode()
    page = second.get(f"{PAGES}{request().pk}/change/").content.decode()
    second.post(f"{PAGES}{request().pk}/do/approve/", {"version": 1})

    assert "waits for a second person" in answer
    assert ("2021-03-01" in page, "Filed, not lifted" in page, "Lifted" in page) == (True, True, True)
    with tenant_scope(county_office()):
        assert Household.objects.get().status == "lifted"


def test_programs_propose_a_change_of_status_when_the_rule_holds() -> None:
    with tenant_scope(county_office()) as office:
        set_change_rule({"status_by_two": True}, actor=office)
        household = registered(status="lifted")
    caller, house = program(), f"/api/v1/households/{household.pk}/"
    wanted = {"transition": "identify", "on": "2021-03-01", "reason": WHY, "code": "1"}

    direct = sent(caller, "post", f"{house}monitoring/", wanted, version=1)
    proposed = sent(caller, "post", f"{house}status-requests/", wanted, version=1)

    assert (direct.status_code, direct.json()["code"]) == (409, "change.needs_second_person")
    assert (proposed.status_code, proposed.json()["proposal"]) == (
        201,
        {"transition": "identify", "on": "2021-03-01", "code": "1"},
    )


def test_office_closes_a_year_and_opens_it_again_on_its_pages() -> None:
    office, clerk = client_of(person(Role.COUNTY_OFFICE)), client_of(person(Role.TOWNSHIP_CLERK))
    pages = "/admin/households/closedyear/"

    caller = program(Role.MACHINE_CLIENT)
    refused = clerk.post(f"{pages}add/", {"year": YEAR, "closed_on": "2021-01-31"}).status_code
    typed(office, f"{pages}add/", {"year": YEAR, "closed_on": "2021-01-31"})
    with tenant_scope(county_office()):
        row = ClosedYear.objects.get()
    twice = typed(office, f"{pages}add/", {"year": YEAR, "closed_on": "2021-01-31"}).content.decode()
    office.post(f"{pages}{row.pk}/do/reopen/", {"reason": "省级要求", "version": 1})
    shown = clerk.get(f"{pages}{row.pk}/change/").content.decode()
    with tenant_scope(county_office()) as actor:
        again = close_year(YEAR, on=date(2021, 2, 28), actor=actor)
    where = f"/api/v1/closed-years/{again.pk}/reopen/"
    denied = sent(caller, "post", where, {"reason": "省级要求"}, version=1)

    assert (refused, "This year is closed already" in twice, "省级要求" in shown) == (403, True, True)
    assert (denied.status_code, len(caller.get("/api/v1/closed-years/").json()["results"])) == (403, 2)


def test_program_of_the_office_closes_a_year_and_opens_it_again() -> None:
    caller = program()

    closing = sent(caller, "post", "/api/v1/closed-years/", {"year": YEAR, "closed_on": "2021-02-28"}, version=0)
    where = f"/api/v1/closed-years/{closing.json()['id']}/reopen/"
    without = sent(caller, "post", where, {"reason": " "}, version=1)
    ended = sent(caller, "post", where, {"reason": "省级要求"}, version=1)

    assert (closing.status_code, without.status_code) == (201, 400)
    assert (ended.status_code, ended.json()["reason"], ended.json()["version"]) == (200, "省级要求", 2)
