"""Read the headings of a blank form: which row of the table they stand in, and what they say."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from registry.lib.column_labels import label_key, labels
from registry.lib.errors import DomainError
from registry.lib.sheets import check_file, open_sheets
from registry.lib.text import clean

MOST_BYTES: Final = 5 * 1024 * 1024
# Title rows may stand above the headings, in so many rows; a house rule.
_TITLE_ROWS: Final = 10


def headings_of(content: bytes) -> tuple[str, ...]:
    """Give the headings of the first sheet: the row of the first ten with most labels known, else with most cells.

    Raises: DomainError `sheet.…` for what is no table; `oneform.no_headings` for one without two cells in a row.
    """
    check_file(content, most_bytes=MOST_BYTES)
    best: tuple[int, int, tuple[str, ...]] = (0, 1, ())
    for sheet in open_sheets(content):
        for number, row in enumerate(sheet.rows()):
            if number == _TITLE_ROWS:
                break
            cells = tuple(clean(cell) for cell in row if clean(cell))
            known = sum(label_key(cell) in labels() for cell in cells)
            if (known, len(cells)) > best[:2]:
                best = (known, len(cells), cells)
        break
    if len(best[2]) < 2:
        message = _("The table has no row of headings in its first ten rows. Write the headings by hand, one a line.")
        raise DomainError("oneform.no_headings", message, field="file")
    return best[2]
