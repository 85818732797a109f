"""Who may do what with reports."""

from typing import Final

from registry.access import allow
from registry.enums import Role

_COUNTY: Final = frozenset({Role.COUNTY_OFFICE})

allow("reports.view", roles=_COUNTY | {Role.MACHINE_CLIENT, Role.SERVICE})
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
    roles=_COUNTY | {Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM, Role.SECTOR_CLERK, Role.MACHINE_CLIENT},
)
allow("reports.compose", roles=_COUNTY | {Role.TOWNSHIP_CLERK})
# The cards of one household, for a helper those of the paired ones.
allow("reports.view_cards", roles=_COUNTY | {Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM, Role.HELPER})
# A sector clerk has the findings of the sector alone.
allow(
    "reports.view_findings",
    roles=_COUNTY | {Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM, Role.SECTOR_CLERK, Role.MACHINE_CLIENT, Role.SERVICE},
)
allow("reports.run", roles=_COUNTY | {Role.MACHINE_CLIENT, Role.SERVICE})
allow("reports.view_village_causes", roles=_COUNTY)
# Whether a report may be received at all; the right of the report itself is asked besides.
allow("reports.receive", roles=_COUNTY | {Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM})
allow("reports.schedule", roles=_COUNTY)
allow("reports.send", roles=_COUNTY | {Role.SERVICE})
_ADMINISTRATORS: Final = frozenset({Role.SECURITY_ADMINISTRATOR})
allow("reports.ask_address", roles=_COUNTY)
allow("reports.decide_address", roles=_ADMINISTRATORS)
allow("reports.confirm_address", roles=_ADMINISTRATORS | {Role.SYSTEM_ADMINISTRATOR})
allow("reports.view_addresses", roles=_COUNTY | _ADMINISTRATORS | {Role.SYSTEM_ADMINISTRATOR})
allow("reports.view_bounces", roles=_COUNTY | _ADMINISTRATORS)
allow("reports.note_bounce", roles={Role.SERVICE})
allow("reports.view_published", roles={Role.PREFECTURE_READER, Role.PROVINCE_READER, Role.COUNTY_OFFICE})
