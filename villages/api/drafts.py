"""Views of rows that are entered and amended by drafts: a list with POST, and one row with PUT."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar
from uuid import UUID

import django_filters
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.response import Response

from registry.api.base import TenantAPIView
from registry.lib.errors import NotFound
from registry.lib.gbcode import check_code, subtree
from registry.tenancy.models import VersionedModel


class RowHead(serializers.Serializer[Any]):
    """What each row below a village goes out with."""

    id = serializers.UUIDField()
    village_id = serializers.UUIDField()
    village_code = serializers.CharField()
    version = serializers.IntegerField()


class VillageRowsFilter(django_filters.FilterSet):
    """Narrow rows below villages."""

    village = django_filters.UUIDFilter(field_name="village_id")
    division = django_filters.CharFilter(method="of_division", label="12 digits; all below it")

    class Meta:
        fields: ClassVar[list[str]] = []

    def of_division(self, rows: "QuerySet[Any]", _name: str, code: str) -> "QuerySet[Any]":
        """Compare code ranges."""
        within = subtree(check_code(code, field="division"))
        return rows.filter(scope_code__gte=within.lo, scope_code__lt=within.hi)


class RowsView(TenantAPIView):
    """A view that shows rows of one model by the columns of `row`."""

    model: ClassVar[type[VersionedModel]]
    row_shape: ClassVar[type[serializers.Serializer[Any]]]

    def rows(self, found: "QuerySet[Any]") -> "QuerySet[Any, Any]":
        """Give the columns of rows."""
        names: Iterable[str] = (name for name in self.row_shape().fields if name != "village_code")
        return found.values(*names, village_code=F("scope_code"))

    def answer_row(self, row_id: UUID, *, status: int = 200) -> Response:
        """Show a row as it is now, with its version. Raises: NotFound."""
        found = self.rows(self.model.objects.filter(pk=row_id)).first()
        if found is None:
            raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
        return self.row(found, version=found["version"], status=status)

    def entered(
        self, shape: type[serializers.Serializer[Any]], draft: Callable[..., Any], enter: Callable[..., VersionedModel]
    ) -> Response:
        """Enter a row below the village that the body names."""
        wanted = self.shape(shape)
        row = enter(wanted.pop("village_id"), draft(**wanted), actor=self.actor)
        return self.answer_row(row.pk, status=201)

    def amended(
        self,
        row_id: UUID,
        shape: type[serializers.Serializer[Any]],
        draft: Callable[..., Any],
        amend: Callable[..., VersionedModel],
    ) -> Response:
        """Amend a row: what is left out of the body becomes unknown."""
        amend(row_id, draft(**self.shape(shape)), actor=self.actor, version=self.version())
        return self.answer_row(row_id)
