"""What is about the county office itself: the audit administrator alone sees it, and enters what came from above."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assistance.enums import AGREEMENT_SCHEME
from concerns.admin.grievances import AnswerForm, SeenForm
from concerns.domain.grievances import (
    AnswerDraft,
    acknowledge_grievance,
    answer_grievance,
    record_reply,
    withdraw_grievance,
)
from concerns.enums import MATTER_SCHEME, PENDING, GrievanceState, Reply
from concerns.queries.grievances import answers_of, find_grievance, grievances_visible_to
from registry.admin.forms import SiteForm
from registry.admin.pages import FormPage, form_page
from registry.admin.site import actor_at, site
from registry.lib.periods import today
from registry.tenancy.context import Actor
from villages.admin.fields import VersionedForm, code_field
from villages.admin.labels import labels_of

_SHOWN: Final = 300
_TAKEN_BACK: Final = "withdrawn"


class WordForm(VersionedForm):
    """What the household says to the answer, or that it takes the grievance back."""

    reply = forms.ChoiceField(
        label=_("the household says"), choices=[*Reply.choices, (_TAKEN_BACK, _("It takes the grievance back"))]
    )
    on = forms.DateField(label=_("said on"), initial=today)
    word_code = code_field(
        AGREEMENT_SCHEME, _("how the household said so"), help_text=_("Needed where it takes the grievance back.")
    )


def _acknowledge(grievance_id: UUID, values: dict[str, Any], actor: Actor) -> None:
    acknowledge_grievance(grievance_id, actor=actor, **values)


def _answer(grievance_id: UUID, values: dict[str, Any], actor: Actor) -> None:
    version = values.pop("version")
    answer_grievance(grievance_id, AnswerDraft(**values), actor=actor, version=version)


def _word(grievance_id: UUID, values: dict[str, Any], actor: Actor) -> None:
    reply, word_code = values.pop("reply"), values.pop("word_code")
    if reply == _TAKEN_BACK:
        version, on = values["version"], values["on"]
        withdraw_grievance(grievance_id, word_on=on, word_code=word_code, actor=actor, version=version)
    else:
        record_reply(grievance_id, is_content=reply == Reply.CONTENT, actor=actor, **values)


def above_page(request: HttpRequest) -> HttpResponse:
    """List the grievances about the county office, those that wait first."""
    rows = grievances_visible_to(actor_at(request)).order_by(F("closed_on").asc(nulls_first=True), "answer_by", "id")
    context = site.each_context(request) | {
        "title": gettext("Grievances about the county office"),
        "rows": [(row, labels_of(MATTER_SCHEME, row.matter_code)) for row in rows[:_SHOWN]],
    }
    return TemplateResponse(request, "concerns/admin/above.html", context)


def above_detail(request: HttpRequest, grievance_id: UUID) -> HttpResponse:
    """Show one of them, with what can be done."""
    row = find_grievance(grievance_id, actor=actor_at(request))
    context = site.each_context(request) | {
        "title": gettext("Grievance %(number)s") % {"number": row.number},
        "row": row,
        "matter": labels_of(MATTER_SCHEME, row.matter_code),
        "answers": answers_of(row.pk),
        "is_new": row.state == GrievanceState.FILED,
        "is_pending": row.state in PENDING,
        "is_answered": row.state == GrievanceState.ANSWERED,
    }
    return TemplateResponse(request, "concerns/admin/above_one.html", context)


def above_acknowledge(request: HttpRequest, grievance_id: UUID) -> HttpResponse:
    """Acknowledge one of them."""
    return _step(request, grievance_id, _("Acknowledge"), SeenForm, _acknowledge)


def above_answer(request: HttpRequest, grievance_id: UUID) -> HttpResponse:
    """Enter what the level above answered."""
    return _step(request, grievance_id, _("Answer"), AnswerForm, _answer)


def above_reply(request: HttpRequest, grievance_id: UUID) -> HttpResponse:
    """Enter what the household says to it."""
    return _step(request, grievance_id, _("What the household says"), WordForm, _word)


def _step(request: HttpRequest, grievance_id: UUID, label: Any, form: type[SiteForm], run: Any) -> HttpResponse:  # noqa: ANN401  (a lazy sentence; a function as above)
    actor = actor_at(request)
    row = find_grievance(grievance_id, actor=actor)
    back = reverse("admin:grievance-above", args=[row.pk])

    def submit(values: dict[str, Any]) -> HttpResponse:
        run(row.pk, values, actor)
        messages.success(request, _("Done."))
        return HttpResponseRedirect(back)

    return form_page(request, FormPage(label, back, button=label), form, submit, initial={"version": row.version})
