"""Keep the superseded versions of pairings and measures."""

from django.db import migrations

from registry.tenancy.operations import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("assistance", "0002_measures"), ("registry", "0004_row_versions")]

    operations = [KeepHistory("pairing", of="household"), KeepHistory("measure", of="household")]
