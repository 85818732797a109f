"""Arm the workflow tables of `reports/workflow.py` in the database; a test holds the pairs here to those there."""

from django.db import migrations

from households.workflow import guard_sql, unguard_sql

RUN_PAIRS = (
    ("queued", "failed"),
    ("queued", "running"),
    ("running", "failed"),
    ("running", "finished"),
)
DELIVERY_PAIRS = (
    ("failed", "pending"),
    ("pending", "failed"),
    ("pending", "sending"),
    ("sending", "failed"),
    ("sending", "pending"),
    ("sending", "sent"),
    ("sending", "unclear"),
    ("unclear", "pending"),
    ("unclear", "sent"),
)


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_runs_schedules_and_mails")]

    operations = [
        migrations.RunSQL(
            guard_sql("reports_reportrun", "state", RUN_PAIRS), unguard_sql("reports_reportrun", "state")
        ),
        migrations.RunSQL(
            guard_sql("reports_delivery", "state", DELIVERY_PAIRS), unguard_sql("reports_delivery", "state")
        ),
    ]
