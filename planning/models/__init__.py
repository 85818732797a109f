"""The tables of dispatch plans."""

from planning.models.part import PartVillage, PlanPart
from planning.models.plan import DispatchPlan, PlanVillage
from planning.models.proposal import Proposal, ProposalChoice
from planning.models.unit import DispatchUnit

__all__ = [
    "DispatchPlan",
    "DispatchUnit",
    "PartVillage",
    "PlanPart",
    "PlanVillage",
    "Proposal",
    "ProposalChoice",
]
