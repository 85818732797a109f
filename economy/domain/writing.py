"""Write a row of this app: one event a verb, nothing where nothing changes, a sentence for what is refused."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from economy.domain.refusals import written
from registry.audit import record
from registry.lib.errors import NotAllowed
from registry.tenancy.context import Actor
from registry.tenancy.models import TenantModel, VersionedModel

Values = Mapping[str, Any]


def enter(row: TenantModel, verb: str, values: Values, *, actor: Actor, reason: str = "") -> None:
    """Save a new row that holds `values`, which the event names. Raises: Conflict."""
    written(row.save)
    record(verb, row, actor=actor, changes={name: (None, value) for name, value in values.items()}, reason=reason)


def change(row: VersionedModel, verb: str, values: Values, *, actor: Actor, reason: str = "") -> bool:
    """Write the values that differ into a locked row, and tell whether there were any. Raises: Conflict."""
    changes = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    if not changes:
        return False
    for name, (_before, value) in changes.items():
        setattr(row, name, value)
    written(lambda: row.touch().save(update_fields=[*changes, "version", "updated_at"]))
    record(verb, row, actor=actor, changes=changes, reason=reason)
    return True


def somebody(actor: Actor, code: str, message: Any) -> UUID:  # noqa: ANN401  (a lazy text)
    """Give the account that acts. Raises: NotAllowed for work that nobody does."""
    if actor.user_id is None:
        raise NotAllowed(code, message)
    return actor.user_id
