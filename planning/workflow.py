"""What may follow what: plans of units and of helpers, and the parts of them that counties and townships decide.

The tables feed the domain functions, the buttons of the admin site, the documentation and the triggers of the database.
"""

from typing import Final

from planning.enums import HelperPartState, HelperPlanState, PartState, PlanState

Steps = dict[str, frozenset[str]]

PLAN_STEPS: Final[Steps] = {
    PlanState.DRAFT: frozenset({PlanState.PUBLISHED, PlanState.WITHDRAWN}),
    PlanState.PUBLISHED: frozenset(),
    PlanState.WITHDRAWN: frozenset(),
}

PART_STEPS: Final[Steps] = {
    PartState.OFFERED: frozenset({PartState.ACCEPTED, PartState.DECLINED}),
    PartState.ACCEPTED: frozenset(),
    PartState.DECLINED: frozenset(),
}

HELPER_PLAN_STEPS: Final[Steps] = {
    HelperPlanState.DRAFT: frozenset({HelperPlanState.PUBLISHED, HelperPlanState.WITHDRAWN}),
    HelperPlanState.PUBLISHED: frozenset({HelperPlanState.OVER}),
    HelperPlanState.OVER: frozenset(),
    HelperPlanState.WITHDRAWN: frozenset(),
}

HELPER_PART_STEPS: Final[Steps] = {
    HelperPartState.OFFERED: frozenset({HelperPartState.CONFIRMED, HelperPartState.DECLINED, HelperPartState.ENDED}),
    HelperPartState.CONFIRMED: frozenset(),
    HelperPartState.DECLINED: frozenset(),
    HelperPartState.ENDED: frozenset(),
}
