"""Households by REST: rights, versions, and what the list costs."""

from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from households.models import Household, Membership
from registry.enums import Role
from registry.lib.gbcode import subtree
from registry.models import ApiToken
from registry.tenancy.scope import tenant_scope
from tests.factories.households import document_number, registered
from tests.factories.tenants import (
    FAR_VILLAGE_CODE,
    OTHER_COUNTY_CODE,
    OTHER_VILLAGE_CODE,
    VILLAGE_CODE,
    county,
    county_office,
)
from tests.registry.people import grant, token_of, user

pytestmark = pytest.mark.django_db
LIFT = {"transition": "lift", "on": "2021-01-04", "reason": "公告2021-1"}


def client(role: Role = Role.COUNTY_OFFICE) -> Client:
    account = user(f"api-{role.replace('_', '-')}")
    grant(account, role, tenant=county())
    token = token_of(account, role, tenant=county())
    return Client(headers={"authorization": f"Bearer {token}", "accept-language": "en"})


def household(**values: Any) -> Household:
    with tenant_scope(county_office()):
        return registered(**values)


def post(caller: Client, address: str, body: object, *, version: int | None = None) -> Any:  # noqa: ANN401  (the answer of the test client, with json())
    headers = {} if version is None else {"if-match": f'"{version}"'}
    return caller.post(f"/api/v1/{address}", body, content_type="application/json", headers=headers)


@pytest.mark.parametrize(
    ("second", "field"), [({"phone": "1"}, "households.1.phone"), ({"number": "A2"}, "households.1")]
)
def test_refusal_names_the_household_when_one_of_several_is_wrong(second: dict[str, str], field: str) -> None:
    household(number="A2")
    village = {
        "village_code": VILLAGE_CODE,
        "members": [{"name": "示例人", "relation_code": "01", "sex_code": "1"}],
    }
    households = [{**village, "number": "A1"}, {**village, "number": "A3", **second}]

    answer = post(client(), "households/", {"households": households, "on": "2021-01-04", "reason": "识别"})

    error = answer.json()["errors"][0]
    assert (error["field"], error["detail"].startswith("Household 2 of the list: ")) == (field, True)
    with tenant_scope(county_office()):
        assert Household.objects.count() == 1


def test_list_shows_households_of_the_own_county_alone(db: None) -> None:
    mine = household()
    with tenant_scope(county_office(county(OTHER_COUNTY_CODE))):
        registered(village_code=OTHER_VILLAGE_CODE)

    answer = client().get("/api/v1/households/").json()

    assert [row["id"] for row in answer["results"]] == [str(mine.id)]
    assert answer["results"][0]["village_code"] == VILLAGE_CODE


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_three_queries_when_there_are_more_households(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _rows = [household() for _ in range(count)]
    caller = client()
    caller.get("/api/v1/households/")
    ApiToken.objects.update(last_used_at="2999-01-01T00:00Z")

    # In service three: token, scope, rows. The transaction of the test adds a savepoint, its end, and the former scope.
    with django_assert_num_queries(6):
        answer = caller.get("/api/v1/households/")

    assert len(answer.json()["results"]) == count


def test_list_is_narrowed_when_division_and_status_are_given(db: None) -> None:
    household(status="lifted")
    far = household(status="filed", village_code=FAR_VILLAGE_CODE)
    household(status="lifted", village_code=FAR_VILLAGE_CODE)

    answer = client().get("/api/v1/households/", {"division": "549901200000", "status": "filed"})

    assert [row["id"] for row in answer.json()["results"]] == [str(far.id)]


def test_team_sees_only_its_village_when_it_lists_members(db: None) -> None:
    household(), household(village_code=FAR_VILLAGE_CODE)

    rows = client(Role.VILLAGE_TEAM).get("/api/v1/members/").json()["results"]

    assert len(rows) == 2
    assert {row["document_masked"][6:14] for row in rows} == {"********"}
    assert not {"document_sealed", "phone_sealed", "document_index"} & set(rows[0])


def test_detail_is_not_found_when_the_household_is_of_another_county(db: None) -> None:
    with tenant_scope(county_office(county(OTHER_COUNTY_CODE))):
        other = registered(village_code=OTHER_VILLAGE_CODE)
    mine, caller = household(), client()

    answers = [caller.get(f"/api/v1/households/{row.id}/").status_code for row in (mine, other)]

    assert answers == [200, 404]


def test_registration_gives_ids_when_the_households_are_possible(db: None) -> None:
    household()
    head = {"name": "示例人", "relation_code": "01", "document_number": document_number(7, birth="19770707")}
    body = {"on": "2021-01-04", "households": [{"number": "54990177", "village_code": VILLAGE_CODE, "members": [head]}]}

    answer = post(client(Role.VILLAGE_TEAM), "households/", body)

    with tenant_scope(county_office()):
        made = Household.objects.get(number="54990177")
    assert (answer.status_code, answer.json()["ids"]) == (201, [str(made.id)])
    assert {warning["code"] for warning in answer.json()["warnings"]} >= {"quality.R16-01"}
    assert made.status == "candidate"


def test_registration_names_no_value_when_the_document_is_wrong(db: None) -> None:
    household()
    head = {"name": "示例人", "relation_code": "01", "document_number": "549901197707070070"}
    body = {"on": "2021-01-04", "households": [{"number": "54990177", "village_code": VILLAGE_CODE, "members": [head]}]}

    answer = post(client(), "households/", body)

    assert (answer.status_code, answer.json()["code"]) == (422, "document.check_digit")
    assert "5499011977" not in answer.content.decode()


def test_lifting_answers_with_the_new_version_when_the_old_one_is_right(db: None) -> None:
    row, caller = household(status="filed"), client()

    without = post(caller, f"households/{row.id}/status/", LIFT)
    done = post(caller, f"households/{row.id}/status/", LIFT, version=1)
    stale = post(caller, f"households/{row.id}/status/", {**LIFT, "transition": "return"}, version=1)

    assert [answer.status_code for answer in (without, done, stale)] == [428, 200, 412]
    assert (done.headers["ETag"], done.json()["status"]) == ('"2"', "lifted")
    assert done.json()["transitions"] == ["return", "close_gone", "close_wrong", "identify"]


@pytest.mark.parametrize(("role", "status"), [(Role.TOWNSHIP_CLERK, 200), (Role.VILLAGE_TEAM, 403), (Role.HELPER, 403)])
def test_lifting_asks_the_rules_table_when_a_role_tries(role: Role, status: int) -> None:
    row = household(status="filed")

    answer = post(client(role), f"households/{row.id}/status/", LIFT, version=1)

    assert answer.status_code == status


def test_members_change_by_rest_when_somebody_joins_and_leaves(db: None) -> None:
    row, caller = household(), client()
    person = {
        "name": "示例儿",
        "relation_code": "03",
        "sex_code": "1",
        "birth_on": "2021-01-02",
        "birth_precision": "day",
    }

    joined = post(
        caller, f"households/{row.id}/members/", {"on": "2021-01-02", "reason_code": "11", "person": person}, version=1
    )
    child = next(member for member in joined.json()["results"] if member["relation_code"] == "03")
    left = post(
        caller,
        f"households/{row.id}/members/{child['person_id']}/end/",
        {"on": "2021-03-01", "reason_code": "23"},
        version=2,
    )

    assert (joined.status_code, left.status_code) == (201, 200)
    with tenant_scope(county_office()):
        assert Membership.objects.filter(household=row, ends_on=None).count() == 2


def test_value_is_shown_in_full_when_a_reason_is_given(db: None) -> None:
    row, caller = household(phone="17910000001"), client()

    masked = caller.get(f"/api/v1/households/{row.id}/").json()["phone_masked"]
    shown = post(caller, f"households/{row.id}/reveal/", {"field": "phone", "reason": "入户核实"})

    assert (masked, shown.json()) == ("179****0001", {"value": "17910000001"})


def test_sector_clerk_sees_the_sector_and_nothing_else(db: None) -> None:
    household()
    caller = client(Role.SECTOR_CLERK)

    answers = [caller.get(f"/api/v1/{name}/").status_code for name in ("households", "members", "sector-facts")]

    assert answers == [403, 403, 200]


def test_ranges_are_those_of_the_village_when_a_team_asks(db: None) -> None:
    far = household(village_code=FAR_VILLAGE_CODE)

    answer = client(Role.VILLAGE_TEAM).get(f"/api/v1/households/{far.id}/")

    assert answer.status_code == 404
    assert not subtree(VILLAGE_CODE).contains(FAR_VILLAGE_CODE)


def test_relation_of_a_member_is_corrected_by_rest_unless_it_is_the_head(db: None) -> None:
    row, caller = household(), client()
    with tenant_scope(county_office()):
        members = {member.relation_code: member.person_id for member in Membership.objects.filter(household=row)}
    where = f"households/{row.id}/members"

    head = post(caller, f"{where}/{members['01']}/relation/", {"relation_code": "99", "reason": "trial"}, version=1)
    other = post(caller, f"{where}/{members['02']}/relation/", {"relation_code": "99", "reason": "trial"}, version=1)
    late = post(caller, f"{where}/{members['02']}/relation/", {"relation_code": "02", "reason": "trial"}, version=1)

    assert (head.status_code, other.status_code, late.status_code) == (409, 200, 412)
    assert {member["relation_code"] for member in other.json()["results"]} == {"01", "99"}


def test_objection_period_is_stated_and_changed_by_rest(db: None) -> None:
    caller = client()

    endless = post(caller, "objection-periods/", {"starts_on": "2021-01-01", "days": 40_000})
    made = post(caller, "objection-periods/", {"starts_on": "2021-01-01", "days": 30})
    where = f"/api/v1/objection-periods/{made.json()['id']}/"
    body: dict[str, Any] = {"content_type": "application/json", "headers": {"if-match": '"1"'}}
    changed, stale = (caller.put(where, {"days": days}, **body) for days in (45, 60))

    listed = caller.get("/api/v1/objection-periods/").json()["results"]
    assert (endless.status_code, made.status_code, changed.status_code, stale.status_code) == (400, 201, 200, 412)
    assert [(row["starts_on"], row["days"]) for row in listed] == [("2021-01-01", 45)]
