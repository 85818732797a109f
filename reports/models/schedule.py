"""When a report is made by itself, and who gets it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel, VersionedModel


class ReportSchedule(VersionedModel):
    """A day and hour of each month on which the report of the month before is made and mailed.

    Days and hours are those of Asia/Shanghai; the day is 28 at most, so that every month has it.
    """

    report_id = models.CharField(_("report"), max_length=40)
    day_of_month = models.PositiveSmallIntegerField(_("day of the month"), default=5)
    hour = models.PositiveSmallIntegerField(_("hour"), default=8, help_text=_("0 to 23, Beijing time."))
    is_active = models.BooleanField(_("active"), default=True)
    next_due_at = models.DateTimeField(_("next"), null=True, blank=True, editable=False)

    class Meta(VersionedModel.Meta):
        verbose_name = _("report schedule")
        verbose_name_plural = _("report schedules")
        ordering = ["report_id", "day_of_month", "hour", "id"]
        constraints = [
            models.CheckConstraint(
                name="reportschedule_day_is_in_every_month", condition=Q(day_of_month__gte=1, day_of_month__lte=28)
            ),
            models.CheckConstraint(name="reportschedule_hour_is_of_a_day", condition=Q(hour__lte=23)),
            models.CheckConstraint(
                name="reportschedule_active_has_a_next", condition=Q(is_active=False) | Q(next_due_at__isnull=False)
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.report_id} {self.day_of_month:02}, {self.hour:02}:00"


class ScheduleRecipient(TenantModel):
    """A user of the county who gets the mail of a schedule."""

    schedule = TenantForeignKey(ReportSchedule, verbose_name=_("schedule"), related_name="recipients")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("recipient"), related_name="+", db_index=False
    )

    class Meta(TenantModel.Meta):
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        constraints = [
            models.UniqueConstraint(fields=["tenant", "schedule", "user"], name="schedulerecipient_once"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.user_id)
