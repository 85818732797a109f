"""Villages by REST: a county is set up by a program, and the answers are what the OpenAPI document says."""

import json
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from households.domain.drafts import YearDraft
from households.domain.facts import record_household_year
from registry.api.schema import RegistryGenerator
from registry.enums import Role
from registry.tenancy.scope import tenant_scope
from tests.factories.assistance import paired
from tests.factories.households import registered
from tests.factories.tenants import FAR_VILLAGE_CODE, OTHER_VILLAGE_CODE, TOWNSHIP_CODE, VILLAGE_CODE, county_office
from tests.factories.villages import VillageFactory
from tests.registry.people import client_of, grant, home_of, person, token_of, user
from villages.models import Village

pytestmark = pytest.mark.django_db
OPENINGS = {"villages": [{"code": VILLAGE_CODE, "name": "示例镇1村"}, {"code": FAR_VILLAGE_CODE, "name": "示例乡1村"}]}


def client(role: Role = Role.MACHINE_CLIENT) -> Client:
    account = user(f"api-{role.replace('_', '-')}")
    grant(account, role)
    token = token_of(account, role, tenant=home_of(role))
    return Client(headers={"authorization": f"Bearer {token}", "accept-language": "en"})


def send(caller: Client, method: str, address: str, body: object, version: int | None = None) -> Any:  # noqa: ANN401  (the answer of the test client, with json())
    headers = {} if version is None else {"if-match": f'"{version}"'}
    text = json.dumps(body).encode()
    return caller.generic(method, f"/api/v1/{address}", text, "application/json", headers=headers)


@pytest.mark.parametrize("role", [Role.MACHINE_CLIENT, Role.COUNTY_OFFICE])
def test_county_is_set_up_when_a_program_opens_amends_and_records(role: Role) -> None:
    caller = client(role)

    opened = send(caller, "POST", "villages/", OPENINGS)
    village = opened.json()["results"][0]
    amended = send(caller, "PATCH", f"villages/{village['id']}/", {"priority_codes": ["3"]}, village["version"])
    recorded = send(caller, "PUT", f"villages/{village['id']}/years/", {"year": 2020, "has_water": True}, version=2)

    assert [answer.status_code for answer in (opened, amended, recorded)] == [201, 200, 200]
    assert [row["code"] for row in opened.json()["results"]] == [VILLAGE_CODE, FAR_VILLAGE_CODE]
    assert (recorded.json()["version"], recorded.json()["years"][0]["has_water"]) == (3, True)


def test_villages_stay_as_they_are_when_the_same_opening_comes_again() -> None:
    caller = client()
    first = send(caller, "POST", "villages/", OPENINGS).json()

    renamed = {"villages": [{**one, "name": "别名"} for one in OPENINGS["villages"]]}
    second = send(caller, "POST", "villages/", renamed).json()

    assert second == first


@pytest.mark.parametrize(
    ("code", "name", "status"),
    [
        (TOWNSHIP_CODE, "示例", 422),
        (OTHER_VILLAGE_CODE, "示例", 404),
        ("5499", "示例", 422),
        (FAR_VILLAGE_CODE, " ", 400),
    ],
)
def test_no_village_is_opened_when_one_of_them_is_refused(code: str, name: str, status: int) -> None:
    wanted = [{"code": VILLAGE_CODE, "name": "示例镇1村"}, {"code": code, "name": name}]

    answer = send(client(), "POST", "villages/", {"villages": wanted})

    with tenant_scope(county_office()):
        assert (answer.status_code, Village.objects.count()) == (status, 0)


def test_opening_is_refused_when_the_role_may_not() -> None:
    assert send(client(Role.TOWNSHIP_CLERK), "POST", "villages/", OPENINGS).status_code == 403


def test_answers_are_those_of_the_document_when_lists_and_records_are_read() -> None:
    caller = client(Role.COUNTY_OFFICE)
    with tenant_scope(county_office()):
        household, village = registered(phone="17910000001"), VillageFactory.create()
        declared = YearDraft(year=2020, net_per_head_yuan=Decimal("90071992547.41"), is_declared=True, source="示例")
        record_household_year(household.id, declared, actor=county_office())
        paired(household)
    document = json.loads(json.dumps(RegistryGenerator().get_schema(request=None, public=True), default=str))  # type: ignore[no-untyped-call]  # the library has no types
    paths = {
        path: path.format(household_id=household.id, village_id=village.id, code=VILLAGE_CODE)
        for path, item in document["paths"].items()
        if "get" in item and set(re.findall("{\\w+}", path)) <= {"{household_id}", "{village_id}", "{code}"}
    }
    readable = {path: caller.get(address) for path, address in paths.items() if "template" not in path}
    answers = {path: answer.json() for path, answer in readable.items() if is_data(answer)}

    wrong = {path: errors_of(document, path, answer) for path, answer in answers.items()}

    assert answers["/api/v1/households/{household_id}/"]["years"][0]["net_per_head_yuan"] == "90071992547.41"
    assert len(answers) > 10
    assert {path: errors for path, errors in wrong.items() if errors} == {}


def is_data(answer: Any) -> bool:  # noqa: ANN401  (the answer of the test client)
    """Tell whether an address answered with data; a card to print is a file."""
    return answer.status_code == 200 and "json" in answer["Content-Type"]


def errors_of(document: dict[str, Any], path: str, answer: object) -> list[str]:
    """Give what in an answer differs from the OpenAPI document."""
    schema = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    validator = Draft202012Validator({**schema, "components": document["components"]})
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(answer)]


def test_villages_of_a_priority_category_are_found_when_asked_on_the_site_and_by_rest() -> None:
    caller = client()
    opened = send(caller, "POST", "villages/", OPENINGS).json()["results"]
    send(caller, "PATCH", f"villages/{opened[0]['id']}/", {"priority_codes": ["3", "4"]}, opened[0]["version"])
    site = client_of(person(Role.TOWNSHIP_CLERK))

    found = caller.get("/api/v1/villages/", {"priority": "3"}).json()["results"]
    pages = [site.get("/admin/villages/village/", {"priority": code}).content.decode() for code in ("4", "none")]

    assert [row["id"] for row in found] == [opened[0]["id"]]
    assert [opened[0]["id"] in page for page in pages] == [True, False]
