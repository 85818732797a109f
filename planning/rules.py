"""Who may do what with dispatch plans."""

from typing import Final

from registry.access import allow
from registry.enums import Role

_PLANNERS: Final = frozenset({Role.DISPATCH_OFFICE, Role.COUNTY_OFFICE})

allow("planning.view", roles=_PLANNERS)
allow("planning.manage_units", roles=_PLANNERS)
allow("planning.plan", roles=_PLANNERS)
allow("planning.publish", roles=_PLANNERS)
allow("planning.publish_needs", roles={Role.COUNTY_OFFICE})
allow("planning.answer", roles={Role.COUNTY_OFFICE, Role.SERVICE})
