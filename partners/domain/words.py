"""Words that people type about sources and results: short, and without numbers of persons."""

import re
from typing import Final

from django.utils.translation import gettext_lazy as _

from registry.lib.errors import DomainError
from registry.lib.text import clean

# A number of a person, a telephone or an account.
_NUMBER: Final = re.compile(r"\d{8,}")


def without_numbers(text: str, *, field: str) -> str:
    """Give the words in their normal form. Raises: DomainError where they hold a long number."""
    given = clean(text)
    if _NUMBER.search(given):
        message = _("The text holds a long number. Enter no numbers of persons, telephones or accounts.")
        raise DomainError("words.number", message, field=field)
    return given
