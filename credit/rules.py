"""Who may do what with micro-credit; a helper sees the loans of the households paired with them."""

from typing import Final

from registry.access import allow
from registry.enums import Role

_OFFICES: Final = frozenset({Role.COUNTY_OFFICE, Role.TOWNSHIP_CLERK})
_WRITERS: Final = _OFFICES | {Role.VILLAGE_TEAM, Role.MACHINE_CLIENT}

allow("credit.view", roles=_WRITERS | {Role.HELPER})
allow("credit.record", roles=_WRITERS)
allow("credit.manage_limits", roles={Role.COUNTY_OFFICE})
