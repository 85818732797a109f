"""Keep the superseded versions of goals and of shareholdings."""

from django.db import migrations

from registry.tenancy.operations import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("households", "0005_keep_history"), ("economy", "0005_hold_shares_to_their_total")]

    operations = [
        KeepHistory("incomegoal"),
        KeepHistory("shareholding", of="household", or_itself=True),
    ]
