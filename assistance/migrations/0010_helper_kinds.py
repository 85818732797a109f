"""Say what kind of helper somebody is; a private person may have no unit."""

import django.db.models.deletion
from django.db import migrations, models

import registry.tenancy.fields


class Migration(migrations.Migration):
    dependencies = [("assistance", "0004_village_exits"), ("villages", "0001_villages_and_units")]

    operations = [
        migrations.AddField(
            model_name="helper",
            name="kind_code",
            field=models.CharField(db_default="1", default="1", max_length=20, verbose_name="kind of helper"),
        ),
        migrations.AlterField(
            model_name="helper",
            name="unit",
            field=registry.tenancy.fields.TenantForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="helpers",
                to="villages.unit",
                verbose_name="unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="helper",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind_code", ""), _negated=True), name="helper_kind_is_given"
            ),
        ),
        migrations.AddConstraint(
            model_name="helper",
            constraint=models.CheckConstraint(
                condition=models.Q(("unit__isnull", False), ("kind_code", "5"), _connector="OR"),
                name="helper_has_a_unit_unless_private",
            ),
        ),
    ]
