"""The tables of dispatch plans and of plans of helpers."""

from planning.models.helper_plan import HelperChoice, HelperPart, HelperPlan, HelperProposal, RelatedPair
from planning.models.part import PartVillage, PlanPart
from planning.models.plan import DispatchPlan, PlanVillage
from planning.models.proposal import Proposal, ProposalChoice
from planning.models.unit import DispatchUnit

__all__ = [
    "DispatchPlan",
    "DispatchUnit",
    "HelperChoice",
    "HelperPart",
    "HelperPlan",
    "HelperProposal",
    "PartVillage",
    "PlanPart",
    "PlanVillage",
    "Proposal",
    "ProposalChoice",
    "RelatedPair",
]
