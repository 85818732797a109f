"""Statements that a connection keeps prepared: the server plans the one of the rules at entry longer than it runs it.

The text of a statement stays as psycopg has it, with `%(name)s` for its values. Its plan is made anew for the first few
calls on a connection; then the server keeps one where that is no worse.
"""

import hashlib
import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, cast
from uuid import UUID
from weakref import WeakKeyDictionary

import psycopg
from django.db import connection
from django.db.backends.utils import CursorWrapper

_PLACE: Final = re.compile(r"%\((\w+)\)s|%%")
# A plan takes some megabytes of the server's memory for each connection. Counties that switched no rule off share it.
_MOST_KEPT: Final = 6
_kept: Final[WeakKeyDictionary[psycopg.Connection[Any], OrderedDict[str, None]]] = WeakKeyDictionary()


def execute_prepared(cursor: CursorWrapper, statement: str, values: Mapping[str, Any]) -> None:
    """Run a statement with its values on the cursor, prepared on the cursor's connection.

    Locks: nothing; each connection is of one thread.
    """
    names = list(dict.fromkeys(name for name in _PLACE.findall(statement) if name))
    given = [values[name] for name in names]
    types = [type_of(value) for value in given]
    title = "quality_" + hashlib.sha256(f"{types}{statement}".encode()).hexdigest()[:24]
    _keep(title, statement, names, types)
    cursor.execute(f"EXECUTE {title} ({', '.join(['%s'] * len(given))})", given)


def type_of(value: object) -> str:
    """Give the type that the server takes a written value for, so that a prepared rule reckons as a written one.

    Raises: TypeError for a value of another kind.
    """
    match value:
        case date():
            return "date"
        case [UUID(), *_]:
            return "uuid[]"
        case list() | tuple():
            return "text[]"
        case int() | Decimal() if not isinstance(value, bool):
            return "integer" if str(value).lstrip("-").isdigit() and abs(int(value)) < 2**31 else "numeric"
    raise TypeError(f"A prepared statement takes no {type(value).__name__}.")


def _keep(title: str, statement: str, names: Sequence[str], types: Sequence[str]) -> None:
    """Prepare the statement on this connection unless it is, and let the one go that was used longest ago."""
    raw = cast("psycopg.Connection[Any]", connection.connection)
    kept = _kept.setdefault(raw, OrderedDict())
    if title in kept:
        kept.move_to_end(title)
        return
    places = {name: f"${number}" for number, name in enumerate(names, start=1)}
    text = _PLACE.sub(lambda found: places[found[1]] if found[1] else "%", statement)
    with connection.wrap_database_errors:
        if len(kept) >= _MOST_KEPT:
            raw.execute(f"DEALLOCATE {kept.popitem(last=False)[0]}".encode())
        raw.execute(f"PREPARE {title} ({', '.join(types)}) AS {text}".encode())
    kept[title] = None
