"""When a report is made by itself, who gets it, and what became of each time."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from periods.enums import StageKind
from registry.enums import Role
from registry.models import SentenceField
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel, VersionedModel
from reports.definitions.calendar import Rule
from reports.enums import About, DayRule, MailForm, OccasionState, Rhythm, Shift
from reports.models.address import OutsideAddress


class ReportSchedule(VersionedModel):
    """A rule of the calendar by which a report is made and mailed.

    Days and hours are those of Asia/Shanghai. `day_of_month` is the day of the month, or the n-th working day, by
    `day_rule`; `month` is the month within the span of the rhythm; `stage` and `working_days` are of a campaign.
    """

    report_id = models.CharField(_("report"), max_length=40)
    rhythm = models.CharField(_("rhythm"), max_length=12, choices=Rhythm.choices, default=Rhythm.MONTHLY)
    weekday = models.PositiveSmallIntegerField(_("weekday"), default=1, help_text=_("1 is Monday, 7 is Sunday."))
    month = models.PositiveSmallIntegerField(_("month of the span"), default=1)
    day_rule = models.CharField(_("which day"), max_length=20, choices=DayRule.choices, default=DayRule.DAY)
    day_of_month = models.PositiveSmallIntegerField(_("number of the day"), default=5)
    shift = models.CharField(_("when offices do not work"), max_length=10, choices=Shift.choices, default=Shift.NONE)
    stage = models.CharField(_("stage"), max_length=20, choices=StageKind.choices, blank=True, default="")
    working_days = models.PositiveSmallIntegerField(_("working days before it ends"), default=3)
    hour = models.PositiveSmallIntegerField(_("hour"), default=8, help_text=_("0 to 23, Beijing time."))
    about = models.CharField(_("what it is about"), max_length=10, choices=About.choices, default=About.MONTH)
    # Empty for the whole county.
    area_code = models.CharField(_("division"), max_length=12, blank=True, default="", db_collation="C")
    form = models.CharField(_("what the mail holds"), max_length=10, choices=MailForm.choices, default="attachment")
    is_active = models.BooleanField(_("active"), default=True)
    next_due_at = models.DateTimeField(_("next"), null=True, blank=True, editable=False)

    class Meta(VersionedModel.Meta):
        verbose_name = _("report schedule")
        verbose_name_plural = _("report schedules")
        ordering = ["report_id", "day_of_month", "hour", "id"]
        constraints = [
            models.CheckConstraint(name="reportschedule_rhythm_is_known", condition=Q(rhythm__in=Rhythm.values)),
            models.CheckConstraint(name="reportschedule_weekday_is_of_a_week", condition=Q(weekday__range=(1, 7))),
            models.CheckConstraint(name="reportschedule_month_is_of_a_year", condition=Q(month__range=(1, 12))),
            models.CheckConstraint(name="reportschedule_day_rule_is_known", condition=Q(day_rule__in=DayRule.values)),
            models.CheckConstraint(name="reportschedule_day_is_of_a_month", condition=Q(day_of_month__range=(1, 31))),
            models.CheckConstraint(name="reportschedule_shift_is_known", condition=Q(shift__in=Shift.values)),
            models.CheckConstraint(
                name="reportschedule_stage_goes_with_its_rhythm",
                condition=Q(rhythm=Rhythm.STAGE, stage__in=StageKind.values) | ~Q(rhythm=Rhythm.STAGE) & Q(stage=""),
            ),
            models.CheckConstraint(name="reportschedule_few_working_days", condition=Q(working_days__lte=60)),
            models.CheckConstraint(name="reportschedule_hour_is_of_a_day", condition=Q(hour__lte=23)),
            models.CheckConstraint(name="reportschedule_about_is_known", condition=Q(about__in=About.values)),
            models.CheckConstraint(
                name="reportschedule_area_has_12_digits", condition=Q(area_code="") | Q(area_code__regex=r"^\d{12}$")
            ),
            models.CheckConstraint(name="reportschedule_form_is_known", condition=Q(form__in=MailForm.values)),
            models.CheckConstraint(
                # The days of stages are not known before a campaign is opened.
                name="reportschedule_active_has_a_next",
                condition=Q(is_active=False) | Q(next_due_at__isnull=False) | Q(rhythm=Rhythm.STAGE),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.report_id} {self.rhythm} {self.hour:02}:00"

    @property
    def rule(self) -> Rule:
        """Its rule of the calendar."""
        return Rule(
            rhythm=Rhythm(self.rhythm),
            hour=self.hour,
            weekday=self.weekday,
            month=self.month,
            day_rule=DayRule(self.day_rule),
            number=self.day_of_month,
            shift=Shift(self.shift),
            working_days=self.working_days,
        )


class ScheduleRecipient(TenantModel):
    """Who gets the mail of a schedule: a user, whoever holds a role for a division, or an outside address."""

    schedule = TenantForeignKey(ReportSchedule, verbose_name=_("schedule"), related_name="recipients")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("recipient"), null=True, blank=True,
        related_name="+", db_index=False,
    )  # fmt: skip
    role = models.CharField(_("role"), max_length=30, choices=Role.choices, blank=True, default="")
    division_code = models.CharField(_("division"), max_length=12, blank=True, default="", db_collation="C")
    outside = TenantForeignKey(
        OutsideAddress, verbose_name=_("outside address"), null=True, blank=True, related_name="+"
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "schedule", "user"], condition=Q(user__isnull=False), name="schedulerecipient_once"
            ),
            models.UniqueConstraint(
                fields=["tenant", "schedule", "role", "division_code"],
                condition=~Q(role=""),
                name="schedulerecipient_role_once",
            ),
            models.UniqueConstraint(
                fields=["tenant", "schedule", "outside"],
                condition=Q(outside__isnull=False),
                name="schedulerecipient_outside_once",
            ),
            models.CheckConstraint(
                name="schedulerecipient_is_one_of_three",
                condition=Q(user__isnull=False, outside__isnull=True, role="", division_code="")
                | Q(user__isnull=True, outside__isnull=False, role="", division_code="")
                | Q(user__isnull=True, outside__isnull=True, division_code__regex=r"^\d{12}$") & ~Q(role=""),
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.user_id or self.outside_id or f"{self.role} {self.division_code}")


class ScheduleOccasion(TenantModel):
    """One time of a schedule: what it was about, and what became of it. None is done twice, none is left out.

    `key` is the span that the report is about, or the stage of the campaign. A refused one says why there is no report.
    """

    schedule = TenantForeignKey(ReportSchedule, verbose_name=_("schedule"), related_name="occasions")
    key = models.CharField(_("what it is about"), max_length=80)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    due_at = models.DateTimeField(_("due at"))
    created_at = models.DateTimeField(_("done at"), default=timezone.now)
    state = models.CharField(_("state"), max_length=10, choices=OccasionState.choices)
    run = TenantForeignKey("reports.ReportRun", verbose_name=_("report run"), null=True, blank=True, related_name="+")
    error_code = models.CharField(_("error code"), max_length=100, blank=True, default="")
    error = SentenceField(_("why it failed"), blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("time of a schedule")
        verbose_name_plural = _("times of schedules")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "schedule", "key"], name="scheduleoccasion_once"),
            models.CheckConstraint(name="scheduleoccasion_state_is_known", condition=Q(state__in=OccasionState.values)),
            models.CheckConstraint(
                name="scheduleoccasion_has_its_run_or_says_why",
                condition=Q(state=OccasionState.REFUSED) & ~Q(error="") | Q(run__isnull=False, error=""),
            ),
        ]
        indexes = [models.Index(fields=["tenant", "run"], name="scheduleoccasion_run")]

    @override
    def __str__(self) -> str:
        return self.key
