"""Plans of helpers, their proposals, choices and parts, for lists and pages; and what explains a choice."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db import models
from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from households.queries.visibility import households_visible_to
from planning.enums import Before, HelperPlanState, Outcome, Why
from planning.models import HelperChoice, HelperPart, HelperPlan, HelperProposal, RelatedPair
from planning.queries.helper_ground import TOWNSHIP_DIGITS
from registry.enums import Role
from registry.queries.divisions import division_names
from registry.tenancy.context import Actor, current_actor
from villages.models import Village

if TYPE_CHECKING:
    from django.db.models import QuerySet

HELPER_PLAN_COLUMNS: Final = (
    "id", "version", "title", "area_code", "starts_on", "weight_near", "weight_stay", "keeps_leads", "state",
    "decided_at", "reason", "open_parts_count",
)  # fmt: skip
HELPER_PROPOSAL_COLUMNS: Final = (
    "id", "plan_id", "number", "origin", "cost", "bound", "helpers_count", "households_count", "covered_count",
    "changed_count", "reason", "is_chosen", "created_at",
)  # fmt: skip
HELPER_PART_COLUMNS: Final = (
    "id", "version", "plan_id", "proposal_id", "scope_code", "changed_count", "state", "decided_at", "answer",
    "applied_count", "left_count",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExplainedHelper:
    """A household, the helper it gets or keeps, and why, in sentences."""

    choice: HelperChoice
    reasons: Sequence[str]

    @property
    def text(self) -> str:
        """Give the reasons as one text."""
        return " ".join(self.reasons)


def helper_plans_on_list() -> "QuerySet[HelperPlan]":
    """Give the county's plans, the newest first."""
    return HelperPlan.objects.order_by("-starts_on", "title")


def helper_proposals_on_list() -> "QuerySet[HelperProposal]":
    """Give the county's proposals, the newest first."""
    return HelperProposal.objects.select_related("plan").order_by("-created_at", "-id")


def helper_parts_on_list() -> "QuerySet[HelperPart]":
    """Give the parts in scope, the newest first."""
    return HelperPart.objects.select_related("plan", "proposal").order_by("-created_at", "-id")


def choices_of_proposal(proposal_id: UUID, *, actor: Actor) -> "QuerySet[HelperChoice]":
    """Give the choices of a proposal for the households that the actor may see, village by village."""
    rows = HelperChoice.objects.filter(proposal=proposal_id)
    if actor.role == Role.HELPER:
        rows = rows.filter(household__in=households_visible_to(actor).values("id"))
    return rows.select_related("household__village", "helper__unit", "present").order_by("scope_code", "id")


def related_pairs_on_list() -> "QuerySet[RelatedPair]":
    """Give who is related in the area, the newest first."""
    return RelatedPair.objects.select_related("plan", "household", "helper").order_by("-id")


def differing(first: HelperProposal, second: HelperProposal, *, actor: Actor) -> "QuerySet[HelperChoice]":
    """Give the choices of the second proposal whose helper is another than in the first, with `former_name`.

    A household of which the first proposal knows nothing counts too, when it gets a helper.
    """
    former = HelperChoice.objects.filter(
        proposal=first, household=OuterRef("household_id"), tenant=OuterRef("tenant_id")
    )
    rows = choices_of_proposal(second.pk, actor=actor).annotate(
        former_id=Subquery(former.values("helper_id")[:1]), former_name=Subquery(former.values("helper__name")[:1])
    )
    same = rows.filter(former_id=F("helper_id")).values("id")
    neither = rows.filter(former_id=None, helper=None).values("id")
    return rows.exclude(id__in=same).exclude(id__in=neither)


class ChoiceShown(models.TextChoices):
    """Which choices of a proposal a list shows."""

    ALL = "all", _lazy("All households")
    CHANGED = "changed", _lazy("Whose lead changes")
    UNCOVERED = "uncovered", _lazy("Without a new lead")


def choices_shown(rows: "QuerySet[HelperChoice]", shown: ChoiceShown) -> "QuerySet[HelperChoice]":
    """Narrow choices to those whose lead changes, or that get none."""
    if shown is ChoiceShown.CHANGED:
        return rows.filter(changes=True)
    return rows.filter(helper=None) if shown is ChoiceShown.UNCOVERED else rows


def open_plans() -> "QuerySet[HelperPlan]":
    """Give the plans that are not over."""
    return helper_plans_on_list().filter(state__in=[HelperPlanState.DRAFT, HelperPlanState.PUBLISHED])


def areas_of_plans() -> list[tuple[str, str]]:
    """Give the codes and names for which a plan can be: the county, and its townships with a village."""
    own = str(current_actor().tenant_code)
    codes = Village.objects.order_by().values_list("code", flat=True)
    townships = sorted({code[:TOWNSHIP_DIGITS].ljust(len(code), "0") for code in codes})
    names = division_names([own, *townships])
    return [(code, names.get(code, code)) for code in [own, *townships]]


def explained(choices: Sequence[HelperChoice]) -> list[ExplainedHelper]:
    """Explain choices of one proposal, each in a sentence or two."""
    # That a lead is related is told as long as it is on file, and not kept with the choice.
    pairs = RelatedPair.objects.filter(household__in={choice.household_id for choice in choices})
    of_plan = pairs.filter(plan__proposals__in={choice.proposal_id for choice in choices})
    related = set(of_plan.values_list("helper_id", "household_id"))
    return [
        ExplainedHelper(choice, _reasons(choice, related=(choice.present_id, choice.household_id) in related))
        for choice in choices
    ]


def _reasons(choice: HelperChoice, *, related: bool) -> list[str]:
    told = [] if choice.before == Before.STAYED else [_before(choice, related=related)]
    told.append(_why(choice))
    if choice.outcome != Outcome.WAITS:
        told.append(_("Outcome: %(outcome)s.") % {"outcome": Outcome(choice.outcome).label})
    return told


def _before(choice: HelperChoice, *, related: bool) -> str:
    name = {"name": choice.present.name if choice.present else ""}
    if related and choice.before == Before.BETTER:
        return _("%(name)s leads it now and is related.") % name
    sentences = {
        Before.NOBODY: _("Nobody leads it now."),
        Before.STAND_IN: _("A unit stands in now."),
        Before.LEFT: _("%(name)s leads it now and takes part no more.") % name,
        Before.LOADED: _("%(name)s leads it now and has more households than the limit.") % name,
        Before.BETTER: _("%(name)s leads it now.") % name,
    }
    return sentences[Before(choice.before)]


def _why(choice: HelperChoice) -> str:
    if choice.helper is None:
        return _why_nobody(choice)
    named = {"name": choice.helper.name, "unit": choice.helper.unit or "", "km": choice.km}
    known = {
        Why.STAYS: _("%(name)s leads it already and stays."),
        Why.TEAM: _("The unit of %(name)s, %(unit)s, has its team in this village."),
        Why.KNOWN: _("%(name)s leads households of this village already."),
        Why.HAND: _("%(name)s was chosen by hand."),
    }
    far = _("Nobody nearer has room; %(name)s comes from %(km)d km away.")
    unknown = _("Nobody nearer has room; %(name)s has.")
    return known.get(Why(choice.why), unknown if choice.km is None else far) % named


def _why_nobody(choice: HelperChoice) -> str:
    sentences = {
        Why.FULL: _("No new lead: every helper who takes part has as many households as the limit allows."),
        Why.NO_HELPER: _("No new lead: no helper takes part."),
        Why.BARRED: _("No new lead: whoever has room is related or stands by the household otherwise."),
        Why.HAND: _("No new lead: so chosen by hand."),
    }
    told = sentences[Why(choice.why)]
    return told if choice.present is None else f"{told} " + _("Until then whoever leads it goes on.")
