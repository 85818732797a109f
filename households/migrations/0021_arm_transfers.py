"""Hold a transfer to its workflow, whichever side of it the row stands on."""

from django.db import migrations

from households.workflow import guard_sql, unguard_sql

TRANSFER_PAIRS = (
    ("accepted", "done"),
    ("accepted", "lapsed"),
    ("accepted", "withdrawn"),
    ("offered", "accepted"),
    ("offered", "declined"),
    ("offered", "done"),
    ("offered", "lapsed"),
    ("offered", "withdrawn"),
)


class Migration(migrations.Migration):
    dependencies = [("households", "0020_transfer_persons")]

    operations = [
        migrations.RunSQL(
            guard_sql("households_transfer", "state", TRANSFER_PAIRS),
            unguard_sql("households_transfer", "state"),
        ),
    ]
