"""Let a run be one of any report: what it is about, and a file for each format."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import registry.tenancy.fields
import registry.tenancy.models
from registry.enums import Policy
from registry.tenancy.operations import ProtectTenantTable, TenantLink


class Migration(migrations.Migration):
    dependencies = [
        ("periods", "0001_periods_and_snapshots"),
        ("registry", "0019_tallies"),
        ("reports", "0002_arm_workflow"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RunFile",
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
                    "format",
                    models.CharField(
                        choices=[
                            ("xlsx", "Workbook (.xlsx)"),
                            ("pdf", "PDF for printing"),
                            ("csv", "Text table (.csv)"),
                            ("parquet", "Data file (.parquet)"),
                            ("html", "Web page (.html)"),
                        ],
                        max_length=10,
                        verbose_name="format",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a report run",
                "verbose_name_plural": "files of report runs",
                "ordering": ["run", "format"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.RemoveConstraint(
            model_name="reportrun",
            name="reportrun_finished_has_its_figures",
        ),
        migrations.AddField(
            model_name="reportrun",
            name="area_code",
            field=models.CharField(blank=True, db_collation="C", default="", max_length=12, verbose_name="area"),
        ),
        migrations.AddField(
            model_name="reportrun",
            name="as_of",
            field=models.DateField(blank=True, null=True, verbose_name="as the facts stood on"),
        ),
        migrations.AddField(
            model_name="reportrun",
            name="formats",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=10), blank=True, default=list, size=None, verbose_name="formats"
            ),
        ),
        migrations.AddField(
            model_name="reportrun",
            name="holds_persons",
            field=models.BooleanField(default=False, verbose_name="holds persons"),
        ),
        migrations.AddField(
            model_name="reportrun",
            name="household_id",
            field=models.UUIDField(blank=True, null=True, verbose_name="household"),
        ),
        migrations.AddField(
            model_name="reportrun",
            name="known_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="as known at"),
        ),
        migrations.AddField(
            model_name="reportrun",
            name="language",
            field=models.CharField(default="zh-hans", max_length=10, verbose_name="language"),
        ),
        migrations.AddField(
            model_name="reportrun",
            name="options",
            field=models.JSONField(blank=True, default=dict, verbose_name="options"),
        ),
        migrations.AddField(
            model_name="reportrun",
            name="period",
            field=registry.tenancy.fields.TenantForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="periods.period",
                verbose_name="period",
            ),
        ),
        migrations.AddField(
            model_name="reportrun",
            name="role",
            field=models.CharField(
                blank=True,
                choices=[
                    ("system_administrator", "System administrator"),
                    ("security_administrator", "Security administrator"),
                    ("audit_administrator", "Audit administrator"),
                    ("county_office", "County office"),
                    ("sector_clerk", "Sector clerk"),
                    ("township_clerk", "Township clerk"),
                    ("village_team", "Village team"),
                    ("helper", "Helper"),
                    ("prefecture_reader", "Prefecture reader"),
                    ("province_reader", "Province reader"),
                    ("dispatch_office", "Dispatch office"),
                    ("machine_client", "Machine client"),
                    ("service", "Automatic work"),
                ],
                default="",
                max_length=30,
                verbose_name="role",
            ),
        ),
        migrations.AddField(
            model_name="reportrun",
            name="snapshot_id",
            field=models.UUIDField(blank=True, null=True, verbose_name="snapshot"),
        ),
        migrations.AlterField(
            model_name="reportrun",
            name="month",
            field=models.DateField(blank=True, help_text="First day of the month.", null=True, verbose_name="month"),
        ),
        migrations.AddConstraint(
            model_name="reportrun",
            constraint=models.UniqueConstraint(
                fields=("tenant", "report_id", "period", "edition"), name="reportrun_period_edition"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("edition__isnull", False),
                        ("figures__isnull", False),
                        ("finished_at__isnull", False),
                        ("state", "finished"),
                        ("workbook__isnull", False),
                        models.Q(("digest", ""), _negated=True),
                    ),
                    models.Q(
                        ("digest", ""),
                        ("figures__isnull", True),
                        ("finished_at__isnull", False),
                        ("month__isnull", True),
                        ("state", "finished"),
                        ("workbook__isnull", True),
                    ),
                    models.Q(
                        models.Q(("state", "finished"), _negated=True),
                        ("digest", ""),
                        ("figures__isnull", True),
                        ("workbook__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="reportrun_finished_has_its_figures",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("month__isnull", False),
                    models.Q(("as_of__isnull", False), models.Q(("area_code", ""), _negated=True)),
                    _connector="OR",
                ),
                name="reportrun_is_about_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("holds_persons", False),
                    models.Q(("asked_by__isnull", False), models.Q(("role", ""), _negated=True)),
                    _connector="OR",
                ),
                name="reportrun_with_persons_is_of_who_asked",
            ),
        ),
        migrations.AddField(
            model_name="runfile",
            name="document",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="registry.document",
                verbose_name="file",
            ),
        ),
        migrations.AddField(
            model_name="runfile",
            name="run",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="files",
                to="reports.reportrun",
                verbose_name="report run",
            ),
        ),
        migrations.AddField(
            model_name="runfile",
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
            model_name="runfile",
            constraint=models.UniqueConstraint(
                fields=("tenant", "run", "format"), name="runfile_once_a_run_and_format"
            ),
        ),
        migrations.AddConstraint(
            model_name="runfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("format__in", ["xlsx", "pdf", "csv", "parquet", "html"])),
                name="runfile_format_is_known",
            ),
        ),
        ProtectTenantTable("runfile", policy=Policy.RANGED, append_only=True),
        TenantLink("reportrun", "period"),
        TenantLink("runfile", "run"),
        TenantLink("runfile", "document"),
    ]
