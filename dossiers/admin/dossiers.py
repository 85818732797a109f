"""Dossiers: list, page, and what can be done to one."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from dossiers.admin import forms
from dossiers.domain.checks import StepFacts
from dossiers.domain.endings import finish_dossier, refuse_dossier, withdraw_dossier
from dossiers.domain.opening import begin_dossier
from dossiers.domain.papers import (
    ApplicationDraft,
    ExitFindings,
    add_evidence,
    answer_objection,
    apply_for,
    raise_objection,
    record_consent,
    record_exit_check,
)
from dossiers.domain.steps import do_step
from dossiers.enums import Kind, State
from dossiers.models import Dossier, DossierStep, Evidence, ExitCheck, Objection
from dossiers.queries.dossiers import STEP_NAME, dossiers_on_list, first_open_objection, household_of_number
from households.models import Household
from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.history import History
from registry.admin.site import actor_at
from registry.admin.verbs import Verb
from registry.tenancy.context import Actor
from villages.admin.labels import code_label


def _is_open(dossier: Dossier) -> bool:
    return dossier.state == State.OPEN


def _is_open_exit(dossier: Dossier) -> bool:
    return _is_open(dossier) and dossier.kind == Kind.EXIT


def _step(dossier: Dossier, values: dict[str, Any], actor: Actor) -> Dossier:
    version = values.pop("version")
    return do_step(dossier.pk, StepFacts(**values), actor=actor, version=version)


def _evidence(dossier: Dossier, values: dict[str, Any], actor: Actor) -> Evidence:
    file = values.pop("file")
    return add_evidence(dossier.pk, file.read(), name=file.name, actor=actor, **values)


def _apply(dossier: Dossier, values: dict[str, Any], actor: Actor) -> object:
    version = values.pop("version")
    lists = {name: tuple(values[name]) for name in ("cause_codes", "consent_sectors")}
    return apply_for(dossier.pk, ApplicationDraft(**values | lists), actor=actor, version=version)


def _consent(dossier: Dossier, values: dict[str, Any], actor: Actor) -> Dossier:
    sectors = tuple(values["sectors"])
    return record_consent(dossier.pk, sectors, on=values["on"], actor=actor, version=values["version"])


def _check(dossier: Dossier, values: dict[str, Any], actor: Actor) -> ExitCheck:
    version = values.pop("version")
    return record_exit_check(dossier.pk, ExitFindings(**values), actor=actor, version=version)


def _object(dossier: Dossier, values: dict[str, Any], actor: Actor) -> Objection:
    return raise_objection(dossier.pk, values.pop("text"), actor=actor, **values)


def _answer(dossier: Dossier, values: dict[str, Any], actor: Actor) -> Objection:
    return answer_objection(dossier.pk, first_open_objection(dossier), actor=actor, **values)


def _withdraw(dossier: Dossier, values: dict[str, Any], actor: Actor) -> Dossier:
    return withdraw_dossier(dossier.pk, actor=actor, **values)


def _refuse(dossier: Dossier, values: dict[str, Any], actor: Actor) -> Dossier:
    return refuse_dossier(dossier.pk, actor=actor, **values)


def _finish(dossier: Dossier, values: dict[str, Any], actor: Actor) -> Dossier:
    return finish_dossier(dossier.pk, actor=actor, **values)


class DossierInline(TenantTabularInline):
    """The dossiers of a household."""

    model = Dossier
    view_action = "dossiers.view"
    fields = ("kind", "state", "begun_on", "effective_on", "ended_on")
    show_change_link = True


class StepInline(TenantTabularInline):
    """The steps that were done."""

    model = DossierStep
    view_action = "dossiers.view"
    fields = ("step", "starts_on", "ends_on", "is_passed", "present_count", "votes_for", "votes_against", "remark")

    @override
    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.select_related("step")


class ObjectionInline(TenantTabularInline):
    """What is held against the dossier."""

    model = Objection
    view_action = "dossiers.view"
    fields = ("raised_on", "text", "answered_on", "answer", "is_upheld")


class EvidenceInline(TenantTabularInline):
    """The files."""

    model = Evidence
    view_action = "dossiers.view"
    fields = ("position", "kind_label", "file")
    kind_label = code_label(Evidence, "kind_code", "evidence_kind")

    @admin.display(description=_("File"))
    def file(self, evidence: Evidence) -> str:
        """Show the link by which the file is downloaded."""
        return format_html('<a href="{}">{}</a>', reverse("admin:evidence-file", args=[evidence.pk]), _("Download"))


class ExitCheckInline(TenantTabularInline):
    """The check before exit."""

    model = ExitCheck
    view_action = "dossiers.view"
    fields = ("checked_on", "has_food_and_clothing", "has_schooling", "has_medical_care", "has_safe_housing",
              "has_safe_water", "net_per_head_yuan", "line_yuan")  # fmt: skip


@admin.register(Dossier)
class DossierAdmin(TenantModelAdmin):
    """The dossiers of the area."""

    view_action, add_action = "dossiers.view", "dossiers.begin"
    list_display = ("household", "kind", "state", "following", "begun_on")
    list_filter = ("state", "kind")
    search_fields = ("household__number",)
    history = History(links={"household": Household})
    inlines = (StepInline, EvidenceInline, ObjectionInline, ExitCheckInline)
    verbs: ClassVar = (
        Verb("step", _("Do the next step"), "dossiers.do_step", run=_step, form=forms.StepForm, offered=_is_open),
        Verb("evidence", _("Add a file"), "dossiers.do_step", run=_evidence, form=forms.EvidenceForm, offered=_is_open),
        Verb("apply", _("Enter the application"), "dossiers.do_step", run=_apply, form=forms.ApplicationForm,
             offered=_is_open),
        Verb("consent", _("Record the consent"), "dossiers.do_step", run=_consent, form=forms.ConsentForm,
             offered=_is_open),
        Verb("exit-check", _("Check before exit"), "dossiers.do_step", run=_check, form=forms.ExitCheckForm,
             offered=_is_open_exit),
        Verb("object", _("Raise an objection"), "dossiers.object", run=_object, form=forms.ObjectionForm,
             offered=_is_open),
        Verb("answer", _("Answer the objection"), "dossiers.answer", run=_answer, form=forms.AnswerForm,
             offered=_is_open),
        Verb("withdraw", _("Withdraw"), "dossiers.withdraw", run=_withdraw, form=forms.EndForm, offered=_is_open,
             danger=True),
        Verb("refuse", _("Refuse"), "dossiers.refuse", run=_refuse, form=forms.EndForm, offered=_is_open, danger=True),
        Verb("finish", _("Finish"), "dossiers.finish", run=_finish, form=forms.FinishForm, offered=_is_open,
             intro=_("The household changes from the day of the announcement.")),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Dossier]:
        return dossiers_on_list(actor_at(request))

    @admin.display(description=_("Next step"))
    def following(self, dossier: Dossier) -> str:
        """Show number and name of the step that comes next."""
        name = getattr(dossier, STEP_NAME)
        return f"{dossier.next_position} {name}" if name and _is_open(dossier) else self.get_empty_value_display()

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ("household_number", "template", "category_code", "manner_code", "begun_on")
        return (
            "household", "template", "state", "following", "begun_on", "consent_on", "effective_on", "ended_on",
            "end_reason",
        )  # fmt: skip

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.get_fields(request, obj) if obj else ()

    @override
    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            kwargs["form"] = forms.BeginForm
        return super().get_form(request, obj, change=change, **kwargs)

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> Dossier:
        template = values["template"]
        codes = {Kind.MONITOR: values["category_code"], Kind.REMOVE_RISK: values["manner_code"]}
        household_id = household_of_number(values["household_number"], actor=actor)
        return begin_dossier(
            household_id, template.key, on=values["begun_on"], actor=actor, code=codes.get(template.kind, "")
        )
