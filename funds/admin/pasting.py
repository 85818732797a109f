"""Read lines that were copied from a sheet."""

import re
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from funds.domain.lines import LineDraft
from registry.lib.errors import DomainError
from registry.lib.money import parse_yuan

# A comma parts the number from the amount; within an amount it parts thousands.
_FIRST: Final = re.compile(r"(?P<number>[^\s,，;；]+)[\s,，;；]+(?P<rest>\S.*)")
_BETWEEN: Final = re.compile(r"[\s，;；]+|,\s+")


def lines_pasted(text: str, *, reason_code: str) -> list[LineDraft]:
    """Give a draft for each line of a text: household number, amount, and the person's number where there is one.

    Raises: DomainError with the first line that cannot be read.
    """
    rows = [row for row in (line.strip() for line in text.splitlines()) if row]
    return [_draft(place, row, reason_code) for place, row in enumerate(rows, start=1)]


def _draft(place: int, row: str, reason_code: str) -> LineDraft:
    found = _FIRST.fullmatch(row)
    cells = [found["number"], *filter(None, _BETWEEN.split(found["rest"]))] if found else []
    if not 2 <= len(cells) <= 3:
        message = _("Line %(number)s has other than two or three cells. Copy number and amount from the sheet.")
        raise DomainError("lines.cells", message % {"number": place}, field="lines")
    try:
        amount = parse_yuan(cells[1])
    except DomainError as error:
        told = gettext("Line %(number)s: %(problem)s") % {"number": place, "problem": error.message}
        raise DomainError(error.code, told, field="lines") from error
    person = cells[2] if len(cells) == 3 else ""
    return LineDraft(household_number=cells[0], amount_yuan=amount, reason_code=reason_code, person_number=person)
