"""Policies of a county's own."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.folding import folded
from registry.tenancy.operations import ProtectTenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("entitlements", "0001_due_and_received"),
        ("registry", "0018_dispatch_office"),
    ]

    operations = [
        migrations.CreateModel(
            name="CountyPolicy",
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
                ("code", models.CharField(db_collation="C", editable=False, max_length=20, verbose_name="code")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "object",
                    models.CharField(
                        choices=[("household", "Household"), ("person", "Person")],
                        max_length=10,
                        verbose_name="who is entitled",
                    ),
                ),
                (
                    "sector",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("education", "Education"),
                            ("medical_insurance", "Medical insurance"),
                            ("civil_affairs", "Civil affairs"),
                            ("housing", "Housing"),
                            ("water", "Water"),
                            ("disability", "Disability"),
                        ],
                        max_length=20,
                        verbose_name="sector",
                    ),
                ),
                (
                    "due_words",
                    models.CharField(max_length=200, verbose_name="what is said of who is due and does not receive"),
                ),
                (
                    "received_words",
                    models.CharField(max_length=200, verbose_name="what is said of who receives and is not due"),
                ),
                ("conditions", models.JSONField(verbose_name="conditions")),
                ("source", models.CharField(max_length=200, verbose_name="source of the policy")),
                ("from_year", models.PositiveSmallIntegerField(verbose_name="from the year")),
                ("until_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="until the year")),
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
                "verbose_name": "policy of the county",
                "verbose_name_plural": "policies of the county",
                "ordering": ["name", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "code"), name="countypolicy_code_once"),
                    models.UniqueConstraint(fields=("tenant", "name"), name="countypolicy_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^own_[0-9a-f]{8}$")), name="countypolicy_code_is_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("due_words", ""), _negated=True),
                            models.Q(("received_words", ""), _negated=True),
                            models.Q(("source", ""), _negated=True),
                        ),
                        name="countypolicy_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("object__in", ["household", "person"])), name="countypolicy_object_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_year__gte", 2014),
                            ("from_year__lte", 2100),
                            models.Q(
                                ("until_year__isnull", True),
                                models.Q(("until_year__gte", models.F("from_year")), ("until_year__lte", 2100)),
                                _connector="OR",
                            ),
                        ),
                        name="countypolicy_years_in_order",
                    ),
                ],
            },
        ),
        ProtectTenantTable("countypolicy", policy=Policy.SHARED),
    ]
    operations = folded(operations)
