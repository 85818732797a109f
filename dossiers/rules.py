"""Who may do what with dossiers."""

from typing import Final

from registry.access import allow
from registry.enums import Role

_OFFICES: Final = frozenset({Role.COUNTY_OFFICE, Role.TOWNSHIP_CLERK})
_WORKERS: Final = _OFFICES | {Role.VILLAGE_TEAM}

allow("dossiers.view", roles=_WORKERS | {Role.MACHINE_CLIENT})
allow("dossiers.begin", roles=_WORKERS)
allow("dossiers.do_step", roles=_WORKERS)
allow("dossiers.look", roles=_WORKERS)
allow("dossiers.object", roles=_WORKERS)
allow("dossiers.answer", roles=_WORKERS)
allow("dossiers.withdraw", roles=_WORKERS)
allow("dossiers.refuse", roles=_OFFICES)
allow("dossiers.finish", roles=_OFFICES)
allow("dossiers.manage_templates", roles={Role.COUNTY_OFFICE, Role.SERVICE})
allow("dossiers.manage_rules", roles={Role.COUNTY_OFFICE})
allow("dossiers.raise_lead", roles=_WORKERS)
allow("dossiers.decide_lead", roles=_OFFICES)
allow("dossiers.check_removal", roles=_WORKERS)
allow("dossiers.manage_campaigns", roles={Role.COUNTY_OFFICE})
allow("dossiers.count_sweep", roles={Role.COUNTY_OFFICE, Role.VILLAGE_TEAM})
