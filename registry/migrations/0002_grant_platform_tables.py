"""Grant the app role its rights on the tables outside the tenants, those of libraries included."""

from django.db import migrations

from registry.tenancy.operations import GrantTable
from registry.tenancy.platform import PLATFORM_TABLES


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0001_kernel"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("sessions", "0001_initial"),
    ]

    operations = [GrantTable(table, rights) for table, rights in PLATFORM_TABLES.items()]
