"""The households of a proposal with the reasons, the page on which one is changed, and that of who is related."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from assistance.models import Helper
from assistance.queries.pairings import helpers_on_list
from planning.domain.helper_plans import say_related
from planning.domain.helper_proposals import choose_by_hand, find_helper_proposal
from planning.enums import HelperPlanState
from planning.models import HelperPlan
from planning.queries.helper_plans import (
    ChoiceShown,
    choices_of_proposal,
    choices_shown,
    differing,
    explained,
    open_plans,
)
from registry.access import role_may
from registry.admin.forms import SiteForm
from registry.admin.pages import FormPage, form_page
from registry.admin.site import actor_at, site
from registry.enums import Role
from registry.lib.errors import NotFound

SHOWN: Final = 100
MOST_NAMED: Final = 10


def named(helper: Helper) -> str:
    """Name a helper and the unit, since names repeat."""
    return f"{helper.name} · {helper.unit}" if helper.unit else str(helper.name)


class HelperField(forms.CharField):
    """A helper by name: a county has thousands, too many for a list. Where names repeat, the unit follows."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=300, **kwargs)

    @override
    def clean(self, value: Any) -> Helper | None:
        """Give the one helper of that name. Raises: ValidationError."""
        text = str(super().clean(value))
        if not text:
            return None
        # A name may hold such a point itself, without spaces.
        rows = helpers_on_list().filter(name__in={text, text.rpartition(" · ")[0]})
        found = [helper for helper in rows if text in {helper.name, named(helper)}]
        if not found:
            raise ValidationError(
                _("There is no helper of this name. Enter the name as it stands on the list of helpers.")
            )
        if len(found) > 1:
            told = "; ".join(sorted({named(helper) for helper in found})[:MOST_NAMED])
            message = _("Several helpers have this name. Enter name and unit as here: %(names)s.")
            raise ValidationError(message, params={"names": told})
        return found[0]


class ChosenForm(SiteForm):
    """Another helper for a household, or no new one."""

    helper = HelperField(
        label=_("Helper"), required=False, help_text=_("The name, or name · unit. Empty: no new lead.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)


class OwnRelatedForm(SiteForm):
    """A household with which a helper is related."""

    plan = forms.ModelChoiceField(label=_("Plan"), queryset=HelperPlan.objects.none())
    household_number = forms.CharField(label=_("Household number"), max_length=32)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = open_plans()  # type: ignore[attr-defined]  # declared above


class RelatedForm(OwnRelatedForm):
    """A household and a helper who are related."""

    helper = HelperField(label=_("Helper"), help_text=_("The name, or name · unit."))


def choices_page(request: HttpRequest, helper_proposal_id: UUID) -> HttpResponse:
    """Show the households village by village, and beside another proposal."""
    actor = actor_at(request)
    proposal = find_helper_proposal(helper_proposal_id, actor=actor)
    shown = next((one for one in ChoiceShown if one.value == request.GET.get("show", "")), ChoiceShown.ALL)
    rows = choices_shown(choices_of_proposal(proposal.pk, actor=actor), shown)
    start = _start(request)
    page = list(rows[start : start + SHOWN + 1])
    others = proposal.plan.proposals.exclude(pk=proposal.pk).order_by("-number")
    other = next((one for one in others if str(one.number) == request.GET.get("with", "")), None)
    context = site.each_context(request) | {
        "title": gettext("Proposal %(number)d of %(plan)s") % {"number": proposal.number, "plan": proposal.plan},
        "proposal": proposal,
        "choices": explained(page[:SHOWN]),
        "shown": shown,
        "shows": list(ChoiceShown),
        "former_start": max(start - SHOWN, 0) if start else None,
        "next_start": start + SHOWN if len(page) > SHOWN else None,
        "others": others,
        "other": other,
        "differences": list(differing(other, proposal, actor=actor)[:SHOWN]) if other else [],
        "may_change": proposal.plan.state == HelperPlanState.DRAFT and role_may(actor, "planning.plan_helpers"),
    }
    return TemplateResponse(request, "planning/admin/helper_choices.html", context)


def choose_page(request: HttpRequest, helper_proposal_id: UUID, household_id: UUID) -> HttpResponse:
    """Give one household another helper."""
    actor = actor_at(request)
    proposal = find_helper_proposal(helper_proposal_id, actor=actor)
    choice = choices_of_proposal(proposal.pk, actor=actor).filter(household=household_id).first()
    if choice is None:
        raise NotFound("registry.not_found", _("There is no such record, or it lies outside your area."))

    def submit(values: dict[str, Any]) -> HttpResponse:
        helper = values["helper"]
        made = choose_by_hand(
            proposal.pk, household_id, helper.pk if helper else None, actor=actor, reason=values["reason"]
        )
        return HttpResponseRedirect(reverse("admin:helper-proposal", args=[made.pk]))

    page = FormPage(
        gettext("Another helper for household %(number)s") % {"number": choice.household.number},
        reverse("admin:helper-proposal", args=[proposal.pk]),
        _("The change makes a proposal of its own; this one stays as it is."),
        button=_("Change"),
    )
    return form_page(
        request, page, ChosenForm, submit, initial={"helper": named(choice.helper) if choice.helper else ""}
    )


def related_page(request: HttpRequest) -> HttpResponse:
    """Let either side say that they are related; a helper says so for themself."""
    actor = actor_at(request)
    is_helper = actor.role == Role.HELPER

    def submit(values: dict[str, Any]) -> HttpResponse:
        helper = values.get("helper")
        number = values["household_number"]
        say_related(values["plan"].pk, number, actor=actor, helper_id=helper.pk if helper else None)
        messages.success(request, _("Noted. If the plan has such a household, it does not bring you together."))
        return HttpResponseRedirect(reverse("admin:helper-related"))

    page = FormPage(
        _("Related"),
        reverse("admin:index"),
        _("Nobody asks how. It is kept for this plan alone, and deleted when the plan is over."),
        button=_("We are related"),
    )
    return form_page(request, page, OwnRelatedForm if is_helper else RelatedForm, submit)


def _start(request: HttpRequest) -> int:
    text = request.GET.get("from", "0")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0
