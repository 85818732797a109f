"""A PostgreSQL server of our own on 127.0.0.1."""

import re
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

import psycopg

from registry.embedded import confinement
from registry.embedded.binaries import postgres_folder
from registry.embedded.errors import EmbeddedError
from registry.embedded.ports import LOCALHOST, free_port
from registry.embedded.processes import Child, tail
from registry.embedded.secretfile import kept_secrets, write_private

SUPERUSER = "postgres"
ROLES = ("registry_owner", "registry_app", "registry_backup")
START_SECONDS = 120
STOP_SECONDS = 30
TRIES = 4

SETTINGS = {
    "listen_addresses": LOCALHOST,
    "unix_socket_directories": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "120",
    "shared_buffers": "256MB",
    "jit": "off",
    # The log must not repeat values of rows: no details, no statements, no parameters.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
}
THROWAWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "autovacuum_naptime": "10min",
}


class PostgresServer:
    """One server with its data in `folder`; a folder left by a killed server starts again.

    `throwaway` trades durability for speed, for tests. `port` 0 means any free one.
    """

    def __init__(self, folder: Path, *, port: int = 0, throwaway: bool = False, mode: str | None = None) -> None:
        """Describe the server; nothing is made or started before `start`."""
        self.folder = folder
        self.port = port
        self.secrets: dict[str, str] = {}
        self._any_port = port == 0
        self._settings = SETTINGS | (THROWAWAY if throwaway else {})
        self._mode = mode
        self._child: Child | None = None

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.folder / "data"

    def url(self, role: str, database: str = "registry") -> str:
        """Return the address for a role, password included."""
        password = quote(self.secrets[role], safe="")
        return f"postgresql://{role}:{password}@{LOCALHOST}:{self.port}/{database}"

    def start(self) -> Child:
        """Make the data directory if there is none, start the server and wait until it answers.

        Raises: EmbeddedError when it does not start, with the reason from its log.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        mode = self._mode or confinement.needed()
        programs = confinement.reachable_programs(postgres_folder(), copy=self.folder / "programs", mode=mode)
        self.secrets = kept_secrets(self.folder / "secrets.json", (SUPERUSER, *ROLES))
        confinement.hand_over(self.folder, mode=mode)
        if not (self.data / "PG_VERSION").exists():
            self._create_data(programs, mode)
        self._require_same_major(programs)
        self._clear_stale_lock()
        return self._launch(programs, mode)

    def stop(self) -> None:
        """Stop the server, ending open connections."""
        if self._child is not None:
            self._child.stop(seconds=STOP_SECONDS)

    def _create_data(self, programs: Path, mode: str) -> None:
        """Run initdb beside the final place, so that an interrupted one leaves nothing half made."""
        draft = self.folder / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        password = self.folder / "superuser.pw"
        write_private(password, self.secrets[SUPERUSER])
        confinement.give(password, mode=mode)
        child = Child(
            "initdb",
            [
                *(str(programs / "initdb"), "-D", str(draft), f"--username={SUPERUSER}", f"--pwfile={password}"),
                *("--auth=scram-sha-256", "--encoding=UTF8", *locale_options(programs)),
            ],
            log=self.folder / "initdb.log",
            mode=mode,
        )
        try:
            child.start()
            code = child.wait(seconds=START_SECONDS)
        finally:
            child.stop(seconds=1)
            password.unlink(missing_ok=True)
        if code != 0:
            raise EmbeddedError(f"The database folder {self.data} could not be made. {child.last_words()}")
        draft.rename(self.data)

    def _require_same_major(self, programs: Path) -> None:
        """Refuse data of another major version."""
        ours, theirs = major_version(programs), int((self.data / "PG_VERSION").read_text())
        if ours != theirs:
            raise EmbeddedError(
                f"The database in {self.data} was made by PostgreSQL {theirs}; here is PostgreSQL {ours}. "
                "Dump it with the old version and restore it, or choose another data folder."
            )

    def _clear_stale_lock(self) -> None:
        """Remove the lock file of a server that was killed; wait a moment for one that is just ending."""
        lock = self.data / "postmaster.pid"
        deadline = time.monotonic() + 15
        while lock.exists() and is_server_of(self.data, int(lock.read_text().split("\n", 1)[0])):
            if time.monotonic() > deadline:
                raise EmbeddedError(f"Another PostgreSQL server is running on {self.data}. Stop it first.")
            time.sleep(0.1)
        lock.unlink(missing_ok=True)

    def _launch(self, programs: Path, mode: str) -> Child:
        """Start the server; when any port will do, another one if the first was taken meanwhile."""
        for attempt in range(1, TRIES + 1):
            self.port = free_port() if self._any_port else self.port
            child = self._child = self._server(programs, mode)
            child.start()
            try:
                child.wait_until(self._answers, seconds=START_SECONDS)
            except EmbeddedError:
                taken = "could not create any TCP/IP sockets" in tail(child.log, 10)
                child.stop(seconds=5)
                if not (self._any_port and taken and attempt < TRIES):
                    raise
            else:
                return child
        raise EmbeddedError("No free port was found for PostgreSQL.")

    def _server(self, programs: Path, mode: str) -> Child:
        """Describe the server process."""
        options = [item for name, value in self._settings.items() for item in ("-c", f"{name}={value}")]
        return Child(
            "PostgreSQL",
            [str(programs / "postgres"), "-D", str(self.data), "-p", str(self.port), *options],
            log=self.folder / "postgres.log",
            mode=mode,
            # Fast shutdown: roll back, write, end. The death signal too.
            stop_signal=signal.SIGINT,
        )

    def _answers(self) -> bool:
        """Say whether our server accepts a login."""
        try:
            psycopg.connect(self.url(SUPERUSER, "postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


def major_version(programs: Path) -> int:
    """Return the major version of the programs in a folder."""
    output = subprocess.check_output([str(programs / "postgres"), "--version"], text=True)
    return int(re.findall(r"\d+", output)[0])


def locale_options(programs: Path) -> list[str]:
    """Return what gives the same order of text everywhere: code points, without any library of the machine."""
    if major_version(programs) >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return ["--locale=C.UTF-8"]


def is_server_of(data: Path, pid: int) -> bool:
    """Say whether the process is a PostgreSQL server of this data directory, and not a later namesake of its number."""
    process = Path(f"/proc/{abs(pid)}")
    try:
        directory = (process / "cwd").readlink()
        name = (process / "comm").read_text().strip()
    except OSError:
        return False
    return name == "postgres" and directory == data.resolve()
