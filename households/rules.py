"""Who may do what with households."""

from typing import Final

from registry.access import allow
from registry.enums import Role

_OFFICES: Final = frozenset({Role.COUNTY_OFFICE, Role.TOWNSHIP_CLERK})
_WRITERS: Final = _OFFICES | {Role.VILLAGE_TEAM, Role.MACHINE_CLIENT}
_READERS: Final = _WRITERS | {Role.HELPER}

allow("households.view", roles=_READERS)
allow("households.view_sector", roles={Role.SECTOR_CLERK})
allow("households.view_ledger", roles=_OFFICES | {Role.VILLAGE_TEAM})
allow("households.register", roles=_WRITERS | {Role.SERVICE})
allow("households.amend", roles=_WRITERS)
allow("households.change_members", roles=_WRITERS)
allow("households.record_year", roles=_WRITERS)
allow("households.change_status", roles=_OFFICES)
allow("households.monitor", roles=_OFFICES)
allow("households.move", roles=_OFFICES)
allow("households.reveal", roles=_OFFICES | {Role.VILLAGE_TEAM})
allow("households.view_duplicates", roles=_OFFICES)
allow("households.settle_duplicate", roles=_OFFICES)
allow("households.claim", roles={Role.SERVICE})
