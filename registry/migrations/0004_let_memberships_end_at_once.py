"""Let a membership end on the day it starts, and one clerk serve two sectors of a division from the same day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_open_platform_tenant")]

    operations = [
        migrations.RemoveConstraint(model_name="membership", name="membership_ends_after_start"),
        migrations.RemoveConstraint(model_name="membership", name="membership_once"),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                fields=("user", "tenant", "role", "sector", "division_code", "starts_on"), name="membership_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                name="registry_membership_ends_not_before_start",
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
            ),
        ),
    ]
