"""Constraints and indexes of a new table inside its creation, so that an empty database is migrated in less time.

Django draws all models anew that are linked with the one to which an operation adds a constraint, and every tenant
table is linked with every other: 700 such operations took two thirds of the time of all migrations.
"""

import re
from collections.abc import Iterable
from copy import copy

from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation

from registry.tenancy.operations import KeepHistory, ProtectTenantTable, TenantLink

# What may stand between a table and its constraint without being needed by the constraint.
_APART = (AddConstraint, AddField, AddIndex, CreateModel, KeepHistory, ProtectTenantTable, TenantLink)


def folded(operations: Iterable[Operation]) -> list[Operation]:
    """Give the operations of a migration with the same outcome, and fewer of them.

    A constraint stays where it is when it names a field that is added after the table, or when a statement written by
    hand stands between, which it may need.
    """
    given, made, later = [], dict[str, CreateModel](), dict[str, set[str]]()
    for operation in operations:
        if isinstance(operation, CreateModel):
            operation = copy(operation)  # noqa: PLW2901  (the migration's own stays as it is written)
            operation.options = {**operation.options}
            made[operation.name_lower], later[operation.name_lower] = operation, set()
        elif not isinstance(operation, _APART):
            made = {}
        elif isinstance(operation, AddField):
            later.setdefault(operation.model_name_lower, set()).add(operation.name)
        elif isinstance(operation, AddConstraint | AddIndex) and _folds(operation, made, later):
            continue
        given.append(operation)
    return given


def _folds(operation: AddConstraint | AddIndex, made: dict[str, CreateModel], later: dict[str, set[str]]) -> bool:
    """Put a constraint or index into the table's creation where it can stand there."""
    table = made.get(operation.model_name_lower)
    kind, added = ("indexes", operation.index) if isinstance(operation, AddIndex) else ("constraints", None)
    rule = added or operation.constraint  # type: ignore[union-attr]  # either of the two
    if table is None or _names(rule.deconstruct(), later[operation.model_name_lower]):
        return False
    table.options[kind] = [*table.options.get(kind, []), rule]
    return True


def _names(rule: object, fields: set[str]) -> bool:
    """Whether the text of a rule holds the name of one of the fields; a word alike counts too, at the price of time."""
    return any(re.search(rf"\b{re.escape(field)}(\b|_)", repr(rule)) for field in fields)
