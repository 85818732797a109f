"""Figures that boards keep by village, and marks of what changed since."""

import django.db.models.deletion
from django.db import migrations, models

import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.operations import ProtectTenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0018_dispatch_office"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=registry.tenancy.models.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "scope_code",
                    models.CharField(db_collation="C", editable=False, max_length=12, verbose_name="division in scope"),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("figures", models.JSONField(default=dict, verbose_name="figures")),
                (
                    "tenant",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.tenant",
                        verbose_name="tenant",
                    ),
                ),
            ],
            options={
                "verbose_name": "tally of a village",
                "verbose_name_plural": "tallies of villages",
                "ordering": ["scope_code"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("tenant", "scope_code"), name="tally_once_a_village")],
            },
        ),
        migrations.CreateModel(
            name="TallyMark",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=registry.tenancy.models.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "scope_code",
                    models.CharField(db_collation="C", editable=False, max_length=12, verbose_name="division in scope"),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.tenant",
                        verbose_name="tenant",
                    ),
                ),
            ],
            options={
                "verbose_name": "mark of a change in a village",
                "verbose_name_plural": "marks of changes in villages",
                "ordering": ["scope_code", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["tenant", "scope_code"], name="tallymark_scope")],
            },
        ),
        ProtectTenantTable("tally", policy=Policy.RANGED),
        ProtectTenantTable("tallymark", policy=Policy.RANGED, deletable=True),
    ]
