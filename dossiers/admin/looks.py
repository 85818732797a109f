"""Checklists of visits: the county's editions, the page on which one is filled in on a phone, what was filled in."""

from dataclasses import replace
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from dossiers.domain.looks import Answer, ItemDraft, draft_of_look_form, record_look, revise_look_form
from dossiers.models import Look, LookForm, LookItem
from dossiers.queries.dossiers import find_dossier
from dossiers.queries.looks import derivation_of, items_of, look_form_in_use, look_forms_in_use
from households.queries.visibility import find_household
from registry.admin.base import TenantModelAdmin, TenantTabularInline
from registry.admin.forms import SiteForm, dress
from registry.admin.pages import FormPage, form_page
from registry.admin.site import actor_at, site
from registry.admin.verbs import Verb
from registry.lib.errors import DomainError, NotFound
from registry.lib.periods import today
from registry.tenancy.context import Actor
from villages.admin.fields import VersionedForm

_NEW_EDITION = _("A new edition is written. What was filled in by this one keeps it.")


class LookPageForm(SiteForm):
    """One question after the other, each with few choices and a remark."""

    looked_on = forms.DateField(label=_("Visited on"), initial=today)

    def __init__(self, *args: Any, initial: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, initial=initial, **kwargs)
        for item in initial["items"]:
            choice: forms.ChoiceField = forms.ChoiceField(
                label=item.question or item.name,
                choices=list(enumerate(item.choices)),
                widget=forms.RadioSelect(attrs={"class": "look-choice"}),
            )
            choice.heading = f"{item.position} {item.name}"  # type: ignore[attr-defined]  # what the page shows above
            self.fields[f"choice_{item.position}"] = choice
            self.fields[f"remark_{item.position}"] = forms.CharField(label=_("Remark"), max_length=200, required=False)
        dress(self)


def look_page(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Let people choose the checklist of their area, show its questions, and write the answers."""
    actor = actor_at(request)
    household = find_household(household_id, actor=actor)
    dossier_id = _dossier_id(request)
    back = reverse("admin:households_household_change", args=[household.pk])
    if dossier_id is not None:
        back = reverse("admin:dossiers_dossier_change", args=[find_dossier(dossier_id, actor=actor).pk])
    key = request.GET.get("form", "")
    if not key:
        return _choose_form(request, back, household.number)
    items = items_of(look_form_in_use(key))

    def submit(values: dict[str, Any]) -> HttpResponse:
        answers = [Answer(int(values[f"choice_{item.position}"]), values[f"remark_{item.position}"]) for item in items]
        record_look(household.pk, key, answers, on=values["looked_on"], actor=actor, dossier_id=dossier_id)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(back)

    page = FormPage(
        _("Nine-look"), back, _("What is seen of the household's conditions; no names of persons in the remarks."),
        button=_("Save the checklist"),
    )  # fmt: skip
    return form_page(
        request, page, LookPageForm, submit, initial={"items": items}, context={"record": household.number}
    )


def _dossier_id(request: HttpRequest) -> UUID | None:
    text = request.GET.get("dossier", "")
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area.")) from error


def _choose_form(request: HttpRequest, back: str, number: str) -> HttpResponse:
    dossier = request.GET.get("dossier", "")
    links = [
        {"title": form.name, "link": f"?form={form.key}" + (f"&dossier={dossier}" if dossier else "")}
        for form in look_forms_in_use()
    ]
    values = {**site.each_context(request), "title": _("Nine-look"), "links": links, "back": back, "record": number}
    return TemplateResponse(request, "dossiers/admin/choose_look.html", values)


class LookInline(TenantTabularInline):
    """The checklists that were filled in, each with how its score comes about."""

    model = Look
    view_action = "dossiers.view"
    fields = ("looked_on", "form", "score_label", "outcome", "derivation")

    @override
    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.select_related("form").prefetch_related("form__items")

    @admin.display(description=_("Score"))
    def score_label(self, look: Look) -> str:
        """Show the score of the full one."""
        return f"{look.score} / {look.form.full_score}"

    @admin.display(description=_("How it comes about"))
    def derivation(self, look: Look) -> str:
        """Show question, answer, points of the most, and the remark, a line each."""
        lines = derivation_of(look, sorted(look.form.items.all(), key=lambda item: item.position))
        rows = (
            (line.position, line.name, line.choice, line.points, line.most_points,
             f"（{line.remark}）" if line.remark else "")
            for line in lines
        )  # fmt: skip
        listed = format_html_join("", "<li>{} {}：{}，{}/{}{}</li>", rows)
        return format_html("<details><summary>{}</summary><ul>{}</ul></details>", _("Show"), listed)


class ItemForm(VersionedForm):
    """One question of a checklist, at the position where it is to stand."""

    position = forms.IntegerField(label=_("Position"), min_value=1)
    name = forms.CharField(label=_("name"), max_length=60)
    question = forms.CharField(label=_("Question"), max_length=200, required=False)
    weight = forms.DecimalField(label=_("Weight"), max_digits=5, decimal_places=2, initial=1)
    choices = forms.CharField(
        label=_("Choices"), widget=forms.Textarea, help_text=_("One a line, 2 to 5, from the best to the hardest.")
    )


class ItemPositionForm(VersionedForm):
    """The question that is to go."""

    position = forms.IntegerField(label=_("Position"), min_value=1)


class HeadForm(VersionedForm):
    """Name, full score and outcomes of a checklist."""

    name = forms.CharField(label=_("name"), max_length=60)
    full_score = forms.IntegerField(label=_("Full score"), min_value=1, max_value=1000)
    outcomes = forms.CharField(
        label=_("Outcomes"),
        widget=forms.Textarea,
        help_text=_("One a line: the score from which it holds, a blank, and what is done next. The first is 0."),
    )


def _is_current(form: LookForm) -> bool:
    return form.is_current


def _place(count: int, position: int) -> int:
    if not 1 <= position <= count:
        raise NotFound("look_form.no_item", _("The checklist has no question of this number."), field="position")
    return position - 1


def _item(values: dict[str, Any]) -> ItemDraft:
    choices = tuple(line.strip() for line in values["choices"].splitlines() if line.strip())
    return ItemDraft(values["name"], choices, values["weight"], values["question"])


def _amend(form: LookForm, values: dict[str, Any], actor: Actor) -> LookForm:
    draft = draft_of_look_form(form)
    place = _place(len(draft.items), values["position"])
    items = (*draft.items[:place], _item(values), *draft.items[place + 1 :])
    return revise_look_form(form.pk, replace(draft, items=items), actor=actor, version=values["version"])


def _insert(form: LookForm, values: dict[str, Any], actor: Actor) -> LookForm:
    draft = draft_of_look_form(form)
    place = min(values["position"] - 1, len(draft.items))
    items = (*draft.items[:place], _item(values), *draft.items[place:])
    return revise_look_form(form.pk, replace(draft, items=items), actor=actor, version=values["version"])


def _remove(form: LookForm, values: dict[str, Any], actor: Actor) -> LookForm:
    draft = draft_of_look_form(form)
    place = _place(len(draft.items), values["position"])
    items = (*draft.items[:place], *draft.items[place + 1 :])
    return revise_look_form(form.pk, replace(draft, items=items), actor=actor, version=values["version"])


def _head(form: LookForm, values: dict[str, Any], actor: Actor) -> LookForm:
    lines = [line.split(maxsplit=1) for line in values["outcomes"].splitlines() if line.strip()]
    try:
        pairs = [(Decimal(bound), outcome.strip()) for bound, outcome in lines]
    except (ValueError, ArithmeticError) as error:
        message = _("Write each outcome as a score, a blank, and the words.")
        raise DomainError("look_form.outcomes", message, field="outcomes") from error
    draft = replace(
        draft_of_look_form(form),
        name=values["name"],
        full_score=values["full_score"],
        bounds=tuple(bound for bound, _outcome in pairs),
        outcomes=tuple(outcome for _bound, outcome in pairs),
    )
    return revise_look_form(form.pk, draft, actor=actor, version=values["version"])


def _head_now(form: LookForm) -> dict[str, Any]:
    pairs = zip(form.bounds, form.outcomes, strict=True)
    return {
        "name": form.name,
        "full_score": form.full_score,
        "outcomes": "\n".join(f"{bound} {outcome}" for bound, outcome in pairs),
    }


class LookItemInline(TenantTabularInline):
    """The questions of an edition."""

    model = LookItem
    view_action = "dossiers.view"
    fields = ("position", "name", "question", "weight", "choices_label")

    @admin.display(description=_("Choices"))
    def choices_label(self, item: LookItem) -> str:
        """Show the choices in their order."""
        return " / ".join(item.choices)


@admin.register(LookForm)
class LookFormAdmin(TenantModelAdmin):
    """The editions of the county's checklists."""

    view_action = "dossiers.view"
    has_history = False
    list_display = ("name", "terrain", "edition", "is_current", "is_local")
    list_filter = ("is_current", "terrain")
    fields = readonly_fields = (
        "key", "name", "terrain", "edition", "is_current", "is_local", "source", "full_score", "outcomes_label",
    )  # fmt: skip
    inlines = (LookItemInline,)
    verbs: ClassVar = (
        Verb("amend-head", _("Name and outcomes"), "dossiers.manage_templates", run=_head, form=HeadForm,
             offered=_is_current, intro=_NEW_EDITION, initial=_head_now),
        Verb("amend-item", _("Amend a question"), "dossiers.manage_templates", run=_amend, form=ItemForm,
             offered=_is_current, intro=_NEW_EDITION),
        Verb("insert-item", _("Insert a question"), "dossiers.manage_templates", run=_insert, form=ItemForm,
             offered=_is_current, intro=_NEW_EDITION),
        Verb("remove-item", _("Remove a question"), "dossiers.manage_templates", run=_remove, form=ItemPositionForm,
             offered=_is_current, intro=_NEW_EDITION),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[LookForm]:
        return LookForm.objects.order_by("key", "-edition")

    @admin.display(description=_("Outcomes"))
    def outcomes_label(self, form: LookForm) -> str:
        """Show from which score which outcome holds."""
        return "；".join(f"≥{bound} {outcome}" for bound, outcome in zip(form.bounds, form.outcomes, strict=True))
