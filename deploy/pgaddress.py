"""Print the address in an environment variable as PG* variables for psql and pg_dump, to be read by a shell's `eval`.

The password then reaches those programs through the environment; as an argument every user of the machine would see it.
"""

import os
import shlex
import sys
from urllib.parse import parse_qsl, unquote, urlsplit

parts = urlsplit(os.environ[sys.argv[1]])
values = {
    "PGUSER": unquote(parts.username or ""),
    "PGPASSWORD": unquote(parts.password or ""),
    "PGHOST": unquote(parts.hostname or ""),
    "PGPORT": str(parts.port or 5432),
    "PGDATABASE": unquote(parts.path.lstrip("/")),
} | {f"PG{name.upper()}": value for name, value in parse_qsl(parts.query)}
print("export " + " ".join(f"{name}={shlex.quote(value)}" for name, value in values.items()))  # noqa: T201 that is its job
