"""Who may do what with forms that offices send down."""

from typing import Final

from registry.access import allow
from registry.enums import Role

_PEOPLE: Final = frozenset({Role.COUNTY_OFFICE, Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM})

allow("oneform.view", roles=_PEOPLE | {Role.MACHINE_CLIENT})
allow("oneform.receive", roles={Role.COUNTY_OFFICE, Role.TOWNSHIP_CLERK})
allow("oneform.fill", roles=_PEOPLE)
allow("oneform.mark", roles=_PEOPLE)
allow("oneform.count", roles={Role.COUNTY_OFFICE})
