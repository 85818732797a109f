"""Who may do what with households."""

from typing import Final

from registry.access import allow
from registry.enums import Role

_OFFICES: Final = frozenset({Role.COUNTY_OFFICE, Role.TOWNSHIP_CLERK})
_WRITERS: Final = _OFFICES | {Role.VILLAGE_TEAM, Role.MACHINE_CLIENT}
_READERS: Final = _WRITERS | {Role.HELPER}

allow("households.view", roles=_READERS)
allow("households.view_sector", roles={Role.SECTOR_CLERK})
allow("households.view_ledger", roles=_OFFICES | {Role.VILLAGE_TEAM})
allow("households.register", roles=_WRITERS | {Role.SERVICE})
allow("households.amend", roles=_WRITERS)
allow("households.change_members", roles=_WRITERS)
# Taking back a wrong death or leaving changes stocks of the past: the village reports it, the offices do it.
allow("households.reinstate_member", roles=_OFFICES)
allow("households.record_year", roles=_WRITERS)
allow("households.record_work", roles=_WRITERS)
allow("households.change_status", roles=_OFFICES)
allow("households.monitor", roles=_OFFICES)
allow("households.move", roles=_OFFICES)
allow("households.read_disability_marks", roles={Role.SERVICE})
allow("households.view_transfers", roles=_OFFICES)
allow("households.offer_transfer", roles={Role.COUNTY_OFFICE})
allow("households.answer_transfer", roles={Role.COUNTY_OFFICE})
allow("households.carry_out_transfer", roles={Role.SERVICE})
allow("households.view_objections", roles=_OFFICES)
allow("households.manage_objections", roles={Role.COUNTY_OFFICE})
allow("households.anonymise", roles={Role.SERVICE})
allow("households.split", roles=_OFFICES)
allow("households.merge", roles=_OFFICES)
allow("households.view_timeline", roles=_OFFICES | {Role.VILLAGE_TEAM, Role.MACHINE_CLIENT})
allow("households.view_reveals", roles={Role.COUNTY_OFFICE})
allow("households.reveal", roles=_OFFICES | {Role.VILLAGE_TEAM})
allow("households.view_coefficients", roles=_OFFICES | {Role.VILLAGE_TEAM, Role.MACHINE_CLIENT})
allow("households.manage_coefficients", roles={Role.COUNTY_OFFICE})
allow("households.visit", roles=_WRITERS)
allow("households.record_relocation", roles=_WRITERS)
allow("households.view_settlements", roles=_WRITERS)
allow("households.view_duplicates", roles=_OFFICES)
allow("households.settle_duplicate", roles=_OFFICES)
allow("households.view_near", roles=_OFFICES | {Role.VILLAGE_TEAM})
allow("households.settle_near", roles=_OFFICES)
allow("households.claim", roles={Role.SERVICE})
allow("households.note_near", roles={Role.SERVICE})
# A person who proposed a change never decides on it; that is asked with the request (domain/change_requests.py).
allow("households.view_change_requests", roles=_WRITERS)
allow("households.propose_change", roles=_WRITERS)
allow("households.decide_change", roles=_OFFICES)
allow("households.view_closed_years", roles=_WRITERS)
allow("households.close_year", roles={Role.COUNTY_OFFICE})
allow("households.view_change_rule", roles=_OFFICES)
allow("households.begin_change_rule", roles={Role.SERVICE})
allow("households.manage_change_rule", roles={Role.COUNTY_OFFICE})
