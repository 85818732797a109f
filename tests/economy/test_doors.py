"""The collective ledger by REST and by the site, as the village's team and the county's office use it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from economy.domain.ledger import EntryDraft, book_entry
from economy.models import LedgerEntry
from registry.enums import Role
from registry.tenancy.scope import tenant_scope
from tests.economy.test_ledger import RENT
from tests.factories.dossiers import PDF
from tests.factories.tenants import FAR_VILLAGE_CODE, VILLAGE_CODE, county_office
from tests.factories.villages import VillageFactory
from tests.households.test_api import client, post
from tests.registry.people import client_of, person
from villages.models import Village

pytestmark = pytest.mark.django_db
FIGURES = "/api/v1/collective-incomes/"
ENTRY = {"kind": "income", "source_code": "11", "occurred_on": "2021-03-05", "amount_yuan": "60000", "purpose": "租金"}


def village(code: str = VILLAGE_CODE, *drafts: EntryDraft) -> Village:
    with tenant_scope(county_office()) as actor:
        opened = VillageFactory.create(code=code)
        for draft in drafts:
            book_entry(opened.pk, draft, actor=actor)
        return opened


def test_entry_is_booked_and_reversed_by_rest() -> None:
    caller, body = client(), {**ENTRY, "village_id": str(village().pk)}

    booked = post(caller, "ledger-entries/", body)
    taken = post(caller, f"ledger-entries/{booked.json()['id']}/reversal/", {"reason": "错账"})

    listed = caller.get("/api/v1/ledger-entries/?year=2021&kind=income").json()["results"]
    assert (booked.status_code, taken.status_code, booked.json()["amount_yuan"]) == (201, 201, "60000.00")
    assert sorted((row["amount_yuan"], row["is_reversed"], row["reverses_id"]) for row in listed) == [
        ("-60000.00", False, booked.json()["id"]),
        ("60000.00", True, None),
    ]


def test_entry_is_booked_with_its_paper_by_rest() -> None:
    caller, body = client(), {**ENTRY, "village_id": str(village().pk)}
    papers = [SimpleUploadedFile("a.pdf", content, "application/pdf") for content in (PDF, b"MZ")]

    booked = caller.post("/api/v1/ledger-entries/", {**body, "file": papers[0]})
    refused = caller.post("/api/v1/ledger-entries/", {**body, "purpose": "另一笔", "file": papers[1]})

    paper = caller.get(f"/api/v1/ledger-entries/{booked.json()['id']}/file/")
    assert (booked.status_code, booked.json()["has_document"], paper.content) == (201, True, PDF)
    assert (refused.status_code, refused.json()["code"]) == (422, "file.not_what_it_says")


def test_refusal_names_the_field_when_a_source_is_missing_by_rest() -> None:
    body = {**ENTRY, "village_id": str(village().pk), "source_code": ""}

    answer = post(client(), "ledger-entries/", body)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "source_code")
    with tenant_scope(county_office()):
        assert not LedgerEntry.objects.exists()


def test_villages_under_the_goal_are_listed_by_rest() -> None:
    village(VILLAGE_CODE, replace(RENT, amount_yuan=Decimal(50000)))
    village(FAR_VILLAGE_CODE, RENT)
    caller = client()

    under = caller.get(f"{FIGURES}?year=2021&under_goal=true").json()["results"]
    township = caller.get(f"{FIGURES}?year=2021&division=549901100000").json()["results"]

    assert [(row["code"], row["own_yuan"], row["meets_goal"]) for row in under] == [
        (FAR_VILLAGE_CODE, "30000.00", False)
    ]
    assert [(row["code"], row["meets_goal"]) for row in township] == [(VILLAGE_CODE, True)]


def test_year_of_a_village_goes_out_with_goal_and_balance() -> None:
    one = village(VILLAGE_CODE, RENT)

    answer = client().get(f"/api/v1/villages/{one.pk}/economy/?year=2021").json()

    names = ("own", "own_yuan", "balance_yuan", "goal_yuan", "meets_goal", "stated_yuan")
    assert [answer[name] for name in names] == [
        [{"source_code": "11", "amount_yuan": "30000.00"}],
        "30000.00",
        "30000.00",
        "50000.00",
        False,
        None,
    ]


def test_goal_is_set_by_the_county_alone() -> None:
    body = {"from_year": 2021, "goal_yuan": "80000", "source": "文件"}

    mine, theirs = client(), client(Role.TOWNSHIP_CLERK)
    row = post(mine, "income-goals/", body).json()
    changed = mine.put(
        f"/api/v1/income-goals/{row['id']}/",
        {"goal_yuan": "70000", "source": "文件"},
        content_type="application/json",
        headers={"if-match": '"1"'},
    )

    assert post(theirs, "income-goals/", {**body, "from_year": 2022}).status_code == 403
    assert (changed.status_code, changed.json()["goal_yuan"], changed.json()["version"]) == (200, "70000.00", 2)


def team() -> Client:
    return client_of(person(Role.VILLAGE_TEAM))


def test_team_books_an_income_with_its_paper_on_the_site() -> None:
    one, browser = village(), team()
    form = {"source_code": "11", "occurred_on": "2021-03-05", "amount_yuan": "1200.50", "purpose": "草场租金"}
    file = SimpleUploadedFile("a.pdf", PDF, "application/pdf")

    answer = browser.post(f"/admin/economy/villages/{one.pk}/income/", {**form, "file": file}, follow=True)

    text = answer.content.decode()
    assert (answer.redirect_chain[0][0], "1200.50" in text, "草场租金" in text, "Under the goal" in text) == (
        f"/admin/economy/villages/{one.pk}/?year=2021",
        True,
        True,
        True,
    )
    with tenant_scope(county_office()):
        entry = LedgerEntry.objects.get()
    paper = browser.get(f"/admin/economy/entries/{entry.pk}/file/")
    assert (paper.status_code, paper.content) == (200, PDF)


def test_team_sees_the_sentence_when_a_cost_is_refused() -> None:
    one = village()
    form = {"occurred_on": "2099-01-01", "amount_yuan": "5", "purpose": "维修"}

    answer = team().post(f"/admin/economy/villages/{one.pk}/cost/", form)

    assert (answer.status_code, "The day lies in the future" in answer.content.decode()) == (200, True)


def test_page_of_a_village_leads_to_its_economy_projects_and_exit() -> None:
    one = village()

    page = team().get(f"/admin/villages/village/{one.pk}/change/").content.decode()

    economy = f"/admin/economy/villages/{one.pk}/"
    led_to = [where for where in (economy, f"{economy}projects/", f"/admin/villages/{one.pk}/exit/") if where in page]
    assert len(led_to) == 3


def test_entry_is_reversed_on_its_page_once() -> None:
    village(VILLAGE_CODE, RENT)
    with tenant_scope(county_office()):
        entry = LedgerEntry.objects.get()
    browser, page = team(), f"/admin/economy/ledgerentry/{entry.pk}/change/"
    offered = "Reverse the entry" in browser.get(page).content.decode()

    browser.post(f"/admin/economy/ledgerentry/{entry.pk}/do/reverse/", {"reason": "错账"})

    assert (offered, "Reverse the entry" in browser.get(page).content.decode()) == (True, False)
    with tenant_scope(county_office()):
        assert LedgerEntry.objects.get(reverses=entry).occurred_on == date(2021, 3, 5)


def test_office_sees_the_villages_under_the_goal_on_the_site() -> None:
    village(VILLAGE_CODE, replace(RENT, amount_yuan=Decimal(50000)))
    village(FAR_VILLAGE_CODE, RENT)
    village("549901100299")

    page = client_of(person(Role.COUNTY_OFFICE)).get("/admin/economy/villages/?year=2021&under=1").content.decode()

    assert ("1 of 3 villages" in page, "100200村" in page, "200200村" in page, "Nothing booked" in page) == (
        True,
        False,
        True,
        True,
    )


def test_village_of_another_township_is_not_found_on_the_site() -> None:
    far, near = village(FAR_VILLAGE_CODE), village()
    browser = team()

    statuses = [browser.get(f"/admin/economy/villages/{one.pk}/").status_code for one in (far, near)]

    assert statuses == [404, 200]
