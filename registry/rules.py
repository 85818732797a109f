"""Who may do what in the kernel."""

from typing import Final

from registry.access import allow
from registry.enums import Role
from registry.models import User
from registry.tenancy.context import Actor

_PEOPLE: Final = frozenset(Role) - {Role.SERVICE}
_SECURITY: Final = frozenset({Role.SECURITY_ADMINISTRATOR, Role.SERVICE})
_SYSTEM: Final = frozenset({Role.SYSTEM_ADMINISTRATOR})


def is_somebody_else(actor: Actor, user: User) -> bool:
    """Not to one's own account."""
    return actor.user_id != user.pk


allow("registry.use_site", roles=_PEOPLE - {Role.MACHINE_CLIENT})
allow("registry.amend_own_account", roles=_PEOPLE - {Role.MACHINE_CLIENT})
allow("registry.view_divisions", roles=_PEOPLE)
allow("registry.view_codes", roles=_PEOPLE)
allow("registry.view_history", roles={Role.COUNTY_OFFICE, Role.TOWNSHIP_CLERK, Role.VILLAGE_TEAM})

allow("registry.view_system", roles=_SYSTEM)
allow("registry.view_jobs", roles=_SYSTEM | {Role.COUNTY_OFFICE})
allow("registry.manage_tenants", roles=_SYSTEM | {Role.SERVICE})

allow("registry.view_people", roles={Role.SECURITY_ADMINISTRATOR})
allow("registry.create_user", roles=_SECURITY)
allow("registry.amend_user", roles=_SECURITY, when=is_somebody_else)
allow("registry.note_bounced_address", roles={Role.SERVICE})
allow("registry.grant_membership", roles=_SECURITY, when=is_somebody_else)
allow("registry.end_membership", roles=_SECURITY, when=is_somebody_else)
allow("registry.manage_tokens", roles=_SECURITY, when=is_somebody_else)

allow("registry.view_audit", roles={Role.AUDIT_ADMINISTRATOR})

allow("registry.empty_audit_details", roles={Role.SERVICE})
allow("registry.renew_keys", roles={Role.SERVICE})
