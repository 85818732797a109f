"""Looks at persons that counties grant to readers above them."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import registry.tenancy.models
from registry.enums import Policy
from registry.lib.states import guard_sql, unguard_sql
from registry.tenancy.operations import ProtectTenantTable

STEPS = (("asked", "given"), ("asked", "refused"), ("asked", "withdrawn"), ("given", "withdrawn"))


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry", "0020_published_areas"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LookGrant",
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
                ("area_code", models.CharField(db_collation="C", max_length=12, verbose_name="area")),
                ("purpose", models.CharField(max_length=200, verbose_name="purpose")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="until (not included)")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked for"),
                            ("given", "Given"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("asked_by", models.UUIDField(verbose_name="asked for by")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked for at")),
                ("decided_by", models.UUIDField(blank=True, null=True, verbose_name="decided by")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "reader",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reader",
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
                "verbose_name": "granted look at persons",
                "verbose_name_plural": "granted looks at persons",
                "ordering": ["-asked_at", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["tenant", "reader"], name="lookgrant_reader")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "given", "refused", "withdrawn"])),
                        name="lookgrant_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="lookgrant_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("purpose", ""), _negated=True), name="lookgrant_has_a_purpose"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("area_code__regex", "^\\d{12}$")), name="lookgrant_area_has_12_digits"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(
                                models.Q(("decided_by", models.F("asked_by")), _negated=True),
                                models.Q(("decided_by", models.F("reader")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="lookgrant_decided_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("state", "asked")),
                            ("state", "withdrawn"),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("state__in", ["given", "refused"]),
                            ),
                            _connector="OR",
                        ),
                        name="lookgrant_decided_as_a_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), ("withdrawn_at__isnull", False)),
                            models.Q(("state", "withdrawn"), _negated=True),
                            _connector="OR",
                        ),
                        name="lookgrant_withdrawn_has_its_moment",
                    ),
                ],
            },
        ),
        ProtectTenantTable(
            "lookgrant",
            policy=Policy.SHARED,
            # Whose look it is, where and when stays as it was decided.
            updatable=(
                "scope_code",
                "state",
                "decided_by",
                "decided_at",
                "withdrawn_at",
                "reason",
                "version",
                "updated_at",
            ),
        ),
        migrations.RunSQL(
            guard_sql("oversight_lookgrant", "state", STEPS), unguard_sql("oversight_lookgrant", "state")
        ),
    ]
