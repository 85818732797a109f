"""What boards count of training marks the village in which it changes."""

from django.db import migrations

from registry.tenancy.tallying import MarkTallies


class Migration(migrations.Migration):
    dependencies = [("livelihoods", "0003_post_figures"), ("households", "0046_mark_tallies")]

    operations = [
        MarkTallies(
            "enrolment",
            columns=("person_id", "last_on", "day_count", "attended_days", "certified_on", "withdrawn_on"),
        ),
        MarkTallies(
            "trainingrule",
            columns=("from_year", "least_percent", "needs_certificate", "counted_since"),
            villages="villages_village",
        ),
    ]
