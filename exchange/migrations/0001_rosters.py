import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import registry.models.sentence
import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.folding import folded
from registry.tenancy.operations import ProtectTenantTable, TenantLink


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry", "0003_open_platform_tenant"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportBatch",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "Uploaded"),
                            ("checking", "Being checked"),
                            ("checked", "Checked, waits for a decision"),
                            ("applying", "Being applied"),
                            ("applied", "Applied"),
                            ("rejected", "Rejected"),
                            ("failed", "Failed"),
                        ],
                        default="uploaded",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="file name")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("byte_count", models.PositiveBigIntegerField(verbose_name="size in bytes")),
                ("uploaded_by", models.UUIDField(null=True, verbose_name="uploaded by")),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="uploaded at")),
                ("data_date", models.DateField(blank=True, null=True, verbose_name="data date")),
                (
                    "kept_columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="columns kept",
                    ),
                ),
                (
                    "refused_columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="columns not needed for assistance",
                    ),
                ),
                (
                    "unknown_columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="unknown columns",
                    ),
                ),
                (
                    "posting_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("takeover", "Taken over"),
                            ("filed", "Filed"),
                            ("returned", "Returned to poverty"),
                            ("lifted", "Lifted"),
                            ("identified", "Identified for monitoring"),
                            ("relapsed", "Relapsed"),
                            ("risk_removed", "Risk removed"),
                            ("natural_in", "Natural increase"),
                            ("natural_out", "Natural decrease"),
                            ("moved_in", "Moved in from another village"),
                            ("moved_out", "Moved out to another village"),
                            ("split", "Split"),
                            ("merge", "Merged"),
                            ("wrongly_filed", "Wrongly filed"),
                            ("correction", "Correction"),
                        ],
                        default="",
                        max_length=20,
                        verbose_name="posted as",
                    ),
                ),
                ("counts", models.JSONField(default=dict, verbose_name="counts of the check")),
                ("result", models.JSONField(default=dict, verbose_name="counts of the application")),
                ("error_code", models.CharField(blank=True, max_length=100, verbose_name="error code")),
                ("error", registry.models.sentence.SentenceField(blank=True, verbose_name="error")),
                ("decided_by", models.UUIDField(blank=True, null=True, verbose_name="decided by")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                ("decision_reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "rows_kept_until",
                    models.DateField(blank=True, null=True, verbose_name="refused rows are kept until (not included)"),
                ),
                (
                    "document",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_batches",
                        to="registry.document",
                        verbose_name="file",
                    ),
                ),
                (
                    "drafts",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.document",
                        verbose_name="accepted households",
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
                "verbose_name": "roster import",
                "verbose_name_plural": "roster imports",
                "ordering": ["-uploaded_at", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ImportHousehold",
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
                    "number",
                    models.CharField(blank=True, db_collation="C", max_length=32, verbose_name="household number"),
                ),
                ("first_row", models.PositiveIntegerField(verbose_name="row of the sheet")),
                ("village_code", models.CharField(blank=True, db_collation="C", max_length=12, verbose_name="village")),
                ("head_name", models.CharField(blank=True, max_length=60, verbose_name="head")),
                ("person_count", models.PositiveSmallIntegerField(verbose_name="rows")),
                (
                    "verdict",
                    models.CharField(
                        choices=[("new", "New"), ("changed", "Changed"), ("same", "Same"), ("refused", "Refused")],
                        max_length=10,
                        verbose_name="verdict",
                    ),
                ),
                (
                    "notes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="not applied",
                    ),
                ),
                (
                    "absent_person_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="members not named",
                    ),
                ),
                (
                    "batch",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="households",
                        to="exchange.importbatch",
                        verbose_name="roster import",
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
                "verbose_name": "household of a roster",
                "verbose_name_plural": "households of a roster",
                "ordering": ["batch", "first_row"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
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
                    "household_number",
                    models.CharField(blank=True, db_collation="C", max_length=32, verbose_name="household number"),
                ),
                ("row", models.PositiveIntegerField(verbose_name="row of the sheet")),
                (
                    "problems",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="problems",
                    ),
                ),
                (
                    "warnings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="warnings",
                    ),
                ),
                ("cells_sealed", models.BinaryField(blank=True, null=True, verbose_name="cells")),
                (
                    "batch",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="exchange.importbatch",
                        verbose_name="roster import",
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
                "verbose_name": "row of a roster",
                "verbose_name_plural": "rows of a roster",
                "ordering": ["batch", "row"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddIndex(
            model_name="importbatch",
            index=models.Index(fields=["tenant", "uploaded_at", "id"], name="importbatch_newest"),
        ),
        migrations.AddIndex(
            model_name="importbatch",
            index=models.Index(fields=["tenant", "sha256"], name="importbatch_file"),
        ),
        migrations.AddConstraint(
            model_name="importbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("document__isnull", True),
                        ("drafts__isnull", True),
                        ("state__in", ["applied", "failed", "rejected"]),
                    ),
                    models.Q(
                        models.Q(("state__in", ["applied", "failed", "rejected"]), _negated=True),
                        ("document__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="importbatch_file_goes_with_the_decision",
            ),
        ),
        migrations.AddIndex(
            model_name="importhousehold",
            index=models.Index(fields=["tenant", "batch", "verdict", "first_row"], name="importhousehold_verdict"),
        ),
        migrations.AddConstraint(
            model_name="importrow",
            constraint=models.UniqueConstraint(fields=("tenant", "batch", "row"), name="importrow_row_once"),
        ),
        ProtectTenantTable("importbatch", policy=Policy.RANGED),
        ProtectTenantTable("importhousehold", policy=Policy.RANGED, deletable=True),
        ProtectTenantTable("importrow", policy=Policy.RANGED, deletable=True),
        TenantLink("importbatch", "document"),
        TenantLink("importbatch", "drafts"),
        TenantLink("importhousehold", "batch"),
        TenantLink("importrow", "batch"),
    ]
    operations = folded(operations)
