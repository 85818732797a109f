"""The household list by a viewset with the framework's defaults (peer), and by hand with psycopg and json (limit).

Both work in the same scope as ours, so that the database does the same guarding; neither knows a token.
"""

import json
from typing import Any, ClassVar

from django.db import connection
from django.http import HttpRequest, HttpResponse
from rest_framework import pagination, serializers, viewsets
from typing_extensions import override

from bench.ground import bench_actor
from households.models import Household
from registry.tenancy.scope import tenant_scope

FIELDS = (
    "id", "number", "group_name", "status", "standard_code", "attribute_code", "main_cause_code",
    "other_cause_codes", "identified_on", "monitoring_state", "monitoring_code", "version", "updated_at",
)  # fmt: skip


class HouseholdSerializer(serializers.ModelSerializer[Household]):
    """Every plain field of the list, and the village's code and name through the relation."""

    village_code = serializers.CharField(source="village.code")
    village_name = serializers.CharField(source="village.name")

    class Meta:
        model = Household
        fields: ClassVar = [*FIELDS, "village_code", "village_name"]


class Pages(pagination.PageNumberPagination):
    """The framework's page numbers, with our page size."""

    page_size = 50


class HouseholdViewSet(viewsets.ModelViewSet[Household]):
    """The plain way: a viewset, a serializer, numbered pages."""

    serializer_class = HouseholdSerializer
    pagination_class = Pages
    authentication_classes = ()
    permission_classes = ()

    @override
    def get_queryset(self) -> Any:
        return Household.objects.select_related("village").order_by("number", "id")

    @override
    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        with tenant_scope(bench_actor()):
            response: Any = super().dispatch(request, *args, **kwargs)
            return response.render()


PAGE = f"""
SELECT {", ".join(f"h.{name}" for name in FIELDS)}, v.code, v.name
FROM households_household h JOIN villages_village v ON v.tenant_id = h.tenant_id AND v.id = h.village_id
WHERE h.tenant_id = %s AND (h.number, h.id) > (%s, '00000000-0000-0000-0000-000000000000')
ORDER BY h.number, h.id LIMIT 50
"""


def by_hand(request: HttpRequest) -> HttpResponse:
    """Give one page with nothing between the database and the answer."""
    actor = bench_actor()
    with tenant_scope(actor), connection.cursor() as cursor:
        cursor.execute(PAGE, [actor.tenant_id, request.GET.get("after", "")])
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return HttpResponse(json.dumps({"results": rows}, default=str), content_type="application/json")
