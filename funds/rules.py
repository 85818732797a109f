"""Who may do what with assistance funds."""

from typing import Final

from registry.access import allow
from registry.enums import Role

_COUNTY: Final = frozenset({Role.COUNTY_OFFICE})
_OFFICES: Final = _COUNTY | {Role.TOWNSHIP_CLERK}

# Money by source and purpose, and programmes: no person stands there.
allow("funds.view", roles=_OFFICES | {Role.VILLAGE_TEAM, Role.MACHINE_CLIENT})
allow("funds.manage_budgets", roles=_COUNTY)
allow("funds.allocate", roles=_COUNTY)
allow("funds.manage_programmes", roles=_COUNTY)
# Who is paid: lists with their lines, and what a household received.
allow("funds.view_lists", roles=_OFFICES | {Role.MACHINE_CLIENT})
allow("funds.view_payments", roles=_OFFICES | {Role.VILLAGE_TEAM, Role.MACHINE_CLIENT})
allow("funds.make_list", roles=_OFFICES | {Role.MACHINE_CLIENT})
# Whoever made or submitted a list never decides on it; that is asked with the list (domain/lists.py).
allow("funds.decide_list", roles=_OFFICES)
allow("funds.note_payment", roles=_OFFICES)
allow("funds.take_bank_file", roles=_OFFICES)
allow("funds.reveal_account", roles=_OFFICES)
