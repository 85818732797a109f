"""Who may do what with training and posts."""

from typing import Final

from registry.access import allow
from registry.enums import Role

_OFFICES: Final = frozenset({Role.COUNTY_OFFICE, Role.TOWNSHIP_CLERK})
_FIELD: Final = _OFFICES | {Role.VILLAGE_TEAM, Role.MACHINE_CLIENT}

# A helper sees persons of paired households alone; that is asked with each list (queries/visibility.py).
allow("livelihoods.view", roles=_FIELD | {Role.HELPER})
allow("livelihoods.view_coverage", roles=_FIELD)
allow("livelihoods.record_wish", roles=_FIELD | {Role.HELPER})
allow("livelihoods.keep_courses", roles=_OFFICES | {Role.MACHINE_CLIENT})
allow("livelihoods.enrol", roles=_FIELD)
allow("livelihoods.record_attendance", roles=_FIELD)
allow("livelihoods.certify", roles=_OFFICES | {Role.MACHINE_CLIENT})
allow("livelihoods.record_outcome", roles=_FIELD | {Role.HELPER})
allow("livelihoods.keep_posts", roles=_OFFICES)
allow("livelihoods.fill_posts", roles=_FIELD)
allow("livelihoods.confirm_months", roles=_FIELD)
allow("livelihoods.manage_figures", roles={Role.COUNTY_OFFICE})
