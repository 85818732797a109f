"""Grievances: the form on a household's page, the list, the page of one, and the sheet for the level above."""

from typing import Any, ClassVar, Final
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from assistance.enums import AGREEMENT_SCHEME
from assistance.queries.pairings import helpers_of
from concerns.domain.grievances import (
    AnswerDraft,
    GrievanceDraft,
    acknowledge_grievance,
    answer_grievance,
    file_grievance,
    record_reply,
    withdraw_grievance,
)
from concerns.domain.whom import Whom
from concerns.enums import (
    CHANGE_OF_TEAM,
    CHANNEL_SCHEME,
    MATTER_SCHEME,
    PENDING,
    REMEDY_SCHEME,
    Against,
    GrievanceState,
    Reply,
    Verdict,
)
from concerns.models import Grievance, GrievanceAnswer
from concerns.queries.grievances import (
    answers_of,
    find_grievance,
    grievances_visible_to,
    late,
    may_answer,
    pending,
    teams_of,
)
from concerns.workflow import GRIEVANCE_CHANGES
from households.queries.visibility import find_household
from registry.admin.base import TenantModelAdmin, TenantStackedInline
from registry.admin.forms import SiteForm
from registry.admin.pages import FormPage, form_page
from registry.admin.site import actor_at, site
from registry.admin.verbs import Verb
from registry.lib.periods import today
from registry.tenancy.context import Actor, current_actor
from villages.admin.fields import VersionedForm, code_field
from villages.admin.labels import code_label, labels_of
from villages.workflow import starts_from

_ANSWER: Final = "concerns.answer_grievance"
_REPLY: Final = "concerns.record_reply"


class NewGrievanceForm(SiteForm):
    """What a household complains of, and whom."""

    matter_code = code_field(MATTER_SCHEME, _("about"), required=True)
    against = forms.ChoiceField(label=_("against whom"), choices=Against.choices)
    helper_id = forms.TypedChoiceField(label=_("helper"), coerce=UUID, empty_value=None, required=False)
    team_id = forms.TypedChoiceField(label=_("work team"), coerce=UUID, empty_value=None, required=False)
    username = forms.CharField(
        label=_("login"), max_length=60, required=False, help_text=_("Of somebody with a login: its name.")
    )
    channel_code = code_field(CHANNEL_SCHEME, _("how it was told"), required=True)
    filed_on = forms.DateField(label=_("filed on"), initial=today)
    text = forms.CharField(label=_("what is complained of"), max_length=1000, widget=forms.Textarea)

    def __init__(self, *args: Any, initial: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, initial=initial, **kwargs)
        for name in ("helper_id", "team_id"):
            self.fields[name].choices = [("", "–"), *initial[f"{name}_choices"]]  # type: ignore[attr-defined]  # a field with choices


class SeenForm(VersionedForm):
    """A step that needs nothing but to be confirmed."""


class AnswerForm(VersionedForm):
    """What the household is answered."""

    answered_on = forms.DateField(label=_("answered on"), initial=today)
    verdict = forms.ChoiceField(label=_("the answer in a word"), choices=Verdict.choices)
    remedy_code = code_field(REMEDY_SCHEME, _("where it is put right"))
    text = forms.CharField(label=_("answer"), max_length=1000, widget=forms.Textarea)


class ReplyForm(VersionedForm):
    """What the household says to it."""

    reply = forms.ChoiceField(label=_("the household says"), choices=Reply.choices)
    on = forms.DateField(label=_("said on"), initial=today)


class TakenBackForm(VersionedForm):
    """The word by which the household takes it back."""

    word_on = forms.DateField(label=_("said on"), initial=today)
    word_code = code_field(AGREEMENT_SCHEME, _("how the household said so"), required=True)


def _acknowledge(row: Grievance, values: dict[str, Any], actor: Actor) -> Grievance:
    return acknowledge_grievance(row.pk, actor=actor, **values)


def _answer(row: Grievance, values: dict[str, Any], actor: Actor) -> Grievance:
    version = values.pop("version")
    return answer_grievance(row.pk, AnswerDraft(**values), actor=actor, version=version)


def _reply(row: Grievance, values: dict[str, Any], actor: Actor) -> Grievance:
    is_content = values.pop("reply") == Reply.CONTENT
    return record_reply(row.pk, is_content=is_content, actor=actor, **values)


def _withdraw(row: Grievance, values: dict[str, Any], actor: Actor) -> Grievance:
    return withdraw_grievance(row.pk, actor=actor, **values)


def _is_to_acknowledge(row: Grievance) -> bool:
    return row.state == GrievanceState.FILED and may_answer(row, current_actor())


def _is_to_answer(row: Grievance) -> bool:
    return row.state in PENDING and may_answer(row, current_actor())


def _is_answered(row: Grievance) -> bool:
    return row.state == GrievanceState.ANSWERED


def _is_not_over(row: Grievance) -> bool:
    return starts_from(GRIEVANCE_CHANGES, "withdraw", present=row.state)


class AnswerInline(TenantStackedInline):
    """What was answered at each level, and what the household said."""

    model = GrievanceAnswer
    view_action = "concerns.view_grievances"
    fields = ("level", "answered_on", "verdict", "remedy_link", "text", "reply", "replied_on")

    @admin.display(description=_("where it is put right"))
    def remedy_link(self, answer: GrievanceAnswer) -> str:
        """Lead to the page on which what was upheld is put right: the household's, or the team's."""
        if not answer.remedy_code:
            return "–"
        team_id = answer.grievance.team_id if answer.remedy_code == CHANGE_OF_TEAM else None
        place = ("households_household", answer.household_id) if team_id is None else ("villages_workteam", team_id)
        address = reverse(f"admin:{place[0]}_change", args=[place[1]])
        return format_html('<a href="{}">{}</a>', address, labels_of(REMEDY_SCHEME, answer.remedy_code))


class PendingFilter(admin.SimpleListFilter):
    """What waits for an office, and what is late."""

    title = _("waiting")
    parameter_name = "waiting"

    @override
    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return (("late", _("Overdue")), ("all", _("All that waits")))

    @override
    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "late":
                return late(queryset, today())
            case "all":
                return pending(queryset)
            case _:
                return queryset


@admin.register(Grievance)
class GrievanceAdmin(TenantModelAdmin):
    """The grievances that the one at work may see; a new one is filed on the page of its household."""

    view_action = "concerns.view_grievances"
    has_history = False
    list_display = ("number", "household_number", "matter_label", "against", "level", "state", "answer_by")
    list_filter = (PendingFilter, "state", "level")
    ordering = ("answer_by", "id")
    inlines = (AnswerInline,)
    fields = (
        "number",
        "household_link",
        "filed_on",
        "channel_label",
        "matter_label",
        "text",
        "against",
        "whom",
        "level",
        "state",
        "acknowledge_by",
        "answer_by",
        "acknowledged_on",
        "closed_on",
        "word_on",
        "word_label",
        "sheet_link",
    )
    readonly_fields = ("number", "word_label", "household_link", "channel_label", "matter_label", "whom", "sheet_link")
    matter_label = code_label(Grievance, "matter_code", MATTER_SCHEME)
    word_label = code_label(Grievance, "word_code", AGREEMENT_SCHEME)
    channel_label = code_label(Grievance, "channel_code", CHANNEL_SCHEME)
    verbs: ClassVar = (
        Verb("acknowledge", _("Acknowledge"), _ANSWER, run=_acknowledge, form=SeenForm, offered=_is_to_acknowledge,
             icon="mark_email_read"),
        Verb("answer", _("Answer"), _ANSWER, run=_answer, form=AnswerForm, offered=_is_to_answer, icon="reply",
             intro=_("What is upheld is put right where the register has its place for it: a request for a change, a "
                     "dossier, a hand-over. Nothing is changed by this answer.")),
        Verb("reply", _("What the household says"), _REPLY, run=_reply, form=ReplyForm, offered=_is_answered,
             icon="record_voice_over"),
        Verb("withdraw", _("The household takes it back"), _REPLY, run=_withdraw, form=TakenBackForm,
             offered=_is_not_over, icon="undo", danger=True),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Grievance]:
        return grievances_visible_to(actor_at(request))

    @admin.display(description=_("household"))
    def household_link(self, row: Grievance) -> str:
        """Lead to the household, whose number is all that the level above the county sees."""
        address = reverse("admin:households_household_change", args=[row.household_id])
        return format_html('<a href="{}">{}</a>', address, row.household_number)

    @admin.display(description=_("who it is"))
    def whom(self, row: Grievance) -> str:
        """Name who is complained of; not the team of a village outside the area, from where the household came."""
        try:
            return str(row.helper or row.team or row.account or self.get_empty_value_display())
        except ObjectDoesNotExist:
            return str(self.get_empty_value_display())

    @admin.display(description=_("sheet for the next level"))
    def sheet_link(self, row: Grievance) -> str:
        """Lead to the paper that goes up."""
        address = reverse("admin:grievance-sheet", args=[row.pk])
        return format_html('<a href="{}">{}</a>', address, gettext("Print"))


def file_page(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Take down a grievance of a household, and say who answers it: the page of it may be closed to who filed it."""
    actor = actor_at(request)
    household = find_household(household_id, actor=actor)
    back = reverse("admin:households_household_change", args=[household.pk])

    def submit(values: dict[str, Any]) -> HttpResponse:
        whom = Whom(**{name: values.pop(name) for name in ("against", "helper_id", "team_id", "username")})
        row = file_grievance(household.pk, GrievanceDraft(**values), whom, actor=actor)
        messages.success(
            request,
            _("Filed. It is answered by: %(level)s. Tell the household so.") % {"level": row.get_level_display()},
        )
        return HttpResponseRedirect(back)

    page = FormPage(
        _("File a grievance"),
        back,
        _("Whoever is complained of never sees it, and you may be unable to open it afterwards."),
        button=_("File a grievance"),
    )
    initial = {
        "helper_id_choices": [(str(one.pk), one.name) for one in helpers_of(household.pk, actor=actor)],
        "team_id_choices": [(str(one.pk), str(one)) for one in teams_of(household)],
    }
    return form_page(request, page, NewGrievanceForm, submit, initial=initial)


def sheet_page(request: HttpRequest, grievance_id: UUID) -> HttpResponse:
    """Show the paper for the level above the county: numbers, days and answers, no name and no word."""
    row = find_grievance(grievance_id, actor=actor_at(request))
    context = site.each_context(request) | {
        "title": gettext("Grievance %(number)s") % {"number": row.number},
        "row": row,
        "answers": answers_of(row.pk),
    }
    return TemplateResponse(request, "concerns/admin/sheet.html", context)
