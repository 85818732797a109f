"""Industry projects by REST: the library, states, money, shares, assets, upkeep, wages, and what is published."""

from dataclasses import asdict
from typing import Any, ClassVar, Final
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from economy.api import project_shapes as shapes
from economy.domain import assets, project_money, projects, work
from economy.models import AssetUpkeep, IndustryProject, ProjectAsset, ProjectWork
from economy.queries.assets import asset_rows, asset_upkeep_rows, find_asset, find_asset_upkeep
from economy.queries.projects import find_project, money_by_source, project_rows, step_rows, villages_reached
from economy.queries.sheet import projects_of_village, sheet_of
from registry.api.base import TenantAPIView
from villages.domain.infrastructure import UpkeepDraft
from villages.queries.villages import find_village

_VIEW: Final = "economy.view"
_KEEP: Final = "economy.keep_projects"


class _ProjectView(TenantAPIView):
    """A view that shows one project after changing it."""

    def answer(self, project_id: UUID, *, status: int = 200) -> Response:
        """Show the project as it is now, with its version."""
        project = find_project(project_id)
        row: dict[str, Any] = project_rows(IndustryProject.objects.filter(pk=project_id)).get()
        row |= {
            "villages": list(villages_reached(project_id)),
            "steps": list(step_rows(project_id)),
            "money": list(money_by_source(project_id)),
        }
        return self.row(row, version=project.version, status=status)


class ProjectList(_ProjectView):
    """The projects of the token's area."""

    actions: ClassVar = {"GET": _VIEW, "POST": _KEEP}
    filters: ClassVar = shapes.ProjectFilter
    paged: ClassVar = True

    @extend_schema(operation_id="industry_projects_list", responses=shapes.ProjectRow(many=True))
    def get(self, request: Request) -> Response:
        """List projects with the sums of their money."""
        return self.page(self.filtered(IndustryProject.objects.all()), project_rows)

    @extend_schema(
        operation_id="industry_projects_create", request=shapes.ProjectShape, responses={201: shapes.ProjectDetail}
    )
    def post(self, request: Request) -> Response:
        """Enter a project in the county's library."""
        draft = _draft(self.shape(shapes.ProjectShape))
        return self.answer(projects.add_project(draft, actor=self.actor).pk, status=201)


class ProjectView(_ProjectView):
    """One project."""

    actions: ClassVar = {"GET": _VIEW, "PUT": _KEEP}

    @extend_schema(operation_id="industry_projects_retrieve", responses=shapes.ProjectDetail)
    def get(self, request: Request, industry_id: UUID) -> Response:
        """Show a project."""
        return self.answer(industry_id)

    @extend_schema(operation_id="industry_projects_amend", request=shapes.ProjectShape, responses=shapes.ProjectDetail)
    def put(self, request: Request, industry_id: UUID) -> Response:
        """Amend what is planned, until it is proposed."""
        draft = _draft(self.shape(shapes.ProjectShape))
        projects.amend_project(industry_id, draft, actor=self.actor, version=self.version())
        return self.answer(industry_id)


class ProjectStateView(_ProjectView):
    """The state of one project."""

    actions: ClassVar = {"POST": _KEEP}

    @extend_schema(
        operation_id="industry_projects_advance", request=shapes.ProjectAdvance, responses=shapes.ProjectDetail
    )
    def post(self, request: Request, industry_id: UUID) -> Response:
        """Bring a project to its next state; offices alone approve, accept, send back and stop."""
        wanted = self.shape(shapes.ProjectAdvance)
        report = projects.Report(result=wanted.pop("result"), gaining_count=wanted.pop("gaining_count", None))
        name, version = wanted.pop("change"), self.version()
        projects.advance_project(industry_id, name, report=report, actor=self.actor, version=version, **wanted)
        return self.answer(industry_id)


class ProjectMoneyView(_ProjectView):
    """The money of one project."""

    actions: ClassVar = {"POST": _KEEP}
    versioned: ClassVar = False

    @extend_schema(
        operation_id="industry_projects_money", request=shapes.ProjectMoneyShape, responses={201: shapes.ProjectDetail}
    )
    def post(self, request: Request, industry_id: UUID) -> Response:
        """Note money from one source. Entries add up, so that none needs a version."""
        draft = project_money.MoneyDraft(**self.shape(shapes.ProjectMoneyShape))
        project_money.note_project_money(industry_id, draft, actor=self.actor)
        return self.answer(industry_id, status=201)


class ProjectFoldView(_ProjectView):
    """Money of one project that becomes shares."""

    actions: ClassVar = {"POST": _KEEP}
    versioned: ClassVar = False

    @extend_schema(
        operation_id="industry_projects_fold", request=shapes.FoldShape, responses={201: shapes.ProjectDetail}
    )
    def post(self, request: Request, industry_id: UUID) -> Response:
        """Turn money of one source to shares of a fund, which names the project from then on."""
        draft = project_money.FoldDraft(**self.shape(shapes.FoldShape))
        project_money.fold_money(industry_id, draft, actor=self.actor)
        return self.answer(industry_id, status=201)


class ProjectSheetView(TenantAPIView):
    """What is published of one project."""

    actions: ClassVar = {"GET": _VIEW}

    @extend_schema(operation_id="industry_projects_published", responses=shapes.PublishedProject)
    def get(self, request: Request, industry_id: UUID) -> Response:
        """Show money by source, assets, result and numbers of a project that reaches a village of the area."""
        sheet = asdict(sheet_of(industry_id))
        del sheet["own_village_id"]
        return self.row(sheet)


class VillageProjects(TenantAPIView):
    """The projects that reach one village."""

    actions: ClassVar = {"GET": _VIEW}

    @extend_schema(operation_id="villages_industry_projects", responses=shapes.ProjectRow(many=True))
    def get(self, request: Request, village_id: UUID) -> Response:
        """List all projects that reach a village, also those that reach others."""
        return Response({"next": None, "results": projects_of_village(find_village(village_id).pk)})


class _AssetView(TenantAPIView):
    """A view that shows one asset after changing it."""

    def answer(self, row: ProjectAsset, *, status: int = 200) -> Response:
        """Show the asset as it is now, with its upkeep and version."""
        shown: dict[str, Any] = asset_rows(ProjectAsset.objects.filter(pk=row.pk)).get()
        upkeep = AssetUpkeep.objects.filter(asset=row.pk).order_by("starts_on")
        return self.row({**shown, "upkeep": list(asset_upkeep_rows(upkeep))}, version=row.version, status=status)


class ProjectAssetsView(_AssetView):
    """The assets of one project."""

    actions: ClassVar = {"POST": _KEEP}
    versioned: ClassVar = False

    @extend_schema(
        operation_id="industry_projects_asset", request=shapes.AssetShape, responses={201: shapes.AssetDetail}
    )
    def post(self, request: Request, industry_id: UUID) -> Response:
        """Enter an asset that the project's money paid for."""
        draft = assets.AssetDraft(**self.shape(shapes.AssetShape))
        return self.answer(assets.add_asset(industry_id, draft, actor=self.actor), status=201)


class AssetList(TenantAPIView):
    """The assets of the area's projects."""

    actions: ClassVar = {"GET": _VIEW}
    filters: ClassVar = shapes.AssetFilter
    paged: ClassVar = True

    @extend_schema(operation_id="project_assets_list", responses=shapes.AssetRow(many=True))
    def get(self, request: Request) -> Response:
        """List assets, those that went too."""
        return self.page(self.filtered(ProjectAsset.objects.all()), asset_rows)


class AssetView(_AssetView):
    """One asset."""

    actions: ClassVar = {"GET": _VIEW, "PUT": _KEEP}

    @extend_schema(operation_id="project_assets_retrieve", responses=shapes.AssetDetail)
    def get(self, request: Request, asset_id: UUID) -> Response:
        """Show an asset with its upkeep."""
        return self.answer(find_asset(asset_id))

    @extend_schema(operation_id="project_assets_amend", request=shapes.AssetShape, responses=shapes.AssetDetail)
    def put(self, request: Request, asset_id: UUID) -> Response:
        """Amend an asset."""
        draft = assets.AssetDraft(**self.shape(shapes.AssetShape))
        return self.answer(assets.amend_asset(asset_id, draft, actor=self.actor, version=self.version()))


class AssetDisposalView(_AssetView):
    """The end of one asset."""

    actions: ClassVar = {"POST": "economy.dispose_asset"}

    @extend_schema(operation_id="project_assets_dispose", request=shapes.AssetDisposal, responses=shapes.AssetDetail)
    def post(self, request: Request, asset_id: UUID) -> Response:
        """Say that an asset was sold, scrapped or lost, for what, and why."""
        wanted = self.shape(shapes.AssetDisposal)
        return self.answer(assets.dispose_asset(asset_id, actor=self.actor, version=self.version(), **wanted))


class AssetWithdrawalView(_AssetView):
    """The withdrawal of one asset."""

    actions: ClassVar = {"POST": "economy.dispose_asset"}

    @extend_schema(operation_id="project_assets_withdraw", request=shapes.EntryError, responses=shapes.AssetDetail)
    def post(self, request: Request, asset_id: UUID) -> Response:
        """Take back an asset that was entered in error."""
        reason = self.shape(shapes.EntryError)["reason"]
        return self.answer(assets.withdraw_asset(asset_id, reason=reason, actor=self.actor, version=self.version()))


class AssetUpkeepList(_AssetView):
    """The upkeep of one asset."""

    actions: ClassVar = {"POST": _KEEP}
    versioned: ClassVar = False

    @extend_schema(
        operation_id="project_assets_upkeep", request=shapes.AssetUpkeepShape, responses={201: shapes.AssetDetail}
    )
    def post(self, request: Request, asset_id: UUID) -> Response:
        """Say who keeps an asset up; periods never overlap."""
        draft = UpkeepDraft(**self.shape(shapes.AssetUpkeepShape))
        assets.add_asset_upkeep(asset_id, draft, actor=self.actor)
        return self.answer(find_asset(asset_id), status=201)


class AssetUpkeepView(TenantAPIView):
    """One period of upkeep."""

    actions: ClassVar = {"GET": _VIEW, "PUT": _KEEP}

    def answer(self, upkeep: AssetUpkeep) -> Response:
        """Show the period as it is now, with its version."""
        row = asset_upkeep_rows(AssetUpkeep.objects.filter(pk=upkeep.pk)).get()
        return self.row(row, version=upkeep.version)

    @extend_schema(operation_id="asset_upkeep_retrieve", responses=shapes.AssetUpkeepRow)
    def get(self, request: Request, asset_upkeep_id: UUID) -> Response:
        """Show a period of upkeep."""
        return self.answer(find_asset_upkeep(asset_upkeep_id))

    @extend_schema(operation_id="asset_upkeep_amend", request=shapes.AssetUpkeepShape, responses=shapes.AssetUpkeepRow)
    def put(self, request: Request, asset_upkeep_id: UUID) -> Response:
        """Correct a period of upkeep, or end it."""
        draft = UpkeepDraft(**self.shape(shapes.AssetUpkeepShape))
        found = assets.amend_asset_upkeep(asset_upkeep_id, draft, actor=self.actor, version=self.version())
        return self.answer(found)


def _work_rows(rows: "QuerySet[ProjectWork]") -> "QuerySet[Any, Any]":
    found: QuerySet[Any, Any] = rows.values(
        "id", "project_id", "household_id", "person_id", "day_count", "wage_yuan", "paid_on", "withdrawn_on",
        "withdrawal_reason", "version",
    )  # fmt: skip
    return found


class _WorkView(TenantAPIView):
    """A view that shows one wage after changing it."""

    def answer(self, row: ProjectWork, *, status: int = 200) -> Response:
        """Show the wage as it is now, with its version."""
        shown = _work_rows(ProjectWork.objects.filter(pk=row.pk)).get()
        return self.row(shown, version=row.version, status=status)


class ProjectWorkers(_WorkView):
    """The wages of one project."""

    actions: ClassVar = {"POST": work.KEEP}
    versioned: ClassVar = False

    @extend_schema(
        operation_id="industry_projects_work", request=shapes.ProjectWorkShape, responses={201: shapes.ProjectWorkRow}
    )
    def post(self, request: Request, industry_id: UUID) -> Response:
        """Record the wage of a member of a household; a second one of the same day is refused."""
        draft = work.WorkDraft(**self.shape(shapes.ProjectWorkShape))
        return self.answer(work.record_work(industry_id, draft, actor=self.actor), status=201)


class WorkList(TenantAPIView):
    """The wages of members of the area's households."""

    actions: ClassVar = {"GET": _VIEW}
    filters: ClassVar = shapes.WorkFilter
    paged: ClassVar = True

    @extend_schema(operation_id="project_work_list", responses=shapes.ProjectWorkRow(many=True))
    def get(self, request: Request) -> Response:
        """List wages, those that were withdrawn too."""
        return self.page(self.filtered(ProjectWork.objects.all()), _work_rows)


class WorkWithdrawal(_WorkView):
    """The withdrawal of one wage."""

    actions: ClassVar = {"POST": work.KEEP}

    @extend_schema(operation_id="project_work_withdraw", request=shapes.EntryError, responses=shapes.ProjectWorkRow)
    def post(self, request: Request, work_id: UUID) -> Response:
        """Take back a wage that was recorded in error."""
        reason = self.shape(shapes.EntryError)["reason"]
        return self.answer(work.withdraw_work(work_id, reason=reason, actor=self.actor, version=self.version()))


def _draft(wanted: dict[str, Any]) -> projects.ProjectDraft:
    return projects.ProjectDraft(**{**wanted, "village_ids": tuple(wanted["village_ids"])})
