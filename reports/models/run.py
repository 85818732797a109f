"""A run of a report, and the figures that it froze."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from registry.enums import Role
from registry.models import SentenceField
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel
from reports.enums import RunState
from reports.models.schedule import ReportSchedule


class ReportRun(TenantModel):
    """One making of a report. A finished run never changes: it can be printed again.

    A run of the clear account has its `month`, figures and one workbook; its `scope_code` is the county's own code, so
    only those who see the whole county see it. `digest` is the SHA-256 of `figures` in canonical JSON. A run of any
    other report has the picture that it was asked about (`as_of`, `known_at`, period or snapshot, `area_code`, which is
    its `scope_code` too), and a `RunFile` for each of its `formats`. One that `holds_persons` is for who asked alone,
    at work in the `role` in which it was asked for; how a run can be read again stands in docs/catalogue.md. With
    persons and without who asked it announces: a schedule tells its recipients that they may make the report.
    """

    report_id = models.CharField(_("report"), max_length=40)
    month = models.DateField(_("month"), help_text=_("First day of the month."), null=True, blank=True)
    period = TenantForeignKey("periods.Period", verbose_name=_("period"), null=True, blank=True, related_name="+")
    # Without a key of the database: a picture of a question is removed after some days, its files remain.
    snapshot_id = models.UUIDField(_("snapshot"), null=True, blank=True)
    as_of = models.DateField(_("as the facts stood on"), null=True, blank=True)
    known_at = models.DateTimeField(_("as known at"), null=True, blank=True)
    area_code = models.CharField(_("area"), max_length=12, blank=True, default="", db_collation="C")
    household_id = models.UUIDField(_("household"), null=True, blank=True)
    options = models.JSONField(_("options"), default=dict, blank=True)
    formats = ArrayField(models.CharField(max_length=10), verbose_name=_("formats"), default=list, blank=True)
    holds_persons = models.BooleanField(_("holds persons"), default=False)
    role = models.CharField(_("role"), max_length=30, choices=Role.choices, blank=True, default="")
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    state = models.CharField(_("state"), max_length=10, choices=RunState.choices, default=RunState.QUEUED)
    schedule = TenantForeignKey(ReportSchedule, verbose_name=_("schedule"), null=True, blank=True, related_name="runs")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("asked for by"), null=True, blank=True,
        related_name="+", db_index=False,
    )  # fmt: skip
    created_at = models.DateTimeField(_("asked for at"), default=timezone.now)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    figures = models.JSONField(_("figures"), null=True, blank=True)
    digest = models.CharField(_("digest"), max_length=64, blank=True)
    workbook = TenantForeignKey(
        "registry.Document", verbose_name=_("workbook"), null=True, blank=True, related_name="+"
    )
    edition = models.PositiveIntegerField(_("edition"), null=True, blank=True)
    error_code = models.CharField(_("error code"), max_length=100, blank=True)
    error = SentenceField(_("why it failed"), blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("report run")
        verbose_name_plural = _("report runs")
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["tenant", "report_id", "month"], name="reportrun_month")]
        constraints = [
            # Runs of one edition say the same.
            *(
                ExclusionConstraint(
                    name=name,
                    expressions=[
                        ("tenant", RangeOperators.EQUAL),
                        ("report_id", RangeOperators.EQUAL),
                        (about, RangeOperators.EQUAL),
                        ("edition", RangeOperators.EQUAL),
                        ("digest", RangeOperators.NOT_EQUAL),
                    ],
                )
                for about, name in (("month", "reportrun_edition_says_one"), ("period", "reportrun_period_says_one"))
            ),
            models.CheckConstraint(name="reportrun_month_is_a_first_day", condition=Q(month__day=1)),
            models.CheckConstraint(name="reportrun_state_is_known", condition=Q(state__in=RunState.values)),
            models.CheckConstraint(
                name="reportrun_finished_has_its_figures",
                condition=Q(
                    state=RunState.FINISHED,
                    figures__isnull=False,
                    workbook__isnull=False,
                    edition__isnull=False,
                    finished_at__isnull=False,
                )
                & ~Q(digest="")
                | Q(
                    state=RunState.FINISHED,
                    month__isnull=True,
                    figures__isnull=True,
                    workbook__isnull=True,
                    finished_at__isnull=False,
                    digest="",
                )
                | ~Q(state=RunState.FINISHED) & Q(figures__isnull=True, workbook__isnull=True, digest=""),
            ),
            models.CheckConstraint(
                name="reportrun_is_about_a_day",
                condition=Q(month__isnull=False) | (Q(as_of__isnull=False) & ~Q(area_code="")),
            ),
            models.CheckConstraint(
                name="reportrun_with_persons_is_of_who_asked",
                condition=Q(holds_persons=False)
                | (Q(asked_by__isnull=False) & ~Q(role=""))
                | Q(asked_by__isnull=True, role="", schedule__isnull=False, formats=[], snapshot_id__isnull=True),
            ),
            models.CheckConstraint(
                name="reportrun_failed_says_why",
                condition=Q(state=RunState.FAILED) & ~Q(error="") | ~Q(state=RunState.FAILED) & Q(error=""),
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.report_id} {self.month or self.as_of:%Y-%m}"

    @property
    def is_announcement(self) -> bool:
        """Tell whether it only tells its recipients that they may make the report; it never has a file."""
        return self.holds_persons and self.asked_by_id is None

    @property
    def is_finished(self) -> bool:
        """Tell whether the run was made."""
        return self.state == RunState.FINISHED

    @property
    def keeps_figures(self) -> bool:
        """Tell whether this is an account of a period, with figures and a workbook instead of files."""
        return not self.formats and not self.is_announcement
