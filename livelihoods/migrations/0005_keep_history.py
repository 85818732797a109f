"""Keep the superseded versions of public-welfare posts and courses."""

from django.db import migrations

from registry.tenancy.operations import KeepHistory


class Migration(migrations.Migration):
    dependencies = [("villages", "0019_keep_history"), ("livelihoods", "0004_mark_tallies")]

    operations = [
        KeepHistory("welfarepost", of="village"),
        KeepHistory("course"),
    ]
