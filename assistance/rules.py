"""Who may do what with helpers and pairings; and what a helper sees of the households."""

from typing import Final

from assistance.queries.pairings import paired_households
from households.queries.visibility import narrow_role
from registry.access import allow
from registry.enums import Role

_OFFICES: Final = frozenset({Role.COUNTY_OFFICE, Role.TOWNSHIP_CLERK})

allow("assistance.view", roles=_OFFICES | {Role.VILLAGE_TEAM, Role.HELPER, Role.MACHINE_CLIENT})
allow("assistance.view_coverage", roles=_OFFICES | {Role.VILLAGE_TEAM})
allow("assistance.manage_helpers", roles=_OFFICES)
allow("assistance.manage_loads", roles={Role.COUNTY_OFFICE})
allow("assistance.link_login", roles={Role.COUNTY_OFFICE})
allow("assistance.pair", roles=_OFFICES | {Role.SERVICE})
allow("assistance.manage_support", roles={Role.COUNTY_OFFICE})
allow("assistance.record_measure", roles=_OFFICES | {Role.VILLAGE_TEAM, Role.MACHINE_CLIENT})
allow("assistance.view_visits_due", roles=_OFFICES | {Role.VILLAGE_TEAM, Role.HELPER, Role.MACHINE_CLIENT})
allow("assistance.manage_visit_plans", roles={Role.COUNTY_OFFICE})
# A helper enters only their own visits; that is asked with the visit (domain/help_visits.py).
allow("assistance.record_help_visit", roles=_OFFICES | {Role.VILLAGE_TEAM, Role.HELPER, Role.MACHINE_CLIENT})
allow("assistance.reveal", roles=_OFFICES | {Role.VILLAGE_TEAM})

# A helper plans for the households paired with them; whoever prepared a plan never adopts it (domain/plans.py).
allow("assistance.plan", roles=_OFFICES | {Role.VILLAGE_TEAM, Role.HELPER, Role.MACHINE_CLIENT})
allow("assistance.adopt_plan", roles=_OFFICES)

narrow_role(Role.HELPER, paired_households)
allow("assistance.view_exits", roles=_OFFICES | {Role.VILLAGE_TEAM, Role.MACHINE_CLIENT})
allow("assistance.manage_exit_standards", roles={Role.COUNTY_OFFICE})
allow("assistance.decide_exit", roles={Role.COUNTY_OFFICE})
