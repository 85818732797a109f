"""A reporting period of a county, its stages, and how it is opened again."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from periods.enums import PeriodKind, PeriodState, StageKind
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import TenantModel, VersionedModel


def _days() -> Func:
    return Func(F("first_day"), F("last_day"), Value("[]"), function="daterange", output_field=DateRangeField())


class Period(VersionedModel):
    """A month, quarter, half-year or year, or a campaign window; both days belong to it.

    `scope_code` is the county's own code. Two periods of one kind never share a day. `snapshot` is the picture that
    counts now: of quarters and longer ones that of their last month.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=PeriodKind.choices)
    name = models.CharField(_("name"), max_length=60)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    state = models.CharField(_("state"), max_length=10, choices=PeriodState.choices, default=PeriodState.OPEN)
    snapshot = TenantForeignKey("periods.Snapshot", verbose_name=_("snapshot"), null=True, blank=True, related_name="+")
    frozen_at = models.DateTimeField(_("frozen at"), null=True, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    class Meta(VersionedModel.Meta):
        verbose_name = _("period")
        verbose_name_plural = _("periods")
        ordering = ["-last_day", "kind"]
        constraints = [
            ExclusionConstraint(
                name="period_one_of_a_kind_a_day",
                expressions=[
                    ("tenant", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (_days(), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(name="period_kind_is_known", condition=Q(kind__in=PeriodKind.values)),
            models.CheckConstraint(name="period_state_is_known", condition=Q(state__in=PeriodState.values)),
            models.CheckConstraint(name="period_ends_not_before_start", condition=Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(
                name="period_frozen_has_its_snapshot",
                condition=Q(state__in=[PeriodState.FROZEN, PeriodState.PUBLISHED], snapshot__isnull=False)
                | Q(state__in=[PeriodState.OPEN, PeriodState.CLOSING]),
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.name


class PeriodStage(TenantModel):
    """A dated stage of a campaign; both days belong to it."""

    period = TenantForeignKey(Period, verbose_name=_("period"), related_name="stages")
    kind = models.CharField(_("stage"), max_length=20, choices=StageKind.choices)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    class Meta(TenantModel.Meta):
        verbose_name = _("stage of a campaign")
        verbose_name_plural = _("stages of campaigns")
        ordering = ["period", "first_day"]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "period", "kind"], name="periodstage_once_a_period"),
            models.CheckConstraint(name="periodstage_kind_is_known", condition=Q(kind__in=StageKind.values)),
            models.CheckConstraint(name="periodstage_ends_not_before_start", condition=Q(last_day__gte=F("first_day"))),
        ]

    @override
    def __str__(self) -> str:
        return self.kind


class Reopening(TenantModel):
    """A request to open a frozen period again, with its reason; another person decides it."""

    telling: ClassVar[tuple[str, ...]] = ()

    period = TenantForeignKey(Period, verbose_name=_("period"), related_name="reopenings")
    reason = models.CharField(_("reason"), max_length=200)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("asked for by"), related_name="+", db_index=False
    )
    asked_at = models.DateTimeField(_("asked for at"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("decided by"), null=True, blank=True,
        related_name="+", db_index=False,
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    is_approved = models.BooleanField(_("approved"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("reopening of a period")
        verbose_name_plural = _("reopenings of periods")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "period"], condition=Q(decided_at__isnull=True), name="reopening_one_open_a_period"
            ),
            models.CheckConstraint(
                name="reopening_decided_by_another",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="reopening_decided_as_a_whole",
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, is_approved__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False, is_approved__isnull=False),
            ),
            models.CheckConstraint(name="reopening_has_a_reason", condition=~Q(reason="")),
        ]

    @override
    def __str__(self) -> str:
        return self.reason
