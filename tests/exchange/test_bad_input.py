"""Each bad input that the product names, by the door that people use: a clear sentence, and an unchanged register."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from registry import jobs
from registry.enums import Role
from registry.models import Job
from registry.tenancy.checks import tenant_models
from registry.tenancy.scope import tenant_scope
from tests.exchange.rosters import Cells, csv_of, head, other_household, spouse
from tests.factories.households import document_number
from tests.factories.tenants import county, county_office
from tests.factories.villages import VillageFactory
from tests.registry.people import client_of, person, token_of, user

pytestmark = pytest.mark.django_db
API = "/api/v1/import-batches/"
# What the register holds; a roster on its way, its events and its job are no part of it.
REGISTER = [
    model for model in tenant_models() if model._meta.app_label in {"villages", "households", "assistance", "reports"}
]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAN = document_number(97, birth="19630525")
WOMAN = document_number(744, birth="19661223")
WRONG_CHECK = WOMAN[:17] + ("0" if WOMAN[17] != "0" else "1")


def register() -> dict[str, int]:
    """Count the rows of each table of the register."""
    with tenant_scope(county_office()):
        return {model._meta.label: model.objects.count() for model in REGISTER}


@pytest.fixture
def office() -> Client:
    """Give a program of the county office, in English, in a county with one village."""
    with tenant_scope(county_office()):
        VillageFactory.create()
    token = token_of(person(Role.COUNTY_OFFICE), Role.COUNTY_OFFICE)
    return Client(headers={"Authorization": f"Bearer {token}", "Accept-Language": "en"})


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr("xl/workbook.xml", b"<workbook/>")
        written.writestr("xl/worksheets/sheet1.xml", bytes(40 * 1024 * 1024))
    return stream.getvalue()


def is_sentence(text: str) -> bool:
    """Tell whether a text is one for people: it begins and ends like a sentence and says no code."""
    return (
        (text[:1].isupper() or text[:1].isdigit())
        and text.rstrip().endswith(".")
        and "_" not in text
        and len(text) > 15
    )


ROWS: dict[str, tuple[list[Cells], str, str]] = {
    "identity number too short": ([head(document_number=WOMAN[:17]), spouse()], "document_number", WOMAN[:17]),
    "wrong check digit": ([head(document_number=WRONG_CHECK), spouse()], "document_number", WRONG_CHECK),
    "sex contradicts the number": ([head(sex="男"), spouse()], "sex", WOMAN),
    "scientific notation": ([head(document_number="5.49901E+17"), spouse()], "document_number", "5.49901E+17"),
    "same person in two households": (
        [head(), spouse(), other_household(document_number=WOMAN, sex="女", person_number="5499010000000301")],
        "document_number",
        WOMAN,
    ),
    "two heads": ([head(), spouse(relation="户主")], "relation", WOMAN),
    "no head": ([head(relation="配偶"), spouse(relation="之子")], "relation", WOMAN),
    "village of another county": (
        [head(village_code="549902100200"), spouse(village_code="549902100200")],
        "village_code",
        "549902100200",
    ),
    "cause outside the list": ([head(main_cause="因懒惰"), spouse()], "main_cause", "因懒惰"),
    "formula in a name": ([head(name="=1+1"), spouse()], "name", "=1+1"),
}


@pytest.mark.parametrize("case", ROWS)
def test_household_is_refused_by_row_column_and_remedy_when_a_row_is_bad(office: Client, case: str) -> None:
    rows, column, value = ROWS[case]
    before = register()

    batch_id = office.post(API, {"file": SimpleUploadedFile("roster.csv", csv_of(*rows))}).json()["id"]
    with tenant_scope(county_office()):
        waiting = list(Job.objects.filter(state="queued").values_list("pk", flat=True))
    states = [jobs.run(county().pk, pk) for pk in waiting]

    answer = office.get(f"{API}{batch_id}/").json()
    found = [problem for row in answer["rows"] for problem in row["problems"] if problem["column"] == column]
    sentences = [problem[part] for problem in found for part in ("wrong", "remedy")]
    assert (states, answer["counts"]["new_households"]) == (["done"], 0)
    assert found != [], answer["rows"]
    assert [text for text in sentences if not is_sentence(text)] == []
    assert {problem["row"] for problem in found} <= {*range(len(rows) + 3)}
    assert [text for text in sentences if value in text] == []
    assert register() == before


FILES = {
    "no workbook": (b"%PDF-1.7 a form", "sheet.not_a_workbook"),
    "encrypted": (OLE + bytes(100) + "EncryptedPackage".encode("utf-16-le"), "sheet.encrypted"),
    "0 bytes": (b"", "sheet.empty_file"),
    "zip bomb": (bomb(), "sheet.bomb"),
    "too large": (b"x" * (2 * 1024 * 1024), "sheet.too_large"),
}


@pytest.mark.parametrize("case", FILES)
def test_file_is_refused_by_a_sentence_and_nothing_is_kept_when_it_is_no_roster(
    office: Client, settings: Settings, case: str
) -> None:
    content, code = FILES[case]
    settings.UPLOAD_LIMIT_BYTES = 1024 * 1024
    before = register()

    answer = office.post(API, {"file": SimpleUploadedFile("roster.xlsx", content)})

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert is_sentence(answer.json()["detail"])
    assert (register(), office.get(API).json()["results"]) == (before, [])


def test_month_that_has_not_ended_is_refused_by_a_sentence_when_a_report_is_asked_for(office: Client) -> None:
    before = register()

    body = {"report": "dynamic-management", "month": "2099-01"}
    answer = office.post("/api/v1/report-runs/", body, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (422, "report.month_not_ended")
    assert is_sentence(answer.json()["detail"])
    assert register() == before


def test_person_without_membership_is_told_whom_to_ask_when_they_log_in() -> None:
    answer = client_of(user("nobody")).get("/admin/", follow=True)

    assert answer.redirect_chain[0][0].startswith("/admin/choose/")
    assert "security administrator" in answer.content.decode().lower()


def test_token_of_another_county_finds_nothing_when_it_names_our_household(office: Client) -> None:
    rows = [{"name": "示例人", "relation_code": "01", "sex_code": "1"}]
    wanted = {"number": "54990100000777", "village_code": "549901100200", "members": rows}
    body = {"on": "2021-01-05", "households": [wanted]}
    mine = office.post("/api/v1/households/", body, content_type="application/json").json()["ids"][0]
    token = token_of(person(Role.COUNTY_OFFICE, other=True), Role.COUNTY_OFFICE, tenant=county("549902000000"))
    stranger = Client(headers={"Authorization": f"Bearer {token}", "Accept-Language": "en"})
    before = register()

    seen = stranger.get(f"/api/v1/households/{mine}/")
    written = stranger.post("/api/v1/households/", body, content_type="application/json")

    assert (seen.status_code, written.status_code, written.json()["code"]) == (404, 422, "draft.village_unknown")
    assert is_sentence(seen.json()["detail"])
    assert is_sentence(written.json()["detail"])
    assert register() == before
