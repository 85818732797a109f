"""Keep the superseded versions of households, persons, and all that stands below them."""

from django.db import migrations

from registry.tenancy.operations import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("households", "0002_arm_workflow"), ("registry", "0004_row_versions")]

    operations = [
        KeepHistory("household"),
        KeepHistory("person"),
        KeepHistory("membership", of="household"),
        KeepHistory("householdspell", of="household"),
        KeepHistory("monitoringspell", of="household"),
        KeepHistory("householdyear", of="household"),
        KeepHistory("personyear", of="person"),
    ]
