"""The whole site as real processes on a clone of the template, reached through HTTP only."""

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

from registry.embedded.mailbox import CaughtMail, MailFolder
from registry.embedded.ports import free_port
from registry.embedded.site import Site
from registry.embedded.valkey import ValkeyServer
from tests.support.database import Database, clone, drop, run_manage


@dataclass(frozen=True)
class LiveSite:
    """A running site: gunicorn, a Celery worker, beat, the mail catcher, and a broker of its own."""

    site: Site
    database: Database

    @property
    def address(self) -> str:
        """The address, without a slash at its end."""
        return self.site.address

    @property
    def mail_address(self) -> str:
        """The address of the page with the caught mails."""
        return self.site.mail_address

    def mails(self) -> list[CaughtMail]:
        """Return the mails caught so far, the newest first."""
        return list(MailFolder(self.site.mail_folder).mails())

    def manage(self, *arguments: str) -> str:
        """Run a command of manage.py on this site and return its output."""
        return run_manage(*arguments, database=self.database, environment=self.site.child_environment())

    def log(self, name: str) -> str:
        """Return the log of `web`, `worker`, `beat` or `mail`."""
        return (self.site.folder / "logs" / f"{name}.log").read_text(errors="replace")


@contextmanager
def running_site(
    *,
    source: Database | None = None,
    files_of: Path | None = None,
    tick_seconds: int = 1,
    settings: Mapping[str, str] | None = None,
) -> Iterator[LiveSite]:
    """Run the site until the end of the block, on a copy of a database and its files, or else of the template."""
    name = f"live_{secrets.token_hex(4)}"
    folder = Path(os.environ["REGISTRY_TEST_FOLDER"]) / name
    files = folder / "files"
    files.mkdir(parents=True, mode=0o700)
    if files_of:
        copytree(files_of, files, dirs_exist_ok=True)
    database, broker = clone(name, source=source), ValkeyServer(folder / "broker", throwaway=True)
    broker.start()
    environment = database.environment | {
        "REGISTRY_BROKER_URL": broker.url,
        "REGISTRY_DATA_DIR": str(files),
        "REGISTRY_TICK_SECONDS": str(tick_seconds),
        **(settings or {}),
    }
    site = Site(folder, environment, free_port(), free_port(), free_port())
    live = LiveSite(site, database)
    try:
        site.start()
        yield live
    finally:
        site.stop()
        broker.stop()
        drop(database)
