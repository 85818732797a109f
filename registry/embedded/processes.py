"""Child processes that cannot outlive us."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from registry.embedded import guard
from registry.embedded.errors import EmbeddedError

LOG_LIMIT_BYTES = 5 * 1024 * 1024
GUARD = str(Path(guard.__file__).resolve())


def guarded(command: Sequence[str], *, mode: str = "self", death_signal: int = signal.SIGTERM) -> list[str]:
    """Return the command that runs `command` so that it gets `death_signal` when this process ends."""
    return [sys.executable, "-I", "-S", GUARD, str(os.getpid()), str(int(death_signal)), mode, *command]


class Child:
    """A program in a session of its own, with its output in a log file.

    Start children in the main thread only: the kernel sends the death signal when the starting *thread* ends.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        log: Path,
        environment: Mapping[str, str] | None = None,
        mode: str = "self",
        stop_signal: int = signal.SIGTERM,
        directory: Path | None = None,
    ) -> None:
        """Describe the program; nothing runs before `start`."""
        self.name = name
        self.log = log
        self._command = list(command)
        self._environment = dict(environment) if environment is not None else None
        self._mode = mode
        self._stop_signal = stop_signal
        self._directory = directory
        self._process: subprocess.Popen[bytes] | None = None
        self.log_start = 0

    def start(self) -> None:
        """Start the program, its output appended to the log."""
        keep_log_short(self.log)
        with self.log.open("ab") as output:
            self.log_start = output.tell()
            self._process = subprocess.Popen(
                guarded(self._command, mode=self._mode, death_signal=self._stop_signal),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=self._environment,
                cwd=self._directory,
                start_new_session=True,
            )

    @property
    def pid(self) -> int | None:
        """The process id, None before the start."""
        return self._process.pid if self._process else None

    @property
    def exit_code(self) -> int | None:
        """The exit code, None while it runs or before it was started."""
        return self._process.poll() if self._process else None

    @property
    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def wait_until(self, ready: Callable[[], bool], *, seconds: float) -> None:
        """Wait until `ready()` is true.

        Raises: EmbeddedError with the last lines of the log when the program ended or took longer.
        """
        deadline = time.monotonic() + seconds
        while not ready():
            if self.exit_code is not None:
                raise EmbeddedError(f"{self.name} ended at once (code {self.exit_code}). {self.last_words()}")
            if time.monotonic() > deadline:
                raise EmbeddedError(f"{self.name} was not ready after {seconds:.0f} seconds. {self.last_words()}")
            time.sleep(0.05)

    def wait(self, *, seconds: float) -> int:
        """Wait for the end and return the exit code.

        Raises: EmbeddedError when it took longer.
        """
        self.wait_until(lambda: not self.is_running, seconds=seconds)
        return self.exit_code or 0

    def has_said(self, text: str) -> bool:
        """Say whether the text stands in what the program wrote since its start."""
        with self.log.open("rb") as output:
            output.seek(self.log_start)
            return text.encode() in output.read()

    def ask_to_stop(self) -> None:
        """Send the stop signal without waiting."""
        if self._process is not None and self.is_running:
            self._process.send_signal(self._stop_signal)

    def stop(self, *, seconds: float = 15) -> None:
        """End the program and all it started, by force when asking does not help in time."""
        if self._process is None:
            return
        self.ask_to_stop()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=seconds)
        with suppress(ProcessLookupError):  # nothing of its session is left, as it should be
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def last_words(self, lines: int = 15) -> str:
        """Return the place and the last lines of the log."""
        return last_words(self.log, lines)


def keep_log_short(log: Path) -> None:
    """Move a log over the limit aside, keeping one predecessor."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_LIMIT_BYTES:
        log.replace(log.with_suffix(log.suffix + ".1"))


def last_words(log: Path, lines: int = 15) -> str:
    """Return the place and the last lines of a log, as a sentence."""
    return f"Its log {log} ends with:\n{tail(log, lines)}"


def tail(log: Path, lines: int) -> str:
    """Return the last lines of a text file, each indented."""
    if not log.exists():
        return "  (nothing)"
    text = log.read_bytes()[-20_000:].decode("utf-8", errors="replace")
    return "\n".join(f"  {line}" for line in text.splitlines()[-lines:]) or "  (nothing)"
