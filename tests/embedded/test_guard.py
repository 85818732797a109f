"""The process in front of a program."""

import signal
import subprocess
import sys
from pathlib import Path

from registry.embedded.guard import STARTER_GONE
from registry.embedded.processes import GUARD, Child, guarded
from tests.support.waiting import wait_for


def test_guard_becomes_the_program_when_the_starter_lives() -> None:
    done = subprocess.run(guarded(["printf", "%s", "hello"]), check=True, capture_output=True, text=True)

    assert done.stdout == "hello"


def test_guard_starts_nothing_when_the_starter_is_gone() -> None:
    command = [sys.executable, "-I", "-S", GUARD, "1", "15", "self", "printf", "hello"]

    done = subprocess.run(command, check=False, capture_output=True, text=True)

    assert (done.returncode, done.stdout) == (STARTER_GONE, "")


def test_guard_says_what_is_missing_when_the_program_does_not_exist() -> None:
    done = subprocess.run(guarded(["/nowhere/program"]), check=False, capture_output=True, text=True)

    assert done.returncode == 127
    assert "does not exist" in done.stderr


def test_stop_ends_grandchildren_when_they_ignore_the_signal(tmp_path: Path) -> None:
    script = "trap '' TERM; sh -c 'trap \"\" TERM; echo $$; sleep 600' & wait"
    child = Child("stubborn", ["sh", "-c", script], log=tmp_path / "log")
    child.start()
    child.wait_until(lambda: (tmp_path / "log").read_text().endswith("\n"), seconds=10)

    child.stop(seconds=0.2)

    grandchild = int((tmp_path / "log").read_text())
    assert child.exit_code == -signal.SIGKILL
    # The kernel ends it when it next would run, which on a busy machine is not at once.
    assert wait_for(lambda: is_gone(grandchild), what="the end of the grandchild", seconds=10)


def is_gone(pid: int) -> bool:
    """Say whether a process has ended; one that waits to be reaped has."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True
