"""Load limits of helpers over REST."""

from typing import Any, ClassVar, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assistance.domain.loads import amend_helper_load, set_helper_load
from assistance.models.load import MOST_HOUSEHOLDS
from assistance.queries.loads import loads_on_list
from registry.api.base import TenantAPIView
from registry.lib.errors import NotFound

_COLUMNS: Final = ("id", "version", "from_year", "rank_code", "household_limit", "source")


class HelperLoadAmendment(serializers.Serializer[Any]):
    """The limit of a rank, and what says so."""

    household_limit = serializers.IntegerField(min_value=0, max_value=MOST_HOUSEHOLDS)
    source = serializers.CharField(max_length=200)  # type: ignore[assignment]  # the name of a column, which the stubs take for another


class HelperLoadShape(HelperLoadAmendment):
    """A limit that holds from a year on; an empty rank is that of helpers of whom no rank is on file."""

    from_year = serializers.IntegerField(min_value=2000, max_value=2100)
    rank_code = serializers.CharField(
        max_length=20, required=False, allow_blank=True, default="", help_text="A code of the list `helper_rank`."
    )


class HelperLoadRow(HelperLoadShape):
    """A limit, as it is on file."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()


class _LoadView(TenantAPIView):
    def answer(self, helper_load_id: UUID, *, status: int = 200) -> Response:
        """Show the limit with its version."""
        row = loads_on_list().filter(pk=helper_load_id).values(*_COLUMNS).first()
        if row is None:
            raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))
        return self.row(row, version=row["version"], status=status)


class HelperLoadList(_LoadView):
    """The county's own limits; before them those hold that come with the product."""

    actions: ClassVar = {"GET": "assistance.view_coverage", "POST": "assistance.manage_loads"}
    paged: ClassVar = True

    @extend_schema(operation_id="helper_loads_list", responses=HelperLoadRow(many=True))
    def get(self, request: Request) -> Response:
        """List limits."""
        return self.page(loads_on_list().values(*_COLUMNS))

    @extend_schema(operation_id="helper_loads_set", request=HelperLoadShape, responses={201: HelperLoadRow})
    def post(self, request: Request) -> Response:
        """Enter the limit of a rank from a year on."""
        return self.answer(set_helper_load(**self.shape(HelperLoadShape), actor=self.actor).pk, status=201)


class HelperLoadView(_LoadView):
    """One limit."""

    actions: ClassVar = {"GET": "assistance.view_coverage", "PUT": "assistance.manage_loads"}

    @extend_schema(operation_id="helper_loads_retrieve", responses=HelperLoadRow)
    def get(self, request: Request, helper_load_id: UUID) -> Response:
        """Show a limit."""
        return self.answer(helper_load_id)

    @extend_schema(operation_id="helper_loads_amend", request=HelperLoadAmendment, responses=HelperLoadRow)
    def put(self, request: Request, helper_load_id: UUID) -> Response:
        """Correct a limit."""
        amend_helper_load(helper_load_id, **self.shape(HelperLoadAmendment), actor=self.actor, version=self.version())
        return self.answer(helper_load_id)
