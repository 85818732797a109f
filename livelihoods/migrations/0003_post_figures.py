"""The county's own figures of posts by year."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.folding import folded
from registry.tenancy.operations import ProtectTenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("livelihoods", "0002_welfare_posts"),
        ("registry", "0018_dispatch_office"),
    ]

    operations = [
        migrations.CreateModel(
            name="PostRule",
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
                ("youngest_age", models.PositiveSmallIntegerField(verbose_name="youngest age")),
                ("oldest_age", models.PositiveSmallIntegerField(verbose_name="oldest age")),
                ("most_months", models.PositiveSmallIntegerField(verbose_name="longest term (months)")),
                ("asked_days", models.PositiveSmallIntegerField(verbose_name="looked at before its end (days)")),
                ("source", models.CharField(max_length=200, verbose_name="source of the figures")),
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
                "verbose_name": "figures of posts",
                "verbose_name_plural": "figures of posts",
                "ordering": ["-from_year"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "from_year"), name="postrule_once_a_year"),
                    models.CheckConstraint(
                        condition=models.Q(("from_year__gte", 2000), ("from_year__lte", 2100)),
                        name="postrule_year_is_plausible",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("oldest_age__gte", models.F("youngest_age")),
                            ("oldest_age__lte", 120),
                            ("youngest_age__gte", 16),
                        ),
                        name="postrule_ages_are_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("most_months__gte", 1), ("most_months__lte", 12)),
                        name="postrule_term_is_a_year_at_most",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("asked_days__gte", 1), ("asked_days__lte", 366)),
                        name="postrule_days_are_of_a_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="postrule_names_its_source"
                    ),
                ],
            },
        ),
        ProtectTenantTable("postrule", policy=Policy.SHARED),
    ]
    operations = folded(operations)
