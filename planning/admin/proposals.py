"""The villages of a proposal with the reasons, beside another proposal, and the page on which one is changed."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from planning.domain.proposals import change_by_hand, find_proposal
from planning.enums import PlanState
from planning.models import DispatchUnit
from planning.queries.compare import differences
from planning.queries.explain import explained_choices
from registry.access import role_may
from registry.admin.forms import SiteForm
from registry.admin.pages import FormPage, form_page
from registry.admin.site import actor_at, site

SHOWN: Final = 100


class ChoiceForm(SiteForm):
    """Another unit for a village, or none."""

    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=DispatchUnit.objects.none(), required=False, empty_label=_("No unit")
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)  # noqa: S101  (it is declared above)
        unit.queryset = DispatchUnit.objects.filter(is_active=True, capacity__gt=0).order_by("name")


def choices_page(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Show the villages from the hardest on, and what another proposal of the plan chooses differently."""
    actor = actor_at(request)
    proposal = find_proposal(proposal_id, actor=actor)
    start = _start(request, proposal.villages_count)
    others = proposal.plan.proposals.filter(number__lt=proposal.number).order_by("-number")
    other = next((one for one in others if str(one.number) == request.GET.get("with", "")), None)
    context = site.each_context(request) | {
        "title": gettext("Proposal %(number)d of %(plan)s") % {"number": proposal.number, "plan": proposal.plan},
        "proposal": proposal,
        "choices": explained_choices(proposal, limit=SHOWN, offset=start),
        "former_start": max(start - SHOWN, 0) if start else None,
        "next_start": start + SHOWN if start + SHOWN < proposal.villages_count else None,
        "others": others,
        "other": other,
        "differences": differences(other, proposal)[:SHOWN] if other else [],
        "may_change": proposal.plan.state == PlanState.DRAFT and role_may(actor, "planning.plan"),
    }
    return TemplateResponse(request, "planning/admin/choices.html", context)


def choice_page(request: HttpRequest, proposal_id: UUID, village_code: str) -> HttpResponse:
    """Give one village another unit."""
    actor = actor_at(request)
    proposal = find_proposal(proposal_id, actor=actor)
    choice = proposal.choices.select_related("village", "unit").filter(village__code=village_code).first()

    def submit(values: dict[str, Any]) -> HttpResponse:
        unit = values["unit"]
        made = change_by_hand(
            proposal.pk, {village_code: unit.pk if unit else None}, actor=actor, reason=values["reason"]
        )
        return HttpResponseRedirect(reverse("admin:dispatch-proposal", args=[made.pk]))

    page = FormPage(
        gettext("Another unit for %(village)s") % {"village": choice.village if choice else village_code},
        reverse("admin:dispatch-proposal", args=[proposal.pk]),
        _("The change makes a proposal of its own; this one stays as it is."),
        button=_("Change"),
    )
    return form_page(request, page, ChoiceForm, submit, initial={"unit": choice.unit_id if choice else None})


def _start(request: HttpRequest, count: int) -> int:
    text = request.GET.get("from", "0")
    start = int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0
    return start if start < count else 0
