"""Who may do what in the app of what is due and received."""

from typing import Final

from registry.access import allow
from registry.enums import Role

_OFFICES: Final = frozenset({Role.COUNTY_OFFICE, Role.TOWNSHIP_CLERK, Role.SECTOR_CLERK})

allow("entitlements.view", roles=_OFFICES | {Role.VILLAGE_TEAM, Role.HELPER, Role.MACHINE_CLIENT})
allow("entitlements.answer", roles=_OFFICES | {Role.VILLAGE_TEAM})
# The word that something given may have to end is an office's; who decides on it is the authority that gives.
allow("entitlements.propose_end", roles=_OFFICES)
allow("entitlements.ask_run", roles={Role.COUNTY_OFFICE})
allow("entitlements.run", roles={Role.COUNTY_OFFICE, Role.SERVICE})
allow("entitlements.set_figures", roles={Role.COUNTY_OFFICE})
