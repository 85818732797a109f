"""Infrastructure projects: entered on the village's page, brought from stage to stage on their own."""

from collections.abc import Callable
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
from registry.admin.verbs import Verb
from registry.lib.periods import today
from registry.tenancy.context import Actor
from villages.admin.drafts import amending, count_field, day_field, entering
from villages.admin.fields import VersionedForm, code_field
from villages.admin.labels import code_label, labels_of
from villages.domain import infrastructure as verbs_of
from villages.enums import FUNDING_SCHEME, INFRASTRUCTURE_SCHEME, Stage
from villages.models import InfrastructureProject, ProjectMoney, ProjectUpkeep, StageEntry
from villages.queries.infrastructure import infrastructure_on_list, money_by_source, points_reached, without_upkeep
from villages.workflow import STAGE_CHANGES, Change, starts_from

BUILD, DECIDE = "villages.build", "villages.decide_project"
_MONEY = ("planned_yuan", "arrived_yuan", "spent_yuan")
_DECIDED = {"approve", "accept", "send-back", "stop"}
_ICONS = {
    "approve": "gavel", "begin": "construction", "complete": "done", "accept": "verified", "send-back": "undo",
    "stop": "block",
}  # fmt: skip


def _yuan(label: Any, **more: Any) -> forms.DecimalField:  # noqa: ANN401  (a lazy text)
    return forms.DecimalField(label=label, max_digits=14, decimal_places=2, **more)


class InfrastructureForm(SiteForm):
    """What is built, and what it reaches."""

    name = forms.CharField(label=_("name"), max_length=100)
    kind_code = code_field(INFRASTRUCTURE_SCHEME, _("kind"), required=True)
    points = forms.CharField(
        label=_("settlement points reached"),
        max_length=2000,
        required=False,
        widget=forms.Textarea,
        help_text=_("One name a line, as on the village's page; empty for the whole village."),
    )
    household_count = count_field(_("households reached"))
    planned_from = day_field(_("planned from"))
    planned_until = day_field(_("planned until"))
    plan_project_id = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_points(self) -> tuple[str, ...]:
        """Give the names, each once."""
        lines = (line.strip() for line in self.cleaned_data["points"].splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))


class StageForm(VersionedForm):
    """A day and a note."""

    on = forms.DateField(label=_("On"), initial=today)
    note = forms.CharField(
        label=_("note"), max_length=300, required=False, widget=forms.Textarea,
        help_text=_("What was found at the acceptance, or why it is stopped or sent back."),
    )  # fmt: skip


class MoneyForm(SiteForm):
    """Money from one source since the entry before."""

    source_code = code_field(FUNDING_SCHEME, _("source of the money"), required=True)
    noted_on = forms.DateField(label=_("as of"), initial=today)
    planned_yuan = _yuan(_("planned (yuan)"), initial=0, help_text=_("Since the entry before; negative to take back."))
    arrived_yuan = _yuan(_("arrived (yuan)"), initial=0)
    spent_yuan = _yuan(_("spent (yuan)"), initial=0)
    note = forms.CharField(label=_("note"), max_length=200, required=False)


class UpkeepForm(SiteForm):
    """Who keeps it up, and with what money."""

    keeper = forms.CharField(
        label=_("kept up by"), max_length=100, help_text=_("A unit, the village committee, or a public-service post.")
    )
    source_code = code_field(FUNDING_SCHEME, _("source of the money"), required=True)
    yearly_yuan = _yuan(_("money a year (yuan)"), min_value=0)
    starts_on = forms.DateField(label=_("from"), initial=today)
    ends_on = day_field(_("until (not included)"))


INFRASTRUCTURE_VERB = entering(
    "add-infrastructure",
    _("Enter an infrastructure project"),
    BUILD,
    form=InfrastructureForm,
    draft=verbs_of.InfrastructureDraft,
    enter=verbs_of.add_infrastructure,
    icon="construction",
)


def _amend(row: InfrastructureProject, values: dict[str, Any], actor: Actor) -> InfrastructureProject:
    version = values.pop("version")
    draft = verbs_of.InfrastructureDraft(**values)
    return verbs_of.amend_infrastructure(row.pk, draft, actor=actor, version=version)


class AmendForm(InfrastructureForm, VersionedForm):
    """What is on file, to be amended."""


def _initial(row: InfrastructureProject) -> dict[str, Any]:
    names = (name for name in InfrastructureForm.base_fields if name != "points")
    return {name: getattr(row, name) for name in names} | {"points": "\n".join(points_reached(row.pk))}


def _stage_verb(line: Change) -> Verb:
    """Make the button of one change of the stage."""

    def run(row: InfrastructureProject, values: dict[str, Any], actor: Actor) -> InfrastructureProject:
        return verbs_of.advance(row.pk, line.name, actor=actor, **values)

    def offered(row: InfrastructureProject) -> bool:
        return starts_from(STAGE_CHANGES, line.name, present=row.stage)

    action = DECIDE if line.name in _DECIDED else BUILD
    return Verb(
        line.name, line.label, action, run=run, form=StageForm, offered=offered, icon=_ICONS[line.name],
        danger=line.name == "stop",
    )  # fmt: skip


def _in_stage(*stages: Stage) -> Callable[[InfrastructureProject], bool]:
    return lambda row: row.stage in stages


class UpkeepFilter(admin.SimpleListFilter):
    """Narrow to what was accepted and nobody keeps up."""

    title = _("Upkeep")
    parameter_name = "upkeep"

    @override
    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the one worklist."""
        return [("none", _("Accepted, and kept up by nobody today"))]

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Ask for today."""
        return without_upkeep(queryset, today()) if self.value() == "none" else queryset


class StageInline(TenantTabularInline):
    """The stages that a project came to."""

    model = StageEntry
    view_action = "villages.view"
    fields = ("entered_on", "stage", "note")


class MoneyInline(TenantTabularInline):
    """The entries of money."""

    model = ProjectMoney
    view_action = "villages.view"
    fields = ("noted_on", "source_label", *_MONEY, "note")
    source_label = code_label(ProjectMoney, "source_code", FUNDING_SCHEME)


class UpkeepInline(TenantTabularInline):
    """Who keeps a project up."""

    model = ProjectUpkeep
    view_action = "villages.view"
    fields = ("keeper", "source_label", "yearly_yuan", "starts_on", "ends_on")
    show_change_link = True
    source_label = code_label(ProjectUpkeep, "source_code", FUNDING_SCHEME)


class InfrastructureInline(TenantTabularInline):
    """The projects of a village."""

    model = InfrastructureProject
    view_action = "villages.view"
    fields = ("name", "kind_label", "stage", "stage_on")
    show_change_link = True
    kind_label = code_label(InfrastructureProject, "kind_code", INFRASTRUCTURE_SCHEME)


@admin.register(InfrastructureProject)
class InfrastructureAdmin(TenantModelAdmin):
    """The projects of the area."""

    view_action = "villages.view"
    list_display = ("name", "village", "kind_label", "stage", "stage_on")
    list_filter = ("stage", UpkeepFilter)
    fields = readonly_fields = (
        "village", "name", "kind_label", "stage", "stage_on", "reaches", "household_count", "planned_from",
        "planned_until", "plan_project", "sums",
    )  # fmt: skip
    inlines = (StageInline, MoneyInline, UpkeepInline)
    history = History(codes={"kind_code": INFRASTRUCTURE_SCHEME}, names={"points": _("settlement points reached")})
    kind_label = code_label(InfrastructureProject, "kind_code", INFRASTRUCTURE_SCHEME)
    verbs: ClassVar = (
        Verb("amend", _("Amend"), BUILD, run=_amend, form=AmendForm, icon="edit", initial=_initial,
             offered=lambda row: row.stage != Stage.STOPPED),
        entering("money", _("Note money"), BUILD, form=MoneyForm, draft=verbs_of.MoneyDraft,
                 enter=verbs_of.note_money, icon="payments"),
        *(_stage_verb(line) for line in STAGE_CHANGES),
        entering("upkeep", _("Say who keeps it up"), BUILD, form=UpkeepForm, draft=verbs_of.UpkeepDraft,
                 enter=verbs_of.add_upkeep, offered=_in_stage(Stage.BUILT, Stage.ACCEPTED), icon="handyman"),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[InfrastructureProject]:
        return infrastructure_on_list()

    @admin.display(description=_("reaches"))
    def reaches(self, row: InfrastructureProject) -> object:
        """Name the settlement points, or say that it is the whole village."""
        return _("The whole village") if row.reaches_all else ", ".join(points_reached(row.pk))

    @admin.display(description=_("money by source: planned, arrived, spent (yuan)"))
    def sums(self, row: InfrastructureProject) -> str:
        """Show the sums of each source."""
        return "; ".join(
            f"{labels_of(FUNDING_SCHEME, one['source_code'])}: {one['planned']}, {one['arrived']}, {one['spent']}"
            for one in money_by_source(row.pk)
        ) or str(self.get_empty_value_display())


@admin.register(ProjectUpkeep)
class UpkeepAdmin(TenantModelAdmin):
    """Who keeps which project up; entered on the project's page."""

    view_action = "villages.view"
    list_display = ("project", "keeper", "source_label", "yearly_yuan", "starts_on", "ends_on")
    list_select_related = ("project",)
    fields = readonly_fields = ("project", "keeper", "source_label", "yearly_yuan", "starts_on", "ends_on")
    history = History(codes={"source_code": FUNDING_SCHEME})
    source_label = code_label(ProjectUpkeep, "source_code", FUNDING_SCHEME)
    verbs: ClassVar = (amending(BUILD, form=UpkeepForm, draft=verbs_of.UpkeepDraft, amend=verbs_of.amend_upkeep),)
