"""The REST door: tokens, problems, pages, versions, and that what is refused is undone."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, ClassVar, Protocol, cast

import pytest
from django.core.cache import cache
from django.db import DataError, IntegrityError
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path, re_path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pytest_django import DjangoAssertNumQueries, Settings
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from registry import audit
from registry.api.base import TenantAPIView
from registry.api.problems import address_unknown
from registry.api.urls import urlpatterns as api_urls
from registry.enums import Role
from registry.lib.errors import Conflict, DomainError, NotFound, StaleVersion
from registry.models import ApiToken, AuditEvent, Document, Membership, User
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import OTHER_COUNTY_CODE, actor_of, county
from tests.registry.people import person, token_of

pytestmark = pytest.mark.django_db
ERRORS = {
    "refused": DomainError("test.refused", _("This is refused."), field="name"),
    "missing": NotFound("test.missing", _("There is none.")),
    "stale": StaleVersion("test.stale", _("Changed meanwhile.")),
    "conflict": Conflict("test.conflict", _("Not now.")),
    "integrity": IntegrityError("Key (document)=(549901199001010011) already exists."),
    "unfit": DataError("549901199001010011"),
    "broken": RuntimeError("549901199001010011"),
}


class PaperShape(serializers.Serializer[Any]):
    """What a paper needs."""

    name = serializers.CharField(max_length=20)


class Papers(TenantAPIView):
    """Documents, for trying the door."""

    actions: ClassVar = {"GET": "registry.view_codes", "POST": "registry.view_codes", "PUT": "registry.view_system"}
    paged: ClassVar = True

    def get(self, request: Request) -> Response:
        return self.page(Document.objects.values("id", "name", "byte_count", "removed_at"))

    def post(self, request: Request) -> Response:
        paper = write_paper(self.shape(PaperShape)["name"])
        audit.record("test.write", paper, actor=self.actor)
        refusal = ERRORS.get(request.headers.get("X-Then", ""))
        if refusal is not None:
            raise refusal
        return self.row({"name": paper.name}, version=3, status=201)

    def put(self, request: Request) -> Response:
        return self.row({})

    def patch(self, request: Request) -> Response:
        return self.row({})


class OnePaper(TenantAPIView):
    """One document with a version."""

    actions: ClassVar = {"GET": "registry.view_codes", "PATCH": "registry.view_codes"}

    def get(self, request: Request) -> Response:
        return self.row({"name": "a"}, version=3)

    def patch(self, request: Request) -> Response:
        return self.row({"from": self.version()})


class PlainPapers(TenantAPIView):
    """Documents as the database writes them."""

    actions: ClassVar = {"GET": "registry.view_codes"}
    paged: ClassVar = True
    parameters: ClassVar = {"none": "nothing at all"}

    def get(self, request: Request) -> HttpResponse:
        rows = Document.objects.none() if "none" in request.GET else Document.objects.all()
        return self.plain_page(rows.values("id", "name", "byte_count", "removed_at"))


urlpatterns = [
    path("api/plain-papers/", PlainPapers.as_view()),
    path("api/v1/", include((api_urls, "api"))),
    path("api/papers/", Papers.as_view()),
    path("api/paper/", OnePaper.as_view()),
    re_path(r"^api/", address_unknown),
]


def write_paper(name: str, code: str = "549901000000") -> Document:
    paper = Document(sha256="0" * 64, name=name, media_type="", kind="test", byte_count=1, scope_code=code)
    paper.save()
    return paper


@pytest.fixture(autouse=True)
def addresses(settings: Settings) -> Iterator[None]:
    settings.ROOT_URLCONF = __name__
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def machine() -> User:
    return person(Role.MACHINE_CLIENT)


@pytest.fixture
def client(machine: User) -> Client:
    bearer = f"Bearer {token_of(machine, Role.MACHINE_CLIENT)}"
    return Client(headers={"accept-language": "en", "authorization": bearer}, raise_request_exception=False)


class Answer(Protocol):
    """What the tests read of an answer."""

    status_code: int

    @property
    def content(self) -> bytes: ...


def body_of(response: Answer) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(response.content)
    return answer


def papers(code: str | None = None) -> list[str]:
    with tenant_scope(actor_of(Role.COUNTY_OFFICE, tenant=county(code) if code else None)):
        return list(Document.objects.order_by("name").values_list("name", flat=True))


def post(client: Client, then: str = "") -> HttpResponse:
    sent = client.post("/api/papers/", {"name": "a"}, content_type="application/json", headers={"x-then": then})
    return cast("HttpResponse", sent)


# --- who asks ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "Bearer nonsense"])
def test_request_is_refused_when_the_token_is_none_of_ours(client: Client, header: str) -> None:
    allowed = client.get("/api/papers/").status_code

    response = client.get("/api/papers/", headers={"authorization": header})

    assert (allowed, response.status_code, response["Content-Type"]) == (200, 401, "application/problem+json")
    assert response["WWW-Authenticate"] == "Bearer"


def test_request_is_refused_when_the_token_was_revoked(client: Client) -> None:
    allowed = client.get("/api/papers/").status_code
    ApiToken.objects.update(revoked_at=timezone.now())

    response = client.get("/api/papers/")

    assert (allowed, response.status_code, body_of(response)["code"]) == (200, 401, "token.revoked")


def test_request_is_refused_when_the_token_has_expired(client: Client, machine: User) -> None:
    allowed = client.get("/api/papers/").status_code
    old = token_of(machine, Role.MACHINE_CLIENT, days=-1)

    response = client.get("/api/papers/", headers={"authorization": f"Bearer {old}"})

    assert (allowed, response.status_code, body_of(response)["code"]) == (200, 401, "token.expired")


def test_request_is_refused_when_the_account_is_closed(client: Client, machine: User) -> None:
    allowed = client.get("/api/papers/").status_code
    User.objects.filter(pk=machine.pk).update(is_active=False)

    assert (allowed, client.get("/api/papers/").status_code) == (200, 401)


def test_request_is_refused_when_the_membership_has_ended(client: Client, machine: User) -> None:
    allowed = client.get("/api/papers/").status_code
    Membership.objects.filter(user=machine).update(ends_on=timezone.localdate())

    response = client.get("/api/papers/")

    assert (allowed, response.status_code, body_of(response)["code"]) == (200, 403, "access.no_membership")


def test_request_is_refused_when_the_county_is_out_of_service(client: Client) -> None:
    allowed = client.get("/api/papers/").status_code
    tenant = county()
    tenant.is_active = False
    tenant.save(update_fields=["is_active"])

    assert (allowed, client.get("/api/papers/").status_code) == (200, 403)


def test_failures_are_throttled_and_valid_tokens_still_pass_when_one_address_fails_often(client: Client) -> None:
    wrong = {"authorization": "Bearer nonsense"}
    statuses = {client.get("/api/papers/", headers=wrong).status_code for _attempt in range(30)}

    refused = client.get("/api/papers/", headers=wrong).status_code

    assert (statuses, refused, client.get("/api/papers/").status_code) == ({401}, 429, 200)


def test_use_of_a_token_is_noted_when_it_was_not_used_for_a_minute(client: Client) -> None:
    client.get("/api/papers/")
    first = ApiToken.objects.get().last_used_at
    client.get("/api/papers/")
    second = ApiToken.objects.get().last_used_at
    ApiToken.objects.update(last_used_at=timezone.now() - timedelta(minutes=2))

    client.get("/api/papers/")

    third = ApiToken.objects.get().last_used_at
    assert None not in {first, third}
    assert (first == second, first == third) == (True, False)


def test_rows_of_another_county_are_not_shown_when_both_have_some(client: Client) -> None:
    with tenant_scope(actor_of(Role.COUNTY_OFFICE)):
        write_paper("ours")
    with tenant_scope(actor_of(Role.COUNTY_OFFICE, tenant=county(OTHER_COUNTY_CODE))):
        write_paper("theirs", OTHER_COUNTY_CODE)

    answer = body_of(client.get("/api/papers/"))

    assert [row["name"] for row in answer["results"]] == ["ours"]


def test_list_takes_three_queries_when_the_token_was_used_a_moment_ago(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/api/papers/")

    with django_assert_num_queries(3 + 3):  # token, scope, rows; in a test the scope is a savepoint and is restored
        client.get("/api/papers/")


# --- what goes wrong --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("then", "status", "code"),
    [
        ("refused", 422, "test.refused"),
        ("missing", 404, "test.missing"),
        ("stale", 412, "test.stale"),
        ("conflict", 409, "test.conflict"),
        ("integrity", 409, "database.refused"),
        ("broken", 500, "api.internal"),
    ],
)
def test_work_is_undone_when_the_answer_is_a_problem(client: Client, then: str, status: int, code: str) -> None:
    kept = post(client).status_code

    response = post(client, then=then)

    assert (kept, response.status_code, body_of(response)["code"]) == (201, status, code)
    assert response["Content-Type"] == "application/problem+json"
    assert "549901199001010011" not in response.content.decode()
    assert papers() == ["a"]


def test_events_are_undone_with_the_work_when_the_answer_is_a_problem(client: Client) -> None:
    post(client)

    post(client, then="refused")

    with tenant_scope(actor_of(Role.AUDIT_ADMINISTRATOR)):
        assert AuditEvent.objects.filter(verb="test.write").count() == 1


def test_problem_names_the_field_and_speaks_the_language_of_the_request_when_asked(client: Client) -> None:
    sent = {"name": "x" * 21}

    english = client.post("/api/papers/", sent, content_type="application/json")
    chinese = client.post("/api/papers/", sent, content_type="application/json", headers={"accept-language": "zh-hans"})

    fields = [[error["field"] for error in body_of(answer)["errors"]] for answer in (english, chinese)]
    assert (fields, english.status_code) == ([["name"], ["name"]], 400)
    assert body_of(english)["errors"][0]["detail"] != body_of(chinese)["errors"][0]["detail"]


@pytest.mark.parametrize(
    ("request_line", "headers", "status"),
    [
        ("DELETE /api/papers/", {}, 405),
        ("PATCH /api/papers/", {}, 405),
        ("PUT /api/papers/", {}, 403),
        ("POST /api/papers/", {"content-type": "text/csv"}, 415),
        ("POST /api/papers/", {}, 400),
        ("GET /api/papers/", {"accept": "image/png"}, 406),
        ("GET /api/papers/?cursor=nonsense", {}, 422),
        ("GET /api/papers/?limit=201", {}, 422),
        (f"GET /api/papers/?limit={'9' * 5000}", {}, 422),
        ("GET /api/papers/?limt=1", {}, 400),
        ("GET /api/paper/?limit=1", {}, 400),
        ("POST /api/papers/?limit=1", {}, 400),
        ("PATCH /api/paper/", {"if-match": "9" * 5000}, 422),
        ("POST /api/v1/schema/", {}, 405),
        ("GET /api/v1/schema/", {"accept": "image/png"}, 406),
        ("POST /api/v1/docs/", {}, 405),
        ("POST /api/v1/nothing/", {}, 404),
        ("GET /api/v1/divisions/%00/", {}, 404),
    ],
)
def test_answer_is_a_problem_when_the_request_is_no_good(
    client: Client, request_line: str, headers: dict[str, str], status: int
) -> None:
    method, address = request_line.split(" ")
    media_type = headers.pop("content-type", "application/json")

    response = client.generic(method, address, b"{nonsense", media_type, headers=headers)

    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert set(body_of(response)) >= {"type", "title", "status", "code", "detail"}


def test_address_without_a_view_is_a_problem_when_a_program_writes_to_it() -> None:
    strict = Client(enforce_csrf_checks=True)

    response = strict.post("/api/v1/nothing/", b"{}", content_type="application/json")

    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"[" * 100_000, 400, "api.parse_error"),
        (b'{"name": 5499011990010100', 400, "api.parse_error"),
        (b'{"name": NaN}', 400, "api.parse_error"),
        (b'{"name": "' + b"a" * 3 * 1024 * 1024 + b'"}', 413, "api.too_large"),
    ],
)
def test_body_is_refused_without_quoting_it_when_it_cannot_be_read(
    client: Client, body: bytes, status: int, code: str
) -> None:
    kept = post(client).status_code

    response = client.post("/api/papers/", body, content_type="application/json")

    assert (kept, response.status_code, body_of(response)["code"]) == (201, status, code)
    assert not {"5499", "NaN"} & set(response.content.decode().replace("'", " ").split())


def test_value_that_the_database_cannot_keep_is_refused_when_it_gets_there(client: Client) -> None:
    response = post(client, then="unfit")

    assert (response.status_code, body_of(response)["code"], papers()) == (422, "database.bad_value", [])


def test_program_is_told_when_to_come_again_when_it_failed_too_often(client: Client) -> None:
    wrong = {"authorization": "Bearer nonsense"}
    answers = [client.get("/api/papers/", headers=wrong) for _attempt in range(31)]

    assert (answers[0].get("Retry-After"), answers[-1]["Retry-After"]) == (None, "600")
    assert answers[-1]["Cache-Control"] == "private, no-store"


# --- versions ---------------------------------------------------------------------------------------------------------
def test_answer_carries_the_version_when_the_row_has_one(client: Client) -> None:
    response = client.get("/api/paper/")

    assert (response["ETag"], response["Cache-Control"]) == ('"3"', "private, no-store")


def test_answer_is_empty_when_the_client_has_the_version_already(client: Client) -> None:
    response = client.get("/api/paper/", headers={"if-none-match": '"3"'})

    assert (response.status_code, response.content) == (304, b"")


@pytest.mark.parametrize(("header", "status"), [({}, 428), ({"if-match": "*"}, 422), ({"if-match": '"3"'}, 200)])
def test_change_needs_the_version_when_it_is_sent(client: Client, header: dict[str, str], status: int) -> None:
    response = client.patch("/api/paper/", {}, content_type="application/json", headers=header)

    assert response.status_code == status


# --- pages ------------------------------------------------------------------------------------------------------------
def test_pages_hold_every_row_once_when_read_to_the_end(client: Client) -> None:
    with tenant_scope(actor_of(Role.COUNTY_OFFICE)):
        written = [write_paper(f"{number:02}").name for number in range(7)]
    first = body_of(client.get("/api/papers/?limit=3"))
    second = body_of(client.get(first["next"]))
    third = body_of(client.get(second["next"]))

    read = [row["name"] for page in (first, second, third) for row in page["results"]]

    assert (read, third["next"]) == (written, None)


@pytest.mark.parametrize("limit", [3, 7, 50])
def test_plain_page_says_the_same_as_a_page_of_objects_when_compared(client: Client, limit: int) -> None:
    with tenant_scope(actor_of(Role.COUNTY_OFFICE)):
        written = [write_paper(f'{number:02} "示例"').name for number in range(7)]

    plain = body_of(client.get(f"/api/plain-papers/?limit={limit}"))
    made = body_of(client.get(f"/api/papers/?limit={limit}"))

    assert [row["name"] for row in plain["results"]] == written[:limit]
    assert plain["results"] == made["results"]
    assert str(plain["next"]).replace("plain-", "") == str(made["next"])


def test_plain_page_is_empty_when_nothing_can_be_found(client: Client) -> None:
    assert body_of(client.get("/api/plain-papers/?none=1")) == {"next": None, "results": []}
