"""Loans by REST and by the site."""

from decimal import Decimal

import pytest
from django.urls import reverse

from credit.models import Loan
from households.queries.history import present_members
from registry.enums import Role
from registry.tenancy.scope import tenant_scope
from tests.credit.test_loans import LOAN, drawn
from tests.factories.tenants import county_office
from tests.households.test_api import client, household, post
from tests.registry.people import client_of, person

pytestmark = pytest.mark.django_db


def test_loan_is_entered_paid_and_reversed_by_rest() -> None:
    caller, home = client(), household()
    with tenant_scope(county_office()):
        person_id = str(present_members(home)[0].person_id)
    body = {
        "household_id": str(home.pk), "person_id": person_id, "lender": "示例农商行", "purpose_code": "2",
        "rate_percent": "4.35", "amount_yuan": "30000", "granted_on": "2021-03-05", "due_on": "2023-03-05",
    }  # fmt: skip

    made = post(caller, "loans/", body)
    where = f"loans/{made.json()['id']}/"
    paid = post(caller, f"{where}entries/", {"kind": "draw", "on": "2021-03-05", "amount_yuan": "20000"}, version=1)
    more = post(
        caller, f"{where}entries/", {"kind": "principal", "on": "2021-04-05", "amount_yuan": "20001"}, version=2
    )
    entry_id = paid.json()["entries"][0]["id"]
    back = post(caller, f"loan-entries/{entry_id}/reversal/", {"reason": "未放款"})

    assert [one.status_code for one in (made, paid, more, back)] == [201, 201, 409, 201]
    assert (paid.json()["outstanding_yuan"], back.json()["outstanding_yuan"]) == ("20000.00", "0.00")
    assert [row["amount_yuan"] for row in back.json()["entries"]] == ["-20000.00", "20000.00"]


def test_limit_that_is_passed_is_named_by_rest() -> None:
    caller, home = client(), household()
    with tenant_scope(county_office()):
        person_id = str(present_members(home)[0].person_id)
    body = {
        "household_id": str(home.pk), "person_id": person_id, "lender": "示例农商行", "purpose_code": "2",
        "rate_percent": "4.35", "amount_yuan": "30000", "granted_on": "2021-03-05", "due_on": "2023-03-05",
    }  # fmt: skip

    limit = post(caller, "loan-limits/", {"from_year": 2021, "most_yuan": "100", "most_months": 12, "source": "文件"})
    refused = post(caller, "loans/", body)

    assert (limit.status_code, refused.status_code) == (201, 422)
    assert refused.json()["errors"][0]["field"] == "amount_yuan"


def test_overdue_loan_stands_on_the_worklist_of_site_and_rest() -> None:
    with tenant_scope(county_office()) as actor:
        loan = drawn(actor)
    site = client_of(person(Role.TOWNSHIP_CLERK))

    page = site.get("/admin/credit/due/").content.decode()
    rows = client().get("/api/v1/loans-due/").json()["results"]
    figures = client(Role.MACHINE_CLIENT).get("/api/v1/credit-figures/").json()["results"]

    assert ("30000.00" in page, str(loan.pk) in page) == (True, True)
    assert [(row["id"], row["outstanding_yuan"]) for row in rows] == [(str(loan.pk), "30000.00")]
    assert [(row["overdue_yuan"], row["overdue_households"]) for row in figures] == [("30000.00", 1)]


def test_site_records_a_loan_and_its_payment() -> None:
    home, site = household(), client_of(person(Role.VILLAGE_TEAM))
    with tenant_scope(county_office()):
        member = present_members(home)[0]
        values = {
            "version": home.version, "person_id": str(member.person_id), "lender": "示例农商行", "purpose_code": "2",
            "rate_percent": "4.35", "amount_yuan": "30000", "granted_on": LOAN.granted_on, "due_on": LOAN.due_on,
        }  # fmt: skip

    made = site.post(reverse("admin:households_household_verb", args=[home.pk, "record-loan"]), values)
    with tenant_scope(county_office()):
        loan = Loan.objects.get()
    payment = {"version": 1, "kind": "draw", "on": "2021-03-05", "amount_yuan": "100"}
    paid = site.post(reverse("admin:credit_loan_verb", args=[loan.pk, "payment"]), payment)

    shown = site.get(reverse("admin:credit_loan_change", args=[loan.pk]))
    with tenant_scope(county_office()):
        assert (made.status_code, paid.status_code, shown.status_code) == (302, 302, 200)
        assert Loan.objects.get().outstanding_yuan == Decimal(100)
