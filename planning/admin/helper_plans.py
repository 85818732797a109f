"""Plans of helpers, their proposals, the parts that townships decide, and who is related."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.admin.transfers import AnswerForm
from planning.domain.helper_parts import ask_to_confirm, decline_helper_part, publish_helper_plan
from planning.domain.helper_plans import (
    HelperPlanFacts,
    amend_helper_plan,
    end_helper_plan,
    make_helper_plan,
    take_back_related,
    withdraw_helper_plan,
)
from planning.domain.helper_proposals import ask_for_helper_proposal
from planning.enums import HelperPartState, HelperPlanState
from planning.models import HelperPart, HelperPlan, HelperProposal, RelatedPair
from planning.queries.helper_plans import (
    areas_of_plans,
    helper_parts_on_list,
    helper_plans_on_list,
    helper_proposals_on_list,
    related_pairs_on_list,
)
from registry.admin.base import TenantModelAdmin
from registry.admin.history import History
from registry.admin.verbs import Verb
from registry.queries.divisions import division_names
from registry.tenancy.context import Actor
from villages.admin.fields import DressedForm, VersionedForm

_FIELDS = ("title", "area_code", "starts_on", "weight_near", "weight_stay", "keeps_leads")
QUEUED = _("It is being done. Open this page again in a minute.")
_SHOWN = ("state", "decided_at", "reason", "open_parts_count", "proposals_made")


class HelperPlanForm(DressedForm):
    """A plan of helpers for the county or one of its townships."""

    area_code = forms.ChoiceField(label=_("County or township"), choices=areas_of_plans)


def _facts(values: dict[str, Any]) -> HelperPlanFacts:
    facts = HelperPlanFacts()
    for name in _FIELDS:
        facts[name] = values[name]  # type: ignore[literal-required]  # the names are those of HelperPlanFacts
    return facts


def _is_draft(plan: HelperPlan) -> bool:
    return plan.state == HelperPlanState.DRAFT


def _is_published(plan: HelperPlan) -> bool:
    return plan.state == HelperPlanState.PUBLISHED


def _is_of_draft(proposal: HelperProposal) -> bool:
    return _is_draft(proposal.plan)


def _waits(part: HelperPart) -> bool:
    return part.state == HelperPartState.OFFERED


def _propose(plan: HelperPlan, values: dict[str, Any], actor: Actor) -> object:
    return ask_for_helper_proposal(plan.pk, actor=actor)


def _propose_again(proposal: HelperProposal, values: dict[str, Any], actor: Actor) -> object:
    return ask_for_helper_proposal(proposal.plan_id, actor=actor, after=proposal.pk)


def _withdraw(plan: HelperPlan, values: dict[str, Any], actor: Actor) -> object:
    return withdraw_helper_plan(plan.pk, actor=actor, **values)


def _end(plan: HelperPlan, values: dict[str, Any], actor: Actor) -> object:
    return end_helper_plan(plan.pk, actor=actor, **values)


def _publish(proposal: HelperProposal, values: dict[str, Any], actor: Actor) -> object:
    return publish_helper_plan(proposal.pk, actor=actor, **values)


def _confirm(part: HelperPart, values: dict[str, Any], actor: Actor) -> object:
    return ask_to_confirm(part.pk, actor=actor, version=values["version"])


def _decline(part: HelperPart, values: dict[str, Any], actor: Actor) -> object:
    return decline_helper_part(part.pk, actor=actor, **values)


def _take_back(pair: RelatedPair, values: dict[str, Any], actor: Actor) -> object:
    take_back_related(pair.pk, actor=actor)
    return pair


def _plan_version(proposal: HelperProposal) -> int:
    version: int = proposal.plan.version
    return version


def _choices_link(proposal: HelperProposal) -> str:
    address = reverse("admin:helper-proposal", args=[proposal.pk])
    label = _("Show the households with the reasons")
    return format_html('<a class="text-primary-600 underline" href="{}">{}</a>', address, label)


@admin.register(HelperPlan)
class HelperPlanAdmin(TenantModelAdmin):
    """The plans of helpers."""

    view_action = "planning.view_helper_plans"
    add_action = change_action = "planning.plan_helpers"
    form = HelperPlanForm
    list_display = ("title", "area_name", "state", "starts_on")
    list_filter = ("state",)
    history = History(divisions=("area_code",))
    verbs: ClassVar = (
        Verb("propose", _("Reckon a proposal"), "planning.plan_helpers", run=_propose, offered=_is_draft,
             icon="calculate", intro=_("It takes up to two minutes. The proposal then stands on this page."),
             done=QUEUED),
        Verb("withdraw", _("Withdraw the plan"), "planning.plan_helpers", run=_withdraw, form=AnswerForm,
             offered=_is_draft, danger=True, icon="close"),
        Verb("end", _("End the plan"), "planning.publish_helpers", run=_end, form=AnswerForm, offered=_is_published,
             danger=True, icon="close",
             intro=_("Townships that have not decided are asked no more. What was confirmed stays.")),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[HelperPlan]:
        return helper_plans_on_list()

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return _FIELDS if obj is None else (*_FIELDS, *_SHOWN)

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ()
        return _SHOWN if _is_draft(obj) else (*_FIELDS, *_SHOWN)

    @override
    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or _is_draft(obj))

    @admin.display(description=_("County or township"))
    def area_name(self, plan: HelperPlan) -> str:
        """Show the name of the area."""
        return division_names([plan.area_code]).get(plan.area_code, plan.area_code)

    @admin.display(description=_("Proposals"))
    def proposals_made(self, plan: HelperPlan) -> str:
        """Show the proposals with their points, each a link."""
        rows = [
            (
                reverse("admin:planning_helperproposal_change", args=[proposal.pk]),
                proposal.number,
                proposal.get_origin_display(),
                proposal.covered_count,
                proposal.households_count,
                proposal.changed_count,
                f"{proposal.gap_percent:.2f}",
            )
            for proposal in plan.proposals.order_by("-number")
        ]
        if not rows:
            return str(_("None yet."))
        line = str(_("No. {} · {} · {} of {} households · {} leads change · at most {} % from the best"))
        html = '<li><a class="text-primary-600 underline" href="{}">' + line + "</a></li>"
        return format_html("<ul>{}</ul>", format_html_join("", html, rows))

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> HelperPlan:
        return make_helper_plan(_facts(values), actor=actor)

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> HelperPlan:
        return amend_helper_plan(record.pk, _facts(values), actor=actor, version=version)


@admin.register(HelperProposal)
class HelperProposalAdmin(TenantModelAdmin):
    """Proposals: their sums, their households, and the button that publishes."""

    view_action = "planning.view_helper_plans"
    list_display = ("number", "plan", "origin", "covered", "changed_count", "gap", "is_chosen")
    list_filter = ("origin",)
    fields = readonly_fields = (
        "plan", "number", "origin", "helpers_count", "covered", "changed_count", "cost", "bound", "gap", "reason",
        "is_chosen", "households_page",
    )  # fmt: skip
    history = History()
    verbs: ClassVar = (
        Verb("publish", _("Publish the plan by this proposal"), "planning.publish_helpers", run=_publish,
             form=AnswerForm, version=_plan_version, offered=_is_of_draft, icon="campaign",
             intro=_("Each township gets its part and confirms it. The plan cannot be changed any more.")),
        Verb("again", _("Reckon anew, keep what was chosen by hand"), "planning.plan_helpers", run=_propose_again,
             offered=_is_of_draft, icon="calculate", done=QUEUED),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[HelperProposal]:
        return helper_proposals_on_list()

    @admin.display(description=_("Households with a lead"))
    def covered(self, proposal: HelperProposal) -> str:
        """Show how many of the households get or keep a lead."""
        return f"{proposal.covered_count} / {proposal.households_count}"

    @admin.display(description=_("At most so far from the best (%)"))
    def gap(self, proposal: HelperProposal) -> str:
        """Show the proven gap."""
        return f"{proposal.gap_percent:.2f}"

    @admin.display(description=_("Households"))
    def households_page(self, proposal: HelperProposal) -> str:
        """Link to the page with the households and the reasons."""
        return _choices_link(proposal)


@admin.register(HelperPart)
class HelperPartAdmin(TenantModelAdmin):
    """What each township is offered of a published plan."""

    view_action = "planning.view_helper_parts"
    list_display = ("plan", "township", "state", "changed_count", "applied_count")
    list_filter = ("state",)
    fields = readonly_fields = (
        "plan", "township", "changed_count", "state", "answer", "decided_at", "applied_count", "left_count",
        "households_page",
    )  # fmt: skip
    history = History()
    verbs: ClassVar = (
        Verb("confirm", _("Confirm, and hand over"), "planning.confirm_helpers", run=_confirm, form=VersionedForm,
             offered=_waits, icon="check", done=QUEUED,
             intro=_("All households of the part get their lead from today on, each on the day on which the former one "
                     "ends. It is done in the background; what became of each stands on the page of households.")),
        Verb("decline", _("Decline"), "planning.confirm_helpers", run=_decline, form=AnswerForm, offered=_waits,
             danger=True, icon="close"),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[HelperPart]:
        return helper_parts_on_list()

    @admin.display(description=_("Township"))
    def township(self, part: HelperPart) -> str:
        """Show the township's name."""
        return division_names([part.scope_code]).get(part.scope_code, part.scope_code)

    @admin.display(description=_("Households"))
    def households_page(self, part: HelperPart) -> str:
        """Link to the page with the households and the reasons."""
        return _choices_link(part.proposal)


@admin.register(RelatedPair)
class RelatedPairAdmin(TenantModelAdmin):
    """Who said to be related, for plans that are not over."""

    view_action = "planning.view_related"
    list_display = fields = readonly_fields = ("plan", "household", "helper")
    list_select_related = ("plan", "household", "helper")
    verbs: ClassVar = (
        Verb("take-back", _("Said in error"), "planning.view_related", run=_take_back, danger=True, icon="close"),
    )

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[RelatedPair]:
        return related_pairs_on_list()
