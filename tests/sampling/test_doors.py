"""Sample checks by REST and on the site: announced, drawn, handed out, checked, closed."""

import hashlib
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from registry.enums import Role
from registry.lib.periods import today
from registry.models import AuditEvent
from registry.tenancy.scope import tenant_scope
from sampling.models import SampleCheck, SampledHousehold
from tests.factories.tenants import FAR_VILLAGE_CODE, VILLAGE_CODE, county_office
from tests.households.test_api import client, post
from tests.registry.people import client_of, person
from tests.sampling.ground import picture
from tests.sampling.test_checks import homes

pytestmark = pytest.mark.django_db


def snapshot_id() -> str:
    """Make a picture of eight households in two townships."""
    with tenant_scope(county_office()) as office:
        return str(picture(homes(), actor=office).pk)


def test_a_check_goes_from_its_seed_to_its_rate_by_rest() -> None:
    office, clerk, team = client(Role.COUNTY_OFFICE), client(Role.TOWNSHIP_CLERK), client(Role.VILLAGE_TEAM)
    wanted = {"name": "一季度", "snapshot_id": snapshot_id(), "size": 4, "cap_per_village": 4}

    made = post(office, "samples/", wanted).json()
    address = f"samples/{made['id']}/"
    drawn = post(office, f"{address}draw/", {}, version=1).json()
    again = post(office, f"{address}draw/", {}, version=2)
    (first, *_others) = clerk.get(f"/api/v1/{address}households/").json()["results"]
    noted = post(
        clerk, f"sampled-households/{first['id']}/result/",
        {"outcome": "wrong", "wrong_codes": ["income"], "on": str(today())}, version=1,
    )  # fmt: skip
    early = post(office, f"{address}closing/", {}, version=2)
    (stratum, whole) = clerk.get(f"/api/v1/{address}").json()["results"]
    frame = post(office, f"{address}frame/", {})
    workbook = load_workbook(BytesIO(clerk.get(f"/api/v1/{address}file/").content))
    cells = [[cell for row in sheet.iter_rows(values_only=True) for cell in row if cell] for sheet in workbook]
    every = load_workbook(BytesIO(office.get(f"/api/v1/{address}file/").content))

    assert (len(made["seed"]), made["state"], drawn["state"], again.status_code) == (32, "announced", "drawn", 409)
    assert (noted.status_code, early.status_code, early.json()["code"]) == (200, 409, "sample.open")
    assert (first["village_code"], stratum["wrong"], whole["rate"]) == (VILLAGE_CODE, 1, 1.0)
    assert team.get(f"/api/v1/{address}").status_code in {403, 404}
    assert hashlib.sha256(frame.content).hexdigest() == drawn["frame_digest"]
    assert {made["seed"] in str(cells[0]), first["household_number"] in cells[2], "Income" in cells[1]} == {True}
    assert [str(list(book.worksheets[2].values)).count(VILLAGE_CODE) for book in (workbook, every)] == [2, 2]
    assert [str(list(book.worksheets[2].values)).count(FAR_VILLAGE_CODE) for book in (workbook, every)] == [0, 2]


def test_a_check_is_worked_on_the_site() -> None:
    office, clerk = client_of(person(Role.COUNTY_OFFICE)), client_of(person(Role.TOWNSHIP_CLERK))
    wanted = {"name": "一季度", "snapshot": snapshot_id(), "size": "4", "cap_per_village": "4"}
    office.post("/admin/sampling/samplecheck/add/", wanted)
    with tenant_scope(county_office()):
        sample = SampleCheck.objects.get()

    office.post(f"/admin/sampling/samplecheck/{sample.pk}/do/draw/", {"version": "1"})
    frame = office.post(f"/admin/sampling/{sample.pk}/frame/", {})
    refused = clerk.post(f"/admin/sampling/{sample.pk}/frame/", {})
    with tenant_scope(county_office()):
        sample.refresh_from_db()
        row = SampledHousehold.objects.select_related("household").filter(village_code=VILLAGE_CODE)[0]
    result = {"outcome": "correct", "on": str(today()), "version": "1"}
    clerk.post(f"/admin/sampling/sampledhousehold/{row.pk}/do/result/", result)
    listed = clerk.get(f"/admin/sampling/{sample.pk}/list/").content.decode()
    left = clerk.get(f"/admin/sampling/{sample.pk}/list/?open=1&page=x").content.decode()
    results = clerk.get(f"/admin/sampling/{sample.pk}/results/").content.decode()

    with tenant_scope(replace(county_office(), role=Role.AUDIT_ADMINISTRATOR)):
        assert AuditEvent.objects.get(verb="sampling.hand_out_list").object_id == sample.pk
    assert hashlib.sha256(frame.content).hexdigest() == sample.frame_digest
    assert sample.frame_digest in results
    assert refused.status_code in {403, 404}
    assert row.household.number in listed
    assert row.household.number not in left
    assert (sample.seed in results, "0.0%" in results) == (True, True)
