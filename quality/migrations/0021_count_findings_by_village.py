"""Findings mark the village in which they change, and those that somebody was given are found by whom."""

from django.db import migrations, models

from registry.tenancy.tallying import MarkTallies


class Migration(migrations.Migration):
    dependencies = [("quality", "0020_dispatch_office"), ("registry", "0019_tallies")]

    operations = [
        MarkTallies("finding", columns=("state", "severity", "due_on", "first_seen_on")),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(
                condition=models.Q(("assignee_role__gt", ""), ("state__in", ["new", "assigned"])),
                fields=["tenant", "assignee_role"],
                name="finding_given_to_a_role",
            ),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(
                condition=models.Q(("assignee_id__isnull", False), ("state__in", ["new", "assigned"])),
                fields=["tenant", "assignee_id"],
                name="finding_given_to_a_person",
            ),
        ),
    ]
