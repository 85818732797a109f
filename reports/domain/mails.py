"""Write the mail of a run: its figures with charts and file, or a link alone."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.headerregistry import Address
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from registry.domain.documents import read_document
from registry.lib.errors import NotAllowed, NotFound
from registry.lib.gbcode import Level, level_of
from registry.lib.messages import gettext_lazy as _
from registry.tenancy.context import current_actor
from reports.catalogue.base import Basis, reports
from reports.definitions.account import REPORT_ID
from reports.definitions.text import Language
from reports.domain.schedulable import find_schedulable
from reports.enums import Format, MailForm
from reports.models import ReportRun, RunFile
from reports.queries.runs import figures_of
from reports.renderers.formats import Rendered
from reports.renderers.link_mail import ANNOUNCED, READY, render_link_mail
from reports.renderers.mail import Envelope, render_mail
from reports.renderers.report_mail import render_report_mail

# Where a run is shown; a test holds them to the addresses of the pages.
RUN_LIST: Final = "/admin/reports/runs/"
RUN_PAGE: Final = "/admin/reports/runs/{run_id}/"
CATALOGUE_PAGE: Final = "/admin/reports/catalogue/runs/{run_id}/"
# Where a report that was announced is made, by whoever opens it and for the own area.
ASK_PAGE: Final = "/admin/reports/catalogue/ask/"
_MOST_DRAWN: Final = 8
# What stands on a drawn mail before it has its recipient.
_BLANK: Final = Envelope(
    "a@example.invalid", "b@example.invalid", "<c@example.invalid>", datetime(2000, 1, 1, tzinfo=UTC)
)


def page_of(run: ReportRun) -> str:
    """Give the path of the page on which a run is read after a login, or made where it announces one."""
    if run.is_announcement:
        return ask_page_of(run.report_id, **_asked(run))
    return (RUN_PAGE if run.keeps_figures else CATALOGUE_PAGE).format(run_id=run.pk)


def ask_page_of(report_id: str, **asked: str) -> str:
    """Give the path of the page on which a report is asked for, filled with what is known."""
    return RUN_LIST if report_id == REPORT_ID else f"{ASK_PAGE}?{urlencode({'report': report_id, **asked})}"


def _asked(run: ReportRun) -> dict[str, str]:
    """Give what the page is filled with; whoever has another area than a township's finds the own one there."""
    asked: dict[str, str] = {}
    if run.period_id is not None:
        asked["period_id"] = str(run.period_id)
    elif run.as_of is not None:
        asked["as_of"] = run.as_of.isoformat()
    if level_of(run.area_code) == Level.TOWNSHIP:
        asked["area"] = run.area_code
    return asked


def about(run: ReportRun) -> str:
    """Say what a run is about: its period, or the day of its picture."""
    if run.month is not None:
        return f"{run.month:%Y-%m}"
    if run.period is not None:
        return str(run.period.name)
    return run.as_of.isoformat() if run.as_of is not None else ""


def write_mail(run: ReportRun, *, form: str, language: Language, link: str, envelope: Envelope) -> bytes:
    """Give the whole mail as it goes over the wire; `link` is empty for whoever cannot log in.

    The mails of a run differ by their envelope alone, so that tables, chart and file are drawn once for a thousand.
    Raises: NotFound for a run without figures or files; NotAllowed for one that holds persons, unless as a link;
    DomainError `report.figures_damaged`.
    """
    if run.holds_persons and form != MailForm.LINK:
        raise NotAllowed("report.persons_in_mail", _("This report holds persons, who are in no mail."))
    if run.keeps_figures and form != MailForm.LINK:
        figures_of(run)  # checked for each mail, drawn or not
    key = (run.pk, run.digest, form, language, link)
    if key not in _drawn:
        if len(_drawn) >= _MOST_DRAWN:
            _drawn.clear()
        _drawn[key] = _draw(run, form=form, language=language, link=link)
    return enveloped(_drawn[key], envelope)


_drawn: dict[tuple[UUID, str, str, str, str], bytes] = {}


def _draw(run: ReportRun, *, form: str, language: Language, link: str) -> bytes:
    title = find_schedulable(run.report_id).title.in_language(language)
    if form == MailForm.LINK:
        said = ANNOUNCED if run.is_announcement else READY
        return render_link_mail(title, about(run), language=language, link=link, envelope=_BLANK, said=said)
    if run.keeps_figures:
        return render_mail(figures_of(run), language=language, link=link, envelope=_BLANK)
    return _draw_report(run, language=language, link=link)


def _draw_report(run: ReportRun, *, language: Language, link: str) -> bytes:
    """Lay the report out once more from its picture, as known when its file was made; the file is the one kept."""
    from reports.domain.making import picture_of_run  # noqa: PLC0415  (it queues mails, and so lies above)

    report = reports()[run.report_id]
    picture = picture_of_run(run)
    if report.basis is Basis.REGISTER and picture.known_at is None:
        picture = replace(picture, known_at=run.finished_at)
    layout = report.layout(picture, actor=current_actor(), language=language)
    return render_report_mail(
        layout, title=report.title, link=link, envelope=_BLANK, attachment=_kept_file(run, suffix=Format.XLSX)
    )


def enveloped(content: bytes, envelope: Envelope) -> bytes:
    """Put the head of one recipient on a drawn mail: sender, recipient, Message-ID and date."""
    head, blank, body = content.partition(b"\r\n\r\n")
    message = message_from_bytes(head + blank, policy=SMTP)
    for name, value in (
        ("From", Address(message["From"].addresses[0].display_name, addr_spec=envelope.sender)),
        ("To", Address(addr_spec=envelope.recipient)),
        ("Message-ID", envelope.message_id),
        ("Date", format_datetime(envelope.sent_at)),
    ):
        message.replace_header(name, value)
    return message.as_bytes().rstrip(b"\r\n") + blank + body


def _kept_file(run: ReportRun, *, suffix: str) -> Rendered:
    """Give the kept workbook of a run, or its first file: what is attached is what was made."""
    rows = {row.format: row for row in RunFile.objects.select_related("document").filter(run=run).order_by("format")}
    row = rows.get(suffix) or next(iter(rows.values()), None)
    if row is None:
        raise NotFound("report.no_file", _("This run has no file to send. Start another one."))
    content = read_document(row.document, actor=current_actor())
    return Rendered(content, row.document.media_type, row.document.name.rpartition(".")[2])
