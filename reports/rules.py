"""Who may do what with reports."""

from typing import Final

from registry.access import allow
from registry.enums import Role

_COUNTY: Final = frozenset({Role.COUNTY_OFFICE})

allow("reports.view", roles=_COUNTY | {Role.MACHINE_CLIENT})
allow("reports.view_persons", roles=_COUNTY | {Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM})
allow("reports.run", roles=_COUNTY | {Role.MACHINE_CLIENT, Role.SERVICE})
allow("reports.view_village_causes", roles=_COUNTY)
allow("reports.receive", roles=_COUNTY)
allow("reports.schedule", roles=_COUNTY)
allow("reports.send", roles=_COUNTY | {Role.SERVICE})
allow("reports.view_published", roles={Role.PREFECTURE_READER, Role.PROVINCE_READER, Role.COUNTY_OFFICE})
