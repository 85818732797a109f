"""Note persons whom another county has too, and what each person is claimed under."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.folding import folded
from registry.tenancy.operations import KeepHistory, ProtectTenantTable, TenantLink


class Migration(migrations.Migration):
    dependencies = [
        ("households", "0007_fold_reasons_of_absence"),
        ("registry", "0005_claim_identities"),
    ]

    operations = [
        migrations.CreateModel(
            name="DuplicateNotice",
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
                ("claim_index", models.BinaryField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "Open"),
                            ("transferred", "Transferred"),
                            ("corrected", "Number corrected"),
                            ("both_right", "Both are right"),
                        ],
                        default="new",
                        editable=False,
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="Reason")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled at")),
                (
                    "other_state",
                    models.CharField(
                        choices=[
                            ("new", "Open"),
                            ("transferred", "Transferred"),
                            ("corrected", "Number corrected"),
                            ("both_right", "Both are right"),
                        ],
                        default="new",
                        max_length=12,
                        verbose_name="what the other county says",
                    ),
                ),
            ],
            options={
                "verbose_name": "person of two counties",
                "verbose_name_plural": "persons of two counties",
                "ordering": ["-created_at", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddField(
            model_name="person",
            name="claim_index",
            field=models.BinaryField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["tenant", "claim_index"], name="person_claim"),
        ),
        migrations.AddField(
            model_name="duplicatenotice",
            name="other_tenant",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry.tenant",
                verbose_name="other county",
            ),
        ),
        migrations.AddField(
            model_name="duplicatenotice",
            name="person",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="duplicate_notices",
                to="households.person",
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            model_name="duplicatenotice",
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
        migrations.AddIndex(
            model_name="duplicatenotice",
            index=models.Index(fields=["tenant", "scope_code"], name="duplicatenotice_scope"),
        ),
        migrations.AddConstraint(
            model_name="duplicatenotice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["new", "both_right"])),
                fields=("tenant", "person", "other_tenant", "claim_index"),
                name="duplicatenotice_once_a_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="duplicatenotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("other_state__in", ["new", "transferred", "corrected", "both_right"]),
                    ("state__in", ["new", "transferred", "corrected", "both_right"]),
                ),
                name="duplicatenotice_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="duplicatenotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), ("settled_at__isnull", True), ("state", "new")),
                    models.Q(
                        models.Q(("state", "new"), _negated=True),
                        ("settled_at__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="duplicatenotice_settled_has_a_reason",
            ),
        ),
        ProtectTenantTable("duplicatenotice", policy=Policy.RANGED),
        TenantLink("duplicatenotice", "person"),
        # A new column of the person is an index, which its history leaves out.
        KeepHistory("person"),
    ]
    operations = folded(operations)
