"""A settlement says how many homes were built in it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("villages", "0013_drop_leader_name"),
    ]

    operations = [
        migrations.AddField(
            model_name="settlementpoint",
            name="home_count",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="homes built"),
        ),
        migrations.AddConstraint(
            model_name="settlementpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("home_count__isnull", True), ("kind_code", "3"), _connector="OR"),
                name="settlementpoint_homes_are_of_a_relocation",
            ),
        ),
    ]
