"""Periods: made by their calendar, closed for entry, and published once they are frozen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from periods.definitions.calendar import MONTHS_OF, Span, span_on, spans_of_year
from periods.domain.scope import require_whole_county
from periods.domain.writing import locked_period, step, written
from periods.enums import PeriodKind, PeriodState, StageKind
from periods.hooks import tell_published
from periods.models import Period, PeriodStage
from periods.queries.periods import month_period, running_freeze
from registry import audit
from registry.access import require
from registry.lib.errors import Conflict, DomainError
from registry.lib.periods import Month, today
from registry.lib.text import clean
from registry.tenancy.context import Actor

_YEARS: Final = range(2000, 2100)
_MOST_DAYS: Final = 366
_STAGE_ORDER: Final = tuple(StageKind)


@dataclass(frozen=True, slots=True)
class StageDraft:
    """A dated stage of a campaign; both days belong to it."""

    kind: str
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class PeriodDraft:
    """A period to be made; those of the calendar have their name by it, a campaign has its own, and its stages."""

    kind: str
    first_day: date
    last_day: date
    name: str = ""
    stages: tuple[StageDraft, ...] = ()


def open_period(draft: PeriodDraft, *, actor: Actor) -> Period:
    """Make a period, open for entry.

    Raises: NotAllowed; DomainError for days that are not those of its kind, stages out of order, or a period of the
    same kind that shares a day, which is named.
    """
    require(actor, "periods.manage")
    require_whole_county(actor)
    name = _checked(draft)
    row = Period(
        kind=draft.kind, name=name, first_day=draft.first_day, last_day=draft.last_day, scope_code=actor.tenant_code
    )
    _refuse_overlap(row)
    written(row.save)
    _set_stages(row, draft.stages)
    days = {"first_day": (None, row.first_day), "last_day": (None, row.last_day)}
    audit.record("periods.open", row, actor=actor, changes={"kind": (None, row.kind), **days, "name": (None, name)})
    return row


def open_year(year: int, *, actor: Actor) -> list[Period]:
    """Make the months, quarters, half-years and the year of a calendar year that are not there yet; give the new ones.

    Raises: NotAllowed; DomainError for a year out of reach.
    """
    require(actor, "periods.manage")
    require_whole_county(actor)
    if year not in _YEARS:
        raise DomainError("period.year", _("Enter a year between 2000 and 2099."), field="year")
    there = set(Period.objects.filter(kind__in=MONTHS_OF, first_day__year=year).values_list("kind", "first_day"))
    rows = [_row_of(span, actor) for span in spans_of_year(year) if (span.kind, span.first_day) not in there]
    if rows:
        written(lambda: Period.objects.bulk_create(rows))
        audit.record("periods.open_year", actor=actor, changes={"year": (None, year)}, count=len(rows))
    return rows


def month_of(month: Month, *, actor: Actor) -> Period:
    """Give the period of a month, made where there is none: whoever may have its account may have its period."""
    require(actor, "periods.freeze")
    require_whole_county(actor)
    found = month_period(month)
    if found is not None:
        return found
    row = _row_of(span_on(PeriodKind.MONTH, month.first_day), actor)
    written(row.save)
    audit.record("periods.open", row, actor=actor, changes={"kind": (None, row.kind), "name": (None, row.name)})
    return row


def amend_campaign(period_id: UUID, draft: PeriodDraft, *, actor: Actor, version: int | None = None) -> Period:
    """Amend name, days and stages of a campaign while it is open.

    Locks: the period. Raises: NotFound, NotAllowed, StaleVersion; Conflict once it is closed; DomainError.
    """
    row = _managed(period_id, actor, version)
    if row.kind != PeriodKind.CAMPAIGN or draft.kind != PeriodKind.CAMPAIGN:
        raise DomainError("period.calendar_stands", _("The calendar's periods stand; only a campaign is amended."))
    if row.state != PeriodState.OPEN:
        raise Conflict("period.not_open", _("The campaign is closed. Open it for entry again, then amend it."))
    name = _checked(draft)
    before = {"name": row.name, "first_day": row.first_day, "last_day": row.last_day}
    row.name, row.first_day, row.last_day = name, draft.first_day, draft.last_day
    _refuse_overlap(row)
    written(lambda: row.touch().save(update_fields=[*before, "version", "updated_at"]))
    _set_stages(row, draft.stages)
    changes = {field: (value, getattr(row, field)) for field, value in before.items() if value != getattr(row, field)}
    changes["stages"] = (None, [f"{stage.kind} {stage.first_day} {stage.last_day}" for stage in draft.stages])
    audit.record("periods.amend_campaign", row, actor=actor, changes=changes)
    return row


def close_period(period_id: UUID, *, actor: Actor, version: int | None = None) -> Period:
    """Announce that entry for a period ends: what is recorded from now on may count as late.

    Locks: the period. Raises: NotFound, NotAllowed, StaleVersion; Conflict unless it is open; DomainError before it
    begins.
    """
    row = _managed(period_id, actor, version)
    if row.state != PeriodState.OPEN:
        raise Conflict("period.not_open", _("Only an open period is closed for entry. Load the page again."))
    if row.first_day > today():
        raise DomainError("period.not_begun", _("%(period)s has not begun yet.") % {"period": row.name})
    return step(row, PeriodState.CLOSING, "periods.close", actor=actor)


def keep_open(period_id: UUID, *, actor: Actor, version: int | None = None) -> Period:
    """Take the end of entry back, as long as the period is not being frozen.

    Locks: the period. Raises: NotFound, NotAllowed, StaleVersion; Conflict unless it is closing, or while it is frozen.
    """
    row = _managed(period_id, actor, version)
    if row.state != PeriodState.CLOSING:
        raise Conflict("period.not_closing", _("Only a period that is closing is opened for entry by one person."))
    running = running_freeze()
    if running is not None and running.period_id == row.pk:
        raise Conflict("period.freeze_runs", _("%(period)s is being frozen.") % {"period": row.name})
    return step(row, PeriodState.OPEN, "periods.keep_open", actor=actor)


def publish_period(period_id: UUID, *, actor: Actor, version: int | None = None) -> Period:
    """Publish a frozen period: those above the county see its figures from now on.

    Locks: the period. Raises: NotFound, NotAllowed, StaleVersion; Conflict unless it is frozen.
    """
    require(actor, "periods.publish")
    require_whole_county(actor)
    row = locked_period(period_id, version)
    if row.state != PeriodState.FROZEN:
        raise Conflict("period.not_frozen", _("Only a frozen period is published. Freeze %(period)s first.") % {
            "period": row.name
        })  # fmt: skip
    row.published_at = timezone.now()
    step(row, PeriodState.PUBLISHED, "periods.publish", actor=actor, fields=("published_at",))
    tell_published(row, actor)
    return row


def _managed(period_id: UUID, actor: Actor, version: int | None) -> Period:
    require(actor, "periods.manage")
    require_whole_county(actor)
    return locked_period(period_id, version)


def _row_of(span: Span, actor: Actor) -> Period:
    return Period(
        kind=span.kind,
        name=span.name,
        first_day=span.first_day,
        last_day=span.last_day,
        scope_code=actor.tenant_code,
    )


def _checked(draft: PeriodDraft) -> str:
    """Check kind, days and stages; give the name."""
    if draft.kind not in PeriodKind.values:
        raise DomainError("period.kind", _("Choose month, quarter, half-year, year or campaign."), field="kind")
    if draft.last_day < draft.first_day:
        raise DomainError("period.days", _("The last day lies before the first day."), field="last_day")
    if draft.first_day.year not in _YEARS or draft.last_day.year not in _YEARS:
        raise DomainError("period.year", _("Enter a year between 2000 and 2099."), field="first_day")
    return _campaign_name(draft) if draft.kind == PeriodKind.CAMPAIGN else _calendar_name(draft)


def _calendar_name(draft: PeriodDraft) -> str:
    span = span_on(PeriodKind(draft.kind), draft.first_day)
    if (span.first_day, span.last_day) != (draft.first_day, draft.last_day):
        message = _("%(period)s lasts from %(first)s to %(last)s. Enter these days, or make a campaign.")
        places = {"period": span.name, "first": span.first_day.isoformat(), "last": span.last_day.isoformat()}
        raise DomainError("period.days_of_kind", message % places, field="first_day")
    if draft.stages:
        raise DomainError("period.stages", _("Only a campaign has stages."), field="stages")
    return span.name


def _campaign_name(draft: PeriodDraft) -> str:
    name = clean(draft.name)
    if not name or len(name) > 60:
        raise DomainError("period.name", _("Give the campaign a name of up to 60 characters."), field="name")
    if (draft.last_day - draft.first_day).days >= _MOST_DAYS:
        raise DomainError("period.too_long", _("A campaign lasts a year at most."), field="last_day")
    _check_stages(draft)
    return name


def _check_stages(draft: PeriodDraft) -> None:
    """See that stages are known, once each, within the campaign, and begin and end in their order."""
    for stage in draft.stages:
        if stage.kind not in StageKind.values:
            raise DomainError("period.stage_kind", _("Choose a stage of the list."), field="stages")
        places = {"stage": StageKind(stage.kind).label, "first": draft.first_day, "last": draft.last_day}
        if stage.last_day < stage.first_day:
            message = _("%(stage)s: the last day lies before the first day.")
            raise DomainError("period.stage_days", message % places, field="stages")
        if stage.first_day < draft.first_day or stage.last_day > draft.last_day:
            message = _("%(stage)s lies outside the campaign, which lasts from %(first)s to %(last)s.")
            raise DomainError("period.stage_outside", message % places, field="stages")
    _check_order(sorted(draft.stages, key=lambda stage: _STAGE_ORDER.index(StageKind(stage.kind))))


def _check_order(stages: Sequence[StageDraft]) -> None:
    for former, stage in pairwise(stages):
        places = {"stage": StageKind(stage.kind).label, "former": StageKind(former.kind).label}
        if stage.kind == former.kind:
            message = _("%(stage)s stands twice. Each stage has its days once.")
            raise DomainError("period.stage_twice", message % places, field="stages")
        if stage.first_day < former.first_day or stage.last_day < former.last_day:
            message = _("%(stage)s comes after %(former)s, and cannot begin or end before it.")
            raise DomainError("period.stage_order", message % places, field="stages")


def _set_stages(row: Period, stages: Sequence[StageDraft]) -> None:
    PeriodStage.objects.filter(period=row).delete()
    PeriodStage.objects.bulk_create(
        [
            PeriodStage(
                period=row,
                kind=stage.kind,
                first_day=stage.first_day,
                last_day=stage.last_day,
                scope_code=row.scope_code,
            )
            for stage in stages
        ]
    )


def _refuse_overlap(row: Period) -> None:
    """Name the period that shares a day; the database refuses it too."""
    same = Period.objects.filter(kind=row.kind, first_day__lte=row.last_day, last_day__gte=row.first_day)
    other = same.exclude(pk=row.pk).order_by("first_day").first()
    if other is not None:
        message = _("%(other)s lasts from %(first)s to %(last)s and shares days with this period. Choose other days.")
        places = {"other": other.name, "first": other.first_day.isoformat(), "last": other.last_day.isoformat()}
        raise DomainError("period.overlaps", message % places, field="first_day")
