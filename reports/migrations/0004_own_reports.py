"""Let an office put a list together and keep it."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.operations import ProtectTenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0019_tallies"),
        ("reports", "0003_run_any_report"),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnReport",
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
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "level",
                    models.CharField(
                        choices=[("household", "Household"), ("person", "Person"), ("village", "Village")],
                        max_length=10,
                        verbose_name="a row for each",
                    ),
                ),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="columns",
                    ),
                ),
                ("filters", models.JSONField(blank=True, default=list, verbose_name="conditions")),
                (
                    "sort",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=61),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="order",
                    ),
                ),
                (
                    "groups",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="counted by",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("made_by", models.UUIDField(blank=True, editable=False, null=True, verbose_name="made by")),
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
                "verbose_name": "own report",
                "verbose_name_plural": "own reports",
                "ordering": ["name", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_active", True)),
                        fields=("tenant", "name"),
                        name="ownreport_name_once_a_tenant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="ownreport_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["household", "person", "village"])),
                        name="ownreport_level_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("columns__len__gte", 1), ("groups__len__gte", 1), _connector="OR"),
                        name="ownreport_shows_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("groups__len__lte", 2)), name="ownreport_counts_by_two_at_most"
                    ),
                ],
            },
        ),
        ProtectTenantTable("ownreport", policy=Policy.SHARED),
    ]
