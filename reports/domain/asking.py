"""Ask for a report of the catalogue: which one, of which picture and area, in which formats.

A run is made by a job in the name of who asked. One that holds persons is shown to nobody else.
"""

from typing import Final
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry import audit
from registry.access import require
from registry.enums import Role
from registry.jobs import enqueue
from registry.lib.errors import DomainError, NotAllowed
from registry.lib.gbcode import Level, check_code, level_of, subtree
from registry.lib.periods import parse_date
from registry.tenancy.context import Actor
from reports.catalogue.base import REVEALED, SECTOR, Report, Subject
from reports.definitions.text import Language, language_of
from reports.domain.pictures import ReportDraft, picture_of, refuse_day_of_period, refuse_household
from reports.domain.reading import report_known
from reports.domain.runs import start_period_run
from reports.enums import Format
from reports.models import ReportRun, ReportSchedule
from reports.queries.catalogue_runs import REPORT_JOB, same_waiting_run

__all__ = ["REVEAL_ACTION", "ReportDraft", "area_asked", "report_asked", "start_report"]

REVEAL_ACTION: Final = "households.reveal"
_LONGEST_REASON: Final = 200


def start_report(draft: ReportDraft, *, actor: Actor, schedule: ReportSchedule | None = None) -> ReportRun:
    """Queue a run of any report of the catalogue; the clear account of a period is that of `start_period_run`.

    Pressed twice, it gives the run that waits already.
    Raises: NotAllowed without the report's right, or outside the actor's area; DomainError `report.…` for what the
    report cannot be asked about.
    """
    report = report_asked(draft.report_id, actor=actor)
    formats = _formats(report, draft.formats)
    options = _options(report, draft, actor=actor)
    if report.keeps_figures and draft.period_id is not None:
        return _start_account(report, draft, draft.period_id, actor=actor, schedule=schedule)
    if report.holds_persons and actor.user_id is None:
        raise NotAllowed("report.asked_by_nobody", _("A report with persons is made for the person who asks for it."))
    area_code = "" if report.subject is Subject.HOUSEHOLD else area_asked(report, draft.area_code, actor=actor)
    picture = picture_of(report, draft, area_code=area_code, options=tuple(options.items()), actor=actor)
    for right in report.further_rights(picture):
        require(actor, right)
    report.check(picture, actor=actor)
    run = ReportRun(
        report_id=report.id,
        schedule=schedule,
        asked_by_id=actor.user_id,
        period_id=picture.period_id,
        snapshot_id=picture.snapshot_id,
        as_of=picture.as_of,
        known_at=picture.known_at,
        area_code=picture.area_code,
        household_id=picture.household_id,
        options=options,
        formats=[str(one) for one in formats],
        holds_persons=report.holds_persons,
        role=actor.role if actor.user_id else "",
        language=language_of(draft.language or get_language() or ""),
        scope_code=picture.area_code,
    )
    # What was shown in full is noted with its own reason each time.
    waiting = same_waiting_run(run) if REVEALED not in options else None
    if waiting is not None:
        return waiting
    run.save()
    enqueue(REPORT_JOB, key=str(run.pk), arguments={"run_id": str(run.pk)}, actor=actor)
    audit.record("reports.ask_report", run, actor=actor, changes={"report_id": (None, report.id)})
    if REVEALED in options:
        reason = draft.reveal_reason.strip()
        audit.record(
            "reports.reveal_in_list", run, actor=actor, changes={"report_id": (None, report.id)}, reason=reason
        )
    return run


def _start_account(
    report: Report, draft: ReportDraft, period_id: UUID, *, actor: Actor, schedule: ReportSchedule | None
) -> ReportRun:
    """Ask for the account of a period, which is frozen for it; it comes in all formats."""
    refuse_day_of_period(draft)
    refuse_household(draft)
    area_asked(report, draft.area_code, actor=actor)
    return start_period_run(report.id, period_id, actor=actor, schedule=schedule)


def report_asked(report_id: str, *, actor: Actor) -> Report:
    """Give a report of the catalogue that the actor may have. Raises: NotFound; NotAllowed."""
    report = report_known(report_id)
    require(actor, report.right)
    return report


def area_asked(report: Report, code: str, *, actor: Actor) -> str:
    """Give the division that a report is asked about, which lies in the actor's area as a whole.

    Without a code it is the first division of the actor's area. Raises: NotAllowed; DomainError `report.area_level`.
    """
    if not code:
        code = actor.tenant_code if actor.covers_county else next((one.lo for one in actor.ranges), "")
    code = check_code(code, field="area")
    if not subtree(actor.tenant_code).includes(subtree(code)) or not actor.covers_whole(code):
        raise NotAllowed(
            "report.area", _("This division lies outside your area, or only a part of it lies inside."), field="area"
        )
    if report.area_level is not None and level_of(code) != report.area_level:
        sentences = {
            Level.COUNTY: _("This report is made for the whole county. Choose the county."),
            Level.VILLAGE: _("This report is made for one village. Choose a village."),
        }
        raise DomainError("report.area_level", sentences[report.area_level], field="area")
    return code


def _formats(report: Report, chosen: tuple[str, ...]) -> tuple[Format, ...]:
    formats = tuple(dict.fromkeys(one for one in report.formats if one in chosen))
    if not formats or set(chosen) - set(formats):
        raise DomainError(
            "report.format", _("The report is not made in this format. Choose one of its list."), field="formats"
        )
    return formats


def _options(report: Report, draft: ReportDraft, *, actor: Actor) -> dict[str, str]:
    """Give the choices in the report's own order, with the first value for what was left open."""
    given = dict(draft.options)
    unknown = sorted(set(given) - {choice.key for choice in report.choices})
    if unknown:
        raise DomainError("report.option", _("The report has no such choice. Leave it out."), field=unknown[0])
    found: dict[str, str] = {}
    for choice in report.choices:
        value = given.get(choice.key, "").strip()
        if choice.values:
            known = [key for key, _label in choice.values]
            found[choice.key] = _one_of(choice.key, value or known[0], known)
        elif value:
            found[choice.key] = _id(choice.key, value) if choice.names else _day(choice.key, value)
        elif choice.is_needed:
            message = _("%(choice)s is missing. Choose it.") % {"choice": choice.label.in_language(_language())}
            raise DomainError("report.option_missing", message, field=choice.key)
    if actor.role == Role.SECTOR_CLERK:
        found[SECTOR] = actor.sector
    return found | _revealed(report, draft.reveal_reason, actor=actor)


def _one_of(key: str, value: str, known: list[str]) -> str:
    if value not in known:
        raise DomainError("report.option", _("There is no such choice. Choose one of the list."), field=key)
    return value


def _day(key: str, value: str) -> str:
    try:
        return parse_date(value).on.isoformat()
    except DomainError as error:
        raise DomainError(error.code, error.message, field=key) from None


def _id(key: str, value: str) -> str:
    try:
        return str(UUID(value))
    except ValueError:
        raise DomainError("report.option", _("There is no such choice. Choose one of the list."), field=key) from None


def _language() -> Language:
    return language_of(get_language() or "")


def _revealed(report: Report, reason: str, *, actor: Actor) -> dict[str, str]:
    """Note that sealed columns stand there in full, by the right and with the reason that the register asks for."""
    if not reason.strip():
        return {}
    if not report.has_sealed:
        message = _("This report has no masked columns. Leave the reason empty.")
        raise DomainError("report.nothing_sealed", message, field="reveal_reason")
    if len(reason.strip()) > _LONGEST_REASON:
        message = _("The reason is longer than 200 characters. Say it in fewer words.")
        raise DomainError("report.reason_too_long", message, field="reveal_reason")
    require(actor, REVEAL_ACTION)
    return {REVEALED: "1"}
