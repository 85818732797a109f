"""What may follow what: dispatch plans, and the parts of them that counties decide.

The tables feed the domain functions, the buttons of the admin site, the documentation and the triggers of the database.
"""

from typing import Final

from planning.enums import PartState, PlanState

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
