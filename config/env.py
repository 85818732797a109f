"""Every environment variable that the product reads, with default and meaning: the README's table follows it."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BASE_DIR: Final = Path(__file__).resolve().parent.parent
LOG_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
SECRET_KEY_LENGTH: Final = 50


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable. `default` None means that it must be given."""

    name: str
    default: str | None
    meaning: str

    def read(self) -> str:
        """Give the value; a variable ending in `_FILE` beside it names a file that holds it (for secrets)."""
        file_name = os.environ.get(f"{self.name}_FILE")
        if file_name:
            try:
                return Path(file_name).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                raise ImproperlyConfigured(f"{self.name}_FILE names a file that cannot be read.") from error
        value = os.environ.get(self.name, self.default)
        if value is None:
            raise ImproperlyConfigured(f"{self.name} is not set. {self.meaning}")
        return value

    def flag(self) -> bool:
        """Read a yes/no value."""
        value = self.read().strip().lower()
        if value not in {"0", "1", "no", "yes", "false", "true"}:
            raise ImproperlyConfigured(f"{self.name} must be 0 or 1.")
        return value in {"1", "yes", "true"}

    def number(self) -> int:
        """Read a whole number from 1 on."""
        value = self.read().strip()
        if not (value.isdecimal() and int(value) >= 1):
            raise ImproperlyConfigured(f"{self.name} must be a whole number from 1 on.")
        return int(value)

    def choice(self, choices: Sequence[str]) -> str:
        """Read one of some words."""
        value = self.read().strip()
        if value not in choices:
            raise ImproperlyConfigured(f"{self.name} must be one of {', '.join(choices)}.")
        return value

    def address(self, schemes: Sequence[str]) -> SplitResult:
        """Read an address that begins with one of the schemes. It may hold a password, so that no error repeats it."""
        parts = self._parts()
        if parts is None or parts.scheme not in schemes:
            beginnings = ", ".join(f"{scheme}://" for scheme in schemes)
            raise ImproperlyConfigured(
                f"{self.name} must be an address that begins with {beginnings}. A special character in a password is "
                "written as % and two digits, as in %2F for a slash."
            )
        return parts

    def _parts(self) -> SplitResult | None:
        try:
            parts = urlsplit(self.read().strip())
            return None if parts.port is not None and not parts.hostname else parts
        except ValueError:  # no number of a port, or no address
            return None

    def mapping(self) -> dict[str, object]:
        """Read a JSON object."""
        try:
            value = json.loads(self.read())
        except json.JSONDecodeError:
            value = None
        if not isinstance(value, dict):
            raise ImproperlyConfigured(f"{self.name} must be a JSON object, as in {{}}.")
        return value

    def items(self) -> list[str]:
        """Read a comma-separated list."""
        return [part.strip() for part in self.read().split(",") if part.strip()]


SECRET_KEY = Variable("REGISTRY_SECRET_KEY", None, "Signs sessions and links; at least 50 random characters.")
KEYRING = Variable(
    "REGISTRY_KEYRING", None, "Key ring for sealed fields: JSON text or the path of a file that holds it."
)
CIPHER = Variable("REGISTRY_CIPHER", "aes-256-gcm", "Cipher of newly sealed values: aes-256-gcm or sm4-gcm.")
DATABASE_URL = Variable("REGISTRY_DATABASE_URL", None, "PostgreSQL 15 or newer as the app role: postgresql://…")
OWNER_DATABASE_URL = Variable("REGISTRY_OWNER_DATABASE_URL", "", "The same database as the owner role, for migrations.")
DATABASE_ROLE = Variable("REGISTRY_DATABASE_ROLE", "app", "Which of the two addresses a process uses: app or owner.")
APP_ROLE = Variable("REGISTRY_APP_ROLE", "registry_app", "Name of the database role that serves.")
BACKUP_ROLE = Variable(
    "REGISTRY_BACKUP_ROLE", "registry_backup", "Name of the read-only role for backups; empty for none."
)
HISTORY_FOR_EACH_ROW = Variable(
    "REGISTRY_HISTORY_FOR_EACH_ROW", "0", "1: migrations make triggers for each row, as a distributed database needs."
)
BROKER_URL = Variable("REGISTRY_BROKER_URL", None, "Redis, Valkey or RabbitMQ: redis://… or amqp://…")
DATA_DIR = Variable("REGISTRY_DATA_DIR", str(BASE_DIR / "var"), "Folder of encrypted files and other working data.")
STORAGE = Variable(
    "REGISTRY_STORAGE", "", "Dotted path of another Django storage class for files; empty for the folder."
)
STORAGE_OPTIONS = Variable("REGISTRY_STORAGE_OPTIONS", "{}", "Options of that storage class, as JSON.")
ALLOWED_HOSTS = Variable("REGISTRY_ALLOWED_HOSTS", "127.0.0.1,localhost", "Host names that the site answers to.")
BASE_URL = Variable("REGISTRY_BASE_URL", "http://127.0.0.1:8000", "Address of the site as it stands in mails.")
SECURE = Variable("REGISTRY_SECURE", "0", "1 behind https: secure cookies, HSTS, other requests are sent to https.")
DEBUG = Variable("REGISTRY_DEBUG", "0", "1 shows error pages with code; never in service.")
EMAIL_URL = Variable(
    "REGISTRY_EMAIL_URL",
    "smtp://127.0.0.1:25",
    "SMTP server: smtp://user:password@host:port, smtps:// or smtp+starttls://.",
)
MAIL_FROM = Variable("REGISTRY_MAIL_FROM", "registry@localhost", "Sender address of mails.")
MAIL_TIMEOUT = Variable("REGISTRY_MAIL_TIMEOUT", "20", "Seconds to wait for the SMTP server.")
REPORT_FILE_DAYS = Variable(
    "REGISTRY_REPORT_FILE_DAYS", "7", "How many days a report with persons is kept after it was made."
)
PICTURE_DAYS = Variable(
    "REGISTRY_PICTURE_DAYS", "30", "How many days a picture of the register that somebody asked for is kept."
)
LOG_LEVEL = Variable("REGISTRY_LOG_LEVEL", "INFO", "Least level of log lines.")
TICK_SECONDS = Variable("REGISTRY_TICK_SECONDS", "60", "How often beat looks for due work, in seconds.")
JOB_LOST_SECONDS = Variable(
    "REGISTRY_JOB_LOST_SECONDS", "120", "A job without a heartbeat for so long is queued again."
)
UPLOAD_LIMIT_MB = Variable("REGISTRY_UPLOAD_LIMIT_MB", "60", "Largest file that may be uploaded, in megabytes.")
LOGIN_FAILURES = Variable(
    "REGISTRY_LOGIN_FAILURES", "100", "Failed logins of one network address in ten minutes; more are not looked at."
)

VARIABLES: Final = tuple(value for value in list(globals().values()) if isinstance(value, Variable))


def secret_key() -> str:
    """Give the key that signs sessions and links.

    Raises: ImproperlyConfigured when it is short enough to be guessed.
    """
    key = SECRET_KEY.read()
    if len(key) < SECRET_KEY_LENGTH:
        raise ImproperlyConfigured(f"{SECRET_KEY.name} must have at least {SECRET_KEY_LENGTH} random characters.")
    return key


def serving_database() -> dict[str, object]:
    """Give Django's settings of the database for this process's role.

    Raises: ImproperlyConfigured for another role than app and owner, and for an owner without an address.
    """
    if DATABASE_ROLE.choice(("app", "owner")) == "app":
        return database(DATABASE_URL)
    if not OWNER_DATABASE_URL.read():
        raise ImproperlyConfigured(f"{OWNER_DATABASE_URL.name} is not set: migrations need the address of the owner.")
    return database(OWNER_DATABASE_URL)


def database(variable: Variable) -> dict[str, object]:
    """Turn `postgresql://user:password@host:port/name?option=…` into Django's settings of one database."""
    parts = variable.address(("postgresql", "postgres"))
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise ImproperlyConfigured(f"{variable.name} must end with the name of the database: postgresql://…/registry")
    return {
        "ENGINE": "registry.tenancy.backend",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        # A request must not wait for ever on a server that does not speak; the address may say otherwise.
        "OPTIONS": {"connect_timeout": "10"} | dict(parse_qsl(parts.query)),
    }


def broker_url() -> str:
    """Give the broker's address."""
    BROKER_URL.address(("redis", "rediss", "amqp", "amqps"))
    return BROKER_URL.read().strip()


def email() -> dict[str, object]:
    """Turn the SMTP address into Django's EMAIL_ settings."""
    ports = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
    parts = EMAIL_URL.address(tuple(ports))
    return {
        "EMAIL_HOST": parts.hostname or "127.0.0.1",
        "EMAIL_PORT": parts.port or ports[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+starttls",
    }
