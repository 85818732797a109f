"""The nine-look as a team fills it in on its page, as a county edits it, and as a program sends it."""

import json
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dossiers.domain.looks import load_shipped_look_forms
from dossiers.models import Dossier, Look, LookForm
from dossiers.queries.looks import look_form_in_use
from registry.enums import Role
from registry.tenancy.scope import tenant_scope
from tests.factories.dossiers import BEGUN_ON, begun, looked
from tests.factories.tenants import county_office
from tests.registry.people import client_of, person, token_of

pytestmark = pytest.mark.django_db
DAY = BEGUN_ON.isoformat()
KEY = "nine-look-herding"
CHOSEN = {f"choice_{position}": "1" for position in range(1, 10)}


@pytest.fixture
def office(db: None) -> Client:
    return client_of(person(Role.COUNTY_OFFICE))


@pytest.fixture
def team(db: None) -> Client:
    return client_of(person(Role.VILLAGE_TEAM))


@pytest.fixture
def program(db: None) -> Client:
    token = token_of(person(Role.COUNTY_OFFICE), Role.COUNTY_OFFICE)
    return Client(headers={"authorization": f"Bearer {token}", "accept-language": "en"})


@pytest.fixture
def dossier(db: None) -> Dossier:
    with tenant_scope(county_office()) as actor:
        load_shipped_look_forms(actor=actor)
        return begun("identify-eleven")


def kept() -> list[Look]:
    with tenant_scope(county_office()):
        return list(Look.objects.select_related("form").order_by("id"))


def edit(client: Client, verb: str, **values: Any) -> int:
    with tenant_scope(county_office()):
        form = LookForm.objects.get(key=KEY, is_current=True)
    return client.post(f"/admin/dossiers/lookform/{form.pk}/do/{verb}/", values).status_code


def test_team_fills_in_the_checklist_of_its_area_when_it_stands_in_the_house(team: Client, dossier: Dossier) -> None:
    where = f"/admin/households/{dossier.household_id}/look/"

    choice = team.get(where, {"dossier": str(dossier.pk)}).content.decode()
    page = team.get(f"{where}?form={KEY}&dossier={dossier.pk}").content.decode()
    short = team.post(f"{where}?form={KEY}&dossier={dossier.pk}", {"looked_on": DAY, "choice_1": "1"})
    sent = team.post(f"{where}?form={KEY}&dossier={dossier.pk}", {"looked_on": DAY, **CHOSEN, "remark_1": "屋顶漏雨"})
    shown = team.get(f"/admin/dossiers/dossier/{dossier.pk}/change/").content.decode()

    (look,) = kept()
    assert (short.status_code, sent.status_code, sent["Location"]) == (
        200, 302, f"/admin/dossiers/dossier/{dossier.pk}/change/",
    )  # fmt: skip
    assert (look.dossier_id, look.form.key, look.score) == (dossier.pk, KEY, Decimal("37.5"))
    assert "九看（牧区）" in choice
    assert ("牲畜和草场够不够" in page, page.count('type="radio"') > 20) == (True, True)
    assert ("屋顶漏雨" in shown, "37.5 / 100" in shown) == (True, True)


def test_checklist_of_an_unknown_name_or_dossier_is_refused_when_the_address_says_so(
    team: Client, dossier: Dossier
) -> None:
    where = f"/admin/households/{dossier.household_id}/look/"

    assert team.get(where, {"form": "none"}).status_code == 404
    assert team.get(where, {"dossier": "none"}).status_code == 404
    assert team.get(f"/admin/households/{dossier.pk}/look/").status_code == 404
    assert team.get(where, {"form": KEY}).status_code == 200


def test_household_shows_its_checklists_when_it_is_opened(office: Client, dossier: Dossier) -> None:
    office.post(f"/admin/households/{dossier.household_id}/look/?form={KEY}", {"looked_on": DAY, **CHOSEN})

    page = office.get(f"/admin/households/household/{dossier.household_id}/change/").content.decode()

    assert ("入户再核实" in page, f"/admin/households/{dossier.household_id}/look/" in page) == (True, True)


def test_county_edits_a_checklist_as_a_new_edition_when_its_pages_are_used(office: Client, dossier: Dossier) -> None:
    item = {"position": 1, "name": "看住房", "weight": "3", "choices": "好\n一般\n差", "question": ""}
    head = {"name": "本县九看", "full_score": 90, "outcomes": "0 继续走访\n45 提交评议"}

    amended = edit(office, "amend-item", version=1, **item)
    twice = edit(office, "amend-item", version=1, **item | {"choices": "好\n好"})
    grown = edit(office, "insert-item", version=1, **item | {"position": 10, "name": "看其他"})
    shrunk = edit(office, "remove-item", version=1, position=10)
    none = edit(office, "remove-item", version=1, position=10)
    wrong = edit(office, "amend-head", version=1, **head | {"outcomes": "继续走访"})
    named = edit(office, "amend-head", version=1, **head)

    with tenant_scope(county_office()):
        form = look_form_in_use(KEY)
    assert (amended, twice, grown, shrunk, none, wrong, named) == (302, 200, 302, 302, 200, 200, 302)
    assert (form.edition, form.name, form.full_score, form.bounds) == (5, "本县九看", 90, [Decimal(0), Decimal(45)])


def test_program_fills_in_reads_and_edits_checklists_when_it_calls(program: Client, dossier: Dossier) -> None:
    where = f"/api/v1/households/{dossier.household_id}/looks/"
    answers = [{"choice": 1}] * 8 + [{"choice": 2, "remark": "无路"}]
    body = {"form_key": KEY, "looked_on": DAY, "dossier_id": str(dossier.pk), "answers": answers}

    short = program.post(where, json.dumps(body | {"answers": answers[1:]}), content_type="application/json")
    sent = program.post(where, json.dumps(body), content_type="application/json")
    listed = program.get(where).json()["results"]
    inside = program.get(f"/api/v1/dossiers/{dossier.pk}/").json()["looks"]
    forms = program.get("/api/v1/look-forms/").json()["results"]
    form = next(row for row in forms if row["key"] == KEY)
    detail = program.get(f"/api/v1/look-forms/{form['id']}/").json()
    revised = program.put(
        f"/api/v1/look-forms/{form['id']}/", json.dumps(detail | {"name": "新版"}), content_type="application/json",
        headers={"if-match": '"1"'},
    )  # fmt: skip

    assert (short.status_code, short.json()["code"], sent.status_code) == (422, "look.answers", 201)
    assert (sent.json(), listed[0]["lines"][8]["remark"]) == (listed[0], "无路")
    assert (inside, len(forms), len(detail["items"])) == (listed, 3, 9)
    assert (revised.status_code, revised.json()["edition"], revised.json()["name"]) == (200, 2, "新版")


def test_page_of_a_dossier_asks_as_many_queries_for_three_checklists_as_for_one(
    office: Client, dossier: Dossier
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert office.get(f"/admin/dossiers/dossier/{dossier.pk}/change/").status_code == 200
        return len(captured)

    with tenant_scope(county_office()) as actor:
        looked(dossier, actor=actor)
    cost()
    one = cost()
    with tenant_scope(county_office()) as actor:
        looked(dossier, actor=actor, choice=0)
        looked(dossier, actor=actor, choice=2)

    assert cost() == one


def test_dossier_says_what_is_missing_and_offers_the_step_of_its_form_when_opened(
    office: Client, dossier: Dossier
) -> None:
    with tenant_scope(county_office()):
        meeting = begun("exit")
    first = office.get(f"/admin/dossiers/dossier/{dossier.pk}/change/").content.decode()
    second = office.get(f"/admin/dossiers/dossier/{meeting.pk}/change/").content.decode()
    form = office.get(f"/admin/dossiers/dossier/{meeting.pk}/do/meeting/").content.decode()

    assert ("/do/step/" in first, "/do/meeting/" in first, "/do/finish/" in first) == (True, False, False)
    assert ("/do/meeting/" in second, "/do/step/" in second) == (True, False)
    assert ("needs a file" in second or "本步骤需要" in second, "村两委民主评议提出" in form) == (True, True)
