"""Schedules by rules of the calendar, recipients by role and outside, and mails that come back."""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import registry.models.sentence
import registry.tenancy.fields
import registry.tenancy.models
import reports.models.delivery
from registry.enums import Policy
from registry.tenancy.folding import folded
from registry.tenancy.operations import ProtectTenantTable, TenantLink


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0021_note_bounced_addresses"),
        ("reports", "0004_own_reports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Bounce",
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
                ("attempt", models.PositiveSmallIntegerField(verbose_name="attempt")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("permanent", "Not delivered, for good"),
                            ("given_up", "Not delivered, the server gave up"),
                            ("transient", "Delayed, the server goes on trying"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "status_code",
                    models.CharField(blank=True, help_text="As in 5.1.1.", max_length=11, verbose_name="status code"),
                ),
                (
                    "smtp_code",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="answer of the mail server"),
                ),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="received at")),
            ],
            options={
                "verbose_name": "mail that came back",
                "verbose_name_plural": "mails that came back",
                "ordering": ["-received_at", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="OutsideAddress",
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
                ("name", models.CharField(max_length=100, verbose_name="office")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                (
                    "language",
                    models.CharField(
                        choices=[("zh-hans", "Simplified Chinese"), ("en", "English")],
                        default="zh-hans",
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                ("purpose", models.CharField(max_length=200, verbose_name="what it gets reports for")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked for"),
                            ("allowed", "Allowed"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked for at")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                ("verified_at", models.DateTimeField(blank=True, null=True, verbose_name="address verified at")),
                ("bounced_at", models.DateTimeField(blank=True, null=True, verbose_name="mail came back at")),
            ],
            options={
                "verbose_name": "outside address",
                "verbose_name_plural": "outside addresses",
                "ordering": ["name", "id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ScheduleOccasion",
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
                ("key", models.CharField(max_length=80, verbose_name="what it is about")),
                ("first_day", models.DateField(verbose_name="first day")),
                ("last_day", models.DateField(verbose_name="last day")),
                ("due_at", models.DateTimeField(verbose_name="due at")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="done at")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("started", "Report asked for"),
                            ("nobody", "Nobody to send it to"),
                            ("refused", "Not made"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("error_code", models.CharField(blank=True, default="", max_length=100, verbose_name="error code")),
                ("error", registry.models.sentence.SentenceField(blank=True, verbose_name="why it failed")),
            ],
            options={
                "verbose_name": "time of a schedule",
                "verbose_name_plural": "times of schedules",
                "ordering": ["-created_at", "-id"],
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        migrations.RemoveConstraint(
            model_name="delivery",
            name="delivery_once_a_run_and_recipient",
        ),
        migrations.RemoveConstraint(
            model_name="delivery",
            name="delivery_state_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="delivery",
            name="delivery_not_sent_has_a_reason",
        ),
        migrations.RemoveConstraint(
            model_name="reportrun",
            name="reportrun_once_a_schedule_and_month",
        ),
        migrations.RemoveConstraint(
            model_name="reportschedule",
            name="reportschedule_day_is_in_every_month",
        ),
        migrations.RemoveConstraint(
            model_name="reportschedule",
            name="reportschedule_active_has_a_next",
        ),
        migrations.RemoveConstraint(
            model_name="schedulerecipient",
            name="schedulerecipient_once",
        ),
        migrations.AddField(
            model_name="delivery",
            name="address_mark",
            field=models.CharField(blank=True, default="", max_length=64, verbose_name="mark of the address"),
        ),
        migrations.AddField(
            model_name="delivery",
            name="area_code",
            field=models.CharField(blank=True, db_collation="C", default="", max_length=12, verbose_name="division"),
        ),
        migrations.AddField(
            model_name="delivery",
            name="bounce_token",
            field=models.CharField(blank=True, max_length=40, null=True, verbose_name="token of the return path"),
        ),
        # A default of its own for each row is no default of the column: mails from before stay without one.
        migrations.AlterField(
            model_name="delivery",
            name="bounce_token",
            field=models.CharField(
                blank=True,
                default=reports.models.delivery.new_bounce_token,
                max_length=40,
                null=True,
                verbose_name="token of the return path",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="form",
            field=models.CharField(
                choices=[
                    ("attachment", "Figures, charts, and the file attached"),
                    ("link", "A link alone, which needs a login"),
                ],
                default="attachment",
                max_length=10,
                verbose_name="what the mail holds",
            ),
        ),
        migrations.AddField(
            model_name="reportschedule",
            name="about",
            field=models.CharField(
                choices=[
                    ("month", "The last month that ended"),
                    ("quarter", "The last quarter that ended"),
                    ("half_year", "The last half-year that ended"),
                    ("year", "The last year that ended"),
                    ("day", "The day before"),
                ],
                default="month",
                max_length=10,
                verbose_name="what it is about",
            ),
        ),
        migrations.AddField(
            model_name="reportschedule",
            name="area_code",
            field=models.CharField(blank=True, db_collation="C", default="", max_length=12, verbose_name="division"),
        ),
        migrations.AddField(
            model_name="reportschedule",
            name="day_rule",
            field=models.CharField(
                choices=[
                    ("day", "Day of the month"),
                    ("working_day", "Working day of the month, counted from its beginning"),
                    ("last_working_day", "Last working day of the month"),
                ],
                default="day",
                max_length=20,
                verbose_name="which day",
            ),
        ),
        migrations.AddField(
            model_name="reportschedule",
            name="form",
            field=models.CharField(
                choices=[
                    ("attachment", "Figures, charts, and the file attached"),
                    ("link", "A link alone, which needs a login"),
                ],
                default="attachment",
                max_length=10,
                verbose_name="what the mail holds",
            ),
        ),
        migrations.AddField(
            model_name="reportschedule",
            name="month",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="month of the span"),
        ),
        migrations.AddField(
            model_name="reportschedule",
            name="rhythm",
            field=models.CharField(
                choices=[
                    ("weekly", "Every week"),
                    ("monthly", "Every month"),
                    ("quarterly", "Every quarter"),
                    ("half_yearly", "Every half-year"),
                    ("yearly", "Every year"),
                    ("stage", "Before a stage of a campaign ends"),
                ],
                default="monthly",
                max_length=12,
                verbose_name="rhythm",
            ),
        ),
        migrations.AddField(
            model_name="reportschedule",
            name="shift",
            field=models.CharField(
                choices=[
                    ("none", "Stays, working day or not"),
                    ("next", "Moves to the next working day"),
                    ("previous", "Moves to the working day before"),
                ],
                default="none",
                max_length=10,
                verbose_name="when offices do not work",
            ),
        ),
        migrations.AddField(
            model_name="reportschedule",
            name="stage",
            field=models.CharField(
                blank=True,
                choices=[
                    ("visit", "Household visits"),
                    ("entry", "Data entry"),
                    ("self_clean", "Cleaning by own rules"),
                    ("county_check", "County check"),
                    ("lists_from_above", "Lists from above"),
                    ("answer", "Answers"),
                ],
                default="",
                max_length=20,
                verbose_name="stage",
            ),
        ),
        migrations.AddField(
            model_name="reportschedule",
            name="weekday",
            field=models.PositiveSmallIntegerField(
                default=1, help_text="1 is Monday, 7 is Sunday.", verbose_name="weekday"
            ),
        ),
        migrations.AddField(
            model_name="reportschedule",
            name="working_days",
            field=models.PositiveSmallIntegerField(default=3, verbose_name="working days before it ends"),
        ),
        migrations.AddField(
            model_name="schedulerecipient",
            name="division_code",
            field=models.CharField(blank=True, db_collation="C", default="", max_length=12, verbose_name="division"),
        ),
        migrations.AddField(
            model_name="schedulerecipient",
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
        migrations.AlterField(
            model_name="delivery",
            name="reason",
            field=models.CharField(
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
                    ("address_bounced", "A mail to this address came back. The recipient verifies it again first."),
                    ("address_not_allowed", "The security administrator does not allow this address."),
                    ("came_back", "The mail came back: it could not be delivered."),
                ],
                default="",
                max_length=30,
                verbose_name="reason",
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="recipient",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="recipient",
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="state",
            field=models.CharField(
                choices=[
                    ("pending", "Waiting"),
                    ("sending", "Being sent"),
                    ("sent", "Sent"),
                    ("failed", "Not sent"),
                    ("unclear", "Unclear"),
                    ("bounced", "Came back"),
                ],
                default="pending",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="reportschedule",
            name="day_of_month",
            field=models.PositiveSmallIntegerField(default=5, verbose_name="number of the day"),
        ),
        migrations.AlterField(
            model_name="schedulerecipient",
            name="user",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="recipient",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportschedule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("rhythm__in", ["weekly", "monthly", "quarterly", "half_yearly", "yearly", "stage"])
                ),
                name="reportschedule_rhythm_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportschedule",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekday__range", (1, 7))), name="reportschedule_weekday_is_of_a_week"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportschedule",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__range", (1, 12))), name="reportschedule_month_is_of_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportschedule",
            constraint=models.CheckConstraint(
                condition=models.Q(("day_rule__in", ["day", "working_day", "last_working_day"])),
                name="reportschedule_day_rule_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportschedule",
            constraint=models.CheckConstraint(
                condition=models.Q(("day_of_month__range", (1, 31))), name="reportschedule_day_is_of_a_month"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportschedule",
            constraint=models.CheckConstraint(
                condition=models.Q(("shift__in", ["none", "next", "previous"])), name="reportschedule_shift_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportschedule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("rhythm", "stage"),
                        ("stage__in", ["visit", "entry", "self_clean", "county_check", "lists_from_above", "answer"]),
                    ),
                    models.Q(models.Q(("rhythm", "stage"), _negated=True), ("stage", "")),
                    _connector="OR",
                ),
                name="reportschedule_stage_goes_with_its_rhythm",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportschedule",
            constraint=models.CheckConstraint(
                condition=models.Q(("working_days__lte", 60)), name="reportschedule_few_working_days"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportschedule",
            constraint=models.CheckConstraint(
                condition=models.Q(("about__in", ["month", "quarter", "half_year", "year", "day"])),
                name="reportschedule_about_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportschedule",
            constraint=models.CheckConstraint(
                condition=models.Q(("area_code", ""), ("area_code__regex", "^\\d{12}$"), _connector="OR"),
                name="reportschedule_area_has_12_digits",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportschedule",
            constraint=models.CheckConstraint(
                condition=models.Q(("form__in", ["attachment", "link"])), name="reportschedule_form_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportschedule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_active", False), ("next_due_at__isnull", False), ("rhythm", "stage"), _connector="OR"
                ),
                name="reportschedule_active_has_a_next",
            ),
        ),
        migrations.AddField(
            model_name="bounce",
            name="delivery",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bounces",
                to="reports.delivery",
                verbose_name="mail",
            ),
        ),
        migrations.AddField(
            model_name="bounce",
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
        migrations.AddField(
            model_name="bounce",
            name="user",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="recipient",
            ),
        ),
        migrations.AddField(
            model_name="outsideaddress",
            name="asked_by",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="asked for by",
            ),
        ),
        migrations.AddField(
            model_name="outsideaddress",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="confirmed by",
            ),
        ),
        migrations.AddField(
            model_name="outsideaddress",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="decided by",
            ),
        ),
        migrations.AddField(
            model_name="outsideaddress",
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
        migrations.AddField(
            model_name="bounce",
            name="outside",
            field=registry.tenancy.fields.TenantForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reports.outsideaddress",
                verbose_name="outside address",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="outside",
            field=registry.tenancy.fields.TenantForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reports.outsideaddress",
                verbose_name="outside address",
            ),
        ),
        migrations.AddField(
            model_name="schedulerecipient",
            name="outside",
            field=registry.tenancy.fields.TenantForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reports.outsideaddress",
                verbose_name="outside address",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["tenant", "created_at", "id"], name="delivery_log"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("recipient__isnull", False)),
                fields=("tenant", "run", "recipient"),
                name="delivery_once_a_run_and_recipient",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outside__isnull", False)),
                fields=("tenant", "run", "outside"),
                name="delivery_once_a_run_and_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("tenant", "bounce_token"), name="delivery_bounce_token_once"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outside__isnull", True), ("recipient__isnull", False)),
                    models.Q(("outside__isnull", False), ("recipient__isnull", True)),
                    _connector="OR",
                ),
                name="delivery_is_for_one_recipient",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("form__in", ["attachment", "link"])), name="delivery_form_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["pending", "sending", "sent", "failed", "unclear", "bounced"])),
                name="delivery_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["failed", "unclear", "bounced"]), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="delivery_not_sent_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="schedulerecipient",
            constraint=models.UniqueConstraint(
                condition=models.Q(("user__isnull", False)),
                fields=("tenant", "schedule", "user"),
                name="schedulerecipient_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="schedulerecipient",
            constraint=models.UniqueConstraint(
                condition=models.Q(("role", ""), _negated=True),
                fields=("tenant", "schedule", "role", "division_code"),
                name="schedulerecipient_role_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="schedulerecipient",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outside__isnull", False)),
                fields=("tenant", "schedule", "outside"),
                name="schedulerecipient_outside_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="schedulerecipient",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("division_code", ""), ("outside__isnull", True), ("role", ""), ("user__isnull", False)),
                    models.Q(("division_code", ""), ("outside__isnull", False), ("role", ""), ("user__isnull", True)),
                    models.Q(
                        ("division_code__regex", "^\\d{12}$"),
                        ("outside__isnull", True),
                        ("user__isnull", True),
                        models.Q(("role", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="schedulerecipient_is_one_of_three",
            ),
        ),
        migrations.AddField(
            model_name="scheduleoccasion",
            name="run",
            field=registry.tenancy.fields.TenantForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reports.reportrun",
                verbose_name="report run",
            ),
        ),
        migrations.AddField(
            model_name="scheduleoccasion",
            name="schedule",
            field=registry.tenancy.fields.TenantForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="occasions",
                to="reports.reportschedule",
                verbose_name="schedule",
            ),
        ),
        migrations.AddField(
            model_name="scheduleoccasion",
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
            model_name="outsideaddress",
            constraint=models.UniqueConstraint(
                models.F("tenant"),
                django.db.models.functions.text.Lower("email"),
                condition=models.Q(("state__in", ["asked", "allowed"])),
                name="outsideaddress_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="outsideaddress",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["asked", "allowed", "refused", "withdrawn"])),
                name="outsideaddress_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="outsideaddress",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by__isnull", True), ("state", "asked")),
                    models.Q(
                        ("decided_by__isnull", False), models.Q(("decided_by", models.F("asked_by")), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="outsideaddress_decided_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="outsideaddress",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by__isnull", True),
                    models.Q(("confirmed_by", models.F("decided_by")), _negated=True),
                    _connector="OR",
                ),
                name="outsideaddress_confirmed_by_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="outsideaddress",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("verified_at__isnull", True), ("state__in", ["allowed", "withdrawn"]), _connector="OR"
                ),
                name="outsideaddress_verified_was_allowed",
            ),
        ),
        migrations.AddConstraint(
            model_name="outsideaddress",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True),
                    models.Q(("purpose", ""), _negated=True),
                    models.Q(("email", ""), _negated=True),
                ),
                name="outsideaddress_says_who_and_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="bounce",
            constraint=models.UniqueConstraint(
                fields=("tenant", "delivery", "attempt", "kind", "status_code"), name="bounce_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="bounce",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["permanent", "given_up", "transient"])), name="bounce_kind_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="bounce",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outside__isnull", True), ("user__isnull", False)),
                    models.Q(("outside__isnull", False), ("user__isnull", True)),
                    _connector="OR",
                ),
                name="bounce_is_of_one_recipient",
            ),
        ),
        migrations.AddIndex(
            model_name="scheduleoccasion",
            index=models.Index(fields=["tenant", "run"], name="scheduleoccasion_run"),
        ),
        migrations.AddConstraint(
            model_name="scheduleoccasion",
            constraint=models.UniqueConstraint(fields=("tenant", "schedule", "key"), name="scheduleoccasion_once"),
        ),
        migrations.AddConstraint(
            model_name="scheduleoccasion",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["started", "nobody", "refused"])),
                name="scheduleoccasion_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="scheduleoccasion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), models.Q(("error", ""), _negated=True)),
                    models.Q(("error", ""), ("run__isnull", False)),
                    _connector="OR",
                ),
                name="scheduleoccasion_has_its_run_or_says_why",
            ),
        ),
        ProtectTenantTable("outsideaddress", policy=Policy.SHARED),
        ProtectTenantTable("bounce", policy=Policy.SHARED, append_only=True),
        ProtectTenantTable("scheduleoccasion", policy=Policy.RANGED),
        TenantLink("bounce", "delivery"),
        TenantLink("bounce", "outside"),
        TenantLink("scheduleoccasion", "schedule"),
        TenantLink("scheduleoccasion", "run"),
        TenantLink("schedulerecipient", "outside"),
        TenantLink("delivery", "outside"),
    ]
    operations = folded(operations)
