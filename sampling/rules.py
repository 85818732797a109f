"""Who may do what with sample checks: who entered a household does not check it (docs/decisions/0259)."""

from typing import Final

from registry.access import allow
from registry.enums import Role

_OFFICES: Final = frozenset({Role.COUNTY_OFFICE, Role.TOWNSHIP_CLERK})

allow("sampling.view", roles=_OFFICES | {Role.MACHINE_CLIENT})
allow("sampling.manage", roles={Role.COUNTY_OFFICE})
allow("sampling.record", roles=_OFFICES)
