"""Keep the superseded versions of pairings."""

from django.db import migrations

from registry.tenancy.operations import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("assistance", "0001_helpers_and_pairings"), ("registry", "0004_row_versions")]

    operations = [KeepHistory("pairing", of="household")]
