"""Keep the superseded versions of villages, their yearly facts, teams with members, activities, and units."""

from django.db import migrations

from registry.tenancy.operations import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("registry", "0008_lighten_row_versions"), ("villages", "0018_keep_telephones_of_committees")]

    operations = [
        KeepHistory("village"),
        KeepHistory("villageyear", of="village"),
        KeepHistory("workteam"),
        KeepHistory("teammember", of="team"),
        KeepHistory("villageactivity", of="village"),
        KeepHistory("unit"),
    ]
