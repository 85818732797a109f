"""Who may do what with dispatch plans."""

from typing import Final

from registry.access import allow
from registry.enums import Role

_PLANNERS: Final = frozenset({Role.DISPATCH_OFFICE, Role.COUNTY_OFFICE})

allow("planning.view", roles=_PLANNERS)
allow("planning.manage_units", roles=_PLANNERS)
allow("planning.plan", roles=_PLANNERS)
allow("planning.publish", roles=_PLANNERS)
allow("planning.publish_needs", roles={Role.COUNTY_OFFICE})
allow("planning.answer", roles={Role.COUNTY_OFFICE, Role.SERVICE})

# A plan of helpers is made by the county's office, and confirmed by each township for its own households. Both sides of
# a pair may say that they are related; the village team says so for a household.
_HELPER_PLANNERS: Final = frozenset({Role.COUNTY_OFFICE, Role.TOWNSHIP_CLERK})
allow("planning.view_helper_plans", roles=_HELPER_PLANNERS | {Role.VILLAGE_TEAM})
allow("planning.view_helper_parts", roles=_HELPER_PLANNERS)
allow("planning.plan_helpers", roles={Role.COUNTY_OFFICE})
allow("planning.publish_helpers", roles={Role.COUNTY_OFFICE})
allow("planning.confirm_helpers", roles={Role.TOWNSHIP_CLERK})
# A helper says so of a number and reads no list: it would tell which numbers there are.
allow("planning.view_related", roles=_HELPER_PLANNERS | {Role.VILLAGE_TEAM})
allow("planning.say_related", roles=_HELPER_PLANNERS | {Role.VILLAGE_TEAM, Role.HELPER})
