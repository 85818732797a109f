"""Arm the workflow tables of `households/workflow.py` in the database; a test holds the pairs here to those there."""

from django.db import migrations

from households.workflow import guard_sql, unguard_sql

STATUS_PAIRS = (
    ("candidate", "closed"),
    ("candidate", "filed"),
    ("filed", "closed"),
    ("filed", "lifted"),
    ("lifted", "closed"),
    ("lifted", "returned"),
    ("ordinary", "closed"),
    ("returned", "closed"),
    ("returned", "lifted"),
)
MONITORING_PAIRS = (
    ("identified", "removed"),
    ("none", "identified"),
    ("relapsed", "removed"),
    ("removed", "relapsed"),
)


class Migration(migrations.Migration):
    dependencies = [("households", "0001_households_and_ledger")]

    operations = [
        migrations.RunSQL(
            guard_sql("households_household", "status", STATUS_PAIRS),
            unguard_sql("households_household", "status"),
        ),
        migrations.RunSQL(
            guard_sql("households_household", "monitoring_state", MONITORING_PAIRS),
            unguard_sql("households_household", "monitoring_state"),
        ),
    ]
