"""The mail of any report of the catalogue: its tables and charts in both parts, its file attached.

A report that holds persons leaves the system only behind a login: its mail has the link and nothing of its content.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from itertools import islice
from typing import Final

from django.template.loader import render_to_string

from reports.definitions import wording
from reports.definitions.chart import Chart
from reports.definitions.layout import Fields, Layout, Row, Sheet, Table
from reports.definitions.text import Text
from reports.renderers.cells import Words, words_of
from reports.renderers.charts import alt_text, draw_png
from reports.renderers.formats import Rendered, file_name
from reports.renderers.html import fragment
from reports.renderers.mail import Envelope

# More rows of a table than these are read in the file.
MOST_ROWS: Final = 200


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a mail shows of a layout, kept so that both parts can read it."""

    layout: Layout
    charts: tuple[Chart, ...]


def render_report_mail(
    layout: Layout,
    charts: Sequence[Chart] = (),
    *,
    title: Text,
    link: str,
    envelope: Envelope,
    attachment: Rendered | None = None,
) -> bytes:
    """Write the whole mail as it goes over the wire; `charts` stand above those of the sheets, `title` is the report's.

    Raises: ValueError: a file of a report with persons was to be attached.
    """
    if layout.holds_persons and attachment is not None:
        raise ValueError(f"The report {layout.report_id} holds persons and is never attached to a mail.")
    words = words_of(layout)
    shown = _Shown(replace(layout, sheets=()), ()) if layout.holds_persons else _shown(layout, charts, words)
    message = _head(title, layout, words, envelope)
    pictures = {chart.key: f"{place}@report" for place, chart in enumerate(shown.charts, start=1)}
    context = {
        "subject": message["Subject"],
        "language": layout.language,
        "introduction": words.say(
            wording.REPORT_MAIL_PERSONS if layout.holds_persons else wording.REPORT_MAIL, title=words.say(title)
        ),
        "link": link,
        "link_words": words.say(wording.REPORT_MAIL_LINK),
        "footer": words.say(wording.REPORT_MAIL_FOOTER),
        "blocks": list(_blocks(shown, words)),
        "body": fragment(shown.layout, picture=lambda chart: f"cid:{pictures[chart.key]}"),
    }
    message.set_content(render_to_string("reports/report_mail.txt", {"mail": context}))
    message.add_alternative(render_to_string("reports/report_mail.html", {"mail": context}), subtype="html")
    related = message.get_payload()[1]  # type: ignore[index]  # an alternative part has a list of parts
    for chart in shown.charts:
        related.add_related(  # type: ignore[union-attr]  # and its parts are messages
            draw_png(chart, layout.language),
            "image",
            "png",
            cid=f"<{pictures[chart.key]}>",
            disposition="inline",
            filename=f"{chart.key}.png",
        )
    if attachment is not None:
        main, _, sub = attachment.media_type.partition(";")[0].partition("/")
        name = file_name(layout, attachment.suffix)
        message.add_attachment(attachment.content, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def _head(title: Text, layout: Layout, words: Words, envelope: Envelope) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = words.say(
        wording.REPORT_MAIL_SUBJECT, area=layout.area_name, title=words.say(title), day=words.day(layout.as_of)
    )
    message["From"] = Address(words.say(wording.SENDER), addr_spec=envelope.sender)
    message["To"] = Address(addr_spec=envelope.recipient)
    message["Message-ID"] = envelope.message_id
    message["Date"] = format_datetime(envelope.sent_at)
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = "en" if layout.language == "en" else "zh-CN"
    return message


def _shown(layout: Layout, charts: Sequence[Chart], words: Words) -> _Shown:
    """Read the layout once, with the first rows of each table and a note where there are more."""
    sheets = [_shortened(sheet, words) for sheet in layout.sheets]
    if charts and sheets:
        sheets[0] = replace(sheets[0], charts=(*charts, *sheets[0].charts))
    all_charts = tuple(chart for sheet in sheets for chart in sheet.charts)
    if len({chart.key for chart in all_charts}) < len(all_charts):
        raise ValueError(f"Two charts of the report {layout.report_id} have one key.")
    return _Shown(replace(layout, sheets=tuple(sheets)), all_charts)


def _shortened(sheet: Sheet, words: Words) -> Sheet:
    parts: list[Table | Fields] = []
    notes: tuple[str, ...] = ()
    for part in sheet.parts:
        if isinstance(part, Fields):
            parts.append(part)
            continue
        rows: tuple[Row, ...] = tuple(islice(part.rows, MOST_ROWS + 1))
        if len(rows) > MOST_ROWS:
            notes = (words.say(wording.REPORT_MAIL_MORE, number=MOST_ROWS),)
        parts.append(replace(part, rows=rows[:MOST_ROWS]))
    return replace(sheet, parts=tuple(parts), notes=(*notes, *sheet.notes), signatures=())


def _blocks(shown: _Shown, words: Words) -> Iterator[list[str]]:
    """Give the text part: for each sheet its title, its rows with the labels of their columns, charts, notes."""
    for sheet in shown.layout.sheets:
        lines = [sheet.title, " · ".join(piece for piece in words.meta(shown.layout, sheet) if piece)]
        for part in sheet.parts:
            lines += _table_lines(part, words) if isinstance(part, Table) else _field_lines(part, words)
        lines += [f"[{alt_text(chart, words.language)}]" for chart in sheet.charts]
        yield [*lines, *(words.say(wording.NOTE, note=note) for note in sheet.notes)]


def _table_lines(table: Table, words: Words) -> Iterator[str]:
    if table.title is not None:
        yield words.say(table.title)
    labels = [words.full_label(column) for column in table.columns]
    showers = [words.shower(column) for column in table.columns]
    rows = list(table.rows)
    if not rows:
        yield words.say(wording.NO_ROWS)
    for row in [*rows, *([table.total] if table.total else [])]:
        cells = [shown(value) for shown, value in zip(showers, row, strict=True)]
        pairs = [f"{label} {cell}" for label, cell in zip(labels[1:], cells[1:], strict=True) if cell]
        yield f"{cells[0]}: " + ", ".join(pairs)


def _field_lines(fields: Fields, words: Words) -> Iterator[str]:
    for item in fields.items:
        yield f"{words.say(item.label)}: {words.shown(item, item.value)}"
