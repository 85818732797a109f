"""What each target would get instead: for the sentence that explains a choice."""

import numpy as np

from planning.optimum.problem import Ints, Problem
from planning.optimum.solve import FAR, NOBODY, Plan, permitted_blocks


def next_best(problem: Problem, plan: Plan) -> tuple[Ints, Ints]:
    """Give each target's best other sender and by how many points it is worse for that target alone; `NOBODY` if none.

    A negative number says that the other one would suit this target better: it is worth more elsewhere.
    """
    count = len(problem.targets)
    other, more = np.full(count, NOBODY, dtype=np.int64), np.zeros(count, dtype=np.int64)
    for ours, theirs, allowed in permitted_blocks(problem):
        cost = problem.cost(ours[None, :], theirs[:, None])
        chosen = plan.chosen[theirs]
        cost = np.where(allowed & (ours[None, :] != chosen[:, None]), cost, FAR)
        at = cost.argmin(axis=1)
        lowest = cost[np.arange(len(theirs)), at]
        found = lowest < FAR
        other[theirs[found]] = ours[at[found]]
        more[theirs[found]] = lowest[found]
    served = np.flatnonzero((plan.chosen != NOBODY) & (other != NOBODY))
    more[served] -= problem.cost(plan.chosen[served], served)
    return other, more
