import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.operations import ProtectTenantTable, TenantLink


class Migration(migrations.Migration):
    dependencies = [
        ("assistance", "0001_helpers_and_pairings"),
        ("households", "0002_arm_workflow"),
        ("registry", "0003_open_platform_tenant"),
    ]

    operations = [
        migrations.CreateModel(
            name="Measure",
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
                ("category_code", models.CharField(max_length=20, verbose_name="kind of measure")),
                ("item_code", models.CharField(blank=True, max_length=20, verbose_name="measure")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until (not included)")),
                ("state_code", models.CharField(max_length=20, verbose_name="state of the measure")),
                ("is_development", models.BooleanField(verbose_name="development measure")),
                (
                    "money_yuan",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="money (yuan)"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
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
            ],
            options={
                "verbose_name": "measure",
                "verbose_name_plural": "measures",
                "ordering": ["household", "category_code", "-starts_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["tenant", "household"], name="measure_household"),
                    models.Index(fields=["tenant", "scope_code"], name="measure_scope"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("starts_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="measure_ends_not_before_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("category_code", ""), _negated=True), name="measure_has_a_category"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ends_on__isnull", True), ("state_code", "0")),
                            models.Q(models.Q(("state_code", "0"), _negated=True), ("starts_on__isnull", False)),
                            models.Q(("ends_on", models.F("starts_on")), ("starts_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="measure_state_fits_its_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("money_yuan__isnull", True), ("money_yuan__gte", 0), _connector="OR"),
                        name="measure_money_is_not_negative",
                    ),
                ],
            },
        ),
        ProtectTenantTable("measure", policy=Policy.RANGED),
        TenantLink("measure", "household"),
    ]
