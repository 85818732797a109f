"""The mail: HTML with its styles inline and a chart inside, a text part that says the same, the workbook attached.

It names divisions and numbers only. Causes stand there for the whole county; by village they stay behind the login.
"""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from django.template.loader import render_to_string

from reports.definitions import wording
from reports.definitions.account import LIFTED, MONITORED, NOT_LIFTED, TITLE
from reports.definitions.figures import AccountLine, Count, Division, Figures
from reports.definitions.period_words import period_in_words
from reports.definitions.text import Language
from reports.enums import Level
from reports.renderers.account_layout import flow_chart
from reports.renderers.charts import draw_png
from reports.renderers.notes import period_notes, summary_lines
from reports.renderers.workbook import MEDIA_TYPE, render_workbook

CHART_ID: Final = "chart@report"
FLOWS_ID: Final = "flows@report"


@dataclass(frozen=True, slots=True)
class Envelope:
    """From whom and to whom a mail goes, and under which Message-ID it is known."""

    sender: str
    recipient: str
    message_id: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class CountyRow:
    """One stock of the county."""

    label: str
    opening: Count
    came: Count
    went: Count
    late_came: Count
    late_went: Count
    closing: Count


@dataclass(frozen=True, slots=True)
class TownshipRow:
    """The closing figures of one township."""

    division: Division
    not_lifted: Count
    lifted: Count
    monitored: Count


@dataclass(frozen=True, slots=True)
class CauseRow:
    """One main cause in the whole county."""

    label: str
    households: int
    share_percent: float


@dataclass(frozen=True, slots=True)
class MailText:
    """All that the two parts of the mail show, in one language."""

    language: Language
    subject: str
    introduction: str
    sentences: tuple[str, ...]
    notes: tuple[str, ...]
    county: tuple[CountyRow, ...]
    townships: tuple[TownshipRow, ...]
    causes: tuple[CauseRow, ...]
    coverage: str
    link: str
    words: dict[str, str]
    shows_late: bool


def render_mail(figures: Figures, *, language: Language, link: str, envelope: Envelope) -> bytes:
    """Write the whole mail as it goes over the wire."""
    text = mail_text(figures, language=language, link=link)
    message = EmailMessage(policy=SMTP)
    message["Subject"] = text.subject
    message["From"] = Address(text.words["sender"], addr_spec=envelope.sender)
    message["To"] = Address(addr_spec=envelope.recipient)
    message["Message-ID"] = envelope.message_id
    message["Date"] = format_datetime(envelope.sent_at)
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = "en" if language == "en" else "zh-CN"
    message.set_content(render_to_string("reports/mail.txt", {"mail": text}))
    html = render_to_string("reports/mail.html", {"mail": text, "chart_id": CHART_ID, "flows_id": FLOWS_ID})
    message.add_alternative(html, subtype="html")
    related = message.get_payload()[1]  # type: ignore[index]  # an alternative part has a list of parts
    for name, picture in _pictures(figures, language).items():
        related.add_related(  # type: ignore[union-attr]  # and its parts are messages
            picture, "image", "png", cid=f"<{name}>", disposition="inline", filename=f"{name.partition('@')[0]}.png"
        )
    main, _, sub = MEDIA_TYPE.partition("/")
    message.add_attachment(
        render_workbook(figures, language), maintype=main, subtype=sub, filename=workbook_name(figures, language)
    )
    return message.as_bytes()


def _pictures(figures: Figures, language: Language) -> dict[str, bytes]:
    from reports.renderers.chart import render_chart  # noqa: PLC0415  (loads the drawing library)

    return {CHART_ID: render_chart(figures, language), FLOWS_ID: draw_png(flow_chart(figures, language), language)}


def workbook_name(figures: Figures, language: Language) -> str:
    """Give the file name under which the workbook travels."""
    return f"{figures.county.name}-{TITLE.in_language(language)}-{figures.month}.xlsx"


def mail_text(figures: Figures, *, language: Language, link: str) -> MailText:
    """Put the figures into words."""
    places = {"name": figures.county.name, "period": period_in_words(figures.month, figures.kind, language)}
    day = figures.as_of
    as_of = wording.DATE.in_language(language, year=day.year, month=day.month, day=day.day, iso=day.isoformat())
    county = _county_rows(figures, language)
    return MailText(
        language=language,
        subject=wording.MAIL_SUBJECT.in_language(language, **places),
        introduction=wording.MAIL_INTRODUCTION.in_language(language, **places, as_of=as_of),
        sentences=tuple(_sentence(row, language) for row in county),
        notes=period_notes(figures, language),
        county=county,
        townships=_townships(figures),
        causes=_causes(figures, language),
        coverage=_coverage(figures, language),
        link=link,
        words={name: text.in_language(language) for name, text in _WORDS.items()},
        shows_late=figures.shows_late,
    )


_WORDS: Final = {
    "title": TITLE,
    "sender": wording.SENDER,
    "stock": wording.STOCK,
    "opening": wording.OPENING,
    "came": wording.CAME,
    "went": wording.WENT,
    "late_came": wording.LATE_CAME,
    "late_went": wording.LATE_WENT,
    "closing": wording.CLOSING,
    "households": wording.HOUSEHOLDS,
    "persons": wording.PERSONS,
    "share": wording.SHARE,
    "division": wording.DIVISION,
    "cause": wording.SHEET_CAUSES,
    "unit": wording.UNIT_HOUSEHOLDS_AND_PERSONS,
    "not_lifted": NOT_LIFTED.label,
    "lifted": LIFTED.label,
    "monitored": MONITORED.label,
    "county_table": wording.MAIL_COUNTY_TABLE,
    "township_table": wording.MAIL_TOWNSHIP_TABLE,
    "cause_table": wording.MAIL_CAUSE_TABLE,
    "chart": wording.CHART_DESCRIPTION,
    "flows": wording.FLOWS_DESCRIPTION,
    "link": wording.MAIL_LINK,
    "footer": wording.MAIL_FOOTER,
}


def _county_rows(figures: Figures, language: Language) -> tuple[CountyRow, ...]:
    return tuple(
        CountyRow(
            label.in_language(language),
            totals.opening,
            totals.came,
            totals.went,
            totals.late_came,
            totals.late_went,
            totals.closing,
        )
        for label, totals in summary_lines(figures)
    )


def _sentence(row: CountyRow, language: Language) -> str:
    return wording.MAIL_SENTENCE.in_language(
        language,
        stock=row.label,
        opening_households=row.opening.households,
        opening_persons=row.opening.persons,
        in_households=row.came.households,
        in_persons=row.came.persons,
        out_households=row.went.households,
        out_persons=row.went.persons,
        closing_households=row.closing.households,
        closing_persons=row.closing.persons,
    )


def _townships(figures: Figures) -> tuple[TownshipRow, ...]:
    stocks: list[tuple[AccountLine, ...]] = [
        figures.lines(stock, Level.TOWNSHIP) for stock in (NOT_LIFTED.stock, LIFTED.stock, MONITORED.stock)
    ]
    return tuple(
        TownshipRow(first.division, first.closing, second.closing, third.closing)
        for first, second, third in zip(*stocks, strict=True)
    )


def _causes(figures: Figures, language: Language) -> tuple[CauseRow, ...]:
    """Give the county's main causes that occur, the most frequent first."""
    (line,) = figures.cause_lines(Level.COUNTY)
    labels = {label.code: label.en if language == "en" else label.zh for label in figures.cause_labels}
    total = sum(cell.main for cell in line.cells)
    rows = [CauseRow(labels[cell.cause_code], cell.main, 100 * cell.main / total) for cell in line.cells if cell.main]
    return tuple(sorted(rows, key=lambda row: -row.households))


def _coverage(figures: Figures, language: Language) -> str:
    line = next(line for line in figures.coverage if line.division.level == Level.COUNTY)
    return wording.MAIL_COVERAGE.in_language(
        language,
        households=line.households,
        without=line.households_without_helper,
        villages=line.villages,
        no_team=line.villages_without_team,
    )
