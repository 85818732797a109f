"""Find the details of what somebody entered in a month without reading the whole trail; no table is locked for it."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("registry", "0012_ask_for_corrections")]

    operations = [
        AddIndexConcurrently(
            "auditdetail", models.Index(fields=["tenant", "username", "at"], name="auditdetail_entered")
        )
    ]
