"""Arm the stages of infrastructure projects. A test holds the pairs here to those of `villages/workflow.py`."""

from django.db import migrations

from registry.lib.states import guard_sql, unguard_sql

STAGE_PAIRS = (
    ("approved", "stopped"),
    ("approved", "under_way"),
    ("built", "accepted"),
    ("built", "under_way"),
    ("planned", "approved"),
    ("planned", "stopped"),
    ("under_way", "built"),
    ("under_way", "stopped"),
)


class Migration(migrations.Migration):
    dependencies = [("villages", "0006_infrastructure")]

    operations = [
        migrations.RunSQL(
            guard_sql("villages_infrastructureproject", "stage", STAGE_PAIRS),
            unguard_sql("villages_infrastructureproject", "stage"),
        )
    ]
