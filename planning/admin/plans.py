"""Dispatch plans and their proposals."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from households.admin.transfers import AnswerForm
from planning.admin.helper_plans import QUEUED
from planning.domain.parts import publish_plan
from planning.domain.plans import PlanFacts, amend_plan, make_plan, refresh_needs, withdraw_plan
from planning.domain.proposals import ask_for_proposal
from planning.enums import PlanState
from planning.models import DispatchPlan, Proposal
from planning.queries.plans import plans_on_list, proposals_on_list
from registry.admin.base import TenantModelAdmin
from registry.admin.history import History
from registry.admin.verbs import Verb
from registry.tenancy.context import Actor
from villages.admin.fields import VersionedForm

_WEIGHTS = (
    "weight_income",
    "weight_risk",
    "weight_remoteness",
    "weight_facilities",
    "weight_hardest",
    "weight_skills",
    "weight_distance",
    "weight_change",
)
_FIELDS = ("title", "starts_on", "ends_on", *_WEIGHTS, "farthest_km", "keeps_teams")


def _facts(values: dict[str, Any]) -> PlanFacts:
    facts = PlanFacts()
    for name in _FIELDS:
        facts[name] = values[name]  # type: ignore[literal-required]  # the names are those of PlanFacts
    return facts


def _is_draft(plan: DispatchPlan) -> bool:
    return plan.state == PlanState.DRAFT


def _is_of_draft(proposal: Proposal) -> bool:
    return _is_draft(proposal.plan)


def _propose(plan: DispatchPlan, values: dict[str, Any], actor: Actor) -> object:
    return ask_for_proposal(plan.pk, actor=actor)


def _propose_again(proposal: Proposal, values: dict[str, Any], actor: Actor) -> object:
    return ask_for_proposal(proposal.plan_id, actor=actor, after=proposal.pk)


def _refresh(plan: DispatchPlan, values: dict[str, Any], actor: Actor) -> object:
    return refresh_needs(plan.pk, actor=actor, version=values["version"])


def _withdraw(plan: DispatchPlan, values: dict[str, Any], actor: Actor) -> object:
    return withdraw_plan(plan.pk, actor=actor, **values)


def _plan_version(proposal: Proposal) -> int:
    version: int = proposal.plan.version
    return version


def _publish(proposal: Proposal, values: dict[str, Any], actor: Actor) -> object:
    return publish_plan(proposal.pk, actor=actor, **values)


@admin.register(DispatchPlan)
class DispatchPlanAdmin(TenantModelAdmin):
    """The plans of an authority: weights, limits, villages and proposals."""

    view_action = "planning.view"
    add_action = change_action = "planning.plan"
    list_display = ("title", "state", "starts_on", "ends_on", "village_total")
    list_filter = ("state",)
    history = History()
    verbs: ClassVar = (
        Verb("propose", _("Reckon a proposal"), "planning.plan", run=_propose, offered=_is_draft, icon="calculate",
             intro=_("It takes up to a minute. The proposal then stands on this page."), done=QUEUED),
        Verb("refresh-needs", _("Take the figures anew"), "planning.plan", run=_refresh, form=VersionedForm,
             offered=_is_draft, icon="sync",
             intro=_("The newest figures of need that the counties published are taken.")),
        Verb("withdraw", _("Withdraw the plan"), "planning.plan", run=_withdraw, form=AnswerForm, offered=_is_draft,
             danger=True, icon="close"),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[DispatchPlan]:
        return plans_on_list()

    @override
    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return _FIELDS
        return (*_FIELDS, "state", "needs_taken_at", "village_total", "proposals_made")

    @override
    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ()
        fixed = ("state", "needs_taken_at", "village_total", "proposals_made")
        return fixed if _is_draft(obj) else (*_FIELDS, *fixed)

    @override
    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or _is_draft(obj))

    @admin.display(description=_("Villages"))
    def village_total(self, plan: DispatchPlan) -> int:
        """Show how many villages the plan has."""
        count: int = getattr(plan, "villages_count", 0)
        return count

    @admin.display(description=_("Proposals"))
    def proposals_made(self, plan: DispatchPlan) -> str:
        """Show the proposals with their points, each a link."""
        rows = [
            (
                reverse("admin:planning_proposal_change", args=[proposal.pk]),
                proposal.number,
                proposal.get_origin_display(),
                proposal.covered_count,
                proposal.villages_count,
                proposal.cost,
                f"{proposal.gap_percent:.2f}",
            )
            for proposal in plan.proposals.order_by("-number")
        ]
        if not rows:
            return str(_("None yet."))
        line = str(_("No. {} · {} · {} of {} villages · {} points · at most {} % from the best"))
        html = '<li><a class="text-primary-600 underline" href="{}">' + line + "</a></li>"
        return format_html("<ul>{}</ul>", format_html_join("", html, rows))

    @override
    def create(self, values: dict[str, Any], *, actor: Actor) -> DispatchPlan:
        return make_plan(_facts(values), actor=actor)

    @override
    def amend(self, record: Any, values: dict[str, Any], *, actor: Actor, version: int) -> DispatchPlan:
        return amend_plan(record.pk, _facts(values), actor=actor, version=version)


@admin.register(Proposal)
class ProposalAdmin(TenantModelAdmin):
    """Proposals: their sums, their villages, and the button that publishes."""

    view_action = "planning.view"
    list_display = ("number", "plan", "origin", "covered", "gap", "is_chosen")
    list_filter = ("origin",)
    fields = readonly_fields = (
        "plan",
        "number",
        "origin",
        "covered",
        "moved_count",
        "mean_km",
        "cost",
        "bound",
        "gap",
        "reason",
        "is_chosen",
        "villages_page",
    )
    history = History()
    verbs: ClassVar = (
        Verb("publish", _("Publish the plan by this proposal"), "planning.publish", run=_publish, form=AnswerForm,
             version=_plan_version,
             offered=_is_of_draft, icon="campaign",
             intro=_("Each county gets its part and decides it. The plan cannot be changed any more.")),
        Verb("again", _("Reckon anew, keep what was chosen by hand"), "planning.plan", run=_propose_again,
             offered=_is_of_draft, icon="calculate", done=QUEUED),
    )  # fmt: skip

    @override
    def get_queryset(self, request: HttpRequest) -> QuerySet[Proposal]:
        return proposals_on_list()

    @admin.display(description=_("Villages with a unit"))
    def covered(self, proposal: Proposal) -> str:
        """Show how many of the villages get a unit."""
        return f"{proposal.covered_count} / {proposal.villages_count}"

    @admin.display(description=_("At most so far from the best (%)"))
    def gap(self, proposal: Proposal) -> str:
        """Show the proven gap."""
        return f"{proposal.gap_percent:.2f}"

    @admin.display(description=_("Villages"))
    def villages_page(self, proposal: Proposal) -> str:
        """Link to the page with all villages and the reasons."""
        address = reverse("admin:dispatch-proposal", args=[proposal.pk])
        return format_html(
            '<a class="text-primary-600 underline" href="{}">{}</a>', address, _("Show the villages with the reasons")
        )
