"""The rank of helpers, and how many households a helper of a rank may stand by."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.operations import ProtectTenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("assistance", "0014_arm_household_plans"),
        ("registry", "0018_dispatch_office"),
    ]

    operations = [
        migrations.AddField(
            model_name="helper",
            name="rank_code",
            field=models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="rank"),
        ),
        migrations.AddField(
            model_name="helper",
            name="takes_part",
            field=models.BooleanField(
                db_default=True,
                default=True,
                help_text="Whether a helper plan may give this helper households.",
                verbose_name="takes part",
            ),
        ),
        migrations.CreateModel(
            name="HelperLoad",
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
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created at"),
                ),
                (
                    "updated_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="updated at"),
                ),
                ("from_year", models.PositiveSmallIntegerField(verbose_name="from the year")),
                (
                    "rank_code",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="Empty: helpers of whom no rank is on file.",
                        max_length=20,
                        verbose_name="rank",
                    ),
                ),
                ("household_limit", models.PositiveSmallIntegerField(verbose_name="households at most")),
                ("source", models.CharField(max_length=200, verbose_name="source of the limit")),
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
                "verbose_name": "load limit of helpers",
                "verbose_name_plural": "load limits of helpers",
                "ordering": ["-from_year", "rank_code"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "from_year", "rank_code"), name="helperload_once_a_year_and_rank"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_year__gte", 2000), ("from_year__lte", 2100)),
                        name="helperload_year_is_plausible",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("household_limit__lte", 200)), name="helperload_limit_is_plausible"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="helperload_names_its_source"
                    ),
                ],
            },
        ),
        ProtectTenantTable("helperload", policy=Policy.SHARED),
    ]
