"""Arm the workflow table of `exchange/workflow.py` in the database; a test holds the pairs here to those there."""

from django.db import migrations

from households.workflow import guard_sql, unguard_sql

STATE_PAIRS = (
    ("applying", "applied"),
    ("applying", "failed"),
    ("checked", "applying"),
    ("checked", "failed"),
    ("checked", "rejected"),
    ("checking", "checked"),
    ("checking", "failed"),
    ("uploaded", "checking"),
    ("uploaded", "failed"),
    ("uploaded", "rejected"),
)


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_rosters"), ("households", "0002_arm_workflow")]

    operations = [
        migrations.RunSQL(
            guard_sql("exchange_importbatch", "state", STATE_PAIRS), unguard_sql("exchange_importbatch", "state")
        ),
    ]
