"""Who may do what with villages, units and work teams."""

from typing import Final

from registry.access import allow
from registry.enums import Role

_OFFICES: Final = frozenset({Role.COUNTY_OFFICE, Role.TOWNSHIP_CLERK})
_READERS: Final = _OFFICES | {Role.VILLAGE_TEAM, Role.HELPER, Role.SECTOR_CLERK, Role.MACHINE_CLIENT}

allow("villages.view", roles=_READERS)
allow("villages.open", roles={Role.COUNTY_OFFICE, Role.MACHINE_CLIENT, Role.SERVICE})
allow("villages.amend", roles=_OFFICES | {Role.MACHINE_CLIENT})
allow("villages.record_year", roles=_OFFICES | {Role.VILLAGE_TEAM, Role.MACHINE_CLIENT})
allow("villages.manage_units", roles={Role.COUNTY_OFFICE})
allow("villages.manage_teams", roles=_OFFICES)
allow("villages.manage_priorities", roles={Role.COUNTY_OFFICE})
allow("villages.keep_basics", roles=_OFFICES | {Role.VILLAGE_TEAM, Role.MACHINE_CLIENT})
allow("villages.reveal", roles=_OFFICES | {Role.VILLAGE_TEAM})
allow("villages.plan", roles=_OFFICES | {Role.VILLAGE_TEAM, Role.MACHINE_CLIENT})
allow("villages.adopt_plan", roles=_OFFICES)
allow("villages.record_activity", roles=_OFFICES | {Role.VILLAGE_TEAM, Role.MACHINE_CLIENT})
allow("villages.build", roles=_OFFICES | {Role.VILLAGE_TEAM, Role.MACHINE_CLIENT})
allow("villages.decide_project", roles=_OFFICES)
allow("villages.link_member", roles={Role.COUNTY_OFFICE})
allow("villages.manage_batches", roles={Role.COUNTY_OFFICE})
allow("villages.manage_tasks", roles={Role.COUNTY_OFFICE})
allow("villages.manage_contacts", roles={Role.COUNTY_OFFICE})
# The township marks absences; the team reads its own, and no log is kept by it.
allow("villages.view_absences", roles=_OFFICES | {Role.VILLAGE_TEAM})
allow("villages.view_team_month", roles=_OFFICES | {Role.VILLAGE_TEAM})
allow("villages.view_board", roles=_OFFICES | {Role.VILLAGE_TEAM})
allow("villages.mark_absence", roles=_OFFICES)
