"""Who may do what with partners, benefit links and demonstration households."""

from typing import Final

from registry.access import allow
from registry.enums import Role

_OFFICES: Final = frozenset({Role.COUNTY_OFFICE, Role.TOWNSHIP_CLERK})
_WRITERS: Final = _OFFICES | {Role.VILLAGE_TEAM, Role.MACHINE_CLIENT}

allow("partners.view", roles=_WRITERS)
allow("partners.manage", roles=_OFFICES)
allow("partners.link", roles=_WRITERS)
allow("partners.reveal", roles=_OFFICES | {Role.VILLAGE_TEAM})
# A helper sees where the income of a paired household comes from, and no list of others.
allow("partners.view_benefits", roles=_WRITERS | {Role.HELPER})
allow("partners.state_benefit", roles=_WRITERS)
allow("partners.mark_demonstration", roles=_OFFICES)
