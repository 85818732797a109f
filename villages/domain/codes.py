"""Check codes against their lists, for this app and those above it."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from registry.domain.codes import CodeEntry, code_list
from registry.lib.errors import DomainError


def require_codes(values: Mapping[str, tuple[str, str]], *, on: date) -> None:
    """Refuse the first code that its list does not hold on the day; an empty one is not known, and passes.

    `values` maps the field's name to (code list, code). Raises: DomainError `code.unknown` with the field.
    """
    for field, (scheme, code) in values.items():
        if code:
            require_code(scheme, code, on=on, field=field)


def require_code(scheme: str, code: str, *, on: date, field: str, parent: str | None = None) -> CodeEntry:
    """Give the entry of a code, or refuse one that the list does not hold on the day, or not below `parent`.

    Raises: DomainError `code.unknown`.
    """
    entry = code_list(scheme, on=on).entries.get(code)
    if entry is None or parent not in {None, entry.parent_code}:
        message = _("The value is not in its list. Choose one from the list.")
        raise DomainError("code.unknown", message, field=field)
    return entry
