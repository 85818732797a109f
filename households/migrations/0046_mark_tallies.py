"""What boards count of households marks the village in which it changes."""

from django.db import migrations

from registry.tenancy.tallying import MarkTallies


class Migration(migrations.Migration):
    dependencies = [("households", "0044_tell_what_stays_behind"), ("registry", "0019_tallies")]

    operations = [
        MarkTallies("household", columns=("status",)),
        MarkTallies("householdspell", columns=("household_id", "status", "starts_on", "ends_on")),
        MarkTallies("monitoringspell", columns=("household_id", "starts_on", "ends_on")),
        MarkTallies("membership", columns=("household_id", "person_id", "ends_on")),
    ]
