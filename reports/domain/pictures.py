"""From what somebody asks for to the picture that the report is made of."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from households.queries.visibility import find_household
from periods.enums import PeriodState
from periods.models import Period
from registry.access import require
from registry.lib.errors import DomainError, NotFound
from registry.lib.periods import today
from registry.tenancy.context import Actor
from reports.catalogue.base import Basis, Picture, Report, Subject
from reports.enums import Format


@dataclass(frozen=True, slots=True)
class ReportDraft:
    """What somebody asks for.

    The picture is that of a frozen period (`period_id`), or the facts as they stood on a day (`as_of`, today without
    one) and as known at a moment (`known_at`, now without one). Without an `area_code` it is
    about the asker's whole area. `reveal_reason` asks for sealed columns in full. Without a `language` it is
    that of the asker.
    """

    report_id: str
    area_code: str = ""
    formats: tuple[str, ...] = (Format.XLSX,)
    period_id: UUID | None = None
    as_of: date | None = None
    known_at: datetime | None = None
    household_id: UUID | None = None
    options: tuple[tuple[str, str], ...] = ()
    reveal_reason: str = ""
    language: str = ""


def picture_of(
    report: Report, draft: ReportDraft, *, area_code: str, options: tuple[tuple[str, str], ...], actor: Actor
) -> Picture:
    """Give the picture that a report is asked about.

    Raises: NotFound for a period or household out of reach; DomainError for a period that is not frozen, for a day or
    moment to come, and where both a period and a day are given.
    """
    area_code, household_id = _subject(report, draft, area_code, actor=actor)
    asked = _asked(report, draft, actor=actor) if draft.period_id is None else _frozen(draft, draft.period_id)
    as_of, known_at, snapshot_id = asked
    return Picture(
        as_of=as_of,
        area_code=area_code,
        known_at=known_at,
        snapshot_id=snapshot_id,
        period_id=draft.period_id,
        household_id=household_id,
        options=options,
    )


def refuse_household(draft: ReportDraft) -> None:
    """Refuse a household where a report is about an area. Raises: DomainError."""
    if draft.household_id is not None:
        message = _("This report is about an area. Leave the household out.")
        raise DomainError("report.no_household", message, field="household_id")


def refuse_day_of_period(draft: ReportDraft) -> None:
    """Refuse a day or moment beside a period. Raises: DomainError."""
    if draft.as_of is not None or draft.known_at is not None:
        raise DomainError(
            "report.period_and_day", _("A period has its own day and moment. Choose a period, or a day."), field="as_of"
        )


def _subject(report: Report, draft: ReportDraft, area_code: str, *, actor: Actor) -> tuple[str, UUID | None]:
    if report.subject is not Subject.HOUSEHOLD:
        refuse_household(draft)
        return area_code, None
    if draft.household_id is None:
        raise DomainError(
            "report.household_missing", _("This report is about one household. Choose it."), field="household_id"
        )
    household = find_household(draft.household_id, actor=actor)
    return household.scope_code, household.pk


def _frozen(draft: ReportDraft, period_id: UUID) -> tuple[date, datetime | None, UUID | None]:
    refuse_day_of_period(draft)
    period = Period.objects.filter(pk=period_id).first()
    if period is None:
        raise NotFound("period.unknown", _("There is no such period. Choose one of the list."), field="period_id")
    if period.state not in {PeriodState.FROZEN, PeriodState.PUBLISHED}:
        raise DomainError(
            "report.period_not_frozen", _("%(period)s is not frozen yet. Freeze it first, or ask as of a day.")
            % {"period": period.name}, field="period_id",
        )  # fmt: skip
    return period.last_day, period.frozen_at, period.snapshot_id


def _asked(report: Report, draft: ReportDraft, *, actor: Actor) -> tuple[date, datetime | None, UUID | None]:
    as_of = draft.as_of or today()
    if as_of > today():
        raise DomainError("report.day_to_come", _("This day is still to come. Choose today or before."), field="as_of")
    if draft.known_at is not None and draft.known_at > timezone.now():
        raise DomainError(
            "report.moment_to_come", _("This moment is still to come. Leave it empty for now."), field="known_at"
        )
    if report.basis is Basis.SNAPSHOT:
        require(actor, "periods.ask_picture")
    # The picture of a day is made by the job that makes the report.
    return as_of, draft.known_at, None
