"""Who should go where, as a problem with a proven best answer. Plain Python: no Django, no database."""

from planning.optimum.alternatives import next_best
from planning.optimum.problem import Limits, Problem, Senders, Targets, Ways, Weights, way_km
from planning.optimum.solve import NOBODY, Plan, solve, weighed

__all__ = [
    "NOBODY",
    "Limits",
    "Plan",
    "Problem",
    "Senders",
    "Targets",
    "Ways",
    "Weights",
    "next_best",
    "solve",
    "way_km",
    "weighed",
]
