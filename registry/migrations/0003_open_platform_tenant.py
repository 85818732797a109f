"""Open the reserved tenant for events of the system itself, and its counter of audit events."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

PLATFORM_TENANT_ID = 1
PLATFORM_CODE = "000000000000"


def open_platform_tenant(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Insert the tenant once."""
    apps.get_model("registry", "Tenant").objects.update_or_create(
        pk=PLATFORM_TENANT_ID, defaults={"code": PLATFORM_CODE, "name": "平台", "is_active": True}
    )


def close_platform_tenant(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the tenant away again."""
    apps.get_model("registry", "Tenant").objects.filter(pk=PLATFORM_TENANT_ID).delete()


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_grant_platform_tables")]

    operations = [migrations.RunPython(open_platform_tenant, close_platform_tenant)]
