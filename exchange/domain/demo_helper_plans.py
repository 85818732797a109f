"""What the demonstration shows of helper plans: one for a township, whose clerk has yet to confirm it."""

from typing import Final

from exchange.domain.demo_staff import Staff
from exchange.queries.demo import Home
from exchange.queries.leads import lead_of_household
from planning.domain.helper_parts import publish_helper_plan
from planning.domain.helper_plans import HelperPlanFacts, make_helper_plan, say_related
from planning.domain.helper_proposals import make_helper_proposal
from registry.lib.gbcode import Level, ancestor_at
from registry.lib.periods import today

_RELATED: Final = 2


def show_helper_plans(staff: Staff, village_code: str, homes: list[Home]) -> None:
    """Publish a plan for the township of a village; the last of its homes shown are of kin with who leads them."""
    with staff.at_work("office") as actor:
        facts = HelperPlanFacts(
            title="帮扶责任人调整方案",
            area_code=ancestor_at(village_code, Level.TOWNSHIP),
            starts_on=today(),
            weight_near=5,
            weight_stay=3,
        )
        plan = make_helper_plan(facts, actor=actor)
        for home in homes[-_RELATED:]:
            lead = lead_of_household(home.id)
            if lead is not None:
                say_related(plan.pk, home.number, actor=actor, helper_id=lead)
        proposal = make_helper_proposal(plan.pk, 1, actor=actor)
        if proposal.changed_count:
            publish_helper_plan(proposal.pk, actor=actor, reason="已征求各村工作队意见")
