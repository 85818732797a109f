"""Who may do what with periods."""

from typing import Final

from registry.access import allow
from registry.enums import Role

_COUNTY: Final = frozenset({Role.COUNTY_OFFICE})

# Which periods there are and where they stand: no person and no figure stands there.
allow("periods.view", roles=_COUNTY | {Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM, Role.HELPER, Role.MACHINE_CLIENT})
# Pictures with their checksums, bookings of the whole county, reopenings.
allow("periods.view_pictures", roles=_COUNTY | {Role.MACHINE_CLIENT})
allow("periods.manage", roles=_COUNTY)
allow("periods.freeze", roles=_COUNTY | {Role.MACHINE_CLIENT, Role.SERVICE})
allow("periods.publish", roles=_COUNTY)
allow("periods.ask_reopening", roles=_COUNTY)
# Whoever asked never decides; that is asked with the reopening (domain/reopening.py).
allow("periods.decide_reopening", roles=_COUNTY)
