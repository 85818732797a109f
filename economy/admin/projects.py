"""Industry projects on the site: entered, brought from state to state, with money, assets, funds and wages."""

from typing import Any, ClassVar, Final
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from economy.admin import project_forms as forms
from economy.domain import project_money, projects, work
from economy.domain.assets import AssetDraft, add_asset
from economy.enums import ACTION_SCHEME, ASSET_SCHEME, MONEY, PROJECT_SCHEME, ProjectState
from economy.models import IndustryMoney, IndustryProject, IndustryReach, IndustryStep, ProjectAsset, ShareFund
from economy.queries.projects import money_by_source, projects_on_list, require_reaching, stopped_with_money
from economy.workflow import PROJECT_CHANGES
from households.admin.filters import TownshipFilter
from households.queries.finding import person_with_number
from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.history import History
from registry.admin.pages import FormPage, form_page
from registry.admin.site import actor_at
from registry.admin.verbs import Verb
from registry.lib.errors import NotFound
from registry.lib.periods import today
from registry.tenancy.context import Actor
from villages.admin.labels import code_label, labels_of
from villages.enums import FUNDING_SCHEME
from villages.workflow import Change, starts_from

_ICONS = {
    "propose": "outbox", "return": "undo", "approve": "gavel", "begin": "construction", "complete": "done",
    "send-back": "undo", "accept": "verified", "stop": "block",
}  # fmt: skip
_OPEN = {ProjectState.LIBRARY, ProjectState.PROPOSED}
_NO_MONEY = {ProjectState.PROPOSED, ProjectState.COMPLETED, ProjectState.ACCEPTED}
_WAGE: Final = _("Record a wage")
_WAGE_INTRO: Final = _("The wage is offered to the next visit of the household. No income is written by itself.")
_WITH_MONEY = {ProjectState.APPROVED, ProjectState.UNDER_WAY}


def _draft(values: dict[str, Any]) -> projects.ProjectDraft:
    villages = tuple(UUID(one) for one in values.pop("village_ids"))
    return projects.ProjectDraft(village_ids=villages, **values)


def add_page(request: HttpRequest) -> HttpResponse:
    """Enter a project in the county's library."""

    def submit(values: dict[str, Any]) -> HttpResponse:
        row = projects.add_project(_draft(values), actor=actor_at(request))
        messages.success(request, _("Done."))
        return HttpResponseRedirect(reverse("admin:economy_industryproject_change", args=[row.pk]))

    label = _("Enter an industry project")
    page = FormPage(label, reverse("admin:economy_industryproject_changelist"), button=label)
    return form_page(request, page, forms.ProjectForm, submit, initial={"library_year": today().year})


def _amend(row: IndustryProject, values: dict[str, Any], actor: Actor) -> IndustryProject:
    version = values.pop("version")
    return projects.amend_project(row.pk, _draft(values), actor=actor, version=version)


def _initial(row: IndustryProject) -> dict[str, Any]:
    names = (name for name in forms.ProjectForm.base_fields if name != "village_ids")
    villages = IndustryReach.objects.filter(project=row).values_list("village_id", flat=True)
    return {name: getattr(row, name) for name in names} | {"village_ids": [str(one) for one in villages]}


def _step_verb(line: Change) -> Verb:
    """Make the button of one change of the state."""

    def run(row: IndustryProject, values: dict[str, Any], actor: Actor) -> IndustryProject:
        report = projects.Report(result=values.pop("result", ""), gaining_count=values.pop("gaining_count", None))
        return projects.advance_project(row.pk, line.name, report=report, actor=actor, **values)

    def offered(row: IndustryProject) -> bool:
        return starts_from(PROJECT_CHANGES, line.name, present=row.state)

    return Verb(
        line.name, line.label, projects.DECIDE if line.name in projects.DECIDED else projects.KEEP, run=run,
        form=forms.CompleteForm if line.name == "complete" else forms.StepForm, offered=offered,
        icon=_ICONS[line.name], danger=line.name == "stop",
    )  # fmt: skip


def _note_money(row: IndustryProject, values: dict[str, Any], actor: Actor) -> object:
    version = values.pop("version")
    draft = project_money.MoneyDraft(**values)
    return project_money.note_project_money(row.pk, draft, actor=actor, version=version)


def _fold(row: IndustryProject, values: dict[str, Any], actor: Actor) -> ShareFund:
    version = values.pop("version")
    draft = project_money.FoldDraft(**values | {"fund_id": UUID(values["fund_id"])})
    return project_money.fold_money(row.pk, draft, actor=actor, version=version)


def asset_draft(values: dict[str, Any]) -> AssetDraft:
    """Make the draft of an asset from the values of its form."""
    village_id = values.pop("village_id")
    return AssetDraft(village_id=UUID(village_id) if village_id else None, **values)


def _add_asset(row: IndustryProject, values: dict[str, Any], actor: Actor) -> ProjectAsset:
    return add_asset(row.pk, asset_draft(values), actor=actor)


def _work(row: IndustryProject, values: dict[str, Any], actor: Actor) -> object:
    return _record_work(row.pk, values, actor)


def work_page(request: HttpRequest, project_id: UUID) -> HttpResponse:
    """Record the wage of somebody of the area on a project that reaches it, also a wider one."""
    require_reaching(project_id)
    actor, back = actor_at(request), reverse("admin:industry-project-sheet", args=[project_id])

    def submit(values: dict[str, Any]) -> HttpResponse:
        _record_work(project_id, values, actor)
        messages.success(request, _("Done."))
        return HttpResponseRedirect(reverse("admin:economy_projectwork_changelist"))

    return form_page(request, FormPage(_WAGE, back, _WAGE_INTRO, button=_WAGE), forms.WorkForm, submit)


def _record_work(project_id: UUID, values: dict[str, Any], actor: Actor) -> object:
    person_id = person_with_number(values.pop("person_number"), actor=actor)
    if person_id is None:
        message = _("There is no person with this number in your area. Check the number.")
        raise NotFound("person.not_found", message, field="person_number")
    return work.record_work(project_id, work.WorkDraft(person_id=person_id, **values), actor=actor)


class ReachInline(TenantTabularInline):
    """The villages that a project reaches."""

    model = IndustryReach
    view_action = "economy.view"
    fields = ("village",)


class StepInline(TenantTabularInline):
    """The states that a project came to."""

    model = IndustryStep
    view_action = "economy.view"
    fields = ("entered_on", "state", "note")


class MoneyInline(TenantTabularInline):
    """The entries of money."""

    model = IndustryMoney
    view_action = "economy.view"
    fields = ("noted_on", "source_label", *MONEY, "fund", "note")
    source_label = code_label(IndustryMoney, "source_code", FUNDING_SCHEME)


class AssetInline(TenantTabularInline):
    """What the money became."""

    model = ProjectAsset
    view_action = "economy.view"
    fields = ("name", "kind_label", "value_yuan", "owner", "state")
    show_change_link = True
    kind_label = code_label(ProjectAsset, "kind_code", ASSET_SCHEME)


class FundInline(TenantTabularInline):
    """The funds of shares that hold money of a project."""

    model = ShareFund
    view_action = "economy.view"
    fields = ("name", "village", "folded_yuan", "share_total")
    show_change_link = True


class MoneyFilter(admin.SimpleListFilter):
    """Narrow to what was stopped with money left."""

    title = _("Money")
    parameter_name = "money"

    @override
    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the one worklist."""
        return [("left", _("Stopped with money not accounted for"))]

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Ask for it."""
        return stopped_with_money(queryset) if self.value() == "left" else queryset


@admin.register(IndustryProject)
class IndustryProjectAdmin(TenantModelAdmin):
    """The projects that lie in the area; a wider one is read on its sheet."""

    view_action = "economy.view"
    list_display = ("name", "kind_label", "library_year", "state", "state_on", "arrived")
    list_filter = (TownshipFilter, MoneyFilter, "state", "library_year")
    fields = readonly_fields = (
        "name", "kind_label", "action_label", "library_year", "content", "planned_from", "planned_until",
        "household_count", "state", "state_on", "result", "gaining_count", "sums", "sheet_link",
    )  # fmt: skip
    inlines = (ReachInline, StepInline, MoneyInline, AssetInline, FundInline)
    history = History(
        codes={"kind_code": PROJECT_SCHEME, "action_code": ACTION_SCHEME}, names={"villages": _("villages reached")}
    )
    kind_label = code_label(IndustryProject, "kind_code", PROJECT_SCHEME)
    action_label = code_label(IndustryProject, "action_code", ACTION_SCHEME)
    verbs: ClassVar = (
        Verb("amend", _("Amend"), projects.KEEP, run=_amend, form=forms.AmendForm, icon="edit", initial=_initial,
             offered=lambda row: row.state == ProjectState.LIBRARY),
        Verb("money", _("Note money"), projects.KEEP, run=_note_money, form=forms.MoneyForm, icon="payments",
             offered=lambda row: row.state not in _NO_MONEY),
        *(_step_verb(line) for line in PROJECT_CHANGES),
        Verb("fold", _("Turn money to shares"), projects.KEEP, run=_fold, form=forms.FoldForm, icon="pie_chart",
             offered=lambda row: row.state in _WITH_MONEY,
             intro=_("Open the fund of shares first. From then on the fund names the project.")),
        Verb("asset", _("Enter an asset"), projects.KEEP, run=_add_asset, form=forms.AssetForm, icon="warehouse",
             offered=lambda row: row.state not in _OPEN),
        Verb("work", _WAGE, work.KEEP, run=_work, form=forms.WorkForm, icon="engineering", intro=_WAGE_INTRO,
             offered=lambda row: row.state in work.PAYING),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[IndustryProject]:
        return projects_on_list()

    @admin.display(description=_("arrived (yuan)"))
    def arrived(self, row: IndustryProject) -> object:
        """Show what arrived from all sources."""
        return getattr(row, "arrived_yuan", None)

    @admin.display(description=_("money by source: planned, arrived, spent, to shares, given back, left (yuan)"))
    def sums(self, row: IndustryProject) -> str:
        """Show the sums of each source."""
        names = ("planned", "arrived", "spent", "folded", "returned", "rest")
        return "; ".join(
            f"{labels_of(FUNDING_SCHEME, one['source_code'])}: {', '.join(str(one[name]) for name in names)}"
            for one in money_by_source(row.pk)
        ) or str(self.get_empty_value_display())

    @admin.display(description=_("for the notice board"))
    def sheet_link(self, row: IndustryProject) -> str:
        """Lead to what is published of the project."""
        return format_html('<a href="{}">{}</a>', reverse("admin:industry-project-sheet", args=[row.pk]), _("Show"))
