"""Who may do what with the collective economy of villages."""

from typing import Final

from registry.access import allow
from registry.enums import Role

_OFFICES: Final = frozenset({Role.COUNTY_OFFICE, Role.TOWNSHIP_CLERK})
_WRITERS: Final = _OFFICES | {Role.VILLAGE_TEAM, Role.MACHINE_CLIENT}

allow("economy.view", roles=_WRITERS)
allow("economy.book", roles=_WRITERS)
allow("economy.manage_goals", roles={Role.COUNTY_OFFICE})
allow("economy.keep_shares", roles=_OFFICES | {Role.VILLAGE_TEAM})
# Whoever proposed a dividend never decides on it; that is asked with the dividend (domain/dividends.py).
allow("economy.propose_dividend", roles=_OFFICES | {Role.VILLAGE_TEAM})
allow("economy.decide_dividend", roles=_OFFICES)
allow("economy.keep_projects", roles=_OFFICES | {Role.VILLAGE_TEAM})
# Whoever proposed a project does not approve it, whoever reported it complete does not accept it (domain/projects.py).
allow("economy.decide_project", roles=_OFFICES)
allow("economy.dispose_asset", roles=_OFFICES)
allow("economy.record_work", roles=_OFFICES | {Role.VILLAGE_TEAM})
