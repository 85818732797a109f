"""Rosters through the admin site and over REST: the whole way, and who is turned away where."""

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from pytest_django import Settings

from exchange.models import ImportBatch
from households.models import Household
from registry import jobs
from registry.enums import Role
from registry.models import Job
from registry.tenancy.scope import tenant_scope
from tests.exchange.rosters import csv_of, head, other_household, spouse, xlsx_of
from tests.factories.tenants import county, county_office
from tests.factories.villages import VillageFactory
from tests.registry.people import client_of, grant, home_of, person, token_of, user

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db
API = "/api/v1/import-batches/"
PAGES = "/admin/exchange/rosters/"
REFUSING = csv_of(head(), spouse(name="=1+1"), other_household())


def program(role: Role = Role.COUNTY_OFFICE, *, other: bool = False) -> Client:
    """Give a client with a token of somebody of a role in the first county, or in the other."""
    token = token_of(person(role, other=other), role, tenant=home_of(role, other=other))
    return Client(headers={"Authorization": f"Bearer {token}"})


def send(client: Client, content: bytes = REFUSING, name: str = "花名册.csv") -> "Answer":
    """Bring a roster in over REST."""
    with tenant_scope(county_office()):
        VillageFactory.create()
    return client.post(API, {"file": SimpleUploadedFile(name, content)})


def work() -> None:
    """Do what is queued, as a worker does."""
    with tenant_scope(county_office()):
        waiting = list(Job.objects.filter(state="queued").values_list("pk", flat=True))
    assert [jobs.run(county().pk, pk) for pk in waiting] == ["done"] * len(waiting)


def decide(client: Client, batch_id: str, decision: str = "apply") -> "Answer":
    """Decide on a roster in the version that is read."""
    version = client.get(f"{API}{batch_id}/").headers["ETag"]
    address = f"{API}{batch_id}/{decision}/"
    return client.post(address, {"reason": "checked"}, content_type="application/json", headers={"If-Match": version})


def households() -> int:
    with tenant_scope(county_office()):
        return Household.objects.count()


def test_rest_takes_a_roster_over_when_an_office_sends_and_applies_it() -> None:
    client = program()
    batch_id = send(client).json()["id"]
    work()

    decided = decide(client, batch_id)
    work()

    assert decided.status_code == 200
    row = client.get(f"{API}{batch_id}/").json()
    assert (row["state"], row["counts"]["new_households"], row["result"]["households"]) == ("applied", 1, 1)
    assert row["rows"][1]["problems"] == [
        {
            "row": 4,
            "column": "name",
            "heading": "姓名",
            "code": "cell.formula",
            "wrong": row["rows"][1]["problems"][0]["wrong"],
            "remedy": row["rows"][1]["problems"][0]["remedy"],
        }
    ]
    assert households() == 1


def test_rest_lists_rosters_when_there_are_some() -> None:
    client = program()
    send(client)

    page = client.get(f"{API}?state=uploaded").json()

    assert [row["file_name"] for row in page["results"]] == ["花名册.csv"]
    assert client.get(f"{API}?state=applied").json()["results"] == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "sheet.empty_file"),
        (b"PK\3\4 no archive", "sheet.not_a_workbook"),
        (b"\0\1\2", "sheet.not_a_workbook"),
    ],
)
def test_rest_refuses_with_a_sentence_when_the_file_is_no_roster(content: bytes, code: str) -> None:
    answer = send(program(), content)

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    with tenant_scope(county_office()):
        assert ImportBatch.objects.count() == 0


def test_rest_says_how_much_is_allowed_when_the_file_is_too_large(settings: Settings) -> None:
    settings.UPLOAD_LIMIT_BYTES, settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024, 1024 * 1024

    answer = send(program(), bytes(3 * 1024 * 1024))

    assert (answer.status_code, answer.json()["code"]) == (422, "sheet.too_large")


def test_upload_page_says_how_much_is_allowed_when_the_file_is_too_large(settings: Settings) -> None:
    settings.UPLOAD_LIMIT_BYTES, settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024, 1024 * 1024

    answer = office_page().post(PAGES, {"file": SimpleUploadedFile("a.csv", bytes(3 * 1024 * 1024)), "data_date": ""})

    assert "more than 1 MB" in answer.content.decode()


def test_rest_tells_why_when_the_check_failed() -> None:
    client = program()
    batch_id = send(client, xlsx_of([["甲", "乙", "丙"]]), "a.xlsx").json()["id"]
    with tenant_scope(county_office()):
        job = Job.objects.get(key=batch_id)

    jobs.run(county().pk, job.pk)

    row = client.get(f"{API}{batch_id}/").json()
    assert (row["state"], row["error_code"]) == ("failed", "sheet.no_header")
    assert row["error"]


@pytest.mark.parametrize("role", [Role.VILLAGE_TEAM, Role.SECTOR_CLERK, Role.HELPER])
def test_rest_turns_away_when_the_role_brings_no_rosters(role: Role) -> None:
    assert send(program(role)).status_code == 403


def test_rest_lets_a_machine_bring_a_roster_and_a_person_decide() -> None:
    machine = program(Role.MACHINE_CLIENT)
    batch_id = send(machine).json()["id"]
    work()

    assert decide(machine, batch_id).status_code == 403
    assert decide(program(), batch_id).status_code == 200


def test_rest_knows_nothing_of_a_roster_when_it_belongs_to_another_county() -> None:
    batch_id = send(program()).json()["id"]
    neighbour = program(other=True)

    answers = [neighbour.get(f"{API}{batch_id}/"), neighbour.get(f"{API}{batch_id}/refused-rows/")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert neighbour.get(API).json()["results"] == []


def test_rest_gives_refused_rows_as_text_when_there_are_some() -> None:
    client = program()
    batch_id = send(client).json()["id"]
    work()

    sheet = load_workbook(BytesIO(client.get(f"{API}{batch_id}/refused-rows/").content)).worksheets[0]

    header = [cell.value for cell in sheet[2]]
    second = {label: cell.value for label, cell in zip(header, sheet[4], strict=True)}
    assert (second["行号"], second["有误栏目"], second["姓名"]) == ("4", "姓名", "'=1+1")
    assert second["证件号码"] == spouse()["document_number"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_rest_has_no_refused_rows_when_every_row_is_right() -> None:
    client = program()
    batch_id = send(client, csv_of(head(), spouse())).json()["id"]
    work()

    assert client.get(f"{API}{batch_id}/refused-rows/").status_code == 404


def test_refused_workbook_goes_in_when_it_is_mended() -> None:
    client = program()
    batch_id = send(client).json()["id"]
    work()
    book = load_workbook(BytesIO(client.get(f"{API}{batch_id}/refused-rows/").content))
    header = [cell.value for cell in book.worksheets[0][2]]
    book.worksheets[0].cell(4, header.index("姓名") + 1).value = "普布曲珍"
    mended = BytesIO()
    book.save(mended)

    again = send(client, mended.getvalue(), "mended.xlsx").json()["id"]
    work()

    row = client.get(f"{API}{again}/").json()
    assert (row["counts"]["new_households"], row["unknown_columns"], row["data_date"]) == (1, [], "2020-12-15")


def test_template_has_every_column_when_it_is_downloaded() -> None:
    answer = program().get(f"{API}template/")

    book = load_workbook(BytesIO(answer.content))
    assert [cell.value for cell in book.worksheets[0][2]][:5] == ["数据日期", "乡", "行政村", "行政村编码", "自然村"]
    assert book.worksheets[1].max_row == len(list(book.worksheets[0][2])) + 1


# --- the admin site ---------------------------------------------------------------------------------------------------
def office_page() -> Client:
    """Give a browser in which a clerk of the county office is logged in."""
    return client_of(person(Role.COUNTY_OFFICE))


def upload(client: Client, content: bytes = REFUSING) -> str:
    """Bring a roster in by the page and give the address of its preview."""
    with tenant_scope(county_office()):
        VillageFactory.create()
    answer = client.post(PAGES, {"file": SimpleUploadedFile("roster.csv", content), "data_date": ""})
    return answer.headers["Location"]


def test_pages_take_a_roster_over_when_a_clerk_presses_apply() -> None:
    client = office_page()
    preview = upload(client)
    work()
    page = client.get(preview)

    client.post(f"{preview}apply/", {"version": page.context["batch"].version, "reason": ""})
    work()

    assert households() == 1
    assert client.get(preview).context["batch"].state == "applied"


def test_page_offers_the_workbook_when_a_household_was_left_out_at_the_application() -> None:
    client = office_page()
    previews = [upload(client, csv_of(head(), spouse())), upload(client, csv_of(head(person_count="1")))]
    work()
    for preview in reversed(previews):
        client.post(f"{preview}apply/", {"version": client.get(preview).context["batch"].version, "reason": ""})
        work()

    page = client.get(previews[0])

    assert page.context["may_take"]
    assert client.get(f"{previews[0]}refused-rows/").status_code == 200


def test_preview_masks_names_and_lists_findings_when_it_is_shown() -> None:
    client = office_page()
    preview = upload(client)
    work()

    page = client.get(preview).content.decode()

    assert "data-apply" in page
    assert "央**" in page
    assert "央金罗布" not in page
    assert "cell begins like a formula" in page
    assert head()["document_number"] not in page


def test_upload_page_says_why_when_the_file_is_refused() -> None:
    answer = office_page().post(PAGES, {"file": SimpleUploadedFile("a.csv", b""), "data_date": ""})

    assert answer.status_code == 200
    assert "0 bytes" in answer.content.decode()


def test_decision_is_refused_on_the_page_when_the_preview_is_old() -> None:
    client = office_page()
    preview = upload(client)
    work()

    answer = client.post(f"{preview}apply/", {"version": 1, "reason": ""})

    assert answer.status_code == 409
    assert households() == 0


@pytest.mark.parametrize("role", [Role.VILLAGE_TEAM, Role.SYSTEM_ADMINISTRATOR, Role.PROVINCE_READER])
def test_pages_turn_away_when_the_role_brings_no_rosters(role: Role) -> None:
    assert client_of(person(role)).get(PAGES).status_code == 403


def test_page_of_a_roster_is_unknown_when_it_belongs_to_another_county() -> None:
    preview = upload(office_page())
    neighbour = user("neighbour")
    grant(neighbour, Role.COUNTY_OFFICE, tenant=county("549902000000"))

    assert client_of(neighbour).get(preview).status_code == 404


def test_roster_can_be_rejected_when_it_was_looked_at() -> None:
    client = office_page()
    preview = upload(client)
    work()
    version = client.get(preview).context["batch"].version

    client.post(f"{preview}reject/", {"version": version, "reason": "an older one"})

    assert client.get(preview).context["batch"].state == "rejected"
    assert households() == 0
