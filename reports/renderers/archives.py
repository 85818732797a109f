"""A zip of the parts of a report, for formats that hold one table a file."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from reports.definitions.layout import Fields, Layout, Sheet, Table

MEDIA_TYPE: Final = "application/zip"
# The time of making of the files in a zip: the same layout gives the same bytes.
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Parted:
    """A finished file; `is_zip` says that it holds a file for each table."""

    content: bytes
    is_zip: bool


def render_parts(layout: Layout, render_part: Callable[[Table | Fields], bytes], suffix: str) -> Parted:
    """Render each table and card: a single one is the file, several are the files of a zip."""
    return packed((f"{name}.{suffix}", render_part(part)) for name, part in _named(layout))


def packed(files: Iterable[tuple[str, bytes]]) -> Parted:
    """Pack files with their names, each made when it is its turn: a single one stays as it is.

    Raises: ValueError where there is none.
    """
    rest = iter(files)
    first = next(rest, None)
    if first is None:
        raise ValueError("There is nothing to pack.")
    second = next(rest, None)
    if second is None:
        return Parted(first[1], is_zip=False)
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, part in chain((first, second), rest):
            _add(archive, name, part)
    return Parted(content.getvalue(), is_zip=True)


def _named(layout: Layout) -> Iterator[tuple[str, Table | Fields]]:
    """Give the parts with a name for each, which no other has."""
    used: dict[str, int] = {}
    for sheet in layout.sheets:
        for part in sheet.parts:
            name = _name(sheet, part)
            used[name] = used.get(name, 0) + 1
            yield f"{name}-{used[name]}" if used[name] > 1 else name, part


def _name(sheet: Sheet, part: Table | Fields) -> str:
    key = part.key if isinstance(part, Table) else "fields"
    return sheet.key if key == sheet.key else f"{sheet.key}-{key}"


def _add(archive: ZipFile, name: str, content: bytes) -> None:
    entry = ZipInfo(name, _NO_TIME)
    entry.compress_type = ZIP_DEFLATED
    archive.writestr(entry, content)
