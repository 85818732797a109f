"""Every address, tried by every role: of the own county, of another county, and by people without any."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from registry.access import rules
from registry.enums import Role
from tests.registry.people import PEOPLE, SITE_ROLES
from tests.tenancy import matrix
from tests.tenancy.addresses import ADDRESSES, address, patterns, roles_of
from tests.tenancy.world import World

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("undrawn_refusals")]
API_LINES = [(name, method, action) for name, lines in matrix.API.items() for method, action in lines.items()]
SITE_LINES = sorted({**matrix.PAGES, **matrix.model_pages()}.items())


# What counties publish for the dispatch offices above them, by village and without persons.
PUBLISHED = {"api:village-needs", "admin:village-needs"}


def ask(client: Client, method: str, where: str) -> HttpResponse:
    return client.generic(method, where, b"{}", "application/json")  # type: ignore[return-value]  # what it gives is one


def open_page(client: Client, where: str) -> HttpResponse:
    return client.get(where)  # type: ignore[return-value]  # what it gives is one


def leaks_in(
    world: World, name: str, answers: Mapping[Any, HttpResponse], *, other: bool, named: AbstractSet[str] = frozenset()
) -> dict[Role, list[str]]:
    """Name what answers to our people hold of the other county (`other`), or to its people of ours, by role.

    Without ids that the asker named, and without what is published.
    """
    readers = {*answers} - ({Role.DISPATCH_OFFICE} if name in PUBLISHED else set())
    found = {role: [*{*world.leaks_in(answers[role].content, other=other)} - named] for role in readers}
    return {role: leaks for role, leaks in found.items() if leaks}


def test_every_address_stands_in_the_matrix_when_the_resolver_is_read() -> None:
    assert set(ADDRESSES) == matrix.named()


def test_addresses_without_a_name_are_known_when_the_resolver_is_read() -> None:
    unnamed = {route for name, route, _parameters in patterns(get_resolver()) if not name}

    # Django's admin also has an old address of each record that leads on to the present one.
    assert {route for route in unnamed if not route.endswith("/<path:object_id>/")} == matrix.UNNAMED


def test_every_action_of_the_matrix_is_in_the_rules_table_when_compared() -> None:
    named = {action for _name, _method, action in API_LINES} | {action for _name, action in SITE_LINES}

    assert named - {""} <= {rule.action for rule in rules()}


# --- REST -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("name", "method", "action"), API_LINES, ids=str)
def test_roles_of_the_rules_table_alone_get_through_when_they_use_the_api(
    world: World, name: str, method: str, action: str
) -> None:
    where = address(world, name)

    answers = {role: ask(world.program(role), method, where) for role in PEOPLE}

    through = {role for role, answer in answers.items() if answer.status_code != 403}
    assert through == set(roles_of(action)) - {Role.SERVICE}
    assert max(answer.status_code for answer in answers.values()) < 500
    assert leaks_in(world, name, answers, other=True) == {}


@pytest.mark.parametrize(("name", "method", "action"), API_LINES, ids=str)
def test_nobody_of_another_county_reaches_our_rows_when_they_use_the_api(
    world: World, name: str, method: str, action: str
) -> None:
    where = address(world, name)
    ours = {str(value) for value in world.ids.values() if str(value).count("-") == 4}

    answers = {role: ask(world.program(role, other=True), method, where) for role in PEOPLE}

    named = set(where.split("/")) & ours
    # Whoever names no row of ours may make one of their own: figures of need are published without a word.
    own = {200, 201} if name == "api:village-needs" else {200}
    reached = {answer.status_code for answer in answers.values() if answer.status_code < 300}
    assert reached <= (set() if named else own)
    assert leaks_in(world, name, answers, other=False, named=named) == {}


@pytest.mark.parametrize(("name", "method", "action"), API_LINES, ids=str)
def test_request_without_a_token_is_refused_when_it_comes(world: World, name: str, method: str, action: str) -> None:
    answer = ask(Client(), method, address(world, name))

    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")


# --- the admin site ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("name", "action"), SITE_LINES, ids=str)
def test_roles_of_the_rules_table_alone_get_through_when_they_open_a_page(world: World, name: str, action: str) -> None:
    where = address(world, name)

    answers = {role: open_page(world.browser(role), where) for role in SITE_ROLES}

    statuses = {role: answer.status_code for role, answer in answers.items()}
    assert {role for role, status in statuses.items() if status != 403} == set(roles_of(action)) & set(SITE_ROLES)
    assert max(statuses.values()) < 500
    assert leaks_in(world, name, answers, other=True) == {}


@pytest.mark.parametrize(("model", "verb", "action"), matrix.verb_pages(), ids=str)
def test_roles_of_the_rules_table_alone_get_through_when_they_open_a_verb(
    world: World, model: str, verb: str, action: str
) -> None:
    where = address(world, f"admin:{model}_verb", verb=verb)

    statuses = {role: world.browser(role).get(where).status_code for role in SITE_ROLES}

    # A dispatch office above has the right for rows of its own, and finds none of a county's.
    above = statuses.pop(Role.DISPATCH_OFFICE)
    assert above in {403, 404}
    assert {role for role, status in statuses.items() if status == 200} == set(roles_of(action)) & statuses.keys()
    assert set(statuses.values()) == {200, 403}


@pytest.mark.parametrize("name", [name for name, action in SITE_LINES if name.endswith("_change")])
def test_nobody_of_another_county_sees_our_record_when_they_open_its_page(world: World, name: str) -> None:
    where = address(world, name)

    statuses = {role: world.browser(role, other=True).get(where).status_code for role in SITE_ROLES}

    assert set(statuses.values()) == {403, 404}


@pytest.mark.parametrize(("model", "verb", "action"), matrix.verb_pages(), ids=str)
def test_verb_is_refused_when_it_is_sent_without_the_right_or_from_another_county(
    world: World, model: str, verb: str, action: str
) -> None:
    where = address(world, f"admin:{model}_verb", verb=verb)
    strangers = [role for role in SITE_ROLES if role not in roles_of(action) and role is not Role.DISPATCH_OFFICE]
    above = world.browser(Role.DISPATCH_OFFICE).post(where, {}).status_code

    without = {world.browser(role).post(where, {}).status_code for role in strangers}
    # Those of the other county who have the right are asked by test_leaks, which sees that our rows stay as they were.
    elsewhere = {
        world.browser(role, other=True).post(where, {}).status_code for role in {*SITE_ROLES} - roles_of(action)
    }

    assert (without, elsewhere <= {403, 404}, above in {403, 404}) == ({403}, True, True)


@pytest.mark.parametrize("model", sorted(matrix.MODELS))
def test_history_is_hidden_when_somebody_of_another_county_asks(world: World, model: str) -> None:
    where = address(world, f"admin:{model}_history")

    statuses = {world.browser(role, other=True).get(where).status_code for role in SITE_ROLES}

    assert statuses <= {403, 404}


@pytest.mark.parametrize("model", sorted(matrix.MODELS))
def test_record_is_neither_made_nor_changed_when_it_is_sent_without_the_right(world: World, model: str) -> None:
    addresses = {action: address(world, f"admin:{model}_{action}") for action in ("add", "change", "delete")}
    makers = roles_of(matrix.MODELS[model][1])

    made = {world.browser(role).post(addresses["add"], {}).status_code for role in SITE_ROLES if role not in makers}
    deleted = {world.browser(role).post(addresses["delete"], {"post": "yes"}).status_code for role in SITE_ROLES}
    changed = {world.browser(role, other=True).post(addresses["change"], {}).status_code for role in SITE_ROLES}

    assert (made, deleted, changed <= {403, 404}) == ({403}, {403}, True)


@pytest.mark.parametrize("model", sorted(matrix.MODELS))
def test_changes_of_a_record_are_shown_to_few_when_its_history_is_opened(world: World, model: str) -> None:
    where = address(world, f"admin:{model}_history")
    readers = roles_of(matrix.MODELS[model][0]) & roles_of("registry.view_history")

    statuses = {role: world.browser(role).get(where).status_code for role in SITE_ROLES}

    expected = readers if model in matrix.WITH_HISTORY else frozenset()
    assert {role for role, status in statuses.items() if status != 403} == set(expected)


@pytest.mark.parametrize("name", sorted(matrix.AT_WORK))
def test_page_is_open_to_all_at_work_when_it_depends_on_no_right(world: World, name: str) -> None:
    where = address(world, name)

    statuses = {world.browser(role).get(where).status_code for role in SITE_ROLES if name != "admin:logout"}

    assert statuses & {401, 403, 500} == set()


@pytest.mark.parametrize("name", sorted({*matrix.named()} - matrix.OPEN - matrix.API.keys()))
def test_page_leads_to_the_login_when_nobody_is_at_work(world: World, name: str) -> None:
    where = address(world, name, verb="any")

    stranger, without_role = Client().get(where), world.nobody.get(where)

    assert (stranger.status_code, stranger["Location"].split("?")[0]) == (302, "/admin/login/")
    assert (without_role.status_code, without_role["Location"].split("?")[0]) == (302, "/admin/choose/")


@pytest.mark.parametrize("name", sorted(matrix.OPEN))
def test_open_page_tells_nothing_of_anybody_when_a_stranger_asks(world: World, name: str) -> None:
    try:
        where = address(world, name)
    except (KeyError, NoReverseMatch):
        where = reverse(name, args=["none"] * len(ADDRESSES[name]))

    answer = Client().get(where)

    assert answer.status_code < 500
    assert not any(
        str(value) in answer.content.decode() for value in (*world.ids.values(), *world.objects.values())[:3]
    )
