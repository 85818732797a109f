"""Let a county close years, and let status and the figures of closed years be asked for."""

import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
from django.db import migrations, models

import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.folding import folded
from registry.tenancy.operations import ProtectTenantTable


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0029_request_bank_of_account"),
        ("registry", "0012_ask_for_corrections"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClosedYear",
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
                ("closed_on", models.DateField(verbose_name="closed on")),
                ("closed_by", models.UUIDField(editable=False, verbose_name="closed by")),
                (
                    "reopened_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="opened again on"),
                ),
                (
                    "reopened_by",
                    models.UUIDField(blank=True, editable=False, null=True, verbose_name="opened again by"),
                ),
                ("reason", models.CharField(blank=True, editable=False, max_length=200, verbose_name="Reason")),
            ],
            options={
                "verbose_name": "closed year",
                "verbose_name_plural": "closed years",
                "ordering": ["-year", "-closed_on", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.RemoveConstraint(
            model_name="changerequest",
            name="changerequest_one_open_a_person",
        ),
        migrations.RemoveConstraint(
            model_name="changerequest",
            name="changerequest_one_open_a_household",
        ),
        migrations.RemoveConstraint(
            model_name="changerequest",
            name="changerequest_has_its_target",
        ),
        migrations.RemoveConstraint(
            model_name="changerequest",
            name="changerequest_numbers_are_of_its_kind",
        ),
        migrations.AddField(
            model_name="changerequest",
            name="proposal",
            field=models.JSONField(default=dict, editable=False, verbose_name="how it is carried out"),
        ),
        migrations.AddField(
            model_name="changerequest",
            name="year",
            field=models.PositiveSmallIntegerField(blank=True, editable=False, null=True, verbose_name="year"),
        ),
        migrations.AddField(
            model_name="changerule",
            name="status_by_two",
            field=models.BooleanField(
                default=False, verbose_name="status and monitoring outside a dossier by two persons"
            ),
        ),
        migrations.AlterField(
            model_name="changerequest",
            name="kind",
            field=models.CharField(
                choices=[
                    ("identity", "Identity of a person"),
                    ("account", "Bank account of a household"),
                    ("status", "Status or monitoring of a household"),
                    ("figures", "Figures of a closed year"),
                ],
                editable=False,
                max_length=8,
                verbose_name="kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="changerequest",
            constraint=models.UniqueConstraint(
                models.F("tenant"),
                models.F("kind"),
                models.F("person"),
                django.db.models.functions.comparison.Coalesce("year", 0),
                condition=models.Q(("person__isnull", False), ("state", "open")),
                name="changerequest_one_open_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="changerequest",
            constraint=models.UniqueConstraint(
                models.F("tenant"),
                models.F("kind"),
                models.F("household"),
                django.db.models.functions.comparison.Coalesce("year", 0),
                condition=models.Q(("household__isnull", False), ("state", "open")),
                name="changerequest_one_open_a_household",
            ),
        ),
        migrations.AddConstraint(
            model_name="changerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("household__isnull", True),
                        ("kind", "identity"),
                        ("person__isnull", False),
                        ("year__isnull", True),
                    ),
                    models.Q(
                        ("household__isnull", False),
                        ("kind__in", ["account", "status"]),
                        ("person__isnull", True),
                        ("year__isnull", True),
                    ),
                    models.Q(
                        ("kind", "figures"),
                        ("year__isnull", False),
                        models.Q(
                            models.Q(("household__isnull", True), ("person__isnull", False)),
                            models.Q(("household__isnull", False), ("person__isnull", True)),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="changerequest_has_its_target",
            ),
        ),
        migrations.AddConstraint(
            model_name="changerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("account_sealed__isnull", True), ("former_account_sealed__isnull", True), ("kind", "identity")
                    ),
                    models.Q(
                        ("document_sealed__isnull", True),
                        ("former_document_sealed__isnull", True),
                        ("kind", "account"),
                        models.Q(("changes", {}), ("changes__has_key", "bank_name"), _connector="OR"),
                    ),
                    models.Q(
                        ("account_sealed__isnull", True),
                        ("document_sealed__isnull", True),
                        ("former_account_sealed__isnull", True),
                        ("former_document_sealed__isnull", True),
                        ("kind__in", ["status", "figures"]),
                    ),
                    _connector="OR",
                ),
                name="changerequest_numbers_are_of_its_kind",
            ),
        ),
        migrations.AddField(
            model_name="closedyear",
            name="tenant",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry.tenant",
                verbose_name="tenant",
            ),
        ),
        migrations.AddConstraint(
            model_name="closedyear",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reopened_on__isnull", True)), fields=("tenant", "year"), name="closedyear_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="closedyear",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), ("reopened_by__isnull", True), ("reopened_on__isnull", True)),
                    models.Q(
                        ("reopened_by__isnull", False),
                        ("reopened_on__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="closedyear_reopened_by_somebody_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="closedyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__gte", 2000), ("year__lte", 2100)), name="closedyear_year_is_plausible"
            ),
        ),
        ProtectTenantTable("closedyear", policy=Policy.SHARED),
    ]
    operations = folded(operations)
