"""The OpenAPI document: complete, valid, and the same for everybody."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS, reset_generator_stats
from drf_spectacular.validation import validate_schema

from registry.api.schema import RegistryGenerator

METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    reset_generator_stats()
    generator = RegistryGenerator()  # type: ignore[no-untyped-call]  # the library has no types
    made: dict[str, Any] = json.loads(json.dumps(generator.get_schema(request=None, public=True), default=str))
    return made


def operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"{method.upper()} {path}": operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    }


def test_document_is_valid_and_without_warnings_when_generated(document: dict[str, Any]) -> None:
    validate_schema(document)  # type: ignore[no-untyped-call]  # the library has no types

    assert document["openapi"].startswith("3.1")
    assert not GENERATOR_STATS._warn_cache, list(GENERATOR_STATS._warn_cache)
    assert not GENERATOR_STATS._error_cache, list(GENERATOR_STATS._error_cache)


def test_every_operation_names_token_and_problems_when_generated(document: dict[str, Any]) -> None:
    found = operations(document)

    without = [name for name, one in found.items() if one["security"] != [{"token": []}]]
    silent = [name for name, one in found.items() if not {"400", "401", "403", "404"} <= set(one["responses"])]
    assert len(found) > 20
    assert (without, silent) == ([], [])


def test_operations_have_names_of_their_own_when_generated(document: dict[str, Any]) -> None:
    names = [one["operationId"] for one in operations(document).values()]

    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[a-z_]+", name)] == []


def test_change_asks_for_the_version_when_generated(document: dict[str, Any]) -> None:
    kinds = {"PATCH", "PUT", "POST"}
    changes = {name: one for name, one in operations(document).items() if name.split()[0] in kinds and "{" in name}
    # Three show something; a checklist, a proposal, and entries of money that add up or go back, stand beside the
    # earlier ones and change none; a plan is published by the proposal that was read, which never changes. Assets,
    # wages, shares and upkeep of a project are held by sums and days, a dividend is booked once. Wishes, places in
    # courses, days attended and terms of posts are held by seats and days; a month is reversed once. A picture is
    # compared and stays as it is, a form is filled and a list handed out; a mail not sent, and a report that is
    # made now, are held by their state.
    without = {
        "dividends_book",
        "industry_projects_asset",
        "industry_projects_fold",
        "industry_projects_money",
        "industry_projects_work",
        "courses_attendance",
        "courses_enrol",
        "persons_wish",
        "post_months_reverse",
        "welfare_posts_fill",
        "project_assets_upkeep",
        "households_reveal",
        "persons_reveal",
        "pictures_verify",
        "forms_fill",
        "samples_hand_out_list",
        "report_mails_send_again",
        "report_schedules_send",
        "household_looks_record",
        "infrastructure_money",
        "ledger_entries_reverse",
        "allocations_move_back",
        "household_cards_print",
        "village_cards_print",
        "payment_lines_reveal",
        "loan_entries_reverse",
        "plan_projects_note_progress",
        "dispatch_plans_propose",
        "dispatch_proposals_change",
        "dispatch_proposals_publish",
        "helper_plans_propose",
        "helper_plans_say_related",
        "helper_proposals_change",
        "helper_proposals_publish",
    }

    asks = {one["operationId"]: [part["name"] for part in one["parameters"]] for one in changes.values()}
    assert len(asks) > 10
    assert {name for name, parameters in asks.items() if "If-Match" not in parameters} == without


def test_answer_to_a_change_may_hold_warnings_when_generated(document: dict[str, Any]) -> None:
    warned = {"$ref": "#/components/schemas/Warned"}
    answers = {
        (name.split()[0], name, content["schema"].get("allOf", [None])[-1] == warned)
        for name, one in operations(document).items()
        for status, response in one["responses"].items()
        for kind, content in response.get("content", {}).items()
        if status.startswith("2") and kind == "application/json"
    }

    assert {name for method, name, has in answers if has != (method != "GET")} == set()
    assert len([name for _method, name, has in answers if has]) > 50
    assert set(document["components"]["schemas"]["Warned"]["properties"]) == {"warnings"}


def test_lists_are_described_as_they_go_out_when_generated(document: dict[str, Any]) -> None:
    lists = {
        one["operationId"]: one["responses"]["200"]["content"]["application/json"]["schema"]
        for name, one in operations(document).items()
        if name.startswith("GET") and one["operationId"].endswith("_list")
    }

    assert len(lists) > 10
    assert {tuple(schema.get("properties", ())) for schema in lists.values()} == {("next", "results")}


def test_query_is_described_with_filters_and_pages_when_generated(document: dict[str, Any]) -> None:
    asked = {part["name"]: part["schema"] for part in operations(document)["GET /api/v1/households/"]["parameters"]}

    assert set(asked) == {
        "division", "number", "status", "monitoring_state", "updated_after", "planned_lifting_year", "limit", "cursor",
    }  # fmt: skip
    assert (asked["status"]["type"], "lifted" in asked["status"]["items"]["enum"]) == ("array", True)
    assert asked["updated_after"] == {"type": "string", "format": "date-time"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "content_type"), [("/api/v1/schema/", "application/vnd.oai.openapi"), ("/api/v1/docs/", "text/html")]
)
def test_document_and_page_are_open_to_all_when_asked(address: str, content_type: str) -> None:
    response = Client().get(address)

    assert (response.status_code, response["Content-Type"].split(";")[0]) == (200, content_type)


@pytest.mark.django_db
def test_page_loads_nothing_from_elsewhere_when_shown() -> None:
    page = Client().get("/api/v1/docs/").content.decode()

    assert re.findall(r'(?:src|href)="(?!/|data:)[^"]*"', page) == []
