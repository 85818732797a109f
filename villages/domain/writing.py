"""Write a row of this app: one event a verb, nothing where nothing changes, a sentence for what is refused."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import IntegrityError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.audit import record
from registry.lib.errors import Conflict, DomainError
from registry.lib.text import clean, clean_prose
from registry.tenancy.context import Actor
from registry.tenancy.models import TenantModel, VersionedModel
from registry.tenancy.scope import savepoint
from villages.domain.messages import CONSTRAINTS

Values = Mapping[str, Any]
REFUSED: Final = _("The register refuses this change: it contradicts another entry.")


def enter(row: TenantModel, verb: str, values: Values, *, actor: Actor, reason: str = "") -> None:
    """Save a new row that holds `values`, which the event names. Raises: Conflict."""
    _save(row)
    record(verb, row, actor=actor, changes={name: (None, value) for name, value in values.items()}, reason=reason)


def change(row: VersionedModel, verb: str, values: Values, *, actor: Actor, reason: str = "") -> bool:
    """Write the values that differ into a locked row, and tell whether there were any. Raises: Conflict."""
    changes = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    if not changes:
        return False
    for name, (_before, value) in changes.items():
        setattr(row, name, value)
    _save(row.touch(), update_fields=[*changes, "version", "updated_at"])
    record(verb, row, actor=actor, changes=changes, reason=reason)
    return True


def require_text(text: str, message: str | Promise, *, code: str, field: str) -> str:
    """Give a text in its normal form, or refuse an empty one. Raises: DomainError."""
    given = clean(text)
    if not given:
        raise DomainError(code, message, field=field)
    return given


def require_lines(text: str, message: str | Promise, *, code: str, field: str) -> str:
    """Give a text of several lines, each in its normal form, or refuse an empty one. Raises: DomainError."""
    lines = "\n".join(clean_prose(line) for line in text.splitlines()).strip()
    if not lines:
        raise DomainError(code, message, field=field)
    return lines


def _save(row: TenantModel, *, update_fields: list[str] | None = None) -> None:
    try:
        with savepoint():
            row.save(update_fields=update_fields)
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
        raise Conflict(f"database.{name or 'refused'}", CONSTRAINTS.get(name, REFUSED)) from error
