import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.operations import ProtectTenantTable, TenantLink


class Migration(migrations.Migration):
    dependencies = [
        ("assistance", "0003_keep_history"),
        ("registry", "0009_widen_claims"),
        ("villages", "0004_arm_village_plans"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExitStandard",
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
                    "poverty_ratio_below",
                    models.DecimalField(decimal_places=4, max_digits=5, verbose_name="poverty incidence below (ratio)"),
                ),
                (
                    "collective_income_least_yuan",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, verbose_name="collective income of at least (yuan)"
                    ),
                ),
                (
                    "needed_facts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="must be there",
                    ),
                ),
                (
                    "zero_facts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="must be zero",
                    ),
                ),
                ("source", models.CharField(max_length=300, verbose_name="source")),
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
                "verbose_name": "standard of a village's exit",
                "verbose_name_plural": "standards of villages' exit",
                "ordering": ["-from_year"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "from_year"), name="exitstandard_year_once"),
                    models.CheckConstraint(
                        condition=models.Q(("from_year__gte", 2000), ("from_year__lte", 2100)),
                        name="exitstandard_year_is_plausible",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("poverty_ratio_below__gt", 0), ("poverty_ratio_below__lte", 1)),
                        name="exitstandard_ratio_is_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("collective_income_least_yuan__gte", 0)),
                        name="exitstandard_income_is_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="exitstandard_has_a_source"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VillageExit",
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
                ("checked_on", models.DateField(verbose_name="data date")),
                ("is_exit", models.BooleanField(verbose_name="exits")),
                ("poor_person_count", models.PositiveIntegerField(verbose_name="poor persons")),
                ("rural_person_count", models.PositiveIntegerField(null=True, verbose_name="registered rural persons")),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("conditions", models.JSONField(verbose_name="conditions")),
                ("decided_by", models.UUIDField(editable=False, null=True, verbose_name="decided by")),
                ("decided_at", models.DateTimeField(verbose_name="decided at")),
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
                (
                    "village",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exits",
                        to="villages.village",
                        verbose_name="village",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision on a village's exit",
                "verbose_name_plural": "decisions on villages' exit",
                "ordering": ["village", "-checked_on", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["tenant", "village"], name="villageexit_village")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="villageexit_has_its_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_exit", False),
                            models.Q(("rural_person_count__gt", 0), ("rural_person_count__isnull", False)),
                            _connector="OR",
                        ),
                        name="villageexit_counts_persons",
                    ),
                ],
            },
        ),
        ProtectTenantTable("exitstandard", policy=Policy.SHARED),
        ProtectTenantTable("villageexit", policy=Policy.RANGED, append_only=True),
        TenantLink("villageexit", "village"),
    ]
