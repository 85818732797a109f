"""Forms by REST and on the site: entered, mapped, counted, marked, filled, closed."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from households.models import Household
from oneform.models import FormPart, FormRequest
from registry.enums import Role
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import FAR_VILLAGE_CODE, VILLAGE_CODE, county_office
from tests.households.test_api import client, post
from tests.oneform.test_forms import homes
from tests.registry.people import client_of, person
from tests.sampling.ground import picture

pytestmark = pytest.mark.django_db

FACTS = {"title": "摸底表", "sender": "示例局", "received_on": "2021-02-01", "level": "household"}


def snapshot_id() -> str:
    """Make a picture of three households."""
    with tenant_scope(county_office()) as office:
        return str(picture(homes(), actor=office, facts={"F1": {"main_cause_code": "01"}}).pk)


def put(caller: Client, address: str, body: object) -> Any:  # noqa: ANN401  (the answer of the test client, with json())
    """Change what is in its first version."""
    return caller.put(f"/api/v1/{address}", body, content_type="application/json", headers={"if-match": '"1"'})


def test_a_form_goes_from_receipt_to_its_end_by_rest() -> None:
    snapshot = snapshot_id()
    office, team = client(Role.COUNTY_OFFICE), client(Role.VILLAGE_TEAM)

    made = post(office, "forms/", {**FACTS, "labels": ["户编号", "主要致贫原因", "车辆"]}).json()
    address = f"forms/{made['id']}/"
    mapped = put(office, f"{address}mapping/", {"place": 3, "column_key": "household_safe_water"}).json()
    counted = post(office, f"{address}count/", {"snapshot_id": snapshot}, version=2).json()
    parts = team.get(f"/api/v1/{address}parts/").json()["results"]
    marked = put(team, f"form-parts/{parts[0]['id']}/", {"is_done": True})
    villages = team.get("/api/v1/form-burden/villages/?month=2021-02").json()["results"]
    offices = office.get("/api/v1/form-burden/?month=2021-02").json()["results"]
    late = post(office, "forms/", {**FACTS, "title": "逾期表", "due_on": "2021-02-02", "labels": ["户编号"]}).json()
    overdue = office.get("/api/v1/forms/?overdue=true").json()["results"]
    filled = post(team, f"{address}filled/", {"area_code": VILLAGE_CODE})
    outside = post(team, f"{address}filled/", {"area_code": FAR_VILLAGE_CODE})
    closed = post(office, f"{address}closing/", {}, version=3)
    opened = post(office, f"{address}reopening/", {}, version=4)

    assert [one["use"] for one in made["columns"]] == ["held", "held", "by_hand"]
    assert (mapped["columns"][2]["column_key"], counted["counted_of"]) == ("household_safe_water", "2021-01-31")
    assert [(one["village_code"], one["row_count"]) for one in parts] == [(VILLAGE_CODE, 2)]
    assert marked.status_code == 200, marked.content
    assert villages == [{"village_code": VILLAGE_CODE, "forms": 1, "cells": 6, "by_hand": 3}]
    assert offices == [{"sender": "示例局", "forms": 1, "columns": 3, "by_hand_columns": 0}]
    assert [one["id"] for one in overdue] == [late["id"]]
    assert {"F1", "F2"} < _texts(filled.content)
    assert (outside.status_code, outside.json()["code"]) == (403, "oneform.area_outside")
    assert (closed.status_code, closed.json()["state"]) == (200, "closed")
    assert (opened.status_code, opened.json()["state"], opened.json()["closed_on"]) == (200, "open", None)
    assert office.get("/api/v1/form-burden/?month=2021-13").status_code == 422


def test_a_form_is_worked_on_the_site() -> None:
    snapshot = snapshot_id()
    office, team = client_of(person(Role.COUNTY_OFFICE)), client_of(person(Role.VILLAGE_TEAM))
    blank = SimpleUploadedFile("表.csv", "户编号,主要致贫原因,车辆\r\n".encode("gb18030"))

    columns = office.post("/admin/oneform/receive/", {**FACTS, "subjects": "all", "file": blank}, follow=True)
    with tenant_scope(county_office()):
        form = FormRequest.objects.get()
    office.post(f"/admin/oneform/formrequest/{form.pk}/do/count/", {"snapshot_id": snapshot, "version": "1"})
    progress = team.get(f"/admin/oneform/{form.pk}/progress/").content.decode()
    with tenant_scope(county_office()):
        part = FormPart.objects.get(village_code=VILLAGE_CODE)
        home = Household.objects.get(number="F2")
    empty = team.get(f"/admin/oneform/parts/{part.pk}/empty/").content.decode()
    team.post(f"/admin/oneform/formpart/{part.pk}/do/done/", {"version": str(part.version)})
    filled = team.post(f"/admin/oneform/{form.pk}/fill/", {"area_code": VILLAGE_CODE})
    outside = team.post(f"/admin/oneform/{form.pk}/fill/", {"area_code": FAR_VILLAGE_CODE}).content.decode()
    burden = team.get("/admin/oneform/burden/?month=2021-02").content.decode()
    overdue = office.get("/admin/oneform/formrequest/?overdue=1").content.decode()

    assert "车辆" in columns.content.decode()
    assert f"/admin/oneform/parts/{part.pk}/empty/" in progress
    assert f"/admin/households/household/{home.pk}/change/" in empty
    assert (">F2<" in empty, ">F1<" in empty) == (True, False)
    with tenant_scope(county_office()):
        part.refresh_from_db()
    assert part.done_on is not None
    assert "F2" in _texts(b"".join(filled))
    assert "outside your area" in outside
    assert "示例局" in burden
    assert f"/formrequest/{form.pk}/" not in overdue


def _texts(content: bytes) -> set[Any]:
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return {cell.value for line in sheet.iter_rows() for cell in line}
