"""Divisions and code lists: what every client needs to read and write the rest."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import HttpResponseBase
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from typing_extensions import override

from registry.api.base import TenantAPIView
from registry.api.problems import problem_of, problem_response, unforeseen
from registry.api.schema import RegistryGenerator
from registry.lib.gbcode import Level, parent_of, subtree
from registry.models import Code
from registry.queries.codes import all_codes
from registry.queries.divisions import children_of, division, divisions_in, name_path


class _OpenView(APIView):
    """A view for everybody, whose errors are problems all the same."""

    @override
    def handle_exception(self, exc: Exception) -> HttpResponseBase:  # type: ignore[override]  # a finished answer
        return problem_response(*(problem_of(exc) or unforeseen(exc)))


class SchemaDocument(_OpenView, SpectacularAPIView):
    """The OpenAPI document."""

    generator_class = RegistryGenerator


class SchemaPage(_OpenView, SpectacularSwaggerView):
    """The document as a page to try; all that it loads is our own."""


class DivisionRow(serializers.Serializer[Any]):
    """A division."""

    code = serializers.CharField(help_text="12 digits")
    name = serializers.CharField()
    level = serializers.ChoiceField([level.name.lower() for level in Level])
    parent_code = serializers.CharField(allow_blank=True)
    edition = serializers.CharField()


class DivisionDetailRow(DivisionRow):
    """A division with the names from the province down."""

    path = serializers.ListField(child=serializers.CharField())


class CodeRow(serializers.Serializer[Any]):
    """An entry of a code list."""

    scheme = serializers.CharField()
    edition = serializers.CharField()
    code = serializers.CharField()
    label_zh = serializers.CharField()
    label_en = serializers.CharField()
    parent_code = serializers.CharField(allow_blank=True)
    gb_scheme = serializers.CharField(allow_blank=True)
    gb_code = serializers.CharField(allow_blank=True)
    valid_from = serializers.DateField(allow_null=True)
    valid_to = serializers.DateField(allow_null=True)


class CodeFilter(django_filters.FilterSet):
    """Narrow the code lists."""

    scheme = django_filters.CharFilter()
    edition = django_filters.CharFilter()

    class Meta:
        model = Code
        fields: ClassVar[list[str]] = []


class DivisionList(TenantAPIView):
    """The divisions below one (parameter `parent`), or the townships and villages of the token's county."""

    actions: ClassVar = {"GET": "registry.view_divisions"}
    parameters: ClassVar = {"parent": "12 digits; those directly below this division"}

    @extend_schema(operation_id="divisions_list", responses=DivisionRow(many=True))
    def get(self, request: Request) -> Response:
        """List divisions."""
        parent = request.GET.get("parent", "")
        rows = children_of(parent) if parent else divisions_in(subtree(self.actor.tenant_code))
        return Response({"next": None, "results": [_row(row) for row in rows.values(*_COLUMNS)]})


class DivisionDetail(TenantAPIView):
    """One division."""

    actions: ClassVar = {"GET": "registry.view_divisions"}

    @extend_schema(operation_id="divisions_retrieve", responses=DivisionDetailRow)
    def get(self, request: Request, code: str) -> Response:
        """Show a division with its path."""
        found = division(code)
        values = {column: getattr(found, column) for column in _COLUMNS}
        return self.row(_row(values) | {"path": list(name_path(code))})


class CodeList(TenantAPIView):
    """All code lists, or one of them (parameter `scheme`)."""

    actions: ClassVar = {"GET": "registry.view_codes"}
    filters: ClassVar = CodeFilter

    @extend_schema(operation_id="codes_list", responses=CodeRow(many=True))
    def get(self, request: Request) -> Response:
        """List codes."""
        rows: QuerySet[Code] = self.filtered(all_codes())
        return Response({"next": None, "results": list(rows.values(*CodeRow().fields))})


_COLUMNS = ("code", "name", "level", "parent_code", "edition_id")


def _row(values: dict[str, Any]) -> dict[str, Any]:
    level = Level(values["level"])
    return {
        "code": values["code"],
        "name": values["name"],
        "level": level.name.lower(),
        "parent_code": values["parent_code"] or parent_of(values["code"]) or "",
        "edition": values["edition_id"],
    }
