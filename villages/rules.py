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
