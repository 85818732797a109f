"""Arm the workflow of mails that come back and of outside addresses; a test holds the pairs to `reports/workflow.py`."""

from importlib import import_module

from django.db import migrations

from registry.lib.states import guard_sql, unguard_sql

FORMER_PAIRS = import_module("reports.migrations.0002_arm_workflow").DELIVERY_PAIRS
DELIVERY_PAIRS = (
    *FORMER_PAIRS,
    ("bounced", "pending"),
    ("sending", "bounced"),
    ("sent", "bounced"),
    ("unclear", "bounced"),
)
ADDRESS_PAIRS = (
    ("allowed", "withdrawn"),
    ("asked", "allowed"),
    ("asked", "refused"),
)


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_schedules_by_rules")]

    operations = [
        migrations.RunSQL(
            guard_sql("reports_delivery", "state", DELIVERY_PAIRS), guard_sql("reports_delivery", "state", FORMER_PAIRS)
        ),
        migrations.RunSQL(
            guard_sql("reports_outsideaddress", "state", ADDRESS_PAIRS),
            unguard_sql("reports_outsideaddress", "state"),
        ),
    ]
