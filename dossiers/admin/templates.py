"""Templates of steps, and the county's rules of procedure."""

from dataclasses import replace
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from dossiers.admin import forms
from dossiers.domain.procedure import ProcedureChanges, set_procedure
from dossiers.domain.shipped import load_shipped
from dossiers.domain.templates import (
    StepDraft,
    copy_template,
    draft_of,
    retire_template,
    revise_template,
    step_at,
)
from dossiers.models import CountyProcedure, StepTemplate, TemplateStep
from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.pages import FormPage, form_page
from registry.admin.site import actor_at
from registry.admin.verbs import NothingForm, Verb
from registry.tenancy.context import Actor
from villages.admin.labels import code_label

_RULES = ("needs_dossier", "lead_days", "counts_working_days", "measure_months", "development_months",
          "removal_months")  # fmt: skip


def _is_current(template: StepTemplate) -> bool:
    return template.is_current


def _step_of(values: dict[str, Any]) -> tuple[int, int, StepDraft]:
    version, position = values.pop("version"), values.pop("position")
    lists = {name: tuple(values[name]) for name in ("role_codes", "evidence_codes")}
    return version, position, StepDraft(**values | lists)


def _amend(template: StepTemplate, values: dict[str, Any], actor: Actor) -> StepTemplate:
    version, position, step = _step_of(values)
    draft = draft_of(template)
    place = step_at(draft, position)
    steps = (*draft.steps[:place], step, *draft.steps[place + 1 :])
    return revise_template(template.pk, replace(draft, steps=steps), actor=actor, version=version)


def _insert(template: StepTemplate, values: dict[str, Any], actor: Actor) -> StepTemplate:
    version, position, step = _step_of(values)
    draft = draft_of(template)
    place = min(position - 1, len(draft.steps))
    steps = (*draft.steps[:place], step, *draft.steps[place:])
    return revise_template(template.pk, replace(draft, steps=steps), actor=actor, version=version)


def _remove(template: StepTemplate, values: dict[str, Any], actor: Actor) -> StepTemplate:
    draft = draft_of(template)
    place = step_at(draft, values["position"])
    steps = (*draft.steps[:place], *draft.steps[place + 1 :])
    return revise_template(template.pk, replace(draft, steps=steps), actor=actor, version=values["version"])


def _copy(template: StepTemplate, values: dict[str, Any], actor: Actor) -> StepTemplate:
    return copy_template(template.pk, name=values["name"], actor=actor)


def _retire(template: StepTemplate, values: dict[str, Any], actor: Actor) -> StepTemplate:
    return retire_template(template.pk, actor=actor, version=values["version"])


def take_templates_page(request: HttpRequest) -> HttpResponse:
    """Ask whether the templates and checklists that come with the product are to be entered, and do it."""
    back = reverse("admin:dossiers_steptemplate_changelist")

    def submit(values: dict[str, Any]) -> HttpResponse:
        load_shipped(actor=actor_at(request))
        messages.success(request, _("Done."))
        return HttpResponseRedirect(back)

    intro = _(
        "The county gets the templates of steps and the checklists of visits that come with the product and that it "
        "does not have yet. Those on file stay as they are."
    )
    page = FormPage(_("Take the templates that come with the product"), back, intro, button=_("Take the templates"))
    return form_page(request, page, NothingForm, submit)


class TemplateStepInline(TenantTabularInline):
    """The steps of an edition."""

    model = TemplateStep
    view_action = "dossiers.view"
    fields = ("position", "name", "form", "evidence_label", "minimum_days", "maximum_days", "attendance_ratio",
              "approval_ratio", "needs_look", "source")  # fmt: skip
    evidence_label = code_label(TemplateStep, "evidence_codes", "evidence_kind")


@admin.register(StepTemplate)
class StepTemplateAdmin(TenantModelAdmin):
    """The editions of the county's templates."""

    view_action = "dossiers.view"
    has_history = False
    list_display = ("name", "kind", "edition", "is_current", "is_local")
    list_filter = ("is_current", "kind")
    fields = readonly_fields = ("key", "name", "kind", "edition", "is_current", "is_local", "source")
    inlines = (TemplateStepInline,)
    verbs: ClassVar = (
        Verb("amend-step", _("Amend a step"), "dossiers.manage_templates", run=_amend, form=forms.TemplateStepForm,
             offered=_is_current, intro=_("A new edition is written. Dossiers that began by this one keep it.")),
        Verb("insert-step", _("Insert a step"), "dossiers.manage_templates", run=_insert, form=forms.TemplateStepForm,
             offered=_is_current, intro=_("A new edition is written. Dossiers that began by this one keep it.")),
        Verb("copy", _("Copy as a template of the county"), "dossiers.manage_templates", run=_copy,
             form=forms.TemplateNameForm,
             intro=_("The copy is in use beside this one. Edit its steps there.")),
        Verb("retire", _("Take out of use"), "dossiers.manage_templates", run=_retire, form=forms.RetireForm,
             offered=_is_current, danger=True,
             intro=_("No dossier begins by it any more. Those that began by it keep it.")),
        Verb("remove-step", _("Remove a step"), "dossiers.manage_templates", run=_remove, form=forms.PositionForm,
             offered=_is_current, intro=_("A new edition is written. Dossiers that began by this one keep it.")),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[StepTemplate]:
        return StepTemplate.objects.order_by("kind", "key", "-edition")


@admin.register(CountyProcedure)
class CountyProcedureAdmin(TenantModelAdmin):
    """The county's own rules of procedure."""

    view_action = "dossiers.view"
    add_action = change_action = "dossiers.manage_rules"
    fields = _RULES
    list_display = ("__str__", *_RULES[:2])

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> CountyProcedure:
        return set_procedure(_changes(values), actor=actor, version=0)

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> CountyProcedure:
        return set_procedure(_changes(values), actor=actor, version=version)


def _changes(values: dict[str, Any]) -> ProcedureChanges:
    return ProcedureChanges(
        needs_dossier=values["needs_dossier"],
        lead_days=values["lead_days"],
        counts_working_days=values["counts_working_days"],
        measure_months=values["measure_months"],
        development_months=values["development_months"],
        removal_months=values["removal_months"],
    )
