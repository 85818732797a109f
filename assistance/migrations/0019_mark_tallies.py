"""What boards count of assistance marks the village in which it changes."""

from django.db import migrations

from registry.tenancy.tallying import MarkTallies


class Migration(migrations.Migration):
    dependencies = [("assistance", "0017_editions_add_up"), ("households", "0046_mark_tallies")]

    operations = [
        MarkTallies("pairing", columns=("household_id", "helper_id", "is_lead", "starts_on", "ends_on")),
        MarkTallies("helpvisit", columns=("household_id", "visited_on", "withdrawn_on")),
        MarkTallies("householdplan", columns=("household_id", "year", "state")),
        MarkTallies("supportperiod", columns=("starts_on", "ends_on"), villages="villages_village"),
        MarkTallies("visitplan", columns=("year", "visits", "risk_visits"), villages="villages_village"),
    ]
