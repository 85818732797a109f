"""What the first page counts of households and postings marks the village in which it changes."""

from django.db import migrations

from registry.tenancy.tallying import MarkTallies


class Migration(migrations.Migration):
    dependencies = [("households", "0047_plan_lifting_and_tell_cause_of_return")]

    operations = [
        MarkTallies(
            "household",
            columns=("status", "monitoring_state", "monitoring_code", "main_cause_code"),
            before=("status",),
        ),
        MarkTallies(
            "posting", columns=("household_id", "stock", "kind", "effective_on", "households_delta", "persons_delta")
        ),
    ]
