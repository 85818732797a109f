"""What a body may name and set: no id of another county or township, and no column that is not of its shape."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest
from django.db import connection, models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from registry.api.schema import RegistryGenerator
from registry.enums import Role
from registry.tenancy.checks import tenant_models
from registry.tenancy.scope import tenant_scope
from reports.definitions.account import REPORT_ID
from tests.factories.tenants import OTHER_COUNTY_CODE, actor_of, county
from tests.tenancy import matrix
from tests.tenancy.addresses import ADDRESSES, UNKNOWN, roles_of
from tests.tenancy.apps import APPS
from tests.tenancy.test_leaks import BODIES, Ids, asked_for, fingerprints, looks
from tests.tenancy.world import TABLES, World

pytestmark = pytest.mark.slow
Path = tuple[str, ...]
WRITES: Final = [
    (name, method) for name, lines in matrix.API.items() for method in sorted({"POST", "PUT", "PATCH"} & lines.keys())
]
# Bodies of addresses that name no row.
MORE: Final[dict[tuple[str, str], Mapping[str, Any]]] = {
    **{of: body for app in APPS for of, body in app.more.items()},
    ("api:villages", "POST"): {"villages": [{"code": "549901100201", "name": "trial"}]},
    ("api:households", "POST"): {
        "on": "2021-03-01",
        "reason": "trial",
        "households": [
            {
                "village_code": "549901100200",
                "number": "54990189900001",
                "status": "candidate",
                "members": [{"name": "示例人", "relation_code": "01", "sex_code": "1"}],
            }
        ],
    },
    ("api:cost-coefficients", "POST"): {"year": 2022, "item_code": "201", "cost_ratio": "0.4"},
    ("api:income-rules", "POST"): {"item_code": "4192", "from_year": 2022, "counts_toward_net": True},
    ("api:year-lines", "POST"): {
        "year": 2022, "valid_from": "2022-01-01", "poverty_line_yuan": None, "monitoring_line_yuan": "1",
    },
    ("api:sweep-campaigns", "POST"): {"name": "trial", "starts_on": "2021-03-01", "ends_on": "2099-01-01"},
    ("api:members-find", "POST"): {"document_number": "549901199001010011"},
    ("api:change-rule", "PUT"): {"identity_by_two": True},
    ("api:county-procedure", "PUT"): {"lead_days": 16},
    ("api:closed-years", "POST"): {"year": 2009, "closed_on": "2021-03-01"},
    ("api:income-recomputations", "POST"): {"year": 2021},
    ("api:quality-rule", "PUT"): {"name": "enabled", "from_year": 2022, "value": "0", "reason": "trial"},
    ("api:report-runs", "POST"): {"report": REPORT_ID, "period": "{reporting_period_id}"},
    ("api:units", "POST"): {"name": "trial"},
    ("api:team-batches", "POST"): {
        "number": 8, "name": "trial", "starts_on": "2021-03-01", "planned_ends_on": "2099-01-01",
    },
    ("api:team-tasks", "POST"): {"kind_code": "1", "name": "trial"},
    ("api:exit-standards", "POST"): {
        "from_year": 2022, "poverty_ratio_below": "0.03", "collective_income_least_yuan": "1.00", "source": "trial",
    },
    ("api:village-priorities", "POST"): {"code": "own1", "name": "trial"},
    ("api:dispatch-units", "POST"): {"name": "trial", "level_code": "4"},
    ("api:dispatch-plans", "POST"): {"title": "trial", "starts_on": "2099-01-01", "ends_on": "2100-01-01"},
}  # fmt: skip
# What a field of a body names, where its own name does not say so.
NAMES: Final = {
    **{one: row for app in APPS for one, row in app.names.items()},
    "into_id": "household_id",
    "dossier_ids": "dossier_id",
    "id": "finding_id",
}
NAMED: Final = {
    **{one: table for app in APPS for one, table in app.named.items()},
    "household_id": "households_household",
    "person_id": "households_person",
    "visit_id": "households_visit",
    "dossier_id": "dossiers_dossier",
    "objection_id": "dossiers_objection",
    "finding_id": "quality_finding",
    "campaign_id": "dossiers_sweepcampaign",
    "helper_id": "assistance_helper",
    "preview_id": "registry_job",
    "village_id": "villages_village",
    "unit_id": "villages_unit",
    "batch_id": "villages_teambatch",
    "plan_id": "villages_villageplan",
    "plan_project_id": "villages_planproject",
    "after": "planning_proposal",
}


def document() -> dict[str, Any]:
    """Give the OpenAPI document."""
    generator = RegistryGenerator()  # type: ignore[no-untyped-call]  # the library has no types
    made: dict[str, Any] = json.loads(json.dumps(generator.get_schema(request=None, public=True), default=str))
    return made


DOCUMENT: Final = document()


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """Give the schema that a reference leads to."""
    return DOCUMENT["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema


def fields_of(schema: dict[str, Any], path: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Give every field of a schema with its path; `[]` stands for the first of a list."""
    schema = resolved(schema)
    for one in (*schema.get("allOf", ()), *schema.get("oneOf", ()), *schema.get("anyOf", ())):
        yield from fields_of(one, path)
    yield path, schema
    for name, one in schema.get("properties", {}).items():
        yield from fields_of(one, (*path, name))
    if "items" in schema:
        yield from fields_of(schema["items"], (*path, "[]"))


def _sample(parameter: str) -> str:
    return "2021" if parameter == "year" else UNKNOWN if parameter.endswith("_id") else "x"


def body_schema(name: str, method: str) -> dict[str, Any]:
    """Give the schema of the JSON body of an address; nothing where it takes none."""
    route = reverse(name, kwargs={parameter: _sample(parameter) for parameter in ADDRESSES[name]})
    for template, operations in DOCUMENT["paths"].items():
        parts = [_sample(part[1:-1]) if part.startswith("{") else part for part in template.split("/")]
        if "/".join(parts) == route and method.lower() in operations:
            content = operations[method.lower()].get("requestBody", {}).get("content", {})
            found: dict[str, Any] = content.get("application/json", {}).get("schema", {})
            return found
    raise LookupError(name)


NAMING: Final = [
    (name, method, path)
    for name, method in WRITES
    for path, schema in fields_of(body_schema(name, method))
    if schema.get("format") == "uuid"
]
TAKING: Final = [(name, method) for name, method in WRITES if body_schema(name, method)]


def with_value(body: Any, path: Path, value: object) -> Any:  # noqa: ANN401  (any JSON)
    """Give the body with the value in place of what stands at the path."""
    if not path:
        return value
    first, rest = path[0], path[1:]
    if first == "[]":
        held = body or [{}]
        return [with_value(held[0], rest, value), *held[1:]]
    held = body or {}
    return {**held, first: with_value(held.get(first), rest, value)}


def own_ids(world: World, name: str) -> Ids:
    """Give the ids of the first county with the version of the row; `code` is of what the address asks for."""
    codes = {"api:quality-rule": "R07-01", "api:entitlement-policy": "low_allowance"}
    ids = asked_for(world, name)
    return ids | {"code": codes.get(name, ids["code"])}


def body_of(world: World, name: str, method: str) -> Any:  # noqa: ANN401  (any JSON)
    """Give the body that does what the address is for, with the ids of the first county."""
    text = json.dumps(BODIES.get((name, method)) or MORE.get((name, method), {}))
    for key, value in {**world.ids, "helper_id": world.objects["assistance_helper"]}.items():
        text = text.replace(f"{{{key}}}", str(value))
    return json.loads(text)


def send(client: Client, name: str, method: str, body: object, ids: Ids) -> HttpResponse:
    """Send a body at the version that the row has."""
    where = reverse(name, kwargs={parameter: ids[parameter] for parameter in ADDRESSES[name]})
    version = {"If-Match": f'"{ids["version"]}"'}
    return client.generic(method, where, json.dumps(body).encode(), "application/json", headers=version)  # type: ignore[return-value]  # what it gives is one


def rows_of(world: World, tenant_id: int, area: str) -> dict[str, Any]:
    """Give an id of each kind of row that a body may name, of a county, and of an area within it."""
    return {
        key: row_id
        for key, table in NAMED.items()
        for row_id, owner, code in world.everything[table]
        if owner == tenant_id and code.startswith(area)
    }


def key_of(path: Path) -> str:
    """Give what the field at a path names."""
    last = [part for part in path if part != "[]"][-1]
    return NAMES.get(last, last)


@pytest.mark.parametrize(("name", "method", "path"), NAMING, ids=str)
def test_row_of_another_county_is_unknown_when_a_body_names_it(
    world: World, name: str, method: str, path: Path
) -> None:
    ours, theirs = county().pk, county(OTHER_COUNTY_CODE).pk
    foreign = rows_of(world, theirs, "") | {"assignee_id": world.accounts[Role.VILLAGE_TEAM, True].pk}
    before = fingerprints(world, ours), fingerprints(world, theirs)

    assert_unknown(world, name, method, path, str(foreign[key_of(path)]), set(roles_of(matrix.API[name][method])))

    assert (fingerprints(world, ours), fingerprints(world, theirs)) == before


FAR: Final = [line for line in NAMING if key_of(line[2]) in {"household_id", "person_id", "visit_id", "finding_id"}]


@pytest.mark.parametrize(("name", "method", "path"), FAR, ids=str)
def test_row_of_another_township_is_unknown_when_a_body_names_it(
    world: World, name: str, method: str, path: Path
) -> None:
    far = rows_of(world, county().pk, "549901201")
    before = fingerprints(world, county().pk)
    roles = set(roles_of(matrix.API[name][method])) & {Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM}

    assert_unknown(world, name, method, path, str(far[key_of(path)]), roles)

    assert fingerprints(world, county().pk) == before


def assert_unknown(world: World, name: str, method: str, path: Path, foreign: str, roles: set[Role]) -> None:
    """Compare the answers to a foreign id with those to one that nobody has."""
    own, body = own_ids(world, name), body_of(world, name, method)
    people = sorted(roles - {Role.SERVICE})
    answers = {
        row_id: {
            role: looks(send(world.program(role), name, method, with_value(body, path, row_id), own), {"id": row_id})
            for role in people
        }
        for row_id in (foreign, UNKNOWN)
    }

    assert answers[foreign] == answers[UNKNOWN]
    # 403: the role may not do it with any id.
    assert {status for status, _body in answers[UNKNOWN].values()} <= {400, 403, 404, 422}


# --- what a body may not set ------------------------------------------------------------------------------------------
FORGED_ID: Final = "deadbeef-0000-7000-8000-00000000beef"
FORGED: Final[list[tuple[Any, object]]] = [
    (models.ForeignKey, FORGED_ID),
    (models.UUIDField, FORGED_ID),
    (models.BooleanField, True),
    (models.DateTimeField, "1949-09-19T09:19:00Z"),
    (models.DateField, "1949-09-19"),
    (models.IntegerField, 19490919),
    (models.DecimalField, "19490919.00"),
    (models.JSONField, {"forged": "forged-text"}),
    (models.Field, "forged-text"),
]


def columns() -> dict[str, object]:
    """Give a value, which nothing has, for each column of each tenant table."""
    return {
        name: next(value for kind, value in FORGED if isinstance(field, kind))
        for model in tenant_models()
        for field in model._meta.concrete_fields
        for name in (field.name, field.attname)
    }


def with_forgeries(body: Any, schema: dict[str, Any]) -> Any:  # noqa: ANN401  (any JSON)
    """Put into each object of a body every column that its shape does not have."""
    schema = resolved(schema)
    if isinstance(body, list):
        return [with_forgeries(one, schema.get("items", {})) for one in body]
    if not isinstance(body, dict):
        return body
    stated = schema.get("properties", {})
    inner = {name: with_forgeries(value, stated.get(name, {})) for name, value in body.items()}
    return {name: value for name, value in columns().items() if name not in stated} | inner


def forged_rows() -> list[str]:
    """Name the tables in which a forged value stands, asked in the transaction that wrote it."""
    holds = " UNION ALL ".join(
        f"SELECT '{table}' FROM \"{table}\" t WHERE t::text ~ 'deadbeef-0000|1949-?09-?19|forged-text'"
        for table in TABLES
    )
    with connection.cursor() as cursor:
        cursor.execute(holds)
        return sorted({table for (table,) in cursor.fetchall()})


@pytest.mark.parametrize(("name", "method"), TAKING, ids=str)
def test_column_that_is_not_of_the_shape_stays_when_a_body_sets_it(world: World, name: str, method: str) -> None:
    able = roles_of(matrix.API[name][method]) & {Role.COUNTY_OFFICE, Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM}
    able = able or roles_of(matrix.API[name][method])  # what an administrator alone may do
    role = Role.TOWNSHIP_CLERK if name == "api:finding-exemption-decide" else min(able)
    own, body = own_ids(world, name), body_of(world, name, method)
    forged = with_forgeries(body, body_schema(name, method))

    answers, found = [], []
    for sent in (body, forged):
        with transaction.atomic():
            answers.append(send(world.program(role), name, method, sent, own))
            with tenant_scope(actor_of(Role.COUNTY_OFFICE)):
                found.append(forged_rows())
            transaction.set_rollback(True)

    assert [answer.status_code for answer in answers] == [answers[0].status_code] * 2
    assert (found, answers[0].status_code in {200, 201, 202, 409}) == ([[], []], True), answers[0].content


def test_forged_value_is_found_when_it_is_written(world: World) -> None:
    own = asked_for(world, "api:household")

    with transaction.atomic():
        send(world.program(Role.COUNTY_OFFICE), "api:household", "PATCH", {"group_name": "forged-text"}, own)
        with tenant_scope(actor_of(Role.COUNTY_OFFICE)):
            found = forged_rows()
        transaction.set_rollback(True)

    assert found == ["households_household", "registry_auditdetail"]
