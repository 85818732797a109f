"""Who may do what with reports."""

from typing import Final

from registry.access import allow
from registry.enums import Role

_COUNTY: Final = frozenset({Role.COUNTY_OFFICE})

allow("reports.view", roles=_COUNTY | {Role.MACHINE_CLIENT})
# Figures without persons of the own area: a township or village team sees no other's.
allow(
    "reports.view_area",
    roles=_COUNTY | {Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM, Role.MACHINE_CLIENT, Role.SERVICE},
)
# Figures by village, which may be few enough to tell who is meant: people of the area, no machine.
allow("reports.view_villages", roles=_COUNTY | {Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM})
allow("reports.view_persons", roles=_COUNTY | {Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM})
# The page of the catalogue shows each role the reports that it may have.
allow(
    "reports.use_catalogue",
    roles=_COUNTY | {Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM, Role.MACHINE_CLIENT},
)
allow("reports.compose", roles=_COUNTY | {Role.TOWNSHIP_CLERK})
allow("reports.run", roles=_COUNTY | {Role.MACHINE_CLIENT, Role.SERVICE})
allow("reports.view_village_causes", roles=_COUNTY)
allow("reports.receive", roles=_COUNTY)
allow("reports.schedule", roles=_COUNTY)
allow("reports.send", roles=_COUNTY | {Role.SERVICE})
allow("reports.view_published", roles={Role.PREFECTURE_READER, Role.PROVINCE_READER, Role.COUNTY_OFFICE})
