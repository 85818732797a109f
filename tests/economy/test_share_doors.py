"""Shares and dividends by REST and by the site: team proposes, office decides, the next visit is offered."""

import pytest

from economy.models import Dividend, ShareFund
from registry.enums import Role
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import county_office
from tests.households.test_api import client, household, post
from tests.registry.people import client_of, person

pytestmark = pytest.mark.django_db


def test_dividend_goes_from_shares_to_offer_by_rest() -> None:
    home, proposer, decider = household(), client(), client(Role.TOWNSHIP_CLERK)
    fund = post(proposer, "share-funds/", {"village_id": str(home.village_id), "name": "合作社"}).json()
    shares = {"household_id": str(home.pk), "share_count": "2.5", "on": "2021-02-01"}
    held = post(proposer, f"share-funds/{fund['id']}/holdings/", shares, version=1)
    amounts = {"fund_id": fund["id"], "paid_on": "2021-12-01", "amount_yuan": "100.01", "kept_yuan": "10"}

    short = [{"household_id": str(home.pk), "amount_yuan": "90.00"}]
    refused = post(proposer, "dividends/", {**amounts, "lines": short})
    row = post(proposer, "dividends/", amounts).json()
    own = post(proposer, f"dividends/{row['id']}/approve/", {}, version=1)
    approved = post(decider, f"dividends/{row['id']}/approve/", {}, version=1)

    assert (held.status_code, refused.status_code, refused.json()["errors"][0]["field"]) == (201, 422, "lines")
    assert [line["amount_yuan"] for line in row["lines"]] == ["90.01"]
    assert (own.status_code, approved.status_code, approved.json()["state"]) == (403, 200, "approved")
    offers = decider.get(f"/api/v1/households/{home.pk}/dividend-offers/?year=2021").json()["results"]
    assert [(one["item_code"], one["amount_yuan"], one["is_recorded"]) for one in offers] == [("301", "90.01", False)]


def test_team_proposes_and_office_approves_on_the_site() -> None:
    home, team, office = household(), client_of(person(Role.VILLAGE_TEAM)), client_of(person(Role.COUNTY_OFFICE))
    team.post("/admin/economy/sharefund/add/", {"village": str(home.village_id), "name": "合作社"})
    with tenant_scope(county_office()):
        fund = ShareFund.objects.get()
    page = f"/admin/economy/sharefund/{fund.pk}"
    shares = {"household_number": home.number, "share_count": "1", "on": "2021-02-01", "version": "1"}
    team.post(f"{page}/do/hold/", shares)

    refused = team.post(
        f"{page}/do/propose/", {"paid_on": "2021-12-01", "amount_yuan": "5", "kept_yuan": "5", "version": "1"}
    )
    team.post(f"{page}/do/propose/", {"paid_on": "2021-12-01", "amount_yuan": "5", "kept_yuan": "0", "version": "1"})
    with tenant_scope(county_office()):
        row = Dividend.objects.get()
    shown = office.get(f"/admin/economy/dividend/{row.pk}/change/").content.decode()
    office.post(f"/admin/economy/dividend/{row.pk}/do/approve/", {"reason": "", "version": "1"})

    offers = team.get(f"/admin/economy/households/{home.pk}/dividends/?year=2021").content.decode()
    assert ("less than all of it" in refused.content.decode(), "Approve the dividend" in shown) == (True, True)
    assert (home.number in shown, "5.00" in offers, "Not in the income ledger yet" in offers) == (True, True, True)


def test_unknown_household_is_told_at_its_field_on_the_site() -> None:
    home, team = household(), client_of(person(Role.VILLAGE_TEAM))
    team.post("/admin/economy/sharefund/add/", {"village": str(home.village_id), "name": "合作社"})
    with tenant_scope(county_office()):
        fund = ShareFund.objects.get()

    shares = {"household_number": "0", "share_count": "1", "on": "2021-02-01", "version": "1"}
    answer = team.post(f"/admin/economy/sharefund/{fund.pk}/do/hold/", shares)

    assert (answer.status_code, "no household with this number" in answer.content.decode()) == (200, True)
