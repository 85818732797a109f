"""The monitoring of one household, from the lead to the removal of its risk."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, CharField, DateField, F, Q, Value, When
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from dossiers.enums import CaseState, DueBasis, NextDue, OpenDay
from dossiers.models.dossier import Dossier
from dossiers.models.sweep import SweepVillage
from registry.tenancy.fields import TenantForeignKey
from registry.tenancy.models import VersionedModel

# Source: item 100A27 of the monitoring form, up to five; 因自然灾害 asks for the kind, 其他 for a remark.
MOST_RISKS: Final = 5
DISASTER: Final = "04"
OTHER: Final = "99"
# 帮扶消除 and 自然消除 of the list risk_removal.
BY_SUPPORT: Final = "1"
NATURALLY: Final = "2"
# What must be assured when a risk is removed by support (三保障和饮水安全).
ASSURED: Final = ("has_schooling", "has_medical_care", "has_safe_housing", "has_safe_water")
# What a check before removal states, all of it or nothing.
CHECKED: Final = ("checked_on", "checked_year", "net_per_head_yuan", "line_yuan", *ASSURED)
_AWAITS_MEASURE: Final = Q(state=CaseState.CONFIRMED, measured_on__isnull=True)
_AWAITS_DEVELOPMENT: Final = Q(state=CaseState.CONFIRMED, developed_on__isnull=True, is_without_labour=False)


# What the open days follow from.
OPEN_DAY_COLUMNS: Final = (
    "state", "due_on", "measures_due_on", "measured_on", "development_due_on", "developed_on", "removable_on",
    "is_without_labour",
)  # fmt: skip


def open_days(row: Mapping[str, Any]) -> list[tuple[OpenDay, date]]:
    """Give every day that is open in a case of which `OPEN_DAY_COLUMNS` are given, the nearest first.

    A household without labour needs no development measure, and its risk is never removed by support.
    """
    is_confirmed, has_labour = row["state"] == CaseState.CONFIRMED, not row["is_without_labour"]
    days = [
        (OpenDay.DECISION, row["due_on"], row["state"] == CaseState.LEAD),
        (OpenDay.FIRST_MEASURE, row["measures_due_on"], is_confirmed and row["measured_on"] is None),
        (
            OpenDay.DEVELOPMENT_MEASURE,
            row["development_due_on"],
            is_confirmed and has_labour and row["developed_on"] is None,
        ),
        (OpenDay.REMOVAL, row["removable_on"], is_confirmed and has_labour),
    ]
    found = [(kind, day) for kind, day, is_open in days if is_open and day is not None]
    return sorted(found, key=lambda one: one[1])


class MonitoringCase(VersionedModel):
    """A lead on a household (线索), what was found, by when it must be decided, and how the risk ended.

    `due_on` is the last day for the decision, counted as `due_basis` says; `measures_due_on` that for the first
    measure, `development_due_on` that for the first development measure; `removable_on` is the first day on which the
    risk may be removed by support. All are counted from the county's rules when the case is written. `measured_on` and
    `developed_on` follow from the measures on file. `next_due_on` and `next_due` follow from all of these by the
    database, for the worklist. What was checked before a removal by support stands in `checked_on` and below.
    """

    household = TenantForeignKey("households.Household", verbose_name=_("household"), related_name="cases")
    spell = TenantForeignKey(
        "households.MonitoringSpell", verbose_name=_("monitoring over time"), null=True, blank=True, related_name="+"
    )
    dossier = TenantForeignKey(Dossier, verbose_name=_("dossier"), null=True, blank=True, related_name="cases")
    state = models.CharField(_("state"), max_length=10, choices=CaseState.choices, default=CaseState.LEAD)
    lead_on = models.DateField(_("lead raised on"))
    lead_channel_code = models.CharField(_("channel of the lead"), max_length=20)
    category_code = models.CharField(_("monitoring category"), max_length=20)
    risk_codes = ArrayField(models.CharField(max_length=20), verbose_name=_("risks"))
    disaster_code = models.CharField(_("kind of disaster"), max_length=20, blank=True)
    other_remark = models.CharField(_("other risk, in words"), max_length=200, blank=True)
    is_without_labour = models.BooleanField(_("whole household without labour"), default=False)
    sweep_village = TenantForeignKey(
        SweepVillage, verbose_name=_("found in the sweep"), null=True, blank=True, related_name="leads"
    )
    due_on = models.DateField(_("to be decided by"))
    due_basis = models.CharField(
        _("these days are"), max_length=13, choices=DueBasis.choices, default=DueBasis.CALENDAR_DAYS
    )
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    measures_due_on = models.DateField(_("measures to begin by"), null=True, blank=True)
    measured_on = models.DateField(_("first measure on"), null=True, blank=True)
    development_due_on = models.DateField(_("development measure to begin by"), null=True, blank=True)
    developed_on = models.DateField(_("first development measure on"), null=True, blank=True)
    removable_on = models.DateField(_("risk may be removed from"), null=True, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    checked_year = models.PositiveSmallIntegerField(_("income of the year"), null=True, blank=True)
    net_per_head_yuan = models.DecimalField(
        _("net income per person (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    line_yuan = models.DecimalField(_("monitoring line (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True)
    has_schooling = models.BooleanField(_("compulsory education assured"), null=True, blank=True)
    has_medical_care = models.BooleanField(_("basic medical care assured"), null=True, blank=True)
    has_safe_housing = models.BooleanField(_("safe housing assured"), null=True, blank=True)
    has_safe_water = models.BooleanField(_("safe drinking water assured"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    removal_code = models.CharField(_("how the risk was removed"), max_length=20, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True)
    next_due_on = models.GeneratedField(
        expression=Case(
            When(state=CaseState.LEAD, then=F("due_on")),
            When(_AWAITS_MEASURE, then=F("measures_due_on")),
            When(_AWAITS_DEVELOPMENT, then=F("development_due_on")),
            default=None,
        ),
        output_field=DateField(null=True),
        db_persist=True,
        verbose_name=_("due by"),
    )
    next_due = models.GeneratedField(
        expression=Case(
            When(state=CaseState.LEAD, then=Value(NextDue.DECISION.value)),
            When(_AWAITS_MEASURE, then=Value(NextDue.FIRST_MEASURE.value)),
            When(_AWAITS_DEVELOPMENT, then=Value(NextDue.DEVELOPMENT_MEASURE.value)),
            default=Value(NextDue.NOTHING.value),
        ),
        output_field=CharField(max_length=19, choices=NextDue.choices),
        db_persist=True,
        verbose_name=_("what is due"),
    )

    telling: ClassVar = ("other_remark", "end_reason")

    class Meta(VersionedModel.Meta):
        verbose_name = _("monitoring case")
        verbose_name_plural = _("monitoring cases")
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["tenant", "household"], name="monitoringcase_household"),
            models.Index(
                fields=["tenant", "next_due_on", "id"],
                condition=Q(next_due_on__isnull=False),
                name="monitoringcase_next_due",
            ),
            models.Index(fields=["tenant", "sweep_village"], name="monitoringcase_sweep"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "household"],
                condition=Q(state__in=[CaseState.LEAD, CaseState.CONFIRMED]),
                name="monitoringcase_one_open",
            ),
            models.CheckConstraint(name="monitoringcase_state_is_known", condition=Q(state__in=CaseState.values)),
            models.CheckConstraint(
                name="monitoringcase_one_to_five_risks",
                condition=Q(risk_codes__len__gte=1, risk_codes__len__lte=MOST_RISKS),
            ),
            models.CheckConstraint(
                name="monitoringcase_disaster_has_its_kind",
                condition=Q(risk_codes__contains=[DISASTER], disaster_code__gt="")
                | (~Q(risk_codes__contains=[DISASTER]) & Q(disaster_code="")),
            ),
            models.CheckConstraint(
                name="monitoringcase_other_has_a_remark",
                condition=~Q(risk_codes__contains=[OTHER]) | Q(other_remark__gt=""),
            ),
            models.CheckConstraint(
                name="monitoringcase_days_by_state",
                condition=Q(state=CaseState.LEAD, confirmed_on__isnull=True, ended_on__isnull=True)
                | Q(state=CaseState.CONFIRMED, confirmed_on__isnull=False, ended_on__isnull=True)
                | Q(state=CaseState.DROPPED, confirmed_on__isnull=True, ended_on__isnull=False, end_reason__gt="")
                | Q(state=CaseState.REMOVED, confirmed_on__isnull=False, ended_on__isnull=False, removal_code__gt=""),
            ),
            models.CheckConstraint(
                name="monitoringcase_days_are_ordered",
                condition=(Q(confirmed_on__isnull=True) | Q(confirmed_on__gte=F("lead_on")))
                & (Q(ended_on__isnull=True) | Q(ended_on__gte=F("lead_on")))
                & (Q(ended_on__isnull=True) | Q(confirmed_on__isnull=True) | Q(ended_on__gte=F("confirmed_on"))),
            ),
            models.CheckConstraint(
                name="monitoringcase_confirmed_has_its_days",
                condition=Q(confirmed_on__isnull=True)
                | Q(measures_due_on__isnull=False, development_due_on__isnull=False, removable_on__isnull=False),
            ),
            models.CheckConstraint(
                name="monitoringcase_development_is_a_measure",
                condition=Q(developed_on__isnull=True)
                | Q(measured_on__isnull=False, measured_on__lte=F("developed_on")),
            ),
            models.CheckConstraint(
                name="monitoringcase_checked_in_full",
                condition=Q(**{f"{name}__isnull": True for name in CHECKED})
                | Q(**{f"{name}__isnull": False for name in CHECKED}),
            ),
            # 帮扶消除 only: a household that died out, left, or is closed otherwise, is excepted.
            models.CheckConstraint(
                name="monitoringcase_without_labour_stays",
                condition=~Q(removal_code=BY_SUPPORT) | Q(is_without_labour=False),
            ),
            models.CheckConstraint(
                name="monitoringcase_removed_not_early",
                condition=~Q(removal_code=BY_SUPPORT) | Q(ended_on__gte=F("removable_on")),
            ),
            models.CheckConstraint(
                name="monitoringcase_removed_on_evidence",
                condition=~Q(removal_code=BY_SUPPORT)
                | Q(
                    checked_on__isnull=False,
                    checked_on__lte=F("ended_on"),
                    net_per_head_yuan__gte=F("line_yuan"),
                    **dict.fromkeys(ASSURED, True),
                ),
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.lead_on)

    @property
    def open_days(self) -> list[tuple[OpenDay, date]]:
        """Give every day that is open, the nearest first."""
        return open_days({name: getattr(self, name) for name in OPEN_DAY_COLUMNS})

    @property
    def due_label(self) -> str:
        """Give what is due next as people read it."""
        return str(NextDue(self.next_due).label)
