"""Who has a first page with figures. What it shows of each kind is what its list may be opened for."""

from registry.access import allow
from registry.enums import Role

allow(
    "dashboards.view",
    roles={Role.COUNTY_OFFICE, Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM, Role.HELPER, Role.MACHINE_CLIENT},
)
