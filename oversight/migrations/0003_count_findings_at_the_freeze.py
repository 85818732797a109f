"""Findings are counted when a period is frozen, so that its publication finds them as they were then."""

import django.db.models.deletion
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.operations import ProtectTenantTable, TenantLink


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0002_ask_once"),
        ("periods", "0005_arm_periods"),
        ("registry", "0020_published_areas"),
    ]

    operations = [
        migrations.CreateModel(
            name="FindingCount",
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
                ("village_code", models.CharField(db_collation="C", max_length=12, verbose_name="village")),
                (
                    "severity",
                    models.CharField(
                        choices=[("refuse", "Refused at entry"), ("warn", "Warning"), ("suspicion", "Suspicion")],
                        max_length=10,
                        verbose_name="severity",
                    ),
                ),
                (
                    "rule_code",
                    models.CharField(blank=True, db_collation="C", default="", max_length=20, verbose_name="rule"),
                ),
                ("open_count", models.PositiveIntegerField(verbose_name="open findings")),
                ("late_count", models.PositiveIntegerField(default=0, verbose_name="open findings past their day")),
                (
                    "household_count",
                    models.PositiveIntegerField(default=0, verbose_name="households with open findings"),
                ),
                (
                    "snapshot",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="periods.snapshot",
                        verbose_name="snapshot",
                    ),
                ),
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
                "verbose_name": "count of findings at a freeze",
                "verbose_name_plural": "counts of findings at freezes",
                "ordering": ["snapshot", "village_code", "severity", "rule_code"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddConstraint(
            model_name="findingcount",
            constraint=models.UniqueConstraint(
                fields=("tenant", "snapshot", "village_code", "severity", "rule_code"), name="findingcount_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="findingcount",
            constraint=models.CheckConstraint(
                condition=models.Q(("severity__in", ["refuse", "warn", "suspicion"])),
                name="findingcount_severity_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="findingcount",
            constraint=models.CheckConstraint(
                condition=models.Q(("late_count__lte", models.F("open_count")), ("open_count__gte", 1)),
                name="findingcount_counts_some",
            ),
        ),
        ProtectTenantTable("findingcount", policy=Policy.RANGED, append_only=True),
        TenantLink("findingcount", "snapshot"),
    ]
