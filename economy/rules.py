"""Who may do what with the collective economy of villages."""

from typing import Final

from registry.access import allow
from registry.enums import Role

_OFFICES: Final = frozenset({Role.COUNTY_OFFICE, Role.TOWNSHIP_CLERK})
_WRITERS: Final = _OFFICES | {Role.VILLAGE_TEAM, Role.MACHINE_CLIENT}

allow("economy.view", roles=_WRITERS)
allow("economy.book", roles=_WRITERS)
allow("economy.manage_goals", roles={Role.COUNTY_OFFICE})
