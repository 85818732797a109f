"""Corrections, consent and files of sessions by pages and REST; how large a file may come in."""

import base64
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dossiers.domain.files import MOST_BYTES
from dossiers.domain.papers import ApplicationDraft, apply_for
from dossiers.domain.sessions import open_session
from dossiers.models import Application, Dossier, Evidence, ListSession, SessionFile
from households.domain.move import move_household
from registry.enums import Role
from registry.tenancy.scope import tenant_scope
from tests.factories.dossiers import BEGUN_ON, PDF, begun
from tests.factories.tenants import FAR_VILLAGE_CODE, county_office
from tests.factories.villages import VillageFactory
from tests.registry.people import client_of, person, token_of

pytestmark = pytest.mark.django_db
DAY = BEGUN_ON.isoformat()
MEGABYTE = 1024 * 1024


@pytest.fixture
def office(db: None) -> Client:
    return client_of(person(Role.COUNTY_OFFICE))


@pytest.fixture
def program(db: None) -> Client:
    token = token_of(person(Role.COUNTY_OFFICE), Role.COUNTY_OFFICE)
    return Client(headers={"authorization": f"Bearer {token}", "accept-language": "en"})


def applied() -> Dossier:
    with tenant_scope(county_office()) as actor:
        dossier = begun("identify-eleven")
        apply_for(dossier.pk, ApplicationDraft(BEGUN_ON, statement="甲", consent_sectors=("01",)), actor=actor)
        return Dossier.objects.get()


def listed() -> ListSession:
    with tenant_scope(county_office()) as actor:
        dossier = begun("exit")
        return open_session("meeting", "会议", [dossier.pk], starts_on=BEGUN_ON, actor=actor)


def sent(program: Client, method: str, where: str, body: dict[str, Any], *, version: int) -> Any:  # noqa: ANN401
    headers = {"If-Match": f'"{version}"'}
    return program.generic(method, f"/api/v1/{where}", json.dumps(body), "application/json", headers=headers)


def uploaded(program: Client, where: str, content: bytes, *, version: int = 1) -> Any:  # noqa: ANN401
    form = {"file": SimpleUploadedFile("照片.pdf", content), "kind_code": "33", "on": DAY}
    return program.post(f"/api/v1/{where}", form, headers={"If-Match": f'"{version}"'})


def pdf_of(size: int) -> bytes:
    return PDF[:9] + b"0" * (size - len(PDF)) + PDF[9:]


def test_application_is_corrected_and_consent_withdrawn_on_the_pages(office: Client) -> None:
    dossier = applied()
    pages = f"/admin/dossiers/dossier/{dossier.pk}/"
    offered = office.get(f"{pages}change/").content.decode()
    form = office.get(f"{pages}do/correct/").content.decode()
    values = {"version": 2, "applied_on": DAY, "manner": "self", "statement": "乙", "reason": "人数填错"}

    corrected = office.post(f"{pages}do/correct/", values).status_code
    withdrawn = office.post(f"{pages}do/withdraw-consent/", {"version": 3, "on": DAY}).status_code
    shown = office.get(f"{pages}change/").content.decode()

    assert ("do/correct/" in offered, "do/withdraw-consent/" in offered, "甲" in form) == (True, True, True)
    assert (corrected, withdrawn) == (302, 302)
    assert ("甲" in shown, "乙" in shown, "人数填错" in shown, "do/withdraw-consent/" in shown) == (
        True,
        True,
        True,
        False,
    )
    with tenant_scope(county_office()):
        assert Application.objects.count() == 2
        assert Dossier.objects.get().consent_withdrawn_on == BEGUN_ON


def test_program_corrects_an_application_and_withdraws_a_consent(program: Client) -> None:
    where = f"dossiers/{applied().pk}/"
    correction = {"applied_on": DAY, "statement": "乙", "reason": "人数填错"}

    corrected = sent(program, "PUT", f"{where}application/", correction, version=2)
    withdrawn = sent(program, "POST", f"{where}consent/withdraw/", {"on": DAY}, version=3)
    again = sent(program, "POST", f"{where}consent/withdraw/", {"on": DAY}, version=4)

    detail = corrected.json()
    assert (detail["application"]["statement"], detail["application"]["edition"]) == ("乙", 2)
    assert [row["statement"] for row in detail["former_applications"]] == ["甲"]
    assert (withdrawn.json()["consent_withdrawn_on"], again.status_code, again.json()["code"]) == (
        DAY,
        409,
        "consent.none",
    )


def test_session_takes_several_files_on_its_page_and_gives_them_out(office: Client) -> None:
    session = listed()
    pages = f"/admin/dossiers/listsession/{session.pk}/"
    paper = {"kind_code": "33", "on": DAY}

    first = office.post(f"{pages}do/file/", {**paper, "version": 1, "file": SimpleUploadedFile("签到.pdf", PDF)})
    second = office.post(f"{pages}do/file/", {**paper, "version": 2, "file": SimpleUploadedFile("照片.pdf", PDF)})
    page = office.get(f"{pages}change/").content.decode()
    with tenant_scope(county_office()):
        files = list(SessionFile.objects.all())
    given = office.get(f"/admin/dossiers/session-files/{files[0].pk}/")

    assert (first.status_code, second.status_code, len(files)) == (302, 302, 2)
    assert all(str(one.pk) in page for one in files)
    assert (given.content, "no-store" in given["Cache-Control"], "签到" in given["Content-Disposition"]) == (
        PDF,
        True,
        False,
    )


def test_program_adds_files_to_a_session_and_reads_them(program: Client) -> None:
    session = listed()

    added = uploaded(program, f"dossier-sessions/{session.pk}/files/", PDF)
    (file,) = added.json()["files"]
    given = program.get(f"/api/v1/dossier-session-files/{file['id']}/file/")

    assert (added.status_code, file["kind_code"], given.content) == (200, "33", PDF)


@pytest.mark.parametrize(("language", "sentence"), [("en", "moved out of the area"), ("zh-hans", "迁出")])
def test_reason_of_the_database_is_told_in_the_readers_language(program: Client, language: str, sentence: str) -> None:
    session = listed()
    with tenant_scope(county_office()) as actor:
        VillageFactory.create(code=FAR_VILLAGE_CODE)
        household = Dossier.objects.get().household_id
        move_household(household, FAR_VILLAGE_CODE, actor=actor, on=BEGUN_ON, reason="搬迁")

    answer = program.get(f"/api/v1/dossier-sessions/{session.pk}/", headers={"accept-language": language})

    (entry,) = answer.json()["entries"]
    assert (entry["reason_code"], sentence in entry["reason"]) == ("moved", True)


# --- how large a file may be ------------------------------------------------------------------------------------------
def test_file_of_ten_megabytes_comes_in_as_a_form_and_a_larger_one_is_refused(program: Client) -> None:
    with tenant_scope(county_office()):
        where = f"dossiers/{begun('exit').pk}/evidence/"

    larger = uploaded(program, where, pdf_of(MOST_BYTES + 1))
    taken = uploaded(program, where, pdf_of(MOST_BYTES))

    assert (larger.status_code, larger.json()["code"]) == (422, "file.too_large")
    assert (taken.status_code, taken.json()["evidence"][0]["kind_code"]) == (200, "33")


def test_form_is_checked_like_the_page_when_it_holds_no_paper(program: Client) -> None:
    with tenant_scope(county_office()):
        where = f"dossiers/{begun('exit').pk}/evidence/"

    fake = uploaded(program, where, b"MZ" * MEGABYTE)
    stale = uploaded(program, where, PDF, version=7)

    assert (fake.status_code, fake.json()["code"]) == (422, "file.not_what_it_says")
    assert (stale.status_code, stale.json()["code"]) == (412, "registry.stale_version")
    with tenant_scope(county_office()):
        assert not Evidence.objects.exists()


def test_json_of_more_than_two_megabytes_is_refused_with_its_status(program: Client) -> None:
    with tenant_scope(county_office()):
        where = f"dossiers/{begun('exit').pk}/evidence/"
    text = base64.b64encode(pdf_of(2 * MEGABYTE)).decode()

    answer = sent(program, "POST", where, {"name": "a.pdf", "content": text, "kind_code": "33", "on": DAY}, version=1)

    assert answer.status_code == 413
