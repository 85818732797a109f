"""Let changes be proposed and decided by a second person, and let a county say which."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.operations import ProtectTenantTable, TenantLink


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0009_person_years_name_their_visit"),
        ("registry", "0008_lighten_row_versions"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChangeRequest",
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
                (
                    "kind",
                    models.CharField(
                        choices=[("identity", "Identity of a person"), ("account", "Bank account of a household")],
                        editable=False,
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waits for a second person"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="open",
                        editable=False,
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("changes", models.JSONField(default=dict, editable=False, verbose_name="changes")),
                ("former_document_sealed", models.BinaryField(null=True, verbose_name="document number before")),
                ("document_sealed", models.BinaryField(null=True, verbose_name="document number")),
                ("former_account_sealed", models.BinaryField(null=True, verbose_name="bank account before")),
                ("account_sealed", models.BinaryField(null=True, verbose_name="bank account")),
                ("seen_version", models.PositiveIntegerField(editable=False, verbose_name="version seen")),
                ("reason", models.CharField(editable=False, max_length=200, verbose_name="Reason")),
                ("proposed_by", models.UUIDField(editable=False, verbose_name="proposed by")),
                (
                    "proposed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="proposed at"),
                ),
                ("decided_by", models.UUIDField(blank=True, editable=False, null=True, verbose_name="decided by")),
                ("decided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided at")),
                (
                    "decision_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="reason of the decision"),
                ),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="change_requests",
                        to="households.household",
                        verbose_name="household",
                    ),
                ),
                (
                    "person",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="change_requests",
                        to="households.person",
                        verbose_name="person",
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
                "verbose_name": "change request",
                "verbose_name_plural": "change requests",
                "ordering": ["-proposed_at", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [
                    models.Index(fields=["tenant", "scope_code"], name="changerequest_scope"),
                    models.Index(fields=["tenant", "person"], name="changerequest_person"),
                    models.Index(fields=["tenant", "household"], name="changerequest_household"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False), ("state", "open")),
                        fields=("tenant", "kind", "person"),
                        name="changerequest_one_open_a_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("household__isnull", False), ("state", "open")),
                        fields=("tenant", "kind", "household"),
                        name="changerequest_one_open_a_household",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("household__isnull", True), ("kind", "identity"), ("person__isnull", False)),
                            models.Q(("household__isnull", False), ("kind", "account"), ("person__isnull", True)),
                            _connector="OR",
                        ),
                        name="changerequest_has_its_target",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("account_sealed__isnull", True),
                                ("former_account_sealed__isnull", True),
                                ("kind", "identity"),
                            ),
                            models.Q(
                                ("changes", {}),
                                ("document_sealed__isnull", True),
                                ("former_document_sealed__isnull", True),
                                ("kind", "account"),
                            ),
                            _connector="OR",
                        ),
                        name="changerequest_numbers_are_of_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="changerequest_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("state", "open")),
                            models.Q(
                                ("state__in", ["approved", "refused"]),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("state", "withdrawn"),
                                models.Q(
                                    ("decided_by__isnull", True),
                                    ("decided_by", models.F("proposed_by")),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="changerequest_decided_by_a_second_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("decision_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="changerequest_refused_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangeRule",
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
                (
                    "identity_by_two",
                    models.BooleanField(default=True, verbose_name="identity of a person by two persons"),
                ),
                ("account_by_two", models.BooleanField(default=True, verbose_name="bank account by two persons")),
                ("covers_candidates", models.BooleanField(default=False, verbose_name="candidates too")),
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
                "verbose_name": "rule of the second person",
                "verbose_name_plural": "rule of the second person",
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("tenant",), name="changerule_one_a_county")],
            },
        ),
        ProtectTenantTable("changerule", policy=Policy.SHARED),
        ProtectTenantTable("changerequest", policy=Policy.RANGED),
        TenantLink("changerequest", "person"),
        TenantLink("changerequest", "household"),
    ]
