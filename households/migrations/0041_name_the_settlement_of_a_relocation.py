"""A relocation names its settlement, the dwelling in it, and the day on which the keys were handed over."""

import django.db.models.deletion
from django.db import migrations, models

import registry.tenancy.fields
from registry.tenancy.operations import TenantLink


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0040_tell_the_sex_of_who_is_offered"),
        ("registry", "0018_dispatch_office"),
        ("villages", "0014_count_homes_of_settlements"),
    ]

    operations = [
        migrations.AddField(
            model_name="relocation",
            name="entrance",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=20, verbose_name="entrance of the building"
            ),
        ),
        migrations.AddField(
            model_name="relocation",
            name="handed_over_on",
            field=models.DateField(blank=True, null=True, verbose_name="keys handed over on"),
        ),
        migrations.AddField(
            model_name="relocation",
            name="room",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=20, verbose_name="number of the dwelling"
            ),
        ),
        migrations.AddField(
            model_name="relocation",
            name="settlement",
            field=registry.tenancy.fields.TenantForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="relocations",
                to="villages.settlementpoint",
                verbose_name="settlement",
            ),
        ),
        migrations.AlterField(
            model_name="relocation",
            name="building",
            field=models.CharField(blank=True, max_length=60, verbose_name="building"),
        ),
        migrations.AddIndex(
            model_name="relocation",
            index=models.Index(fields=["tenant", "settlement", "household"], name="relocation_settlement"),
        ),
        migrations.AddConstraint(
            model_name="relocation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("handed_over_on__isnull", True),
                    ("moved_in_on__isnull", True),
                    ("moved_in_on__gte", models.F("handed_over_on")),
                    _connector="OR",
                ),
                name="relocation_moved_in_after_the_keys",
            ),
        ),
        TenantLink("relocation", "settlement"),
    ]
