"""Errors as problem details. `code` is ours and stable, `detail` a sentence for people. Source: RFC 9457."""

import traceback
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final

import structlog
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db.utils import DataError, IntegrityError, OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from rest_framework import exceptions
from rest_framework.response import Response

from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound, StaleVersion

log = structlog.get_logger(__name__)

MEDIA_TYPE: Final = "application/problem+json"
# No cache keeps an answer, neither on the way nor in a browser: most hold data of persons.
KEPT_NOWHERE: Final = "private, no-store"
HEADERS: Final[Mapping[int, Mapping[str, str]]] = {
    HTTPStatus.UNAUTHORIZED: {"WWW-Authenticate": "Bearer"},
    HTTPStatus.TOO_MANY_REQUESTS: {"Retry-After": "600"},
    HTTPStatus.SERVICE_UNAVAILABLE: {"Retry-After": "5"},
}
STATUS_OF: Final[Mapping[type[DomainError], HTTPStatus]] = {
    NotAllowed: HTTPStatus.FORBIDDEN,
    NotFound: HTTPStatus.NOT_FOUND,
    StaleVersion: HTTPStatus.PRECONDITION_FAILED,
    Conflict: HTTPStatus.CONFLICT,
}


class IfMatchMissing(DomainError):
    """A change came without the version that it was made from."""


class NotAuthenticated(DomainError):
    """No token, or one that does not hold."""


class TooMany(DomainError):
    """Too many refused tokens from one address."""


def status_of(error: DomainError) -> HTTPStatus:
    """Give the HTTP status of an error by its class."""
    own: dict[type[DomainError], HTTPStatus] = {
        IfMatchMissing: HTTPStatus.PRECONDITION_REQUIRED,
        NotAuthenticated: HTTPStatus.UNAUTHORIZED,
        TooMany: HTTPStatus.TOO_MANY_REQUESTS,
    }
    known = {**STATUS_OF, **own}
    return next((status for kind, status in known.items() if isinstance(error, kind)), HTTPStatus.UNPROCESSABLE_ENTITY)


def problem(status: int, code: str, detail: str, *, errors: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """Give the body of a problem; `errors` lists fields with their own sentences."""
    body: dict[str, Any] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": int(status)}
    body |= {"code": code, "detail": detail}
    return body | ({"errors": errors} if errors else {})


def problem_of(error: Exception) -> tuple[int, dict[str, Any]] | None:
    """Translate an error into status and body; None for one that nobody foresaw."""
    if isinstance(error, DomainError):
        status = status_of(error)
        errors = [{"field": error.field, "detail": str(error)}] if error.field else None
        return status, problem(status, error.code, str(error), errors=errors)
    if isinstance(error, exceptions.ValidationError):
        fields = list(_fields(error.detail))
        return 400, problem(400, "api.invalid", _("The request does not have the right form."), errors=fields)
    if isinstance(error, exceptions.APIException):
        code = getattr(error.detail, "code", error.default_code)
        return error.status_code, problem(error.status_code, f"api.{code}", str(error.detail))
    return _problem_of_django(error) or _database_problem(error)


def _problem_of_django(error: Exception) -> tuple[int, dict[str, Any]] | None:
    if isinstance(error, Http404):
        return 404, problem(404, "api.not_found", _("There is nothing at this address."))
    if isinstance(error, PermissionDenied):
        return 403, problem(403, "api.forbidden", _("This is not allowed."))
    if isinstance(error, RequestDataTooBig):
        return 413, problem(413, "api.too_large", _("The request is too large. Send fewer records at a time."))
    return None


def _database_problem(error: Exception) -> tuple[int, dict[str, Any]] | None:
    """What the database refuses without a domain function having foreseen it. Its own text may quote a value."""
    if isinstance(error, IntegrityError):
        sentence = _("The register refuses this change: it contradicts another entry.")
        return 409, problem(409, "database.refused", sentence)
    if isinstance(error, DataError):
        sentence = _("The register cannot keep a value of this request: it is too long, too large, or no text.")
        return 422, problem(422, "database.bad_value", sentence)
    if isinstance(error, OperationalError):
        sentence = _("The register is busy. Send the request again in a moment.")
        return 503, problem(503, "database.unavailable", sentence)
    return None


def _fields(detail: Any, path: str = "") -> Iterator[dict[str, str]]:  # noqa: ANN401  (DRF nests lists and dicts)
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            yield from _fields(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(detail, list) and any(isinstance(inner, (Mapping, list)) for inner in detail):
        for number, inner in enumerate(detail):
            yield from _fields(inner, f"{path}[{number}]")
    elif isinstance(detail, list):
        for sentence in detail:
            yield {"field": path, "detail": str(sentence)}
    else:
        yield {"field": path, "detail": str(detail)}


def unforeseen(error: Exception) -> tuple[int, dict[str, Any]]:
    """Log where an unforeseen error arose, without its text (it may quote a value), and give a problem."""
    frames = [
        f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)
    ]
    log.error("request_failed", kind=type(error).__name__, where=frames[-8:])
    sentence = _("Something went wrong here; nothing was changed. The operator finds the cause in the log.")
    return 500, problem(500, "api.internal", sentence)


def exception_handler(error: Exception, context: Mapping[str, Any]) -> Response:
    """Answer every error of a view with a problem."""
    status, body = problem_of(error) or unforeseen(error)
    return Response(body, status=status, headers=dict(HEADERS.get(status, {})), content_type=MEDIA_TYPE)


def problem_response(status: int, body: dict[str, Any]) -> JsonResponse:
    """Give a problem outside the framework's views."""
    headers = {"Cache-Control": KEPT_NOWHERE, **HEADERS.get(status, {})}
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE, headers=headers)


@csrf_exempt
def address_unknown(request: HttpRequest) -> JsonResponse:
    """Answer an address below /api/ that no view has."""
    return problem_response(404, problem(404, "api.not_found", _("There is nothing at this address.")))
