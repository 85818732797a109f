import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.folding import folded
from registry.tenancy.operations import ProtectTenantTable, TenantLink


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("households", "0002_arm_workflow"),
        ("registry", "0003_open_platform_tenant"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dossier",
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
                        choices=[
                            ("identify", "Identification"),
                            ("return", "Return to poverty"),
                            ("exit", "Exit from poverty"),
                            ("monitor", "Identification for monitoring"),
                            ("remove_risk", "Removal of a risk"),
                        ],
                        max_length=12,
                        verbose_name="kind of dossier",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("finished", "Finished"),
                            ("withdrawn", "Withdrawn"),
                            ("refused", "Refused"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("next_position", models.PositiveSmallIntegerField(default=1, verbose_name="next step")),
                ("begun_on", models.DateField(verbose_name="begun on")),
                ("begun_by", models.UUIDField(editable=False, null=True, verbose_name="begun by")),
                ("code", models.CharField(blank=True, max_length=20, verbose_name="category or manner")),
                ("consent_on", models.DateField(blank=True, null=True, verbose_name="consent to comparisons given on")),
                (
                    "consent_sectors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="sectors of that consent",
                    ),
                ),
                ("effective_on", models.DateField(blank=True, null=True, verbose_name="effective on")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                ("end_reason", models.CharField(blank=True, max_length=300, verbose_name="why it ended")),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossiers",
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
                "verbose_name": "dossier",
                "verbose_name_plural": "dossiers",
                "ordering": ["-begun_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ListSession",
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
                    "form",
                    models.CharField(
                        choices=[
                            ("general", "General"),
                            ("application", "Application"),
                            ("visit", "Visit"),
                            ("meeting", "Meeting"),
                            ("notice", "Notice"),
                            ("comparison", "Comparison of data"),
                            ("decision", "Decision"),
                            ("mark", "Pre-exit mark"),
                            ("signature", "Signature of the household"),
                            ("announcement", "Announcement"),
                        ],
                        max_length=12,
                        verbose_name="what happens",
                    ),
                ),
                ("title", models.CharField(max_length=100, verbose_name="title")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("closed", "Closed")],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                ("opened_by", models.UUIDField(editable=False, null=True, verbose_name="opened by")),
                (
                    "minutes_code",
                    models.CharField(blank=True, max_length=20, verbose_name="kind of supporting document"),
                ),
                (
                    "entitled_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="entitled to attend"),
                ),
                ("present_count", models.PositiveIntegerField(blank=True, null=True, verbose_name="present")),
                ("votes_for", models.PositiveIntegerField(blank=True, null=True, verbose_name="votes for")),
                ("votes_against", models.PositiveIntegerField(blank=True, null=True, verbose_name="votes against")),
                (
                    "minutes",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.document",
                        verbose_name="minutes",
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
                "verbose_name": "session for a list",
                "verbose_name_plural": "sessions for a list",
                "ordering": ["-starts_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="MonitoringCase",
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
                            ("lead", "Lead"),
                            ("confirmed", "Confirmed"),
                            ("dropped", "Dropped"),
                            ("removed", "Risk removed"),
                        ],
                        default="lead",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("lead_on", models.DateField(verbose_name="lead raised on")),
                ("lead_channel_code", models.CharField(max_length=20, verbose_name="channel of the lead")),
                ("category_code", models.CharField(max_length=20, verbose_name="monitoring category")),
                (
                    "risk_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None, verbose_name="risks"
                    ),
                ),
                ("disaster_code", models.CharField(blank=True, max_length=20, verbose_name="kind of disaster")),
                ("other_remark", models.CharField(blank=True, max_length=200, verbose_name="other risk, in words")),
                (
                    "is_without_labour",
                    models.BooleanField(default=False, verbose_name="whole household without labour"),
                ),
                ("due_on", models.DateField(verbose_name="to be decided by")),
                ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="confirmed on")),
                ("measures_due_on", models.DateField(blank=True, null=True, verbose_name="measures to begin by")),
                ("measured_on", models.DateField(blank=True, null=True, verbose_name="first measure on")),
                ("removable_on", models.DateField(blank=True, null=True, verbose_name="risk may be removed from")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                ("removal_code", models.CharField(blank=True, max_length=20, verbose_name="how the risk was removed")),
                ("end_reason", models.CharField(blank=True, max_length=300, verbose_name="why it ended")),
                (
                    "dossier",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="dossiers.dossier",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="households.household",
                        verbose_name="household",
                    ),
                ),
                (
                    "spell",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.monitoringspell",
                        verbose_name="monitoring over time",
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
                "verbose_name": "monitoring case",
                "verbose_name_plural": "monitoring cases",
                "ordering": ["due_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Objection",
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
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("raised_on", models.DateField(verbose_name="raised on")),
                ("text", models.CharField(max_length=500, verbose_name="objection")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="answered on")),
                ("answer", models.CharField(blank=True, max_length=500, verbose_name="answer")),
                ("is_upheld", models.BooleanField(blank=True, null=True, verbose_name="upheld")),
                (
                    "dossier",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="dossiers.dossier",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                "verbose_name": "objection",
                "verbose_name_plural": "objections",
                "ordering": ["dossier", "raised_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="SessionEntry",
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
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("taken_out_on", models.DateField(blank=True, null=True, verbose_name="taken out on")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="Reason")),
                (
                    "dossier",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="dossiers.dossier",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="households.household",
                        verbose_name="household",
                    ),
                ),
                (
                    "session",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="dossiers.listsession",
                        verbose_name="session for a list",
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
                "verbose_name": "household on the list",
                "verbose_name_plural": "households on the list",
                "ordering": ["session", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="StepTemplate",
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
                ("key", models.CharField(db_collation="C", max_length=40, verbose_name="key")),
                ("edition", models.PositiveSmallIntegerField(default=1, verbose_name="edition")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("identify", "Identification"),
                            ("return", "Return to poverty"),
                            ("exit", "Exit from poverty"),
                            ("monitor", "Identification for monitoring"),
                            ("remove_risk", "Removal of a risk"),
                        ],
                        max_length=12,
                        verbose_name="kind of dossier",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="Name")),
                ("is_local", models.BooleanField(default=False, verbose_name="local template, editable")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                ("is_current", models.BooleanField(default=True, verbose_name="in use")),
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
                "verbose_name": "template of steps",
                "verbose_name_plural": "templates of steps",
                "ordering": ["kind", "key", "-edition"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.AddField(
            model_name="dossier",
            name="template",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dossiers",
                to="dossiers.steptemplate",
                verbose_name="template of steps",
            ),
        ),
        migrations.CreateModel(
            name="TemplateStep",
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
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("name", models.CharField(max_length=60, verbose_name="Name")),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("general", "General"),
                            ("application", "Application"),
                            ("visit", "Visit"),
                            ("meeting", "Meeting"),
                            ("notice", "Notice"),
                            ("comparison", "Comparison of data"),
                            ("decision", "Decision"),
                            ("mark", "Pre-exit mark"),
                            ("signature", "Signature of the household"),
                            ("announcement", "Announcement"),
                        ],
                        default="general",
                        max_length=12,
                        verbose_name="what happens",
                    ),
                ),
                (
                    "role_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), size=None, verbose_name="who does it"
                    ),
                ),
                (
                    "evidence_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="evidence required",
                    ),
                ),
                ("minimum_days", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="days at least")),
                ("maximum_days", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="days at most")),
                (
                    "attendance_ratio",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=4, null=True, verbose_name="share that must attend"
                    ),
                ),
                (
                    "approval_ratio",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        max_digits=4,
                        null=True,
                        verbose_name="share of votes to be exceeded",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                (
                    "template",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="dossiers.steptemplate",
                        verbose_name="template of steps",
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
                "verbose_name": "step of a template",
                "verbose_name_plural": "steps of a template",
                "ordering": ["template", "position"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="DossierStep",
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
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="done on")),
                ("is_passed", models.BooleanField(default=True, verbose_name="passed")),
                (
                    "manner",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("self", "In person"),
                            ("proxy", "By a proxy, with a thumb print"),
                            ("phone", "By telephone"),
                        ],
                        max_length=5,
                        verbose_name="signed",
                    ),
                ),
                (
                    "entitled_count",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="entitled to attend"),
                ),
                ("present_count", models.PositiveIntegerField(blank=True, null=True, verbose_name="present")),
                ("votes_for", models.PositiveIntegerField(blank=True, null=True, verbose_name="votes for")),
                ("votes_against", models.PositiveIntegerField(blank=True, null=True, verbose_name="votes against")),
                ("remark", models.CharField(blank=True, max_length=500, verbose_name="result in words")),
                ("done_by", models.UUIDField(editable=False, null=True, verbose_name="done by")),
                (
                    "dossier",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="done",
                        to="dossiers.dossier",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                (
                    "session",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.listsession",
                        verbose_name="session for a list",
                    ),
                ),
                (
                    "step",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.templatestep",
                        verbose_name="step of a template",
                    ),
                ),
            ],
            options={
                "verbose_name": "step that was done",
                "verbose_name_plural": "steps that were done",
                "ordering": ["dossier", "position"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="CountyProcedure",
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
                ("needs_dossier", models.BooleanField(default=False, verbose_name="status changes by a dossier only")),
                (
                    "lead_days",
                    models.PositiveSmallIntegerField(default=15, verbose_name="days from a lead to its decision"),
                ),
                ("counts_working_days", models.BooleanField(default=False, verbose_name="these are working days")),
                (
                    "measure_months",
                    models.PositiveSmallIntegerField(default=1, verbose_name="months until measures begin"),
                ),
                (
                    "removal_months",
                    models.PositiveSmallIntegerField(default=6, verbose_name="months before a risk may be removed"),
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
                "verbose_name": "rules of procedure",
                "verbose_name_plural": "rules of procedure",
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("tenant",), name="countyprocedure_one_a_county"),
                    models.CheckConstraint(
                        condition=models.Q(("lead_days__gte", 1), ("lead_days__lte", 90)),
                        name="countyprocedure_lead_has_days",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Application",
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
                ("applied_on", models.DateField(verbose_name="applied on")),
                (
                    "manner",
                    models.CharField(
                        choices=[
                            ("self", "In person"),
                            ("proxy", "By a proxy, with a thumb print"),
                            ("phone", "By telephone"),
                        ],
                        max_length=5,
                        verbose_name="how it applied",
                    ),
                ),
                ("has_thumb_print", models.BooleanField(default=False, verbose_name="thumb print set")),
                (
                    "net_per_head_yuan",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="net income per person, own estimate (yuan)",
                    ),
                ),
                (
                    "cause_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="causes that the household states",
                    ),
                ),
                ("statement", models.CharField(blank=True, max_length=1000, verbose_name="what the household states")),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                (
                    "dossier",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="dossiers.dossier",
                        verbose_name="dossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "application",
                "verbose_name_plural": "applications",
                "ordering": ["-applied_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["tenant", "household"], name="application_household")],
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "dossier"), name="application_one_a_dossier"),
                    models.CheckConstraint(
                        condition=models.Q(("manner__in", ["self", "proxy", "phone"])),
                        name="application_manner_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("manner", "proxy"), _negated=True), ("has_thumb_print", True), _connector="OR"
                        ),
                        name="application_proxy_has_a_thumb_print",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
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
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("kind_code", models.CharField(max_length=20, verbose_name="kind of supporting document")),
                ("added_by", models.UUIDField(editable=False, null=True, verbose_name="added by")),
                (
                    "document",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.document",
                        verbose_name="document",
                    ),
                ),
                (
                    "dossier",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="dossiers.dossier",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                "verbose_name": "evidence",
                "verbose_name_plural": "evidence",
                "ordering": ["dossier", "position", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["tenant", "household"], name="evidence_household")],
                "constraints": [models.UniqueConstraint(fields=("tenant", "document"), name="evidence_document_once")],
            },
        ),
        migrations.CreateModel(
            name="ExitCheck",
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
                ("checked_on", models.DateField(verbose_name="checked on")),
                ("has_food_and_clothing", models.BooleanField(verbose_name="food and clothing assured")),
                ("has_schooling", models.BooleanField(verbose_name="compulsory education assured")),
                ("has_medical_care", models.BooleanField(verbose_name="basic medical care assured")),
                ("has_safe_housing", models.BooleanField(verbose_name="safe housing assured")),
                ("has_safe_water", models.BooleanField(verbose_name="has safe drinking water")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "net_per_head_yuan",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="net income per person (yuan)"),
                ),
                (
                    "line_yuan",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="line of that year (yuan)"),
                ),
                (
                    "dossier",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exit_checks",
                        to="dossiers.dossier",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "household",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                "verbose_name": "check before exit",
                "verbose_name_plural": "checks before exit",
                "ordering": ["-checked_on", "id"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["tenant", "household"], name="exitcheck_household")],
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "dossier"), name="exitcheck_one_a_dossier"),
                    models.CheckConstraint(condition=models.Q(("line_yuan__gt", 0)), name="exitcheck_line_is_positive"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="listsession",
            index=models.Index(fields=["tenant", "scope_code"], name="listsession_scope"),
        ),
        migrations.AddConstraint(
            model_name="listsession",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("form__in", ("general", "meeting", "notice", "comparison", "decision", "mark", "announcement"))
                ),
                name="listsession_form_is_for_lists",
            ),
        ),
        migrations.AddConstraint(
            model_name="listsession",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "closed"])), name="listsession_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="listsession",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ends_on__isnull", True), ("minutes__isnull", True), ("state", "open")),
                    models.Q(
                        ("ends_on__gte", models.F("starts_on")),
                        ("ends_on__isnull", False),
                        ("minutes__isnull", False),
                        ("minutes_code__gt", ""),
                        ("state", "closed"),
                    ),
                    _connector="OR",
                ),
                name="listsession_closed_has_its_papers",
            ),
        ),
        migrations.AddIndex(
            model_name="monitoringcase",
            index=models.Index(fields=["tenant", "household"], name="monitoringcase_household"),
        ),
        migrations.AddIndex(
            model_name="monitoringcase",
            index=models.Index(fields=["tenant", "state", "due_on"], name="monitoringcase_due"),
        ),
        migrations.AddConstraint(
            model_name="monitoringcase",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["lead", "confirmed"])),
                fields=("tenant", "household"),
                name="monitoringcase_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="monitoringcase",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["lead", "confirmed", "dropped", "removed"])),
                name="monitoringcase_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="monitoringcase",
            constraint=models.CheckConstraint(
                condition=models.Q(("risk_codes__len__gte", 1), ("risk_codes__len__lte", 5)),
                name="monitoringcase_one_to_five_risks",
            ),
        ),
        migrations.AddConstraint(
            model_name="monitoringcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("disaster_code__gt", ""), ("risk_codes__contains", ["04"])),
                    models.Q(models.Q(("risk_codes__contains", ["04"]), _negated=True), ("disaster_code", "")),
                    _connector="OR",
                ),
                name="monitoringcase_disaster_has_its_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="monitoringcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("risk_codes__contains", ["99"]), _negated=True), ("other_remark__gt", ""), _connector="OR"
                ),
                name="monitoringcase_other_has_a_remark",
            ),
        ),
        migrations.AddConstraint(
            model_name="monitoringcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_on__isnull", True), ("ended_on__isnull", True), ("state", "lead")),
                    models.Q(("confirmed_on__isnull", False), ("ended_on__isnull", True), ("state", "confirmed")),
                    models.Q(
                        ("confirmed_on__isnull", True),
                        ("end_reason__gt", ""),
                        ("ended_on__isnull", False),
                        ("state", "dropped"),
                    ),
                    models.Q(
                        ("confirmed_on__isnull", False),
                        ("ended_on__isnull", False),
                        ("removal_code__gt", ""),
                        ("state", "removed"),
                    ),
                    _connector="OR",
                ),
                name="monitoringcase_days_by_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="monitoringcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "removed"), _negated=True),
                    ("is_without_labour", False),
                    ("removal_code", "2"),
                    _connector="OR",
                ),
                name="monitoringcase_without_labour_stays",
            ),
        ),
        migrations.AddConstraint(
            model_name="monitoringcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "removed"), _negated=True),
                    ("removal_code", "2"),
                    models.Q(("ended_on__gte", models.F("removable_on")), ("removable_on__isnull", False)),
                    _connector="OR",
                ),
                name="monitoringcase_removed_not_early",
            ),
        ),
        migrations.AddIndex(
            model_name="objection",
            index=models.Index(fields=["tenant", "household"], name="objection_household"),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="objection_has_a_text"
            ),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_on__isnull", True), ("is_upheld__isnull", True)),
                    models.Q(
                        ("answer__gt", ""), ("answered_on__gte", models.F("raised_on")), ("is_upheld__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="objection_answer_is_whole",
            ),
        ),
        migrations.AddIndex(
            model_name="sessionentry",
            index=models.Index(fields=["tenant", "household"], name="sessionentry_household"),
        ),
        migrations.AddConstraint(
            model_name="sessionentry",
            constraint=models.UniqueConstraint(fields=("tenant", "session", "dossier"), name="sessionentry_once"),
        ),
        migrations.AddConstraint(
            model_name="sessionentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), ("taken_out_on__isnull", True)),
                    models.Q(("reason__gt", ""), ("taken_out_on__isnull", False)),
                    _connector="OR",
                ),
                name="sessionentry_taken_out_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="steptemplate",
            constraint=models.UniqueConstraint(fields=("tenant", "key", "edition"), name="steptemplate_edition_once"),
        ),
        migrations.AddConstraint(
            model_name="steptemplate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True)), fields=("tenant", "key"), name="steptemplate_one_in_use"
            ),
        ),
        migrations.AddConstraint(
            model_name="steptemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["identify", "return", "exit", "monitor", "remove_risk"])),
                name="steptemplate_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="steptemplate",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("key", ""), _negated=True), models.Q(("name", ""), _negated=True)),
                name="steptemplate_has_key_and_name",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["tenant", "household"], name="dossier_household"),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["tenant", "scope_code"], name="dossier_scope"),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("tenant", "household", "kind"),
                name="dossier_one_open_of_a_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "finished", "withdrawn", "refused"])),
                name="dossier_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_on__isnull", True), ("state", "open")),
                    models.Q(
                        models.Q(("state", "open"), _negated=True),
                        ("ended_on__gte", models.F("begun_on")),
                        ("ended_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="dossier_ended_has_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code__gt", ""), ("kind__in", ["monitor", "remove_risk"])),
                    models.Q(("code", ""), ("kind__in", ["identify", "return", "exit"])),
                    _connector="OR",
                ),
                name="dossier_code_by_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("consent_on__isnull", True), ("consent_sectors__len", 0)),
                    models.Q(("consent_on__isnull", False), ("consent_sectors__len__gte", 1)),
                    _connector="OR",
                ),
                name="dossier_consent_has_a_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="templatestep",
            constraint=models.UniqueConstraint(
                fields=("tenant", "template", "position"), name="templatestep_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="templatestep",
            constraint=models.CheckConstraint(
                condition=models.Q(("position__gte", 1)), name="templatestep_position_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="templatestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "form__in",
                        [
                            "general",
                            "application",
                            "visit",
                            "meeting",
                            "notice",
                            "comparison",
                            "decision",
                            "mark",
                            "signature",
                            "announcement",
                        ],
                    )
                ),
                name="templatestep_form_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="templatestep",
            constraint=models.CheckConstraint(
                condition=models.Q(("role_codes__len__gte", 1)), name="templatestep_somebody_does_it"
            ),
        ),
        migrations.AddConstraint(
            model_name="templatestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("minimum_days__isnull", True),
                    ("maximum_days__isnull", True),
                    ("maximum_days__gte", models.F("minimum_days")),
                    _connector="OR",
                ),
                name="templatestep_days_are_ordered",
            ),
        ),
        migrations.AddConstraint(
            model_name="templatestep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approval_ratio__isnull", True), ("attendance_ratio__isnull", True)),
                    models.Q(("attendance_ratio__gte", 0), ("attendance_ratio__lte", 1), ("form", "meeting")),
                    models.Q(("approval_ratio__gte", 0), ("approval_ratio__lt", 1), ("form", "meeting")),
                    _connector="OR",
                ),
                name="templatestep_shares_are_of_meetings",
            ),
        ),
        migrations.AddIndex(
            model_name="dossierstep",
            index=models.Index(fields=["tenant", "household"], name="dossierstep_household"),
        ),
        migrations.AddConstraint(
            model_name="dossierstep",
            constraint=models.UniqueConstraint(fields=("tenant", "dossier", "position"), name="dossierstep_once"),
        ),
        migrations.AddConstraint(
            model_name="dossierstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="dossierstep_days_are_ordered"
            ),
        ),
        migrations.AddConstraint(
            model_name="dossierstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("entitled_count__isnull", True),
                        ("present_count__isnull", True),
                        ("votes_against__isnull", True),
                        ("votes_for__isnull", True),
                    ),
                    models.Q(
                        ("entitled_count__isnull", False),
                        ("present_count__isnull", False),
                        ("votes_against__isnull", False),
                        ("votes_for__isnull", False),
                        ("present_count__lte", models.F("entitled_count")),
                        (
                            "votes_for__lte",
                            django.db.models.expressions.CombinedExpression(
                                models.F("present_count"), "-", models.F("votes_against")
                            ),
                        ),
                    ),
                    _connector="OR",
                ),
                name="dossierstep_attendance_is_whole",
            ),
        ),
        ProtectTenantTable("steptemplate", policy=Policy.SHARED),
        ProtectTenantTable("templatestep", policy=Policy.SHARED, append_only=True),
        ProtectTenantTable("countyprocedure", policy=Policy.SHARED),
        ProtectTenantTable("listsession", policy=Policy.RANGED),
        ProtectTenantTable("dossier", policy=Policy.RANGED),
        ProtectTenantTable("dossierstep", policy=Policy.RANGED, append_only=True),
        ProtectTenantTable("sessionentry", policy=Policy.RANGED),
        ProtectTenantTable("application", policy=Policy.RANGED, append_only=True),
        ProtectTenantTable("objection", policy=Policy.RANGED),
        ProtectTenantTable("evidence", policy=Policy.RANGED, append_only=True),
        ProtectTenantTable("exitcheck", policy=Policy.RANGED),
        ProtectTenantTable("monitoringcase", policy=Policy.RANGED),
        TenantLink("templatestep", "template"),
        TenantLink("listsession", "minutes"),
        TenantLink("dossier", "household"),
        TenantLink("dossier", "template"),
        TenantLink("dossierstep", "dossier"),
        TenantLink("dossierstep", "household"),
        TenantLink("dossierstep", "step"),
        TenantLink("dossierstep", "session"),
        TenantLink("sessionentry", "session"),
        TenantLink("sessionentry", "dossier"),
        TenantLink("sessionentry", "household"),
        TenantLink("application", "dossier"),
        TenantLink("application", "household"),
        TenantLink("objection", "dossier"),
        TenantLink("objection", "household"),
        TenantLink("evidence", "dossier"),
        TenantLink("evidence", "household"),
        TenantLink("exitcheck", "dossier"),
        TenantLink("exitcheck", "household"),
        TenantLink("evidence", "document"),
        TenantLink("monitoringcase", "household"),
        TenantLink("monitoringcase", "spell"),
        TenantLink("monitoringcase", "dossier"),
    ]
    operations = folded(operations)
