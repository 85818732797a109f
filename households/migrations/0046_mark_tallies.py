"""What boards count of households marks the village in which it changes."""

from django.db import migrations

from registry.tenancy.tallying import MarkTallies


class Migration(migrations.Migration):
    dependencies = [("households", "0040_tell_the_sex_of_who_is_offered"), ("registry", "0019_tallies")]

    operations = [
        MarkTallies("household", columns=("status",)),
        MarkTallies("householdspell", columns=("household_id", "status", "starts_on", "ends_on")),
        MarkTallies("monitoringspell", columns=("household_id", "starts_on", "ends_on")),
        MarkTallies("membership", columns=("household_id", "person_id", "ends_on")),
    ]
