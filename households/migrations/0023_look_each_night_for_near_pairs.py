"""Let every county that is open look each night for persons who look alike; one that opens later begins with its roster."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

PLATFORM_TENANT_ID = 1
KIND = "households.near_night"


def begin(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Note the due work of each county for the next night at half past three; done again it changes nothing."""
    now = datetime.now(tz=ZoneInfo("Asia/Shanghai"))
    tonight = (now + timedelta(days=1)).replace(hour=3, minute=30, second=0, microsecond=0)
    due_work = apps.get_model("registry", "DueWork")
    tenants = apps.get_model("registry", "Tenant").objects.exclude(pk=PLATFORM_TENANT_ID).order_by("pk")
    due_work.objects.bulk_create(
        [due_work(tenant=tenant, kind=KIND, key="", due_at=tonight) for tenant in tenants], ignore_conflicts=True
    )


class Migration(migrations.Migration):
    dependencies = [("households", "0021_arm_transfers"), ("registry", "0010_count_releases")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
