"""Dossiers: list, page, and what can be done to one."""

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from dossiers.admin import forms
from dossiers.admin.filters import NextFormFilter, StepDueFilter, TurnFilter
from dossiers.admin.looks import LookInline
from dossiers.domain.checks import StepFacts, papers_of, what_is_missing
from dossiers.domain.endings import finish_dossier, refuse_dossier, withdraw_dossier
from dossiers.domain.opening import begin_dossier
from dossiers.domain.papers import (
    ApplicationDraft,
    ExitFindings,
    add_evidence,
    answer_objection,
    apply_for,
    correct_application,
    raise_objection,
    record_consent,
    record_exit_check,
    withdraw_consent,
)
from dossiers.domain.steps import do_step
from dossiers.enums import Form, Kind, State
from dossiers.models import Application, Dossier, DossierStep, Evidence, ExitCheck, Objection
from dossiers.queries.dossiers import (
    STEP_FORM,
    STEP_NAME,
    STEP_ROLES,
    current_application,
    dossiers_on_list,
    first_open_objection,
    is_judged,
    latest_assessment,
    missing_evidence,
)
from dossiers.queries.waiting import DUE_ON
from households.admin.filters import TownshipFilter
from households.models import Household
from households.queries.finding import household_of_number
from households.queries.lists import VILLAGE_NAME
from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.history import History
from registry.admin.site import actor_at
from registry.admin.verbs import Verb
from registry.enums import Role
from registry.lib.periods import today
from registry.models import Document
from registry.tenancy.context import Actor, current_actor
from villages.admin.labels import code_label


def _is_open(dossier: Dossier) -> bool:
    return dossier.state == State.OPEN


def _is_next(*forms_: Form, besides: bool = False) -> Callable[[Dossier], bool]:
    """Tell whether the next step of an open dossier is the actor's, and has one of the forms, or none of them."""

    def offered(dossier: Dossier) -> bool:
        form = getattr(dossier, STEP_FORM)
        is_asked = _is_open(dossier) and form is not None and (form in forms_) is not besides
        return is_asked and current_actor().role in getattr(dossier, STEP_ROLES)

    return offered


def _has_no_step_left(dossier: Dossier) -> bool:
    return _is_open(dossier) and getattr(dossier, STEP_FORM) is None


def _has_open_objection(dossier: Dossier) -> bool:
    return _is_open(dossier) and Objection.objects.filter(dossier=dossier, answered_on__isnull=True).exists()


def _has_no_application(dossier: Dossier) -> bool:
    if dossier.kind in {Kind.EXIT, Kind.REMOVE_RISK}:
        return False  # nobody applies for these
    return _is_open(dossier) and not Application.objects.filter(dossier=dossier).exists()


def _may_be_corrected(dossier: Dossier) -> bool:
    return _is_open(dossier) and current_application(dossier) is not None and not is_judged(dossier)


def _application_now(dossier: Dossier) -> dict[str, Any]:
    found = current_application(dossier)
    names = ("applied_on", "manner", "has_thumb_print", "net_per_head_yuan", "cause_codes", "statement")
    return {} if found is None else {name: getattr(found, name) for name in names}


def _consents_now(dossier: Dossier) -> bool:
    return _is_open(dossier) and dossier.consent_on is not None and dossier.consent_withdrawn_on is None


def _step_now(dossier: Dossier) -> dict[str, Any]:
    return {"position": dossier.next_position, "step_name": getattr(dossier, STEP_NAME) or ""}


def _file_now(dossier: Dossier) -> dict[str, Any]:
    return {"kind_code": next(iter(missing_evidence(dossier)), "")}


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


def _correct(dossier: Dossier, values: dict[str, Any], actor: Actor) -> object:
    own = {name: values.pop(name) for name in ("version", "reason")}
    lists = {name: tuple(values[name]) for name in ("cause_codes", "consent_sectors")}
    return correct_application(dossier.pk, ApplicationDraft(**values | lists), actor=actor, **own)


def _withdraw_consent(dossier: Dossier, values: dict[str, Any], actor: Actor) -> Dossier:
    return withdraw_consent(dossier.pk, actor=actor, **values)


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


class ApplicationInline(TenantTabularInline):
    """The household's own assessment and application."""

    model = Application
    view_action = "dossiers.view"
    fields = ("edition", "applied_on", "manner", "has_thumb_print", "net_per_head_yuan", "causes_label", "statement",
              "reason")  # fmt: skip
    causes_label = code_label(Application, "cause_codes", "poverty_cause")


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
    fields = ("step", "starts_on", "ends_on", "is_passed", "manner", "attendance", "late", "remark")

    @admin.display(description=_("Attendance and votes"))
    def attendance(self, step: DossierStep) -> str:
        """Show who came of those entitled, and the votes for and against."""
        if step.present_count is None:
            return "–"
        return f"{step.present_count}/{step.entitled_count}，{step.votes_for}:{step.votes_against}"

    @admin.display(description=_("Late"))
    def late(self, step: DossierStep) -> str:
        """Show by how many days the step was late, and why."""
        days = gettext("Days: %(days)s") % {"days": step.late_days}
        return f"{days}，{step.late_reason}" if step.late_days else "–"

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
    list_display = ("household", "place", "kind", "state", "following", "last_day", "begun_on")
    list_filter = (TownshipFilter, TurnFilter, NextFormFilter, StepDueFilter, "state", "kind")
    search_fields = ("household__number",)
    history = History(
        models=(Document, Application, ExitCheck, Evidence, Objection, DossierStep),
        codes={
            "kind_code": "evidence_kind",
            "cause_codes": "poverty_cause",
            "consent_sectors": "comparison_sector",
        },
        links={"household": Household},
    )
    inlines = (StepInline, EvidenceInline, ApplicationInline, LookInline, ObjectionInline, ExitCheckInline)
    verbs: ClassVar = (
        Verb("step", _("Do the next step"), "dossiers.do_step", run=_step, form=forms.StepForm, initial=_step_now,
             offered=_is_next(Form.MEETING, Form.NOTICE, Form.SIGNATURE, besides=True)),
        Verb("meeting", _("Do the next step"), "dossiers.do_step", run=_step, form=forms.MeetingForm,
             initial=_step_now, offered=_is_next(Form.MEETING)),
        Verb("notice", _("Do the next step"), "dossiers.do_step", run=_step, form=forms.NoticeForm,
             initial=_step_now, offered=_is_next(Form.NOTICE)),
        Verb("signature", _("Do the next step"), "dossiers.do_step", run=_step, form=forms.SignatureForm,
             initial=_step_now, offered=_is_next(Form.SIGNATURE)),
        Verb("evidence", _("Add a file"), "dossiers.do_step", run=_evidence, form=forms.EvidenceForm, offered=_is_open,
             icon="attach_file", initial=_file_now),
        Verb("apply", _("Enter the application"), "dossiers.do_step", run=_apply, form=forms.ApplicationForm,
             offered=_has_no_application, icon="edit_document",
             intro=_("What the household says of itself. Leave empty what it does not know.")),
        Verb("correct", _("Correct the application"), "dossiers.do_step", run=_correct, form=forms.CorrectionForm,
             offered=_may_be_corrected, icon="edit_document", initial=_application_now,
             intro=_("The former edition is kept. Choose sectors only where the household consents anew.")),
        Verb("withdraw-consent", _("Withdraw the consent"), "dossiers.do_step", run=_withdraw_consent,
             form=forms.WithdrawConsentForm, offered=_consents_now, danger=True,
             intro=_("From that day on nothing is compared, until the household consents anew.")),
        Verb("consent", _("Record the consent"), "dossiers.do_step", run=_consent, form=forms.ConsentForm,
             offered=_is_open),
        Verb("exit-check", _("Check before exit"), "dossiers.do_step", run=_check, form=forms.ExitCheckForm,
             offered=_is_open_exit, icon="fact_check", initial=latest_assessment),
        Verb("object", _("Raise an objection"), "dossiers.object", run=_object, form=forms.ObjectionForm,
             offered=_is_open),
        Verb("answer", _("Answer the objection"), "dossiers.answer", run=_answer, form=forms.AnswerForm,
             offered=_has_open_objection),
        Verb("withdraw", _("Withdraw"), "dossiers.withdraw", run=_withdraw, form=forms.EndForm, offered=_is_open,
             danger=True),
        Verb("refuse", _("Refuse"), "dossiers.refuse", run=_refuse, form=forms.EndForm, offered=_is_open, danger=True),
        Verb("finish", _("Finish"), "dossiers.finish", run=_finish, form=forms.FinishForm, offered=_has_no_step_left,
             intro=_("The household changes from the day of the announcement.")),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Dossier]:
        return dossiers_on_list(actor_at(request))

    sectors_label = code_label(Dossier, "consent_sectors", "comparison_sector")

    @admin.display(description=_("village"))
    def place(self, dossier: Dossier) -> str:
        """Show the village's name, or the code of one outside the area."""
        return str(getattr(dossier, VILLAGE_NAME) or dossier.scope_code)

    @admin.display(description=_("Last day of the next step"), ordering=DUE_ON)
    def last_day(self, dossier: Dossier) -> date | None:
        """Show by when the step is to be done where the template gives it days at most."""
        day: date | None = getattr(dossier, DUE_ON) if _is_open(dossier) else None
        return day

    @admin.display(description=_("Next step"))
    def following(self, dossier: Dossier) -> str:
        """Show number and name of the step that comes next."""
        name = getattr(dossier, STEP_NAME)
        return f"{dossier.next_position} {name}" if name and _is_open(dossier) else self.get_empty_value_display()

    @admin.display(description=_("Who does it"))
    def doers(self, dossier: Dossier) -> str:
        """Name those to whom the template gives the next step."""
        roles = getattr(dossier, STEP_ROLES) if _is_open(dossier) else None
        return ", ".join(str(Role(code).label) for code in roles or ()) or self.get_empty_value_display()

    @admin.display(description=_("Still missing for it"))
    def missing(self, dossier: Dossier) -> str:
        """Show what must be put into the dossier before its next step is done."""
        if not _is_open(dossier):
            return self.get_empty_value_display()  # type: ignore[no-any-return]  # the theme has no types
        (papers,) = papers_of([dossier])
        sentences = ((error.message,) for error in what_is_missing(papers, on=today()))
        return format_html_join("", "<p>{}</p>", sentences) or self.get_empty_value_display()

    @override
    def _form_context(self, request: HttpRequest, object_id: str | None) -> dict[str, Any]:
        """Offer the checklist of the visit beside the verbs."""
        context = super()._form_context(request, object_id)
        if object_id is None or not self.may(request, "dossiers.look"):
            return context
        dossier = self.get_object(request, object_id)
        if not _is_open(dossier):
            return context
        address = reverse("admin:household-look", args=[dossier.household_id])
        look = {"title": _("Nine-look"), "link": f"{address}?dossier={dossier.pk}", "icon": "checklist"}
        return {**context, "verb_links": [*context["verb_links"][:3], look, *context["verb_links"][3:]]}

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ("household_number", "template", "category_code", "manner_code", "cause_code", "begun_on")
        return (
            "household", "template", "state", "following", "doers", "missing", "begun_on", "consent_on",
            "sectors_label", "consent_withdrawn_on", "effective_on", "ended_on", "end_reason",
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
        household_id = household_of_number(values["household_number"], actor=actor)
        return begin_dossier(
            household_id,
            template.key,
            on=values["begun_on"],
            actor=actor,
            code=forms.code_of(Kind(template.kind), values),
        )
