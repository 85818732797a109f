"""Who may do what with findings, exemptions and rules."""

from typing import Final

from quality.models import Exemption
from registry.access import allow
from registry.enums import Role
from registry.tenancy.context import Actor

_OFFICES: Final = frozenset({Role.COUNTY_OFFICE, Role.TOWNSHIP_CLERK})


def is_second_person(actor: Actor, exemption: Exemption) -> bool:
    """Not one's own request."""
    return actor.user_id is not None and actor.user_id != exemption.requested_by


allow("quality.view", roles=_OFFICES | {Role.VILLAGE_TEAM, Role.SECTOR_CLERK, Role.HELPER, Role.MACHINE_CLIENT})
allow("quality.run", roles={Role.COUNTY_OFFICE, Role.SERVICE})
allow("quality.assign", roles=_OFFICES)
allow("quality.answer", roles=_OFFICES | {Role.VILLAGE_TEAM, Role.SECTOR_CLERK})
allow("quality.request_exemption", roles=_OFFICES | {Role.VILLAGE_TEAM, Role.SECTOR_CLERK})
allow("quality.decide_exemption", roles=_OFFICES, when=is_second_person)
allow("quality.bring_list", roles={Role.COUNTY_OFFICE})
allow("quality.match_line", roles={Role.COUNTY_OFFICE})
allow("quality.return_list", roles={Role.COUNTY_OFFICE})
allow("quality.empty_lists", roles={Role.SERVICE})
allow("quality.set_parameters", roles={Role.COUNTY_OFFICE})
