"""Print the list of a session: the table of the minutes, and the notice for the wall."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dossiers.enums import Form
from dossiers.models import ListSession
from dossiers.queries.printouts import ListLine, ListSheet, minutes_sheet, notice_sheet
from dossiers.queries.sessions import find_session
from dossiers.renderers.document import document_file
from registry.access import require
from registry.audit import record
from registry.lib.errors import DomainError
from registry.tenancy.context import Actor

MINUTES: Final = "minutes"
NOTICE: Final = "notice"
# What hangs on a wall or goes out: the only sessions that have a notice.
POSTED: Final = frozenset({Form.NOTICE, Form.ANNOUNCEMENT})


@dataclass(frozen=True, slots=True)
class Printout:
    """What stands on the paper, in the reader's language."""

    title: str
    above: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    below: tuple[str, ...]


def print_list(session_id: UUID, kind: str, *, actor: Actor) -> Printout:
    """Give the minutes' table or the notice of a session; that it was taken is audited.

    Raises: NotFound, NotAllowed; DomainError for a notice of what is not posted.
    """
    require(actor, "dossiers.view")
    session = find_session(session_id)
    if kind not in {MINUTES, NOTICE}:
        message = gettext_lazy("Choose the minutes or the notice.")
        raise DomainError("printout.kind", message, field="kind")
    if kind == NOTICE and session.form not in POSTED:
        message = gettext_lazy("Only a notice or an announcement is posted. This session has minutes.")
        raise DomainError("printout.not_posted", message, field="kind")
    printout = _minutes(minutes_sheet(session)) if kind == MINUTES else _notice(notice_sheet(session))
    changes: dict[str, tuple[object, object]] = {"kind": ("", kind)}
    record("dossiers.print_list", session, actor=actor, changes=changes, count=len(printout.rows))
    return printout


def printout_file(printout: Printout) -> bytes:
    """Give the paper as a text document."""
    return document_file(printout.title, printout.above, printout.columns, printout.rows, printout.below)


def file_name(session: ListSession, kind: str) -> str:
    """Give a file name that names nobody: the title of a session may."""
    return f"{kind}-{session.starts_on:%Y%m%d}-{str(session.pk)[-6:]}.docx"


def _notice(sheet: ListSheet) -> Printout:
    days = (sheet.takedown_on - sheet.starts_on).days if sheet.takedown_on else 0
    period = _("Posted from %(start)s.") % {"start": sheet.starts_on.isoformat()}
    if days and sheet.takedown_on:
        values = {"start": sheet.starts_on.isoformat(), "end": sheet.takedown_on.isoformat(), "days": days}
        period = _("Posted from %(start)s for %(days)s days, to be taken down on %(end)s.") % values
    return Printout(
        title=sheet.title,
        above=(sheet.place, period),
        columns=(_("No."), _("Head of household"), _("Group"), _("Persons"), _("Matter")),
        rows=tuple(
            (str(line.serial), line.head_name, line.group_name, str(line.person_count), line.kind)
            for line in sheet.lines
        ),
        below=(
            _("Whoever objects tells the village committee or the township while this is posted."),
            _("Telephone for objections: ____________________"),
            _("Posted by (seal): ____________________    Date: ____________"),
        ),
    )


def _minutes(sheet: ListSheet) -> Printout:
    above = [sheet.place, f"{Form(sheet.form).label} · {_days(sheet)}"]
    if sheet.present_count is not None:
        above.append(
            _("Entitled %(entitled)s, present %(present)s; votes for %(yes)s, against %(no)s.")
            % {
                "entitled": sheet.entitled_count,
                "present": sheet.present_count,
                "yes": sheet.votes_for,
                "no": sheet.votes_against,
            }
        )
    elif sheet.form == Form.MEETING:
        above.append(_("Entitled ______, present ______; votes for ______, against ______."))
    if sheet.remark:
        above.append(_("Result: %(result)s") % {"result": sheet.remark})
    count = sum(not line.is_taken_out for line in sheet.lines)
    above.append(_("Households on the list: %(count)s") % {"count": count})
    return Printout(
        title=sheet.title,
        above=tuple(above),
        columns=(_("No."), _("Head of household"), _("Group"), _("Persons"), _("Matter"), _("Result")),
        rows=tuple(
            (str(line.serial), line.head_name, line.group_name, str(line.person_count), line.kind, _result(line))
            for line in sheet.lines
        ),
        below=(
            _("Chair: ____________________    Minutes by: ____________________"),
            _("Signatures of those present:"),
        ),
    )


def _days(sheet: ListSheet) -> str:
    if sheet.ends_on in {None, sheet.starts_on}:
        return sheet.starts_on.isoformat()
    return f"{sheet.starts_on.isoformat()} – {sheet.ends_on}"


def _result(line: ListLine) -> str:
    if line.is_taken_out:
        return _("Taken out")
    if line.is_passed is None:
        return ""
    return _("Passed") if line.is_passed else _("Not passed")
