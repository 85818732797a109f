"""Infrastructure projects: list, enter, amend, bring to a stage, note money, keep up."""

from decimal import Decimal
from typing import Any, ClassVar, Final
from uuid import UUID

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from registry.api.base import TenantAPIView
from registry.lib.periods import today
from villages.api.drafts import RowHead, VillageRowsFilter
from villages.domain import infrastructure as verbs
from villages.models import InfrastructureProject, ProjectUpkeep
from villages.queries.infrastructure import (
    find_infrastructure,
    find_upkeep,
    infrastructure_rows,
    money_by_source,
    points_reached,
    stage_rows,
    upkeep_rows,
    without_upkeep,
)
from villages.workflow import STAGE_CHANGES

_BUILD: Final = "villages.build"
_MAYBE: Final[dict[str, Any]] = {"required": False, "allow_null": True}
_YUAN: Final[dict[str, Any]] = {"max_digits": 14, "decimal_places": 2}


class InfrastructureShape(serializers.Serializer[Any]):
    """A project (list `infrastructure_kind`); `points` are names of settlement points, none for the whole village."""

    name = serializers.CharField(max_length=100)
    kind_code = serializers.CharField(max_length=20)
    points = serializers.ListField(child=serializers.CharField(max_length=60), default=list, max_length=200)
    household_count = serializers.IntegerField(**_MAYBE, min_value=0, max_value=10_000_000)
    planned_from = serializers.DateField(**_MAYBE)
    planned_until = serializers.DateField(**_MAYBE)
    plan_project_id = serializers.UUIDField(**_MAYBE)


class NewInfrastructure(InfrastructureShape):
    """A project of a village."""

    village_id = serializers.UUIDField()


class InfrastructureRow(RowHead):
    """A project on file with the sums of its money."""

    name = serializers.CharField()
    kind_code = serializers.CharField()
    reaches_all = serializers.BooleanField()
    household_count = serializers.IntegerField(allow_null=True)
    planned_from = serializers.DateField(allow_null=True)
    planned_until = serializers.DateField(allow_null=True)
    plan_project_id = serializers.UUIDField(allow_null=True)
    stage = serializers.CharField()
    stage_on = serializers.DateField()
    planned_yuan = serializers.DecimalField(**_YUAN)
    arrived_yuan = serializers.DecimalField(**_YUAN)
    spent_yuan = serializers.DecimalField(**_YUAN)


class MoneyOfSource(serializers.Serializer[Any]):
    """What one source planned, sent and had spent."""

    source_code = serializers.CharField()
    planned = serializers.DecimalField(**_YUAN)
    arrived = serializers.DecimalField(**_YUAN)
    spent = serializers.DecimalField(**_YUAN)


class StageRow(serializers.Serializer[Any]):
    """A stage with its day."""

    stage = serializers.CharField()
    entered_on = serializers.DateField()
    note = serializers.CharField(allow_blank=True)


class UpkeepShape(serializers.Serializer[Any]):
    """Who keeps a project up, and with what money a year (list `funding_source`)."""

    keeper = serializers.CharField(max_length=100)
    source_code = serializers.CharField(max_length=20)
    yearly_yuan = serializers.DecimalField(**_YUAN, min_value=0)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(**_MAYBE)


class UpkeepRow(UpkeepShape):
    """A period of upkeep."""

    id = serializers.UUIDField()
    project_id = serializers.UUIDField()
    version = serializers.IntegerField()


class InfrastructureDetail(InfrastructureRow):
    """A project with reach, stages, money by source and upkeep."""

    points = serializers.ListField(child=serializers.CharField())
    stages = StageRow(many=True)
    money = MoneyOfSource(many=True)
    upkeep = UpkeepRow(many=True)


class StageShape(serializers.Serializer[Any]):
    """One change of the stage; decisions take a note."""

    change = serializers.CharField(max_length=20, help_text=", ".join(line.name for line in STAGE_CHANGES))
    on = serializers.DateField()
    note = serializers.CharField(max_length=300, default="", allow_blank=True)


class MoneyShape(serializers.Serializer[Any]):
    """Money from one source since the entry before; negative amounts take back."""

    source_code = serializers.CharField(max_length=20)
    noted_on = serializers.DateField()
    planned_yuan = serializers.DecimalField(**_YUAN, default=Decimal(0))
    arrived_yuan = serializers.DecimalField(**_YUAN, default=Decimal(0))
    spent_yuan = serializers.DecimalField(**_YUAN, default=Decimal(0))
    note = serializers.CharField(max_length=200, default="", allow_blank=True)


class InfrastructureFilter(VillageRowsFilter):
    """Narrow the projects."""

    kind = django_filters.CharFilter(field_name="kind_code")
    stage = django_filters.CharFilter()
    upkeep = django_filters.ChoiceFilter(
        method="of_upkeep", choices=[("none", "none")], label="none: kept up by nobody"
    )

    def of_upkeep(self, rows: Any, _name: str, _value: str) -> Any:  # noqa: ANN401  (a queryset of the library)
        """Ask for what was accepted and nobody keeps up today."""
        return without_upkeep(rows, today())


class _ProjectView(TenantAPIView):
    """A view that shows one project after changing it."""

    def answer(self, project_id: UUID, *, status: int = 200) -> Response:
        """Show the project as it is now, with its version."""
        project = find_infrastructure(project_id)
        row: dict[str, Any] = infrastructure_rows(InfrastructureProject.objects.filter(pk=project_id)).get()
        row |= {
            "points": points_reached(project_id),
            "stages": list(stage_rows(project_id)),
            "money": list(money_by_source(project_id)),
            "upkeep": list(upkeep_rows(ProjectUpkeep.objects.filter(project=project_id).order_by("starts_on"))),
        }
        return self.row(row, version=project.version, status=status)


class InfrastructureList(_ProjectView):
    """The projects of the area's villages."""

    actions: ClassVar = {"GET": "villages.view", "POST": _BUILD}
    filters: ClassVar = InfrastructureFilter
    paged: ClassVar = True

    @extend_schema(operation_id="infrastructure_list", responses=InfrastructureRow(many=True))
    def get(self, request: Request) -> Response:
        """List projects with the sums of their money."""
        return self.page(self.filtered(InfrastructureProject.objects.all()), infrastructure_rows)

    @extend_schema(
        operation_id="infrastructure_create", request=NewInfrastructure, responses={201: InfrastructureDetail}
    )
    def post(self, request: Request) -> Response:
        """Enter a project, planned as of today."""
        wanted = self.shape(NewInfrastructure)
        village_id = wanted.pop("village_id")
        return self.answer(verbs.add_infrastructure(village_id, _draft(wanted), actor=self.actor).pk, status=201)


class InfrastructureView(_ProjectView):
    """One project."""

    actions: ClassVar = {"GET": "villages.view", "PUT": _BUILD}

    @extend_schema(operation_id="infrastructure_retrieve", responses=InfrastructureDetail)
    def get(self, request: Request, infrastructure_id: UUID) -> Response:
        """Show a project."""
        return self.answer(infrastructure_id)

    @extend_schema(operation_id="infrastructure_amend", request=InfrastructureShape, responses=InfrastructureDetail)
    def put(self, request: Request, infrastructure_id: UUID) -> Response:
        """Amend what a project is and what it reaches."""
        draft = _draft(self.shape(InfrastructureShape))
        verbs.amend_infrastructure(infrastructure_id, draft, actor=self.actor, version=self.version())
        return self.answer(infrastructure_id)


class InfrastructureStageView(_ProjectView):
    """The stage of one project."""

    actions: ClassVar = {"POST": _BUILD}

    @extend_schema(operation_id="infrastructure_advance", request=StageShape, responses=InfrastructureDetail)
    def post(self, request: Request, infrastructure_id: UUID) -> Response:
        """Bring a project to its next stage; offices alone approve, accept, send back and stop."""
        wanted = self.shape(StageShape)
        verbs.advance(infrastructure_id, wanted.pop("change"), **wanted, actor=self.actor, version=self.version())
        return self.answer(infrastructure_id)


class InfrastructureMoneyView(_ProjectView):
    """The money of one project."""

    actions: ClassVar = {"POST": _BUILD}
    versioned: ClassVar = False

    @extend_schema(operation_id="infrastructure_money", request=MoneyShape, responses={201: InfrastructureDetail})
    def post(self, request: Request, infrastructure_id: UUID) -> Response:
        """Note money from one source. Entries add up, so that none needs a version."""
        verbs.note_money(infrastructure_id, verbs.MoneyDraft(**self.shape(MoneyShape)), actor=self.actor)
        return self.answer(infrastructure_id, status=201)


class InfrastructureUpkeepView(_ProjectView):
    """The upkeep of one project."""

    actions: ClassVar = {"POST": _BUILD}

    @extend_schema(operation_id="infrastructure_upkeep", request=UpkeepShape, responses={201: InfrastructureDetail})
    def post(self, request: Request, infrastructure_id: UUID) -> Response:
        """Say who keeps a built project up, and with what money."""
        draft = verbs.UpkeepDraft(**self.shape(UpkeepShape))
        verbs.add_upkeep(infrastructure_id, draft, actor=self.actor, version=self.version())
        return self.answer(infrastructure_id, status=201)


class UpkeepView(TenantAPIView):
    """One period of upkeep."""

    actions: ClassVar = {"GET": "villages.view", "PUT": _BUILD}

    def answer(self, upkeep: ProjectUpkeep) -> Response:
        """Show the period as it is now, with its version."""
        row = upkeep_rows(ProjectUpkeep.objects.filter(pk=upkeep.pk)).get()
        return self.row(row, version=upkeep.version)

    @extend_schema(operation_id="project_upkeep_retrieve", responses=UpkeepRow)
    def get(self, request: Request, upkeep_id: UUID) -> Response:
        """Show a period of upkeep."""
        return self.answer(find_upkeep(upkeep_id))

    @extend_schema(operation_id="project_upkeep_amend", request=UpkeepShape, responses=UpkeepRow)
    def put(self, request: Request, upkeep_id: UUID) -> Response:
        """Correct a period of upkeep, or end it."""
        draft = verbs.UpkeepDraft(**self.shape(UpkeepShape))
        return self.answer(verbs.amend_upkeep(upkeep_id, draft, actor=self.actor, version=self.version()))


def _draft(wanted: dict[str, Any]) -> verbs.InfrastructureDraft:
    return verbs.InfrastructureDraft(**{**wanted, "points": tuple(dict.fromkeys(wanted["points"]))})
