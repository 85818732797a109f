"""Let a person's year name the visit that told it."""

import django.db.models.deletion
from django.db import migrations

import registry.tenancy.fields
from registry.tenancy.operations import KeepHistory, TenantLink


class Migration(migrations.Migration):
    dependencies = [("households", "0008_note_duplicates")]

    operations = [
        migrations.AddField(
            model_name="personyear",
            name="visit",
            field=registry.tenancy.fields.TenantForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="person_years",
                to="households.visit",
                verbose_name="visit",
            ),
        ),
        TenantLink("personyear", "visit"),
        # The text of the triggers names the columns.
        KeepHistory("personyear", of="person"),
    ]
