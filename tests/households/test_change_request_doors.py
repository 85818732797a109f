"""Changes that a second person decides, as clerks and programs meet them."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from households.domain.change_requests import propose_account, propose_identity
from households.domain.change_rules import set_change_rule
from households.models import ChangeRequest, ChangeRule, Household, Membership, Person
from registry.enums import Role
from registry.models import AuditDetail
from registry.tenancy.scope import tenant_scope
from tests.factories.households import registered
from tests.factories.tenants import county, county_office, service
from tests.registry.people import client_of, person, token_of

pytestmark = pytest.mark.django_db
PAGES = "/admin/households/changerequest/"
WHY = "群众申请，村里核实"
ACCOUNT = "6217000000000000001"
OTHER_ACCOUNT = "6217000000000000002"


def ruled() -> tuple[Household, Person]:
    """Give a household and its spouse in a county that has the rule."""
    with tenant_scope(county_office()) as office:
        set_change_rule({}, actor=office)
        household = registered(account=ACCOUNT)
        return household, Membership.objects.get(household=household, relation_code="02").person


def renamed() -> ChangeRequest:
    """Propose another name for the spouse, as the office."""
    _household, spouse = ruled()
    with tenant_scope(county_office()) as office:
        return propose_identity(spouse.pk, {"name": "示例改名"}, actor=office, version=1, reason=WHY)


def program(role: Role = Role.COUNTY_OFFICE) -> Client:
    token = token_of(person(role), role, tenant=county())
    return Client(headers={"authorization": f"Bearer {token}", "accept-language": "en"})


def sent(caller: Client, method: str, where: str, body: dict[str, Any], *, version: int) -> Any:  # noqa: ANN401
    call = getattr(caller, method)
    return call(where, body, content_type="application/json", headers={"if-match": f'"{version}"'})


def typed(caller: Client, where: str, form: dict[str, Any]) -> Any:  # noqa: ANN401
    """Send the form of a page back, with what its inlines hide in it."""
    page = caller.get(where).content.decode()
    hidden = dict(re.findall(r'name="([^"]+-(?:TOTAL|INITIAL)_FORMS)" value="(\d+)"', page))
    return caller.post(where, hidden | form, follow=True)


def form_of(spouse: Person, **values: str) -> dict[str, Any]:
    """Give the person's form as it stands."""
    kept = {"number": spouse.number, "name": spouse.name, "sex_code": spouse.sex_code, "version": spouse.version}
    return kept | {"birth_on": spouse.birth_on, "birth_precision": spouse.birth_precision} | values


def test_saving_the_page_proposes_the_change_and_says_so() -> None:
    _household, spouse = ruled()
    clerk = client_of(person(Role.COUNTY_OFFICE))
    where = f"/admin/households/person/{spouse.pk}/change/"

    without = typed(clerk, where, form_of(spouse, name="示例改名", phone="17910000001")).content.decode()
    answer = typed(clerk, where, form_of(spouse, name="示例改名", phone="17910000001", reason=WHY))

    page = answer.content.decode()
    assert ("A reason is missing" in without, "示例改名" in without) == (True, True)
    assert ("waits for a second person" in page, "示例改名" in page) == (True, False)
    with tenant_scope(county_office()):
        request, after = ChangeRequest.objects.get(), Person.objects.get(pk=spouse.pk)
    assert (request.reason, after.name, after.phone_sealed is not None) == (WHY, spouse.name, True)


def test_saving_the_household_proposes_the_account_and_keeps_it_masked() -> None:
    household, _spouse = ruled()
    clerk = client_of(person(Role.COUNTY_OFFICE))
    form = {"number": household.number, "version": 1, "account": OTHER_ACCOUNT, "reason": WHY, "group_name": "2组"}

    answer = typed(clerk, f"/admin/households/household/{household.pk}/change/", form)

    with tenant_scope(county_office()):
        request, after = ChangeRequest.objects.get(), Household.objects.get()
    page = clerk.get(f"{PAGES}{request.pk}/change/").content.decode()
    assert (answer.status_code, request.kind, after.group_name) == (200, "account", "2组")
    assert (OTHER_ACCOUNT in page, ACCOUNT in page, OTHER_ACCOUNT[-4:] in page) == (False, False, True)


def test_who_decides_sees_the_number_in_full_once_with_a_reason() -> None:
    household, _spouse = ruled()
    with tenant_scope(county_office()) as office:
        request = propose_account(household.pk, {"account": OTHER_ACCOUNT}, actor=office, version=1, reason=WHY)
    where = f"{PAGES}{request.pk}/do/number/"
    clerk, helper = client_of(person(Role.TOWNSHIP_CLERK)), client_of(person(Role.HELPER))

    without = clerk.post(where, {"reason": ""}).content.decode()
    shown = clerk.post(where, {"reason": "与存折核对"}).content.decode()
    refused = helper.post(where, {"reason": "与存折核对"})

    assert (OTHER_ACCOUNT in without, OTHER_ACCOUNT in shown) == (False, True)
    assert (refused.status_code in {403, 404}, OTHER_ACCOUNT in refused.content.decode()) == (True, False)
    with tenant_scope(service()):
        (detail,) = AuditDetail.objects.filter(verb="households.reveal")
    assert OTHER_ACCOUNT not in str((detail.before, detail.after))


def test_second_person_approves_on_the_page_and_the_first_has_no_button() -> None:
    _household, spouse = ruled()
    first, second = client_of(person(Role.VILLAGE_TEAM)), client_of(person(Role.TOWNSHIP_CLERK))
    typed(first, f"/admin/households/person/{spouse.pk}/change/", form_of(spouse, name="示例改名", reason=WHY))
    with tenant_scope(county_office()):
        request = ChangeRequest.objects.get()
    where = f"{PAGES}{request.pk}/"

    own, others = first.get(f"{where}change/").content.decode(), second.get(f"{where}change/").content.decode()
    refused = first.post(f"{where}do/approve/", {"version": 1, "reason": ""})
    stale = second.post(f"{where}do/approve/", {"version": 7, "reason": ""})
    done = second.post(f"{where}do/approve/", {"version": 1, "reason": ""})

    assert ("do/approve/" in own, "do/withdraw/" in own) == (False, True)
    assert ("do/approve/" in others, "do/refuse/" in others, "do/withdraw/" in others) == (True, True, False)
    assert (spouse.name in others, "示例改名" in others) == (True, True)
    assert (refused.status_code, stale.status_code, done.status_code) == (403, 200, 302)
    with tenant_scope(county_office()):
        assert Person.objects.get(pk=spouse.pk).name == "示例改名"


def test_page_shows_what_became_something_else_and_lets_it_be_frozen_anew() -> None:
    request = renamed()
    with tenant_scope(county_office()):
        ChangeRule.objects.update(identity_by_two=False)
        spouse = Membership.objects.select_related("person").get(relation_code="02").person
    clerk = client_of(person(Role.COUNTY_OFFICE))
    typed(clerk, f"/admin/households/person/{spouse.pk}/change/", form_of(spouse, name="示例又名"))
    where = f"{PAGES}{request.pk}/"

    page = clerk.get(f"{where}change/").content.decode()
    refused = clerk.post(f"{where}do/approve/", {"version": 1, "reason": ""}).content.decode()
    anew = clerk.post(f"{where}do/rebase/", {"version": 1})
    done = clerk.post(f"{where}do/approve/", {"version": 2, "reason": ""})

    assert ("示例又名" in page, "do/rebase/" in page, "Meanwhile somebody changed" in refused) == (True, True, True)
    assert (anew.status_code, done.status_code) == (302, 302)


def test_worklist_shows_open_requests_first_and_costs_the_same_with_more(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    renamed()
    clerk = client_of(person(Role.COUNTY_OFFICE))
    clerk.get(PAGES)
    with tenant_scope(county_office()) as office:
        other = registered(account=ACCOUNT.replace("1", "3"))
        propose_account(other.pk, {"account": OTHER_ACCOUNT}, actor=office, version=1, reason=WHY)

    with django_assert_num_queries(9):
        page = clerk.get(PAGES).content.decode()

    assert (other.number in page, OTHER_ACCOUNT in page) == (True, False)


def test_rule_is_set_on_its_page() -> None:
    clerk = client_of(person(Role.COUNTY_OFFICE))

    added = clerk.post("/admin/households/changerule/add/", {"identity_by_two": "on", "version": ""})

    with tenant_scope(county_office()):
        rule = ChangeRule.objects.get()
    assert (added.status_code, rule.identity_by_two, rule.account_by_two) == (302, True, False)


def test_program_is_told_where_to_propose_and_another_one_approves() -> None:
    household, spouse = ruled()
    first, second = program(), program(Role.TOWNSHIP_CLERK)
    person_, requests = f"/api/v1/persons/{spouse.pk}/", f"/api/v1/persons/{spouse.pk}/change-requests/"

    direct = sent(first, "patch", person_, {"name": "示例改名"}, version=1)
    account = sent(first, "patch", f"/api/v1/households/{household.pk}/", {"account": OTHER_ACCOUNT}, version=1)
    proposed = sent(first, "post", requests, {"name": "示例改名", "reason": WHY}, version=1)
    where = f"/api/v1/change-requests/{proposed.json()['id']}/"
    own = sent(first, "post", f"{where}approve/", {}, version=1)
    done = sent(second, "post", f"{where}approve/", {}, version=1)
    again = sent(second, "post", f"{where}approve/", {}, version=2)

    told = [(answer.status_code, answer.json()["code"]) for answer in (direct, account, own, again)]
    assert told == [
        (409, "change.needs_second_person"),
        (409, "change.needs_second_person"),
        (403, "change.own_request"),
        (409, "change.decided"),
    ]
    (difference,) = proposed.json()["differences"]
    assert (difference["field"], difference["before"], difference["after"]) == ("name", spouse.name, "示例改名")
    assert (proposed.status_code, done.status_code, done.json()["state"]) == (201, 200, "approved")


def test_program_sees_masks_and_no_account_in_clear() -> None:
    household, _spouse = ruled()
    caller = program()
    where = f"/api/v1/households/{household.pk}/change-requests/"

    proposed = sent(caller, "post", where, {"account": OTHER_ACCOUNT, "reason": WHY}, version=1)
    listed = caller.get("/api/v1/change-requests/?kind=account&state=open")
    second, decision = program(Role.TOWNSHIP_CLERK), f"/api/v1/change-requests/{proposed.json()['id']}/refuse/"
    refused = sent(second, "post", decision, {"reason": "账号不符"}, version=1)

    for answer in (proposed, listed, refused):
        assert (OTHER_ACCOUNT in answer.content.decode(), ACCOUNT in answer.content.decode()) == (False, False)
    assert [row["state"] for row in listed.json()["results"]] == ["open"]
    assert (refused.json()["state"], refused.json()["decision_reason"]) == ("refused", "账号不符")


def test_rule_is_read_and_set_by_a_program() -> None:
    caller = program()
    where = "/api/v1/change-rule/"

    before = caller.get(where)
    after = sent(caller, "put", where, {"covers_candidates": True}, version=0)
    old = sent(caller, "put", where, {"covers_candidates": False}, version=0)

    assert set(before.json().values()) == {False}
    expected = {"identity_by_two": True, "account_by_two": True, "status_by_two": False, "covers_candidates": True}
    assert after.json() == expected
    assert old.status_code == 412
