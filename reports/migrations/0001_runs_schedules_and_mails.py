import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
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
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportSchedule",
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
                ("report_id", models.CharField(max_length=40, verbose_name="report")),
                ("day_of_month", models.PositiveSmallIntegerField(default=5, verbose_name="day of the month")),
                (
                    "hour",
                    models.PositiveSmallIntegerField(
                        default=8, help_text="0 to 23, Beijing time.", verbose_name="hour"
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("next_due_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="next")),
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
                "verbose_name": "report schedule",
                "verbose_name_plural": "report schedules",
                "ordering": ["report_id", "day_of_month", "hour", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ReportRun",
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
                ("report_id", models.CharField(max_length=40, verbose_name="report")),
                ("month", models.DateField(help_text="First day of the month.", verbose_name="month")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting"),
                            ("running", "Running"),
                            ("finished", "Finished"),
                            ("failed", "Failed"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked for at")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="started at")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished at")),
                ("figures", models.JSONField(blank=True, null=True, verbose_name="figures")),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="digest")),
                ("edition", models.PositiveIntegerField(blank=True, null=True, verbose_name="edition")),
                ("error_code", models.CharField(blank=True, max_length=100, verbose_name="error code")),
                ("error", registry.models.sentence.SentenceField(blank=True, verbose_name="why it failed")),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked for by",
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
                    "workbook",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.document",
                        verbose_name="workbook",
                    ),
                ),
                (
                    "schedule",
                    registry.tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="reports.reportschedule",
                        verbose_name="schedule",
                    ),
                ),
            ],
            options={
                "verbose_name": "report run",
                "verbose_name_plural": "report runs",
                "ordering": ["-created_at", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ScheduleRecipient",
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
                    "schedule",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recipients",
                        to="reports.reportschedule",
                        verbose_name="schedule",
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
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recipient",
                    ),
                ),
            ],
            options={
                "verbose_name": "recipient",
                "verbose_name_plural": "recipients",
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Delivery",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("failed", "Not sent"),
                            ("unclear", "Unclear"),
                        ],
                        default="pending",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "No reason"),
                            ("address_not_verified", "The address is not verified. The recipient verifies it first."),
                            ("right_lost", "The recipient may no longer read this report."),
                            ("run_failed", "The report could not be made; its page says why."),
                            ("not_written", "The mail could not be written. The operator finds the cause in the log."),
                            ("refused", "The mail server refused the mail for good."),
                            ("refused_for_now", "The mail server refused the mail for now."),
                            ("not_reached", "The mail server could not be reached."),
                            ("connection_lost", "The connection broke after the mail was handed over."),
                            ("worker_lost", "The sending process was lost while it sent the mail."),
                        ],
                        default="",
                        max_length=30,
                        verbose_name="reason",
                    ),
                ),
                (
                    "smtp_code",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="answer of the mail server"),
                ),
                ("message_id", models.CharField(max_length=200, verbose_name="Message-ID")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                (
                    "attempts_in_row",
                    models.PositiveSmallIntegerField(default=0, verbose_name="attempts since a person asked"),
                ),
                ("requests", models.PositiveSmallIntegerField(default=0, verbose_name="sent again by hand")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="created at")),
                ("sending_at", models.DateTimeField(blank=True, null=True, verbose_name="last tried at")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled at")),
                (
                    "recipient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recipient",
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
                    "run",
                    registry.tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="reports.reportrun",
                        verbose_name="report run",
                    ),
                ),
            ],
            options={
                "verbose_name": "mail",
                "verbose_name_plural": "mails",
                "ordering": ["-created_at", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tenant", "run", "recipient"), name="delivery_once_a_run_and_recipient"
                    ),
                    models.UniqueConstraint(fields=("tenant", "message_id"), name="delivery_message_id_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["pending", "sending", "sent", "failed", "unclear"])),
                        name="delivery_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["failed", "unclear"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="delivery_not_sent_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sending"), _negated=True),
                            models.Q(("attempts__gte", 1), ("sending_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="delivery_sending_was_begun",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="reportschedule",
            constraint=models.CheckConstraint(
                condition=models.Q(("day_of_month__gte", 1), ("day_of_month__lte", 28)),
                name="reportschedule_day_is_in_every_month",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportschedule",
            constraint=models.CheckConstraint(
                condition=models.Q(("hour__lte", 23)), name="reportschedule_hour_is_of_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportschedule",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_active", False), ("next_due_at__isnull", False), _connector="OR"),
                name="reportschedule_active_has_a_next",
            ),
        ),
        migrations.AddIndex(
            model_name="reportrun",
            index=models.Index(fields=["tenant", "report_id", "month"], name="reportrun_month"),
        ),
        migrations.AddConstraint(
            model_name="reportrun",
            constraint=models.UniqueConstraint(
                fields=("tenant", "schedule", "month"), name="reportrun_once_a_schedule_and_month"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportrun",
            constraint=models.UniqueConstraint(
                fields=("tenant", "report_id", "month", "edition"), name="reportrun_edition_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)), name="reportrun_month_is_a_first_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["queued", "running", "finished", "failed"])),
                name="reportrun_state_is_known",
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
                    models.Q(("state", "failed"), models.Q(("error", ""), _negated=True)),
                    models.Q(models.Q(("state", "failed"), _negated=True), ("error", "")),
                    _connector="OR",
                ),
                name="reportrun_failed_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="schedulerecipient",
            constraint=models.UniqueConstraint(fields=("tenant", "schedule", "user"), name="schedulerecipient_once"),
        ),
        ProtectTenantTable("reportschedule", policy=Policy.RANGED),
        ProtectTenantTable("schedulerecipient", policy=Policy.RANGED, deletable=True),
        ProtectTenantTable("reportrun", policy=Policy.RANGED),
        ProtectTenantTable("delivery", policy=Policy.RANGED),
        TenantLink("schedulerecipient", "schedule"),
        TenantLink("reportrun", "schedule"),
        TenantLink("reportrun", "workbook"),
        TenantLink("delivery", "run"),
    ]
    operations = folded(operations)
