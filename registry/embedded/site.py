"""The processes of a whole site: web server, worker, beat and mail catcher."""

import os
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from registry.embedded.errors import EmbeddedError
from registry.embedded.ports import LOCALHOST, answers
from registry.embedded.processes import Child, last_words

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 60
STOP_SECONDS = 20
INTERNAL_ERROR = 500


@dataclass
class Site:
    """One site on 127.0.0.1, on databases and a broker that run already and are named in `environment`."""

    folder: Path
    environment: Mapping[str, str]
    web_port: int
    mail_port: int
    smtp_port: int
    children: list[Child] = field(default_factory=list)

    @property
    def address(self) -> str:
        """The address for people and machines."""
        return f"http://{LOCALHOST}:{self.web_port}"

    @property
    def mail_address(self) -> str:
        """The address of the page with the caught mails."""
        return f"http://{LOCALHOST}:{self.mail_port}"

    @property
    def mail_folder(self) -> Path:
        """The folder of caught mails."""
        return self.folder / "mail"

    def start(self) -> None:
        """Start all processes and wait until each does its work.

        Raises: EmbeddedError when one does not start.
        """
        web, worker, beat, mail = self._web(), self._worker(), self._beat(), self._mail()
        for child in (mail, web, worker, beat):
            child.start()
            self.children.append(child)
        mail.wait_until(lambda: answers(self.mail_port) and answers(self.smtp_port), seconds=START_SECONDS)
        web.wait_until(self.is_ready, seconds=START_SECONDS)
        worker.wait_until(lambda: worker.has_said(" ready."), seconds=START_SECONDS)

    def stop(self) -> None:
        """Ask all to end at once, then wait for each; the mail catcher ends last."""
        for child in reversed(self.children[1:]):
            child.ask_to_stop()
        for child in reversed(self.children):
            child.stop(seconds=STOP_SECONDS)

    def is_ready(self) -> bool:
        """Say whether the site answers and has its database and broker.

        Raises: EmbeddedError when it answers with an error of its program, which waiting does not mend.
        """
        try:
            with urllib.request.urlopen(f"{self.address}/readyz", timeout=5) as answer:  # noqa: S310 our own address
                return bool(answer.status == 200)
        except urllib.error.HTTPError as error:
            error.close()
            if error.code == INTERNAL_ERROR:
                raise EmbeddedError(f"The web server meets an error. {last_words(self._log('web'))}") from error
            return False
        except OSError:  # nobody listens yet
            return False

    def child_environment(self) -> dict[str, str]:
        """Return the environment of the site's processes."""
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.base",
            **self.environment,
            "REGISTRY_EMAIL_URL": f"smtp://{LOCALHOST}:{self.smtp_port}",
            "REGISTRY_BASE_URL": self.address,
            "REGISTRY_ALLOWED_HOSTS": f"{LOCALHOST},localhost",
            "PYTHONUNBUFFERED": "1",
        }

    def _web(self) -> Child:
        options = ["--bind", f"{LOCALHOST}:{self.web_port}", "--worker-class", "gthread", "--workers", "2"]
        options += ["--threads", "4", "--graceful-timeout", "10", "--no-control-socket", "--preload"]
        return self._python("The web server", "web", "gunicorn", *options, "config.wsgi:application")

    def _worker(self) -> Child:
        options = ["--concurrency", "2", "--loglevel", "INFO", "--without-gossip", "--without-mingle"]
        return self._python("The worker", "worker", "celery", "-A", "config", "worker", *options)

    def _beat(self) -> Child:
        schedule = str(self.folder / "beat-schedule")
        return self._python("The beat", "beat", "celery", "-A", "config", "beat", "--schedule", schedule, "--pidfile=")

    def _mail(self) -> Child:
        options = ["--folder", str(self.mail_folder), "--port", str(self.mail_port), "--smtp-port", str(self.smtp_port)]
        return self._python("The mail catcher", "mail", "registry.embedded", "mailbox", *options)

    def _log(self, name: str) -> Path:
        return self.folder / "logs" / f"{name}.log"

    def _python(self, name: str, log: str, module: str, *arguments: str) -> Child:
        """Describe a Python program of the site, its log in the folder `logs`."""
        return Child(
            name,
            [sys.executable, "-m", module, *arguments],
            log=self._log(log),
            environment=self.child_environment(),
            directory=ROOT,
        )
