"""Print what is on file of one household, or of one village, at once: cards, and the lists of the register.

Nothing is stored: whoever prints again gets what the register says by then. What is wider than a village, or long, is
asked for in the catalogue and made by a job.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from households.domain.locking import require_reason
from households.models import Household, HouseholdSpell
from households.queries.history import covering
from households.queries.visibility import find_household
from registry import audit
from registry.access import allowed, require
from registry.lib.errors import DomainError
from registry.lib.gbcode import Level
from registry.tenancy.context import Actor
from reports.catalogue.base import REVEALED, Basis, Report, Subject, reports
from reports.definitions.text import language_of
from reports.domain.asking import REVEAL_ACTION, report_asked
from reports.domain.pictures import ReportDraft, picture_of
from reports.enums import Format
from reports.renderers.formats import file_name, render
from villages.models import Village
from villages.queries.villages import find_village

# How many households a village may have for its cards to be printed while somebody waits. House rule: about ten
# seconds of a PDF; docs/cards.md.
MOST_HOUSEHOLDS: Final = 300


@dataclass(frozen=True, slots=True)
class CardDraft:
    """What is to be printed: which report, as which file, of which day and moment, why numbers are shown."""

    report_id: str
    format: str = Format.PDF
    as_of: date | None = None
    known_at: datetime | None = None
    reveal_reason: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """A file that was made: how it is named, what it is, and what is in it."""

    name: str
    media_type: str
    content: bytes


def household_reports(actor: Actor) -> list[Report]:
    """Give the reports about one household that the actor may have."""
    return [report for report in reports().values() if report.subject is Subject.HOUSEHOLD and _is_open(report, actor)]


def village_reports(actor: Actor) -> list[Report]:
    """Give the reports of the register about an area that the actor may have of a village."""
    return [report for report in reports().values() if report.subject is Subject.AREA and _is_open(report, actor)]


def _is_open(report: Report, actor: Actor) -> bool:
    return report.basis is Basis.REGISTER and allowed(actor, report.right)


def print_card(household_id: UUID, draft: CardDraft, *, actor: Actor) -> Printed:
    """Print a card of one household; it is audited with the household.

    Raises: NotAllowed; NotFound for a household or report out of reach; DomainError with the field at fault.
    """
    report = _asked(draft, household_reports(actor), actor=actor)
    household = find_household(household_id, actor=actor)
    made = _made(report, draft, ReportDraft(report.id, household_id=household_id), area_code="", actor=actor)
    _note(household, report, draft, actor=actor)
    return made


def print_of_village(village_id: UUID, draft: CardDraft, *, actor: Actor) -> Printed:
    """Print a report of one village; it is audited with the village.

    Raises: as `print_card`; DomainError `report.village_too_big`.
    """
    report = _asked(draft, village_reports(actor), actor=actor)
    village = find_village(village_id)
    if report.area_level is Level.VILLAGE:
        _require_few(village.code, draft.as_of)
    made = _made(report, draft, ReportDraft(report.id), area_code=village.code, actor=actor)
    _note(village, report, draft, actor=actor)
    return made


def _asked(draft: CardDraft, offered: list[Report], *, actor: Actor) -> Report:
    report = report_asked(draft.report_id, actor=actor)
    if report not in offered:
        raise DomainError(
            "report.not_here", _("This report is not printed here. Choose one of the list."), field="report"
        )
    if draft.format not in report.formats:
        raise DomainError(
            "report.format", _("The report is not made in this format. Choose one of its list."), field="format"
        )
    return report


def _made(report: Report, draft: CardDraft, asked: ReportDraft, *, area_code: str, actor: Actor) -> Printed:
    whole = ReportDraft(
        report.id, as_of=draft.as_of, known_at=draft.known_at, household_id=asked.household_id, area_code=area_code
    )
    options = _revealed(report, draft, actor=actor)
    picture = picture_of(report, whole, area_code=area_code, options=options, actor=actor)
    report.check(picture, actor=actor)
    language = language_of(draft.language or get_language() or "")
    layout = report.layout(picture, actor=actor, language=language)
    made = render(layout, draft.format)
    return Printed(file_name(layout, made.suffix), made.media_type, made.content)


def _revealed(report: Report, draft: CardDraft, *, actor: Actor) -> tuple[tuple[str, str], ...]:
    """Show numbers in full by the register's own right and with its reason. Raises: NotAllowed; DomainError."""
    if not draft.reveal_reason:
        return ()
    if not report.has_sealed:
        message = _("This report has no masked columns. Leave the reason empty.")
        raise DomainError("report.nothing_sealed", message, field="reveal_reason")
    require(actor, REVEAL_ACTION)
    require_reason(draft.reveal_reason)
    return ((REVEALED, "1"),)


def _require_few(code: str, day: date | None) -> None:
    spells = HouseholdSpell.objects.filter(village_code=code)
    count = spells.filter(covering(day)).count() if day else spells.filter(ends_on__isnull=True).count()
    if count > MOST_HOUSEHOLDS:
        raise DomainError(
            "report.village_too_big",
            _("This village has %(count)s households, too many to print at once. Ask for it in the catalogue.")
            % {"count": count},
            field="report",
        )


def _note(subject: Household | Village, report: Report, draft: CardDraft, *, actor: Actor) -> None:
    changes: dict[str, tuple[object, object]] = {"report_id": (None, report.id), "format": (None, draft.format)}
    audit.record("reports.print_card", subject, actor=actor, changes=changes, reason=draft.reveal_reason.strip())
