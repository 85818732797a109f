"""Settings by environment variables: what each kind of value becomes, and the sentence when it is no such value."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env

SECRET = "do-not-repeat"


@pytest.mark.parametrize("value", ["", "-5", "0", "12.5", "many"])
def test_number_is_refused_when_it_is_none_from_1_on(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("REGISTRY_UPLOAD_LIMIT_MB", value)

    with pytest.raises(ImproperlyConfigured, match="REGISTRY_UPLOAD_LIMIT_MB must be a whole number from 1 on"):
        env.UPLOAD_LIMIT_MB.number()


@pytest.mark.parametrize(
    "value",
    [
        "",
        "localhost",
        f"mysql://registry:{SECRET}@127.0.0.1/registry",
        f"postgresql://registry:{SECRET}/@127.0.0.1/registry",
        f"postgresql://registry:{SECRET}@127.0.0.1:{SECRET}/registry",
        f"postgresql://registry:{SECRET}@127.0.0.1:99999/registry",
        f"postgresql://registry:[{SECRET}@127.0.0.1/registry",
        f"postgresql://registry:{SECRET}@127.0.0.1",
    ],
)
def test_database_address_is_refused_without_its_password_when_it_is_none(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("REGISTRY_DATABASE_URL", value)

    with pytest.raises(ImproperlyConfigured, match="REGISTRY_DATABASE_URL must") as refusal:
        env.database(env.DATABASE_URL)

    assert SECRET not in str(refusal.value)
    assert refusal.value.__context__ is None


def test_database_address_is_read_whole_when_it_has_every_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGISTRY_DATABASE_URL", "postgresql://re%40g:p%2Fw@[::1]:5433/registry?sslmode=require")

    assert env.database(env.DATABASE_URL) == {
        "ENGINE": "registry.tenancy.backend",
        "NAME": "registry",
        "USER": "re@g",
        "PASSWORD": "p/w",
        "HOST": "::1",
        "PORT": "5433",
        "OPTIONS": {"connect_timeout": "10", "sslmode": "require"},
    }


def test_database_address_is_read_when_it_names_a_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGISTRY_DATABASE_URL", "postgresql://registry_app@/registry?host=/run/postgresql")

    read = env.database(env.DATABASE_URL)

    assert (read["HOST"], read["OPTIONS"]) == ("", {"connect_timeout": "10", "host": "/run/postgresql"})


@pytest.mark.parametrize("value", ["", "broker", f"http://:{SECRET}@127.0.0.1:6379/0", f"redis://:{SECRET}/@h:6379/0"])
def test_broker_address_is_refused_without_its_password_when_it_is_none(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("REGISTRY_BROKER_URL", value)

    with pytest.raises(ImproperlyConfigured, match="REGISTRY_BROKER_URL must be an address") as refusal:
        env.broker_url()

    assert SECRET not in str(refusal.value)


@pytest.mark.parametrize("value", ["redis://:x@127.0.0.1:6379/0", "amqp://registry:x@127.0.0.1:5672//"])
def test_broker_address_is_given_unchanged_when_it_is_one(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("REGISTRY_BROKER_URL", value)

    assert env.broker_url() == value


def test_mail_settings_follow_the_address_when_it_begins_with_starttls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGISTRY_EMAIL_URL", "smtp+starttls://user%40county:p%3Aw@mail.example")

    assert env.email() == {
        "EMAIL_HOST": "mail.example",
        "EMAIL_PORT": 587,
        "EMAIL_HOST_USER": "user@county",
        "EMAIL_HOST_PASSWORD": "p:w",
        "EMAIL_USE_SSL": False,
        "EMAIL_USE_TLS": True,
    }


@pytest.mark.parametrize("value", ["", "http://mail.example", "smtp://mail.example:post"])
def test_mail_address_is_refused_when_it_is_none(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("REGISTRY_EMAIL_URL", value)

    with pytest.raises(ImproperlyConfigured, match="REGISTRY_EMAIL_URL must be an address that begins with smtp://"):
        env.email()


@pytest.mark.parametrize("value", ["", "short", "x" * 49])
def test_secret_key_is_refused_when_it_is_short(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("REGISTRY_SECRET_KEY", value)

    with pytest.raises(ImproperlyConfigured, match="REGISTRY_SECRET_KEY must have at least 50 random characters"):
        env.secret_key()


@pytest.mark.parametrize("value", ["", "loud", "info"])
def test_log_level_is_refused_when_it_is_none(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("REGISTRY_LOG_LEVEL", value)

    with pytest.raises(ImproperlyConfigured, match="REGISTRY_LOG_LEVEL must be one of DEBUG, INFO, "):
        env.LOG_LEVEL.choice(env.LOG_LEVELS)


@pytest.mark.parametrize("value", ["", "bucket", "[1]"])
def test_storage_options_are_refused_when_they_are_no_object(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("REGISTRY_STORAGE_OPTIONS", value)

    with pytest.raises(ImproperlyConfigured, match="REGISTRY_STORAGE_OPTIONS must be a JSON object"):
        env.STORAGE_OPTIONS.mapping()


def test_owner_is_refused_when_it_has_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGISTRY_DATABASE_ROLE", "owner")
    monkeypatch.setenv("REGISTRY_OWNER_DATABASE_URL", "")

    with pytest.raises(ImproperlyConfigured, match="REGISTRY_OWNER_DATABASE_URL is not set"):
        env.serving_database()


def test_value_is_read_from_the_file_when_one_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("k" * 60 + "\n")
    monkeypatch.setenv("REGISTRY_SECRET_KEY_FILE", str(tmp_path / "key"))

    assert env.secret_key() == "k" * 60


def test_file_is_refused_when_it_cannot_be_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REGISTRY_SECRET_KEY_FILE", str(tmp_path / "key"))

    with pytest.raises(ImproperlyConfigured, match="REGISTRY_SECRET_KEY_FILE names a file that cannot be read"):
        env.secret_key()
