"""Keep the superseded versions of support periods."""

from django.db import migrations

from registry.tenancy.operations import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("registry", "0008_lighten_row_versions"), ("assistance", "0019_mark_tallies")]

    operations = [
        KeepHistory("supportperiod"),
    ]
