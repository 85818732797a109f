"""The closed list of tables that stand outside the tenants, with what the app role may do to each.

A table that is neither here nor a tenant table makes the system check fail. None of them holds a household's data.
"""

from typing import Final

PLATFORM_TABLES: Final[dict[str, str]] = {
    # ours
    "registry_tenant": "SELECT, INSERT, UPDATE (name, is_active, opened_on, index_version, office_contact, version)",
    "registry_divisionedition": "SELECT",
    "registry_division": "SELECT",
    "registry_divisionpredecessor": "SELECT",
    "registry_code": "SELECT",
    "registry_user": "SELECT, INSERT, UPDATE",
    "registry_membership": "SELECT, INSERT, UPDATE (ends_on)",
    "registry_apitoken": "SELECT, INSERT, UPDATE (revoked_at, last_used_at)",
    "registry_duework": "SELECT, INSERT, UPDATE (due_at), DELETE",
    "registry_letter": "SELECT, INSERT, UPDATE (payload, delivered_at, attempts, failure)",
    "registry_publishedfigure": "SELECT, INSERT",
    "registry_publishededition": "SELECT, INSERT",
    "registry_publisheddivision": "SELECT, INSERT",
    "registry_grantedlook": "SELECT, INSERT, UPDATE (ended_at)",
    # reached by the function claim_identities alone
    "registry_identityclaim": "",
    # of libraries
    "django_session": "SELECT, INSERT, UPDATE, DELETE",
    "django_content_type": "SELECT",
    "django_migrations": "SELECT",
    "auth_permission": "",
    "auth_group": "",
    "auth_group_permissions": "",
    "django_admin_log": "",
}
