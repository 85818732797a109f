import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.folding import folded
from registry.tenancy.operations import ProtectTenantTable, TenantLink


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry", "0003_open_platform_tenant"),
    ]

    operations = [
        migrations.CreateModel(
            name="Unit",
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
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("level_code", models.CharField(blank=True, max_length=20, verbose_name="level")),
                ("uscc", models.CharField(blank=True, max_length=18, verbose_name="unified social credit code")),
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
                "verbose_name": "unit",
                "verbose_name_plural": "units",
                "ordering": ["name"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Village",
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
                ("code", models.CharField(db_collation="C", max_length=12, verbose_name="division code")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "priority_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="priority categories",
                    ),
                ),
                (
                    "natural_village_count",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="natural villages and groups"),
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
                "verbose_name": "village",
                "verbose_name_plural": "villages",
                "ordering": ["code"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="VillageYear",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("has_water", models.BooleanField(blank=True, null=True, verbose_name="safe water")),
                ("has_electricity", models.BooleanField(blank=True, null=True, verbose_name="electricity")),
                ("has_road", models.BooleanField(blank=True, null=True, verbose_name="hardened road")),
                ("has_telephone", models.BooleanField(blank=True, null=True, verbose_name="telephone signal")),
                ("has_internet", models.BooleanField(blank=True, null=True, verbose_name="internet")),
                ("has_technology", models.BooleanField(blank=True, null=True, verbose_name="technical advice")),
                ("has_education", models.BooleanField(blank=True, null=True, verbose_name="school or kindergarten")),
                ("has_culture", models.BooleanField(blank=True, null=True, verbose_name="culture room")),
                ("has_health", models.BooleanField(blank=True, null=True, verbose_name="health station")),
                (
                    "has_social_security",
                    models.BooleanField(blank=True, null=True, verbose_name="social security service"),
                ),
                (
                    "collective_income_yuan",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="collective income (yuan)"
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
                (
                    "village",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="years",
                        to="villages.village",
                        verbose_name="village",
                    ),
                ),
            ],
            options={
                "verbose_name": "year of a village",
                "verbose_name_plural": "years of villages",
                "ordering": ["village", "-year"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="WorkTeam",
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
                ("leader_name", models.CharField(max_length=60, verbose_name="leader")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until (not included)")),
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
                    "unit",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="teams",
                        to="villages.unit",
                        verbose_name="unit",
                    ),
                ),
                (
                    "village",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="teams",
                        to="villages.village",
                        verbose_name="village",
                    ),
                ),
            ],
            options={
                "verbose_name": "work team",
                "verbose_name_plural": "work teams",
                "ordering": ["village", "-starts_on"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.UniqueConstraint(fields=("tenant", "name"), name="unit_name_once_a_tenant"),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="unit_name_is_given"
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(("uscc", ""), ("uscc__regex", "^[0-9A-HJ-NPQRTUWXY]{18}$"), _connector="OR"),
                name="unit_uscc_has_its_shape",
            ),
        ),
        migrations.AddConstraint(
            model_name="village",
            constraint=models.UniqueConstraint(fields=("tenant", "code"), name="village_code_once_a_tenant"),
        ),
        migrations.AddConstraint(
            model_name="village",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^\\d{12}$")), name="village_code_has_12_digits"
            ),
        ),
        migrations.AddConstraint(
            model_name="village",
            constraint=models.CheckConstraint(
                condition=models.Q(("scope_code", models.F("code"))), name="village_scope_is_its_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.UniqueConstraint(fields=("tenant", "village", "year"), name="villageyear_year_once"),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__gte", 2000), ("year__lte", 2100)), name="villageyear_year_is_plausible"
            ),
        ),
        migrations.AddConstraint(
            model_name="villageyear",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("collective_income_yuan__isnull", True), ("collective_income_yuan__gte", 0), _connector="OR"
                ),
                name="villageyear_income_is_not_negative",
            ),
        ),
        migrations.AddIndex(
            model_name="workteam",
            index=models.Index(fields=["tenant", "village"], name="workteam_village"),
        ),
        migrations.AddConstraint(
            model_name="workteam",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gt", models.F("starts_on")), _connector="OR"),
                name="workteam_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="workteam",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("tenant", "="),
                    ("village", "="),
                    ("unit", "="),
                    (
                        models.Func(
                            models.F("starts_on"),
                            models.F("ends_on"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="workteam_one_a_unit_a_day",
            ),
        ),
        ProtectTenantTable("village", policy=Policy.RANGED),
        ProtectTenantTable("villageyear", policy=Policy.RANGED),
        ProtectTenantTable("unit", policy=Policy.SHARED),
        ProtectTenantTable("workteam", policy=Policy.RANGED),
        TenantLink("villageyear", "village"),
        TenantLink("workteam", "village"),
        TenantLink("workteam", "unit"),
    ]
    operations = folded(operations)
