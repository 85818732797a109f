"""Who may do what in the kernel itself: the three administrators' powers, and what everybody may read."""

from typing import Final

from registry.access import allow
from registry.enums import Role

_SYSTEM: Final = frozenset({Role.SYSTEM_ADMINISTRATOR})
_SECURITY: Final = frozenset({Role.SECURITY_ADMINISTRATOR})
_AUDIT: Final = frozenset({Role.AUDIT_ADMINISTRATOR})
_EVERYBODY: Final = frozenset(Role) - {Role.SERVICE}

allow("registry.view_divisions", roles=_EVERYBODY)
allow("registry.view_codes", roles=_EVERYBODY)

allow("registry.view_system", roles=_SYSTEM)
allow("registry.manage_tenants", roles=_SYSTEM)
allow("registry.view_jobs", roles=_SYSTEM | {Role.COUNTY_OFFICE})

allow("registry.view_people", roles=_SECURITY)
allow("registry.manage_people", roles=_SECURITY)
allow("registry.grant_membership", roles=_SECURITY)
allow("registry.end_membership", roles=_SECURITY)
allow("registry.issue_token", roles=_SECURITY)
allow("registry.revoke_token", roles=_SECURITY)

allow("registry.view_audit", roles=_AUDIT)
