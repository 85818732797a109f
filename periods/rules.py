"""Who may do what with periods and pictures of the register."""

from typing import Any, Final

from registry.access import allow
from registry.enums import Role
from registry.lib.gbcode import subtree
from registry.tenancy.context import Actor

_ASKERS: Final = frozenset({Role.COUNTY_OFFICE, Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM})


def _sees_whole_area(actor: Actor, snapshot: Any) -> bool:  # noqa: ANN401  (any row with an area)
    """Tell whether the whole area of a picture lies in what the actor sees: a part would give another checksum."""
    area = subtree(snapshot.scope_code)
    return any(code_range.includes(area) for code_range in actor.ranges)


allow("periods.view_pictures", roles=_ASKERS | {Role.MACHINE_CLIENT})
allow("periods.ask_picture", roles=_ASKERS | {Role.MACHINE_CLIENT, Role.SERVICE})
allow("periods.verify", roles=_ASKERS | {Role.SERVICE}, when=_sees_whole_area)
allow("periods.remove_pictures", roles={Role.SERVICE})
