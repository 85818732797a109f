"""A look is asked for once at a time: the same again is a double click."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("oversight", "0001_granted_looks")]

    operations = [
        migrations.AddConstraint(
            model_name="lookgrant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["asked", "given"])),
                fields=("tenant", "reader", "area_code", "starts_on", "ends_on"),
                name="lookgrant_once_at_a_time",
            ),
        ),
    ]
