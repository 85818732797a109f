"""Village activities: counts, subjects and files, and nobody's name or word."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client

from registry.enums import Role
from registry.lib.errors import DomainError, NotAllowed, NotFound, StaleVersion
from registry.models import AuditEvent
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from tests.factories.dossiers import PDF
from tests.factories.tenants import FAR_VILLAGE_CODE, VILLAGE_CODE, actor_of, county_office
from tests.factories.villages import VillageFactory
from tests.registry.people import client_of, person, token_of
from villages.domain.activities import (
    ActivityDraft,
    add_material,
    amend_activity,
    read_material,
    record_activity,
    withdraw_activity,
)
from villages.domain.plans import draft_plan
from villages.models import ActivityMaterial, VillageActivity

DAY = date(2021, 3, 1)
BRIEFING = ActivityDraft(kind_code="1", held_on=DAY, subject="医保政策宣讲", participant_count=45)


def refusal(village_id: Any, actor: Actor, **changes: Any) -> str:  # noqa: ANN401  (an id as the factory gives it)
    try:
        with savepoint():
            record_activity(village_id, replace(BRIEFING, **changes), actor=actor)
    except DomainError as error:
        return error.code
    return ""


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, ""),
        ({"kind_code": "77"}, "code.unknown"),
        ({"held_on": date(2100, 1, 1)}, "date.in_future"),
        ({"participant_count": 0}, "activity.nobody"),
        ({"subject": " "}, "activity.subject_missing"),
        ({"subject": "家访17910000001"}, "activity.number"),
        ({"subject": "2021年第2次村民会议"}, ""),
    ],
)
def test_activity_is_refused_when_it_cannot_be(office: Actor, changes: dict[str, Any], code: str) -> None:
    assert refusal(VillageFactory.create().id, office, **changes) == code


def test_activity_has_no_column_for_names_or_opinions_when_its_fields_are_read() -> None:
    columns = {field.name for model in (VillageActivity, ActivityMaterial) for field in model._meta.concrete_fields}

    assert columns == {
        "id", "tenant", "scope_code", "version", "created_at", "updated_at", "village", "kind_code", "held_on",
        "subject", "participant_count", "plan", "withdrawn_on", "activity", "title", "document", "added_by",
    }  # fmt: skip


def test_consultation_names_a_plan_of_its_own_village_alone(office: Actor) -> None:
    own, far = VillageFactory.create(), VillageFactory.create(code=FAR_VILLAGE_CODE)
    plan = draft_plan(own.id, year=2021, goals="增收", actor=office)

    assert refusal(own.id, office, kind_code="4", plan_id=plan.pk) == ""
    assert refusal(far.id, office, kind_code="4", plan_id=plan.pk) == "activity.plan"


def test_material_is_kept_by_its_hash_and_reading_it_is_audited(db: None) -> None:
    with tenant_scope(county_office()) as actor:
        activity = record_activity(VillageFactory.create().id, BRIEFING, actor=actor)
        material = add_material(activity.id, PDF, name="名单.pdf", title="宣讲稿", actor=actor, version=1)
        _row, content = read_material(material.id, actor=actor)
        with pytest.raises(DomainError, match="not what its name says"), savepoint():
            add_material(activity.id, b"MZ", name="a.pdf", title="稿", actor=actor)
        with pytest.raises(StaleVersion), savepoint():
            add_material(activity.id, PDF, name="a.pdf", title="稿", actor=actor, version=1)

    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR)):
        verbs = list(AuditEvent.objects.filter(object_id=activity.id).order_by("seq").values_list("verb", flat=True))
    assert content == PDF
    assert verbs == ["villages.record_activity", "villages.add_material", "villages.read_material"]


def test_withdrawn_activity_stays_on_file_and_as_it_is(office: Actor) -> None:
    activity = record_activity(VillageFactory.create().id, BRIEFING, actor=office)
    amended = amend_activity(activity.id, replace(BRIEFING, participant_count=50), actor=office, version=1)

    withdraw_activity(activity.id, reason="重复录入", actor=office, version=2)

    assert amended.participant_count == 50
    for verb in (
        lambda: amend_activity(activity.id, BRIEFING, actor=office),
        lambda: withdraw_activity(activity.id, reason="再撤", actor=office),
        lambda: add_material(activity.id, PDF, name="a.pdf", title="稿", actor=office),
    ):
        with pytest.raises(DomainError, match="was withdrawn"), savepoint():
            verb()
    assert VillageActivity.objects.get().withdrawn_on is not None


def test_database_refuses_an_activity_without_people_when_the_domain_is_passed_by(office: Actor) -> None:
    village = VillageFactory.create()

    with pytest.raises(IntegrityError, match="villageactivity_somebody_came"), savepoint():
        VillageActivity.objects.create(
            village=village, scope_code=village.code, kind_code="1", held_on=DAY, subject="会", participant_count=0
        )


def test_team_records_for_its_own_village_and_a_sector_clerk_reads(office: Actor) -> None:
    own, far = VillageFactory.create(), VillageFactory.create(code=FAR_VILLAGE_CODE)

    with tenant_scope(actor_of(Role.VILLAGE_TEAM, area=VILLAGE_CODE)) as team:
        record_activity(own.id, BRIEFING, actor=team)
        with pytest.raises(NotFound):
            record_activity(far.id, BRIEFING, actor=team)
    with tenant_scope(actor_of(Role.SECTOR_CLERK)) as clerk, pytest.raises(NotAllowed):
        record_activity(own.id, BRIEFING, actor=clerk)

    assert VillageActivity.objects.count() == 1


@pytest.mark.django_db
def test_activity_goes_through_pages_and_program_with_its_file() -> None:
    with tenant_scope(county_office()) as actor:
        village = VillageFactory.create()
        plan = draft_plan(village.id, year=2021, goals="增收", actor=actor)
    office = person(Role.COUNTY_OFFICE)
    browser = client_of(office)
    program = Client(headers={"authorization": f"Bearer {token_of(office, Role.COUNTY_OFFICE)}"})
    form = {"kind_code": "4", "held_on": "2021-03-01", "subject": "征求意见", "participant_count": "30"}

    entered = browser.post(f"/admin/villages/villageplan/{plan.id}/do/consult/", form)
    with tenant_scope(county_office()):
        activity = VillageActivity.objects.get()
    page = f"/admin/villages/villageactivity/{activity.id}"
    amended = browser.post(
        f"{page}/do/amend/", {**form, "plan_id": str(plan.id), "version": 1, "subject": "征求规划意见"}
    )
    file = SimpleUploadedFile("a.pdf", PDF, content_type="application/pdf")
    added = browser.post(f"{page}/do/material/", {"title": "规划稿", "file": file, "version": 2})
    shown = program.get(f"/api/v1/village-activities/{activity.id}/").json()
    download = f"/api/v1/activity-materials/{shown['materials'][0]['id']}/file/"
    told = program.post(
        "/api/v1/village-activities/",
        json.dumps({**form, "village_id": str(village.id), "participant_count": 5}),
        "application/json",
    )
    listed = program.get("/api/v1/village-activities/?kind=4&since=2021-01-01&until=2022-01-01").json()["results"]

    assert [answer.status_code for answer in (entered, amended, added, told)] == [302, 302, 302, 201]
    assert (shown["subject"], shown["plan_id"], len(listed)) == ("征求规划意见", str(plan.id), 2)
    assert program.get(download).content == PDF
    assert browser.get(f"/admin/villages/material/{shown['materials'][0]['id']}/").content == PDF
    assert "规划稿" in browser.get(f"{page}/change/").content.decode()
