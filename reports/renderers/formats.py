"""One door to all formats: a layout becomes a file."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import chain
from typing import Final, NamedTuple

from reports.definitions.layout import Column, Layout, Sheet, Table
from reports.definitions.text import Text
from reports.renderers import archives, delimited, html, pdf, xlsx


class Rendered(NamedTuple):
    """A finished file: what is in it, its media type, and the end of its name."""

    content: bytes
    media_type: str
    suffix: str


def render(layout: Layout, format: str, *, encoding: delimited.Encoding = "utf-8-sig") -> Rendered:  # noqa: A002  (it is the word)
    """Write a layout as `xlsx`, `pdf`, `csv`, `parquet` or `html`; the layout is read by it and cannot be used again.

    `encoding` is that of CSV. CSV and Parquet of several tables are a zip, and a PDF of more than 40,000 cells.
    A report of which nothing was found says so.
    Raises: KeyError: there is no such format; DomainError: it is too long to be printed.
    """
    layout = replace(layout, sheets=_one_at_least(layout))
    if format == "csv":
        media_type = f"{delimited.MEDIA_TYPE}; charset={_CHARSETS[encoding]}"
        return _parted(delimited.render_csv(layout, encoding), media_type, "csv")
    return _RENDERERS[format](layout)


def file_name(layout: Layout, suffix: str) -> str:
    """Give the name under which a file travels."""
    name = layout.file_name or f"{layout.area_name}-{layout.title}-{layout.as_of.isoformat()}".strip("-")
    return f"{name}.{suffix}"


def _one_at_least(layout: Layout) -> Iterable[Sheet]:
    """Give the sheets, or one that says that there is nothing, where a report has a sheet for each thing found."""
    sheets = iter(layout.sheets)
    first = next(sheets, None)
    if first is not None:
        return chain([first], sheets)
    title = Text(layout.title, layout.title)
    table = Table(layout.report_id, (Column("nothing", title, width=60),), ())
    return [Sheet(layout.report_id, title, layout.title, (table,))]


def _parquet(layout: Layout) -> Rendered:
    from reports.renderers import parquet  # noqa: PLC0415  (60 MB of memory that few processes ever need)

    return _parted(parquet.render_parquet(layout), parquet.MEDIA_TYPE, "parquet")


def _parted(made: archives.Parted, media_type: str, suffix: str) -> Rendered:
    if made.is_zip:
        return Rendered(made.content, archives.MEDIA_TYPE, "zip")
    return Rendered(made.content, media_type, suffix)


_CHARSETS: Final = {"utf-8-sig": "utf-8", "gb18030": "gb18030"}
_RENDERERS: Final[dict[str, Callable[[Layout], Rendered]]] = {
    "xlsx": lambda layout: Rendered(xlsx.render_xlsx(layout), xlsx.MEDIA_TYPE, "xlsx"),
    "pdf": lambda layout: _parted(pdf.render_pdf(layout), pdf.MEDIA_TYPE, "pdf"),
    "parquet": _parquet,
    "html": lambda layout: Rendered(html.render_html(layout).encode(), f"{html.MEDIA_TYPE}; charset=utf-8", "html"),
}
