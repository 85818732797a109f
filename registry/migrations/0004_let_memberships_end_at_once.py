"""Let a membership end on the day it starts: one that was granted by mistake is taken back at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_open_platform_tenant")]

    operations = [
        migrations.RemoveConstraint(model_name="membership", name="membership_ends_after_start"),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                name="membership_ends_not_before_start",
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
            ),
        ),
    ]
