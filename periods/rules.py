"""Who may do what with periods and pictures of the register."""

from typing import Any, Final

from registry.access import allow
from registry.enums import Role
from registry.tenancy.context import Actor

_COUNTY: Final = frozenset({Role.COUNTY_OFFICE})
_ASKERS: Final = _COUNTY | {Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM}


def _sees_whole_area(actor: Actor, snapshot: Any) -> bool:  # noqa: ANN401  (any row with an area)
    """Tell whether the whole area of a picture lies in what the actor sees: a part would give another checksum."""
    return actor.covers_whole(snapshot.scope_code)


allow("periods.ask_picture", roles=_ASKERS | {Role.MACHINE_CLIENT, Role.SERVICE})
allow("periods.verify", roles=_ASKERS | {Role.SERVICE}, when=_sees_whole_area)
allow("periods.remove_pictures", roles={Role.SERVICE})

# Which periods there are and where they stand: no person and no figure stands there.
allow("periods.view", roles=_ASKERS | {Role.HELPER, Role.MACHINE_CLIENT})
# The editions of a period with their checksums, and requests to open one again.
allow("periods.view_pictures", roles=_COUNTY | {Role.MACHINE_CLIENT})
# The households and postings behind a figure, in one's own area.
allow("periods.view_behind", roles=_ASKERS)
allow("periods.manage", roles=_COUNTY)
allow("periods.freeze", roles=_COUNTY | {Role.MACHINE_CLIENT, Role.SERVICE})
allow("periods.publish", roles=_COUNTY)
# Whoever asked to open a period again never decides it; that is asked with the request (domain/reopening.py).
allow("periods.ask_reopening", roles=_COUNTY)
allow("periods.decide_reopening", roles=_COUNTY)
