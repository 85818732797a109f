"""Grant the app role its rights on the tables outside the tenants, those of libraries included."""

from django.db import migrations

from registry.tenancy.operations import GrantTable

# As they stood with version 0.1; a later table or right is granted by its own migration.
RIGHTS = {
    # ours
    "registry_tenant": "SELECT, INSERT, UPDATE (name, is_active, opened_on, index_version, version)",
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
    # of libraries
    "django_session": "SELECT, INSERT, UPDATE, DELETE",
    "django_content_type": "SELECT",
    "django_migrations": "SELECT",
    "auth_permission": "",
    "auth_group": "",
    "auth_group_permissions": "",
    "django_admin_log": "",
}


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0001_kernel"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("sessions", "0001_initial"),
    ]

    operations = [GrantTable(table, rights) for table, rights in RIGHTS.items()]
