"""Keep the superseded versions of households, persons, and all that stands below them."""

from django.db import migrations

from registry.tenancy.operations import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("households", "0004_persons_in_full"), ("registry", "0004_row_versions")]

    operations = [
        KeepHistory("household"),
        KeepHistory("person"),
        KeepHistory("membership", of="household"),
        KeepHistory("householdspell", of="household"),
        KeepHistory("monitoringspell", of="household"),
        KeepHistory("householdyear", of="household"),
        KeepHistory("personyear", of="person"),
        KeepHistory("visit", of="household"),
        KeepHistory("incomeline", of="household"),
        KeepHistory("relocation", of="household"),
        KeepHistory("workrecord", of="person"),
    ]
