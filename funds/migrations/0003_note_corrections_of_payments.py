"""What was noted in error of a payment list, and is taken back."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.folding import folded
from registry.tenancy.operations import ProtectTenantTable, TenantLink


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0002_arm_budgets_and_lists"),
        ("registry", "0018_dispatch_office"),
    ]

    operations = [
        migrations.CreateModel(
            name="PaymentCorrection",
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
                    "kind",
                    models.CharField(
                        choices=[("payment", "The payment of a list"), ("return", "A return by the bank")],
                        max_length=10,
                        verbose_name="noted in error",
                    ),
                ),
                ("amount_yuan", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="amount (yuan)")),
                ("was_on", models.DateField(verbose_name="day that was noted")),
                ("was_paper", models.CharField(blank=True, max_length=200, verbose_name="paper that was noted")),
                (
                    "was_code",
                    models.CharField(blank=True, max_length=20, verbose_name="reason of the bank that was noted"),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="reason of the correction")),
                ("corrected_by", models.UUIDField(editable=False, verbose_name="corrected by")),
                (
                    "corrected_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="corrected at"
                    ),
                ),
                (
                    "line",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="funds.paymentline",
                        verbose_name="line of a payment list",
                    ),
                ),
                (
                    "payment_list",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="funds.paymentlist",
                        verbose_name="payment list",
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
                "verbose_name": "correction of a payment",
                "verbose_name_plural": "corrections of payments",
                "ordering": ["corrected_at", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["tenant", "payment_list"], name="paymentcorrection_list"),
                    models.Index(fields=["tenant", "line"], name="paymentcorrection_line"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "payment"),
                                ("line__isnull", True),
                                ("was_code", ""),
                                models.Q(("was_paper", ""), _negated=True),
                            ),
                            models.Q(
                                ("kind", "return"),
                                ("line__isnull", False),
                                ("was_paper", ""),
                                models.Q(("was_code", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="paymentcorrection_holds_what_was_noted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount_yuan__gt", 0)), name="paymentcorrection_is_some"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="paymentcorrection_says_why"
                    ),
                ],
            },
        ),
        ProtectTenantTable("paymentcorrection", policy=Policy.RANGED, updatable=("scope_code", "was_paper", "reason")),
        TenantLink("paymentcorrection", "payment_list"),
        TenantLink("paymentcorrection", "line"),
    ]
    operations = folded(operations)
