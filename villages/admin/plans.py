"""Village plans: the list, one plan with its projects and editions, and one project with its progress."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.forms import SiteForm
from registry.admin.history import History
from registry.admin.verbs import ReasonForm, Verb
from registry.lib.periods import today
from registry.tenancy.context import Actor
from villages.admin.activities import CONSULT_VERB
from villages.admin.drafts import amending, day_field, entering
from villages.admin.fields import VersionedForm, code_field
from villages.admin.labels import code_label
from villages.domain import plans
from villages.enums import ACTION_SCHEME, PLAN_PROJECT_SCHEME, PlanState
from villages.models import PlanEdition, PlanProgress, PlanProject, Village, VillagePlan
from villages.queries.plans import plans_on_list, projects_on_list
from villages.workflow import PLAN_CHANGES, starts_from

PLAN, ADOPT = "villages.plan", "villages.adopt_plan"
_NO_NAMES = _("No names or numbers of persons.")
_MONEY = ("planned_yuan", "arrived_yuan", "spent_yuan")


def _text(label: Any, **more: Any) -> forms.CharField:  # noqa: ANN401  (a lazy text)
    return forms.CharField(label=label, max_length=2000, widget=forms.Textarea, help_text=_NO_NAMES, **more)


def _yuan(label: Any, **more: Any) -> forms.DecimalField:  # noqa: ANN401  (a lazy text)
    return forms.DecimalField(label=label, max_digits=14, decimal_places=2, **more)


class DraftForm(SiteForm):
    """The goals of a year."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100, initial=lambda: today().year)
    goals = _text(_("goals"))


class GoalsForm(VersionedForm):
    """The goals, worded anew."""

    goals = _text(_("goals"))


class ProjectForm(SiteForm):
    """A project of a plan."""

    name = forms.CharField(label=_("name"), max_length=100)
    kind_code = code_field(PLAN_PROJECT_SCHEME, _("kind"), required=True)
    action_code = code_field(ACTION_SCHEME, _("enrichment action"))
    planned_yuan = _yuan(_("planned (yuan)"), min_value=0)
    due_on = day_field(_("to be done by"))
    finished_on = day_field(_("finished on"))


class ProgressForm(SiteForm):
    """What happened, and the money since the entry before."""

    noted_on = forms.DateField(label=_("as of"), initial=today)
    note = forms.CharField(label=_("note"), max_length=300, help_text=_NO_NAMES)
    arrived_yuan = _yuan(_("arrived (yuan)"), initial=0, help_text=_("Since the entry before; negative to take back."))
    spent_yuan = _yuan(_("spent (yuan)"), initial=0)


class DropForm(VersionedForm, ReasonForm):
    """Why a project is dropped."""

    on = forms.DateField(label=_("On"), initial=today)


class AdoptForm(VersionedForm):
    """The adoption of a plan."""

    on = forms.DateField(label=_("adopted on"), initial=today)
    reason = forms.CharField(
        label=_("reason of the amendment"), max_length=300, required=False, help_text=_("From the second edition on.")
    )


class CloseForm(VersionedForm):
    """What came of a plan."""

    on = forms.DateField(label=_("closed on"), initial=today)
    result = _text(_("result"))


def _draft(village: Village, values: dict[str, Any], actor: Actor) -> VillagePlan:
    return plans.draft_plan(village.pk, actor=actor, **values)


def _is_open(plan: VillagePlan) -> bool:
    return plan.state != PlanState.CLOSED


def _is_kept(project: PlanProject) -> bool:
    return project.dropped_on is None and _is_open(project.plan)


def _amend_goals(plan: VillagePlan, values: dict[str, Any], actor: Actor) -> VillagePlan:
    return plans.amend_plan(plan.pk, actor=actor, **values)


def _adopt(plan: VillagePlan, values: dict[str, Any], actor: Actor) -> VillagePlan:
    return plans.adopt_plan(plan.pk, actor=actor, **values)


def _close(plan: VillagePlan, values: dict[str, Any], actor: Actor) -> VillagePlan:
    return plans.close_plan(plan.pk, actor=actor, **values)


def _drop(project: PlanProject, values: dict[str, Any], actor: Actor) -> PlanProject:
    return plans.drop_project(project.pk, actor=actor, **values)


PLAN_VERB = Verb("draft-plan", _("Draft a plan"), PLAN, run=_draft, form=DraftForm, icon="assignment")


class PlanInline(TenantTabularInline):
    """The plans of a village."""

    model = VillagePlan
    view_action = "villages.view"
    fields = ("year", "state", "edition", "adopted_on", "closed_on")
    show_change_link = True


class ProjectInline(TenantTabularInline):
    """The projects of a plan."""

    model = PlanProject
    view_action = "villages.view"
    fields = ("name", "kind_label", *_MONEY, "due_on", "finished_on", "dropped_on")
    show_change_link = True
    kind_label = code_label(PlanProject, "kind_code", PLAN_PROJECT_SCHEME)

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[PlanProject]:
        return projects_on_list().order_by("name")

    @admin.display(description=_("arrived (yuan)"))
    def arrived_yuan(self, project: PlanProject) -> object:
        """Show the sum of what arrived."""
        return getattr(project, "arrived_yuan", None)

    @admin.display(description=_("spent (yuan)"))
    def spent_yuan(self, project: PlanProject) -> object:
        """Show the sum of what was spent."""
        return getattr(project, "spent_yuan", None)


class EditionInline(TenantTabularInline):
    """The editions of a plan."""

    model = PlanEdition
    view_action = "villages.view"
    fields = ("number", "adopted_on", "goals", "planned_yuan", "reason", "project_names")

    @admin.display(description=_("projects"))
    def project_names(self, edition: PlanEdition) -> str:
        """Name the projects of the edition with their money."""
        return "; ".join(f"{project['name']} {project['planned_yuan']}" for project in edition.projects)


class ProgressInline(TenantTabularInline):
    """The progress of a project."""

    model = PlanProgress
    view_action = "villages.view"
    fields = ("noted_on", "note", "arrived_yuan", "spent_yuan")


class _WithSums(TenantModelAdmin):
    """Pages whose rows carry what arrived and was spent."""

    view_action = "villages.view"

    @admin.display(description=_("arrived (yuan)"))
    def arrived_yuan(self, row: Any) -> object:  # noqa: ANN401  (a plan or a project)
        """Show the sum of what arrived."""
        return getattr(row, "arrived_yuan", None)

    @admin.display(description=_("spent (yuan)"))
    def spent_yuan(self, row: Any) -> object:  # noqa: ANN401  (a plan or a project)
        """Show the sum of what was spent."""
        return getattr(row, "spent_yuan", None)


@admin.register(VillagePlan)
class PlanAdmin(_WithSums):
    """The plans of the area; one is drafted on the village's page."""

    list_display = ("village", "year", "state", "edition", *_MONEY)
    list_filter = ("state", "year")
    fields = readonly_fields = (
        "village", "year", "state", "edition", "goals", *_MONEY, "adopted_on", "closed_on", "result",
    )  # fmt: skip
    inlines = (ProjectInline, EditionInline)
    history = History()
    verbs: ClassVar = (
        Verb("amend", _("Amend the goals"), PLAN, run=_amend_goals, form=GoalsForm, offered=_is_open, icon="edit",
             initial=lambda plan: {"goals": plan.goals}),
        entering("add-project", _("Enter a project"), PLAN, form=ProjectForm, draft=plans.PlanProjectDraft,
                 enter=plans.add_project, offered=_is_open, icon="add_task"),
        CONSULT_VERB,
        Verb("adopt", _("Adopt"), ADOPT, run=_adopt, form=AdoptForm, icon="gavel",
             offered=lambda plan: starts_from(PLAN_CHANGES, "adopt", present=plan.state),
             intro=_("Goals and projects are kept as they stand today.")),
        Verb("close", _("Close the plan"), ADOPT, run=_close, form=CloseForm, icon="lock", danger=True,
             offered=lambda plan: starts_from(PLAN_CHANGES, "close", present=plan.state),
             intro=_("It stays as it is and cannot be changed any more.")),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[VillagePlan]:
        return plans_on_list()

    @admin.display(description=_("planned (yuan)"))
    def planned_yuan(self, plan: VillagePlan) -> object:
        """Show the sum of what is planned."""
        return getattr(plan, "planned_yuan", None)


@admin.register(PlanProject)
class PlanProjectAdmin(_WithSums):
    """The projects of the area's plans; one is entered on the plan's page."""

    list_display = ("name", "plan", "kind_label", *_MONEY, "due_on")
    fields = readonly_fields = (
        "plan", "name", "kind_label", "action_label", *_MONEY, "due_on", "finished_on", "dropped_on",
    )  # fmt: skip
    inlines = (ProgressInline,)
    history = History(codes={"kind_code": PLAN_PROJECT_SCHEME, "action_code": ACTION_SCHEME})
    kind_label = code_label(PlanProject, "kind_code", PLAN_PROJECT_SCHEME)
    action_label = code_label(PlanProject, "action_code", ACTION_SCHEME)
    verbs: ClassVar = (
        entering("progress", _("Note progress"), PLAN, form=ProgressForm, draft=plans.ProgressDraft,
                 enter=plans.note_progress, offered=_is_kept, icon="trending_up"),
        amending(PLAN, form=ProjectForm, draft=plans.PlanProjectDraft, amend=plans.amend_project, offered=_is_kept),
        Verb("drop", _("Drop the project"), PLAN, run=_drop, form=DropForm, offered=_is_kept, icon="undo", danger=True),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[PlanProject]:
        return projects_on_list()
