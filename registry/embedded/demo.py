"""The whole site on one machine with example data, until it is ended."""

import fcntl
import hashlib
import json
import os
import signal
import sys
import time
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TextIO

from registry.embedded.errors import EmbeddedError
from registry.embedded.ports import require_different, require_free
from registry.embedded.processes import Child
from registry.embedded.servers import Servers
from registry.embedded.site import ROOT, Site

EXAMPLE_DIVISIONS = "registry/data/divisions/example.csv"
PREPARATIONS = (
    ("The tables", ("migrate", "--verbosity=0")),
    ("The code lists", ("load_code_lists",)),
    ("The divisions of the example prefecture", ("load_divisions", EXAMPLE_DIVISIONS, "--edition", "2023", "--apply")),
    ("The example counties (half a minute at the first time)", ("load_demo",)),
)
# When one of these files changes, a data folder is prepared again.
PREPARED_BY = ("*/migrations/*.py", "registry/data/**/*", "exchange/data/**/*", "*/management/commands/load_*.py")
# In the order of the ports in `Options`.
DEFAULT_PORTS = {
    "DEMO_PORT": 8000,
    "DEMO_MAIL_PORT": 8025,
    "DEMO_SMTP_PORT": 0,
    "DEMO_POSTGRES_PORT": 0,
    "DEMO_BROKER_PORT": 0,
}
LOGINS = "demo-logins.json"
LOOK_SECONDS = 0.3
STOP_SECONDS = 10
# Of these commands the lines are worth reading; the others' stand in the log only.
SHOWN = ("load_demo",)


class StopAsked(BaseException):
    """Somebody asked us to end: Ctrl-C, a signal of the system, or the terminal was closed."""


@dataclass(frozen=True)
class Options:
    """What can be chosen; a port 0 means any free one."""

    data: Path
    port: int
    mail_port: int
    smtp_port: int
    postgres_port: int
    broker_port: int


def options_from(environment: dict[str, str]) -> Options:
    """Read the choices from the variables DEMO_DATA and DEMO_*PORT.

    Raises: EmbeddedError when a port is no number, or was chosen twice.
    """
    ports: dict[str, int] = {}
    for name, default in DEFAULT_PORTS.items():
        text = environment.get(name, "").strip() or str(default)
        if not text.isdecimal():
            raise EmbeddedError(f"{name} is {text!r}, but must be a number from 1024 to 65535, or 0 for any free port.")
        ports[name] = int(text)
    require_different(ports)
    data = Path(environment.get("DEMO_DATA") or ROOT / "var" / "demo").expanduser().absolute()
    return Options(data, *ports.values())


def run(options: Options) -> int:
    """Run the site until it is asked to end; return the exit code for the shell."""
    began = time.monotonic()
    with signals_raising_stop():
        try:
            with sole_user(options.data):
                return serve(options, began)
        except StopAsked:
            say("Ended. The data stays; the next start goes on with it.")
            return 0
        except EmbeddedError as error:
            say(f"\n{error}")
            return 1


def serve(options: Options, began: float) -> int:
    """Start everything, say where it is, and watch it.

    Raises: StopAsked when somebody ended us; EmbeddedError when something could not start, or ended by itself.
    """
    web_port = require_free(options.port, purpose="web server", variable="DEMO_PORT")
    mail_port = require_free(options.mail_port, purpose="mail page", variable="DEMO_MAIL_PORT")
    smtp_port = require_free(options.smtp_port, purpose="mail catcher", variable="DEMO_SMTP_PORT")
    require_free(options.postgres_port, purpose="database", variable="DEMO_POSTGRES_PORT")
    require_free(options.broker_port, purpose="broker", variable="DEMO_BROKER_PORT")
    servers = Servers(options.data, postgres_port=options.postgres_port, broker_port=options.broker_port)
    site: Site | None = None
    try:
        say("PostgreSQL and the broker are starting")
        servers.start()
        site = Site(options.data, servers.environment(), web_port, mail_port, smtp_port)
        prepare(options.data, site, is_new=servers.is_new)
        say("The web server, the worker, the beat and the mail catcher are starting")
        site.start()
        announce(site, options.data, seconds=time.monotonic() - began)
        watch([*servers.children, *site.children])
    finally:
        ignore_signals()
        say("\nEnding")
        if site is not None:
            site.stop()
        servers.stop()
    return 0


def prepare(data: Path, site: Site, *, is_new: bool) -> None:
    """Bring tables and example data in order, unless that was done with the same files before."""
    mark, digest = data / "prepared", preparation_digest()
    if not is_new and mark.exists() and mark.read_text() == digest:
        return
    for name, arguments in PREPARATIONS:
        say(name)
        run_manage(arguments, site)
    mark.write_text(digest)


def preparation_digest() -> str:
    """Return a digest of the files that tables and example data are made from."""
    digest = hashlib.sha256()
    paths = {path for pattern in PREPARED_BY for path in ROOT.glob(pattern) if path.is_file()}
    for path in sorted(path for path in paths if "__pycache__" not in path.parts):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def run_manage(arguments: Sequence[str], site: Site) -> None:
    """Run one command of manage.py, its output kept in the log and, with the example data, shown as it comes.

    Raises: EmbeddedError when it fails, with the last lines of its log.
    """
    child = Child(
        f"manage.py {arguments[0]}",
        [sys.executable, "manage.py", *arguments],
        log=site.folder / "logs" / "prepare.log",
        environment=site.child_environment(),
        directory=ROOT,
    )
    child.start()
    try:
        with child.log.open(encoding="utf-8", errors="replace") as output:
            output.seek(child.log_start)
            while child.is_running:
                time.sleep(LOOK_SECONDS)
                show(output, is_wanted=arguments[0] in SHOWN)
            show(output, is_wanted=arguments[0] in SHOWN)
    finally:
        child.stop(seconds=STOP_SECONDS)
    if child.exit_code != 0:
        raise EmbeddedError(f"{child.name} failed (code {child.exit_code}). {child.last_words()}")


def show(output: TextIO, *, is_wanted: bool) -> None:
    """Print what was written since the last time, indented."""
    for line in output if is_wanted else ():
        say(f"  {line.rstrip()}")


def announce(site: Site, data: Path, *, seconds: float) -> None:
    """Print the address, the mail page and the logins."""
    say(f"\nReady after {seconds:.0f} seconds.\n")
    say(f"  The site     {site.address}/")
    say(f"  Its REST API {site.address}/api/v1/docs/")
    say(f"  Its mails    {site.mail_address}/")
    say(f"  Its data     {data}, logs in {site.folder / 'logs'}\n")
    for line in login_lines(logins(Path(site.environment["REGISTRY_DATA_DIR"]))):
        say(f"  {line}")
    say("\nCtrl-C ends everything.")


def logins(folder: Path) -> list[dict[str, str]]:
    """Return the logins that `load_demo` noted."""
    path = folder / LOGINS
    noted: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return noted


def login_lines(noted: Sequence[Mapping[str, str]]) -> list[str]:
    """Return the logins as a table: county, who it is, user name, and what opens the door."""
    cells = [
        (login.get("county", "-"), login["who"], login["user"], login.get("password") or login.get("token", ""))
        for login in noted
    ]
    # A Chinese letter is as wide as two others on a terminal.
    widths = [max((shown_width(row[column]) for row in cells), default=0) for column in range(3)]
    return [
        "  ".join(f"{cell}{' ' * (width - shown_width(cell))}" for cell, width in zip(row, widths, strict=False))
        + f"  {row[3]}"
        for row in sorted(cells, key=lambda row: row[0])
    ]


def shown_width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def watch(children: Sequence[Child]) -> None:
    """Look after the processes for ever.

    Raises: EmbeddedError when one ended, with the last lines of its log.
    """
    while True:
        for child in children:
            if not child.is_running:
                raise EmbeddedError(f"{child.name} ended by itself (code {child.exit_code}). {child.last_words()}")
        time.sleep(LOOK_SECONDS)


@contextmanager
def sole_user(data: Path) -> Iterator[None]:
    """Hold the data folder for this process alone; the hold ends with the process, however it ends.

    Raises: EmbeddedError when another process holds it, or the folder cannot be made.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        held = (data / "lock").open("a+")
    except OSError as error:
        raise EmbeddedError(
            f"The data folder {data} cannot be used: {error.strerror}. "
            "Choose another: make demo DEMO_DATA=/another/folder"
        ) from error
    with held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            held.seek(0)
            raise EmbeddedError(
                f"The data folder {data} is in use by another demo (process {held.read().strip() or 'unknown'}). "
                "End that one first, or choose another folder and port: "
                "make demo DEMO_DATA=/another/folder DEMO_PORT=8001"
            ) from error
        held.truncate(0)
        held.write(str(os.getpid()))
        held.flush()
        yield


@contextmanager
def signals_raising_stop() -> Iterator[None]:
    """Turn the signals that ask to end into StopAsked."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise StopAsked

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    yield


def ignore_signals() -> None:
    """Let nothing interrupt the ending of what we started."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)
