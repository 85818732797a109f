"""Who may do what with published areas, and with looks at persons."""

from typing import Final

from oversight.models import LookGrant
from registry.access import allow
from registry.enums import Role
from registry.tenancy.context import Actor

READERS: Final = frozenset({Role.PREFECTURE_READER, Role.PROVINCE_READER})
_COUNTY: Final = frozenset({Role.COUNTY_OFFICE})
_SECURITY: Final = frozenset({Role.SECURITY_ADMINISTRATOR})


def is_asked_by_another(actor: Actor, grant: LookGrant) -> bool:
    """Not what one asked for oneself, nor what opens something to oneself."""
    return actor.user_id is not None and actor.user_id not in {grant.asked_by, grant.reader_id}


allow("oversight.view", roles=READERS | _COUNTY)
allow("oversight.publish", roles=_COUNTY | {Role.SERVICE})
allow("oversight.view_grants", roles=_COUNTY | _SECURITY)
allow("oversight.ask_look", roles=_COUNTY)
allow("oversight.decide_look", roles=_COUNTY | _SECURITY, when=is_asked_by_another)
allow("oversight.withdraw_look", roles=_COUNTY | _SECURITY)
allow("oversight.look", roles=READERS)
