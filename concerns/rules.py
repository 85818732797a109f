"""Who may do what in the app of requests and grievances."""

from typing import Final

from registry.access import allow
from registry.enums import Role

_OFFICES: Final = frozenset({Role.COUNTY_OFFICE, Role.TOWNSHIP_CLERK})
_TEAM: Final = _OFFICES | {Role.VILLAGE_TEAM}
_EVERYBODY: Final = _TEAM | {Role.HELPER}

# A helper sees and enters the requests of the paired households alone (queries/requests.py).
allow("concerns.view_requests", roles=_EVERYBODY | {Role.MACHINE_CLIENT})
allow("concerns.enter_requests", roles=_EVERYBODY | {Role.MACHINE_CLIENT})
allow("concerns.work_requests", roles=_EVERYBODY)
allow("concerns.settle_requests", roles=_TEAM)
allow("concerns.view_board", roles=_TEAM | {Role.MACHINE_CLIENT})
allow("concerns.view_periods", roles=_TEAM)
allow("concerns.manage_periods", roles={Role.COUNTY_OFFICE})
# No machine and no helper meets a grievance. The database shows each row only from its reach upwards, and to nobody
# whom it is about; which level answers is asked with the grievance (domain/grievances.py).
allow("concerns.file_grievance", roles=_TEAM)
allow("concerns.view_grievances", roles=_TEAM)
allow("concerns.answer_grievance", roles=_OFFICES)
allow("concerns.record_reply", roles=_TEAM)
# Of what is about the county office itself.
allow("concerns.view_above", roles={Role.AUDIT_ADMINISTRATOR})
allow("concerns.answer_above", roles={Role.AUDIT_ADMINISTRATOR})
