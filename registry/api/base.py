"""The base of every REST view: token, scope, rule, render inside the scope, roll back what failed.

A view is a class with `actions` (method -> name in the rules table) and a method for each verb:

    class VillageDetail(TenantAPIView):
        actions = {"GET": "villages.view", "PATCH": "villages.amend"}

        def patch(self, request, village_id):
            draft = self.shape(VillageShape)
            village = amend_village(village_id, draft, version=self.version(), actor=self.actor)
            return self.row(village_row(village), version=village.version)
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final, TypeVar, cast

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, serializers
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from typing_extensions import override

from registry.access import require_role
from registry.api.auth import actor_of_request
from registry.api.bodies import JsonParser, JsonRenderer
from registry.api.pagination import Columns, page, plain_page
from registry.api.problems import (
    KEPT_NOWHERE,
    IfMatchMissing,
    exception_handler,
    problem_of,
    problem_response,
    unforeseen,
)
from registry.api.schema import RegistrySchema
from registry.lib.errors import DomainError
from registry.tenancy.context import Actor, take_notices
from registry.tenancy.scope import tenant_scope

PAGE_PARAMETERS: Final = frozenset({"cursor", "limit"})
LONGEST_VERSION: Final = 9
Rows = TypeVar("Rows", bound="QuerySet[Any, Any]")


class _Undo(Exception):
    """Leave the scope and undo what was done in it, with the answer that is ready."""

    def __init__(self, response: HttpResponseBase) -> None:
        super().__init__()
        self.response = response


class TenantAPIView(APIView):
    """A view inside the scope of its token; an answer of 400 or more undoes what the view did.

    What a GET may be asked with stands in the class, for the view and the OpenAPI document alike: `filters` narrow a
    list, `paged` ones go out by key, `parameters` are further ones with what they mean. Any other is refused: a
    parameter that is misspelt would else give more than was asked for.
    """

    schema = RegistrySchema()
    parser_classes: Sequence[type[BaseParser]] = (JsonParser,)
    renderer_classes = (JsonRenderer,)
    actions: ClassVar[Mapping[str, str]] = {}
    filters: ClassVar[type[django_filters.FilterSet] | None] = None
    paged: ClassVar[bool] = False
    parameters: ClassVar[Mapping[str, str]] = {}
    # A POST below a record changes it, and so needs its version; False where it only shows something.
    versioned: ClassVar[bool] = True
    actor: Actor

    @override
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            actor = actor_of_request(request)
            with tenant_scope(actor):
                self.actor = actor
                response = super().dispatch(request, *args, **kwargs)
                if isinstance(response, Response):
                    response.render()
                if response.status_code >= 400:
                    raise _Undo(response)
        except _Undo as undone:
            return undone.response
        except Exception as error:  # noqa: BLE001  (the edge: every error becomes a problem)
            return problem_response(*(problem_of(error) or unforeseen(error)))
        return response

    @override
    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Ask the rules table before the view works."""
        super().initial(request, *args, **kwargs)
        action = self.actions.get("GET" if request.method == "HEAD" else str(request.method))
        if action is None:
            raise exceptions.MethodNotAllowed(str(request.method))
        require_role(self.actor, action)
        self._refuse_unknown_parameters()

    def _refuse_unknown_parameters(self) -> None:
        known = {*self.parameters, *(PAGE_PARAMETERS if self.paged else ()), *getattr(self.filters, "base_filters", ())}
        unknown = set(self.request.GET) - (known if self.request.method in {"GET", "HEAD"} else set())
        if unknown:
            raise exceptions.ValidationError({name: [_("There is no such parameter.")] for name in sorted(unknown)})

    @override
    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Let nothing on the way keep an answer: most hold data of persons."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer.headers.setdefault("Cache-Control", KEPT_NOWHERE)
        return answer

    @override
    def get_exception_handler(self) -> Any:
        return exception_handler

    # --- what views use ---------------------------------------------------------------------------------------------
    def shape(self, serializer: type[serializers.BaseSerializer[Any]], *, many: bool = False) -> Any:  # noqa: ANN401
        """Give the request's body in the shape that the serializer asks for. Raises: ValidationError."""
        form = serializer(data=self.request.data, many=many)
        form.is_valid(raise_exception=True)
        return form.validated_data

    def filtered(self, rows: Rows) -> Rows:
        """Narrow the rows by the query's parameters. Raises: ValidationError for a value that is none."""
        if self.filters is None or set(self.request.GET) <= PAGE_PARAMETERS:
            return rows
        form = self.filters(self.request.GET, queryset=rows)
        if not form.is_valid():
            raise exceptions.ValidationError(dict(form.errors))
        return cast("Rows", form.qs)

    def page(self, rows: "QuerySet[Any, Any]", columns: Columns | None = None) -> Response:
        """Answer with one page of rows made by `.values()`, or by `columns`."""
        return Response(page(rows, self.request, columns))

    def plain_page(self, rows: "QuerySet[Any, Any]", columns: Columns | None = None) -> HttpResponse:
        """Answer with one page of such rows that go out as the database holds them: the fast way."""
        return HttpResponse(plain_page(rows, self.request, columns), content_type="application/json")

    def row(self, row: Mapping[str, Any], *, version: int | None = None, status: int = 200) -> Response:
        """Answer with one row; its version is the ETag. What a change left to be told stands in `warnings`."""
        told = [{"code": notice.code, "message": str(notice.sentence)} for notice in take_notices()]
        if told:
            row = {**row, "warnings": told}
        if version is None:
            return Response(row, status=status)
        etag = f'"{version}"'
        if self.request.method == "GET" and etag in self.request.headers.get("If-None-Match", ""):
            return Response(status=304, headers={"ETag": etag})
        return Response(row, status=status, headers={"ETag": etag})

    def version(self) -> int:
        """Read the version that a change was made from.

        Raises: IfMatchMissing without the header; DomainError when it is no version of ours.
        """
        text = self.request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
        if not text:
            message = _('Send the version you read: If-Match: "…", as the ETag of the last answer said.')
            raise IfMatchMissing("api.if_match_missing", message)
        if not text.isdecimal() or len(text) > LONGEST_VERSION:
            raise DomainError("api.if_match_invalid", _("If-Match holds the ETag of the last answer, a number."))
        return int(text)
