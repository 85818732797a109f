"""Funds by REST and by the site: from the budget to the bank's file, with the sentence for what is refused."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from funds.domain.lists import make_list
from funds.models import PaymentLine, PaymentList, PaymentProgramme
from households.models import Household
from registry import jobs
from registry.enums import Role
from registry.models import AuditEvent, Job
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.funds import allocation, budget, draft_of, paid, programme
from tests.factories.households import registered
from tests.factories.tenants import actor_of, county, county_office
from tests.households.test_api import client, household, post
from tests.registry.people import client_of, grant, person, token_of, user

pytestmark = pytest.mark.django_db
ACCOUNT = "6222000012345678"
BUDGET = {
    "year": 2021,
    "source_code": "1",
    "name": "衔接资金",
    "notice_number": "示例2021-1",
    "notice_on": "2021-03-01",
    "amount_yuan": "1000",
}
PROGRAMME = {
    "name": "示例补助",
    "kind_code": "2",
    "payee": "household",
    "cycle": "year",
    "rule_text": "每户每年",
    "source": "示例文件",
    "starts_on": "2021-01-01",
}


def second_office() -> Client:
    account = user("api-second")
    grant(account, Role.COUNTY_OFFICE, tenant=county())
    token = token_of(account, Role.COUNTY_OFFICE, tenant=county())
    return Client(headers={"authorization": f"Bearer {token}", "accept-language": "en"})


def allocated(caller: Client) -> tuple[dict[str, Any], dict[str, Any]]:
    """Enter a programme, and allocate to it."""
    to = post(caller, "payment-programmes/", PROGRAMME).json()
    money = post(caller, "budgets/", BUDGET).json()
    body = {
        "purpose": "programme",
        "programme_id": to["id"],
        "division_code": "549901000000",
        "amount_yuan": "600",
        "allocated_on": "2021-03-01",
        "paper": "方案",
    }
    return to, post(caller, f"budgets/{money['id']}/allocations/", body, version=1).json()


def test_list_goes_from_budget_to_payment_by_rest() -> None:
    home, maker, decider = household(account=ACCOUNT), client(), second_office()
    to, money = allocated(maker)
    wanted = {"programme_id": to["id"], "allocation_id": money["id"], "period": "2021"}
    row = post(maker, "payment-lists/", {**wanted, "stated_yuan": "100", "stated_count": 1}).json()
    where = f"payment-lists/{row['id']}/"

    bare = post(maker, f"{where}submit/", {}, version=1)
    line = {"household_number": home.number, "amount_yuan": "100"}
    post(maker, f"{where}lines/", {"lines": [line]}, version=1)
    twice = post(maker, f"{where}lines/", {"lines": [line]}, version=2)
    post(maker, f"{where}submit/", {}, version=2)
    own = post(maker, f"{where}approve/", {}, version=3)
    approved = post(decider, f"{where}approve/", {}, version=3)
    early = maker.get(f"/api/v1/{where}bank-file/")
    with tenant_scope(county_office()):
        job = Job.objects.get(kind="funds.make_bank_file")
    jobs.run(county().pk, job.pk)
    file = maker.get(f"/api/v1/{where}bank-file/")
    paid = post(maker, f"{where}paid/", {"on": "2021-12-01", "paper": "回单"}, version=4)

    assert (bare.status_code, bare.json()["code"]) == (422, "list.does_not_add_up")
    assert (twice.status_code, "line 1: the payee is on a list" in twice.json()["detail"]) == (422, True)
    assert (own.status_code, approved.json()["state"], early.status_code) == (403, "approved", 404)
    assert (file.status_code, file.content[:2], paid.json()["state"]) == (200, b"PK", "paid")
    lines = maker.get(f"/api/v1/{where}lines/").json()["results"]
    assert [(one["account_masked"], one["paid_on"]) for one in lines] == [("****5678", "2021-12-01")]
    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR)):
        assert AuditEvent.objects.filter(verb="funds.take_bank_file").count() == 1


def test_returned_payment_and_figures_are_read_by_rest() -> None:
    home, caller = household(account=ACCOUNT), client()
    with tenant_scope(county_office()) as office:
        to = programme(office)
        paid_list(office, to, home)
        line = PaymentLine.objects.get()

    shown = post(caller, f"payment-lines/{line.pk}/reveal/", {"reason": "核对"})
    returned = post(caller, f"payment-lines/{line.pk}/return/", {"on": "2021-12-05", "return_code": "1"}, version=3)
    figures = caller.get("/api/v1/funds-progress/?year=2021").json()
    payments = caller.get(f"/api/v1/households/{home.pk}/payments/").json()["results"]
    published = caller.get(f"/api/v1/villages/{home.village_id}/payments/?year=2021").json()["results"]

    assert (shown.json()["value"], returned.status_code) == (ACCOUNT, 200)
    assert (figures["total"]["paid_yuan"], figures["total"]["returned_yuan"]) == ("100.00", "100.00")
    assert [(one["returned_on"], one["return_code"]) for one in payments] == [("2021-12-05", "1")]
    assert [one["paid_yuan"] for one in published] == ["0.00"]


def paid_list(office: Actor, to: PaymentProgramme, home: Household) -> None:
    paid(draft_of(office, to, allocation(office, budget(office), "600", to=to), (home.number, "100.00")), office)


def test_lines_are_pasted_and_submitted_on_the_site() -> None:
    home, browser = household(account=ACCOUNT), client_of(person(Role.COUNTY_OFFICE))
    with tenant_scope(county_office()) as office:
        bare = registered()
        to = programme(office)
        money = allocation(office, budget(office), "600", to=to)
    form = {"programme": str(to.pk), "allocation": str(money.pk), "period": "2021"}
    browser.post("/admin/funds/paymentlist/add/", {**form, "stated_yuan": "1350.50", "stated_count": "2"})
    with tenant_scope(county_office()):
        row = PaymentList.objects.get()
    page = f"/admin/funds/paymentlist/{row.pk}"

    wrong = browser.post(f"{page}/do/paste/", {"reason_code": "1", "lines": f"{home.number}\tzwei", "version": "1"})
    lines = f"{home.number}\t1,300.00\n{bare.number}, 50.50\n"
    browser.post(f"{page}/do/paste/", {"reason_code": "1", "lines": lines, "version": "1"})
    shown = browser.get(f"{page}/change/").content.decode()
    refused = browser.post(f"{page}/do/submit/", {"version": "2"}).content.decode()

    assert "Line 1: " in wrong.content.decode()
    assert ("The lines give total and number of the paper." in shown, "2: the household has no bank" in shown) == (
        True,
        True,
    )
    assert "These lines cannot be paid: line 2: the household has no bank account on file." in refused


def test_pages_show_progress_payments_and_sums() -> None:
    home, browser = household(account=ACCOUNT), client_of(person(Role.COUNTY_OFFICE))
    with tenant_scope(county_office()) as office:
        paid_list(office, programme(office), home)
        line = PaymentLine.objects.get()

    progress = browser.get("/admin/funds/progress/?year=2021").content.decode()
    payments = browser.get(f"/admin/funds/households/{home.pk}/payments/").content.decode()
    village = browser.get(f"/admin/funds/villages/{home.village_id}/?year=2021").content.decode()
    masked = browser.get(f"/admin/funds/paymentline/{line.pk}/change/").content.decode()

    assert f"/admin/funds/villages/{home.village_id}/?year=2021" in progress
    assert ("示例补助" in progress, "500.00" in progress, "示例补助 2021" in payments) == (True, True, True)
    assert ("100.00" in village, home.number in village) == (True, False)
    assert ("****5678" in masked, ACCOUNT in masked) == (True, False)


def test_lines_are_uploaded_and_a_payment_is_taken_back_on_the_site_and_by_rest() -> None:
    home, browser = household(account=ACCOUNT), client_of(person(Role.COUNTY_OFFICE))
    with tenant_scope(county_office()) as office:
        to = programme(office)
        money = allocation(office, budget(office), "600", to=to)
        row = make_list(to.pk, money.pk, period="2021", stated_yuan=Decimal(100), stated_count=1, actor=office)
    page = f"/admin/funds/paymentlist/{row.pk}"
    wrong, right = (
        SimpleUploadedFile("清册.csv", f"户编号,金额\n{home.number},{amount}\n".encode()) for amount in ("zwei", "100")
    )

    refused = browser.post(f"{page}/do/upload/", {"reason_code": "1", "version": "1", "file": wrong})
    browser.post(f"{page}/do/upload/", {"reason_code": "1", "version": "1", "file": right})
    with tenant_scope(county_office()) as office:
        paid(PaymentList.objects.get(), office)
        line = PaymentLine.objects.get()
    maker, decider = client(), second_office()
    post(maker, f"payment-lines/{line.pk}/return/", {"on": "2021-12-05", "return_code": "1"}, version=line.version)
    early = post(decider, f"payment-lists/{row.pk}/corrections/", {"reason": "误录"}, version=6)
    stands = post(maker, f"payment-lines/{line.pk}/correction/", {"reason": "误录"}, version=line.version + 1)
    back = post(decider, f"payment-lists/{row.pk}/corrections/", {"reason": "误录"}, version=7)
    told = maker.get(f"/api/v1/payment-lists/{row.pk}/corrections/").json()["results"]
    shown = browser.get(f"{page}/change/").content.decode()

    assert "row 2, amount: This is not an amount" in refused.content.decode()
    assert (early.status_code, stands.json()["returned_on"], back.json()["state"]) == (409, None, "approved")
    assert [(one["kind"], one["amount_yuan"]) for one in told] == [("return", "100.00"), ("payment", "100.00")]
    assert "误录" in shown
