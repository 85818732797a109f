"""One door to all formats: a layout becomes a file."""

from typing import Final, NamedTuple

from reports.definitions.layout import Layout
from reports.renderers import delimited, html, xlsx


class Rendered(NamedTuple):
    """A finished file: what is in it, its media type, and the end of its name."""

    content: bytes
    media_type: str
    suffix: str


def render(layout: Layout, format: str, *, encoding: delimited.Encoding = "utf-8-sig") -> Rendered:  # noqa: A002
    """Write a layout as `xlsx`, `pdf`, `csv`, `parquet` or `html`; the layout is read by it and cannot be used again.

    `encoding` is that of CSV. Raises: KeyError for a format that there is not.
    """
    if format == "csv":
        made = delimited.render_csv(layout, encoding)
        media_type = (
            delimited.ZIP_MEDIA_TYPE if made.is_zip else f"{delimited.MEDIA_TYPE}; charset={_CHARSETS[encoding]}"
        )
        return Rendered(made.content, media_type, "zip" if made.is_zip else "csv")
    return _RENDERERS[format](layout)


def file_name(layout: Layout, suffix: str) -> str:
    """Give the name under which a file travels."""
    name = layout.file_name or f"{layout.area_name}-{layout.title}-{layout.as_of.isoformat()}".strip("-")
    return f"{name}.{suffix}"


_CHARSETS: Final = {"utf-8-sig": "utf-8", "gb18030": "gb18030"}
_RENDERERS: Final = {
    "xlsx": lambda layout: Rendered(xlsx.render_xlsx(layout), xlsx.MEDIA_TYPE, "xlsx"),
    "html": lambda layout: Rendered(html.render_html(layout).encode(), f"{html.MEDIA_TYPE}; charset=utf-8", "html"),
}
