"""`make demo` as its user meets it."""

import fcntl
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from registry.embedded.demo import Options, options_from
from registry.embedded.errors import EmbeddedError

ROOT = Path(__file__).resolve().parent.parent.parent


def demo(data: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    choices = {"DEMO_DATA": str(data), "DEMO_PORT": "0", "DEMO_MAIL_PORT": "0"} | variables
    command = [sys.executable, "-m", "registry.embedded", "demo"]
    return subprocess.run(
        command, check=False, cwd=ROOT, env=os.environ | choices, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize(
    ("variable", "purpose"),
    [
        ("DEMO_PORT", "web server"),
        ("DEMO_MAIL_PORT", "mail page"),
        ("DEMO_SMTP_PORT", "mail catcher"),
        ("DEMO_POSTGRES_PORT", "database"),
        ("DEMO_BROKER_PORT", "broker"),
    ],
)
def test_demo_ends_with_a_clear_sentence_when_a_port_is_busy(tmp_path: Path, variable: str, purpose: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        done = demo(tmp_path / "data", **{variable: str(port)})

    assert done.returncode == 1
    assert f"Port {port} on 127.0.0.1, wanted for the {purpose}, is in use by another program." in done.stdout
    assert f"make demo {variable}={port + 1}" in done.stdout
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == ["lock"]


def test_demo_ends_with_a_clear_sentence_when_its_data_is_in_use(tmp_path: Path) -> None:
    with (tmp_path / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("4711")
        lock.flush()

        done = demo(tmp_path)

    assert done.returncode == 1
    assert f"The data folder {tmp_path} is in use by another demo (process 4711)." in done.stdout


def test_demo_ends_with_a_clear_sentence_when_the_folder_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    done = demo(tmp_path / "file")

    assert done.returncode == 1
    assert f"The data folder {tmp_path / 'file'} cannot be used" in done.stdout


def test_options_are_the_defaults_when_nothing_is_chosen() -> None:
    assert options_from({}) == Options(ROOT / "var" / "demo", 8000, 8025, 0, 0, 0)


def test_options_are_refused_when_a_port_is_no_number() -> None:
    with pytest.raises(EmbeddedError, match="DEMO_PORT is 'http', but must be a number"):
        options_from({"DEMO_PORT": "http"})


def test_options_are_refused_when_a_port_is_chosen_twice() -> None:
    with pytest.raises(EmbeddedError, match="DEMO_PORT and DEMO_SMTP_PORT are both 8001"):
        options_from({"DEMO_PORT": "8001", "DEMO_SMTP_PORT": "8001"})
