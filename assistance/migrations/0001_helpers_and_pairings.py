import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.folding import folded
from registry.tenancy.operations import ProtectTenantTable, TenantLink


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("households", "0001_households_and_ledger"),
        ("registry", "0003_open_platform_tenant"),
        ("villages", "0001_villages_and_units"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Helper",
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
                ("name", models.CharField(max_length=60, verbose_name="Name")),
                ("phone_sealed", models.BinaryField(blank=True, null=True, verbose_name="telephone")),
                ("phone_index", models.BinaryField(blank=True, null=True)),
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
                        related_name="helpers",
                        to="villages.unit",
                        verbose_name="unit",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="login",
                    ),
                ),
            ],
            options={
                "verbose_name": "helper",
                "verbose_name_plural": "helpers",
                "ordering": ["name", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Pairing",
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
                ("is_lead", models.BooleanField(default=True, verbose_name="leads")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
                (
                    "starts_precision",
                    models.CharField(
                        blank=True,
                        choices=[("day", "Day"), ("month", "Month")],
                        max_length=5,
                        verbose_name="precision of that date",
                    ),
                ),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until (not included)")),
                ("end_reason", models.CharField(blank=True, max_length=200, verbose_name="why ended")),
                (
                    "helper",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pairings",
                        to="assistance.helper",
                        verbose_name="helper",
                    ),
                ),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pairings",
                        to="households.household",
                        verbose_name="household",
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
                    "unit",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stand_ins",
                        to="villages.unit",
                        verbose_name="unit standing in",
                    ),
                ),
            ],
            options={
                "verbose_name": "pairing",
                "verbose_name_plural": "pairings",
                "ordering": ["household", "-is_lead", "starts_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="SupportPeriod",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="until (not included)")),
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
                "verbose_name": "support period",
                "verbose_name_plural": "support periods",
                "ordering": ["-year"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddConstraint(
            model_name="helper",
            constraint=models.UniqueConstraint(
                fields=("tenant", "name", "unit", "phone_index"),
                name="helper_once_by_name_unit_and_phone",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="helper",
            constraint=models.UniqueConstraint(fields=("tenant", "user"), name="helper_one_a_login"),
        ),
        migrations.AddConstraint(
            model_name="helper",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="helper_name_is_given"
            ),
        ),
        migrations.AddConstraint(
            model_name="helper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("phone_index__isnull", True), ("phone_sealed__isnull", True)),
                    models.Q(("phone_index__isnull", False), ("phone_sealed__isnull", False)),
                    _connector="OR",
                ),
                name="helper_phone_sealed_with_index",
            ),
        ),
        migrations.AddIndex(
            model_name="pairing",
            index=models.Index(fields=["tenant", "household"], name="pairing_household"),
        ),
        migrations.AddIndex(
            model_name="pairing",
            index=models.Index(fields=["tenant", "helper"], name="pairing_helper"),
        ),
        migrations.AddConstraint(
            model_name="pairing",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("is_lead", True)),
                expressions=[
                    ("tenant", "="),
                    ("household", "="),
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
                name="pairing_one_lead_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="pairing",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("helper__isnull", False)),
                expressions=[
                    ("tenant", "="),
                    ("household", "="),
                    ("helper", "="),
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
                name="pairing_helper_once_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="pairing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("starts_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="pairing_ends_not_before_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="pairing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("starts_on__isnull", True), ("starts_precision", "")),
                    models.Q(("starts_on__isnull", False), ("starts_precision", "day")),
                    models.Q(("starts_on__day", 1), ("starts_on__isnull", False), ("starts_precision", "month")),
                    _connector="OR",
                ),
                name="pairing_starts_on_has_its_precision",
            ),
        ),
        migrations.AddConstraint(
            model_name="pairing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("helper__isnull", False), ("unit__isnull", True)),
                    models.Q(
                        ("helper__isnull", True),
                        ("is_lead", True),
                        ("starts_on__isnull", False),
                        ("unit__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="pairing_has_a_helper_or_a_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="pairing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("helper__isnull", False),
                    models.Q(
                        ("ends_on__isnull", False),
                        (
                            "ends_on__lte",
                            models.ExpressionWrapper(
                                models.F("starts_on") + models.Value(30), output_field=models.DateField()
                            ),
                        ),
                    ),
                    _connector="OR",
                ),
                name="pairing_stand_in_ends_within_30_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="supportperiod",
            constraint=models.UniqueConstraint(fields=("tenant", "year"), name="supportperiod_year_once"),
        ),
        migrations.AddConstraint(
            model_name="supportperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="supportperiod_ends_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="supportperiod",
            constraint=models.CheckConstraint(
                condition=models.Q(("starts_on__year", models.F("year"))), name="supportperiod_starts_in_its_year"
            ),
        ),
        ProtectTenantTable("helper", policy=Policy.SHARED),
        ProtectTenantTable("pairing", policy=Policy.RANGED),
        ProtectTenantTable("supportperiod", policy=Policy.SHARED),
        TenantLink("helper", "unit"),
        TenantLink("pairing", "household"),
        TenantLink("pairing", "helper"),
        TenantLink("pairing", "unit"),
    ]
    operations = folded(operations)
