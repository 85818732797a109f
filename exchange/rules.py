"""Who may do what with rosters. A machine may bring one, a person decides on it."""

from typing import Final

from registry.access import allow
from registry.enums import Role

_OFFICES: Final = frozenset({Role.COUNTY_OFFICE, Role.TOWNSHIP_CLERK})

allow("exchange.view", roles=_OFFICES | {Role.MACHINE_CLIENT})
allow("exchange.upload", roles=_OFFICES | {Role.MACHINE_CLIENT})
allow("exchange.decide", roles=_OFFICES)
allow("exchange.take_refused_rows", roles=_OFFICES)
