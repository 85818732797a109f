"""A broker of our own on 127.0.0.1: Valkey, which speaks the Redis protocol."""

import socket
from pathlib import Path
from urllib.parse import quote

from registry.embedded.binaries import valkey_program
from registry.embedded.ports import LOCALHOST, free_port
from registry.embedded.processes import Child
from registry.embedded.secretfile import kept_secrets, write_private

START_SECONDS = 20


class ValkeyServer:
    """One broker with its data in `folder`; what was queued survives a restart. `port` 0 means any free one."""

    def __init__(self, folder: Path, *, port: int = 0, throwaway: bool = False) -> None:
        """Describe the broker; nothing is made or started before `start`."""
        self.folder = folder
        self.port = port
        self._throwaway = throwaway
        self._password = ""
        self._child: Child | None = None

    @property
    def url(self) -> str:
        """The broker's address, password included."""
        return f"redis://:{quote(self._password, safe='')}@{LOCALHOST}:{self.port}/0"

    def start(self) -> Child:
        """Start the broker and wait until it listens.

        Raises: EmbeddedError when it does not start, with the reason from its log.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._password = kept_secrets(self.folder / "secrets.json", ("broker",))["broker"]
        self.port = self.port or free_port()
        # In a file of our own, since a command line is visible to every user of the machine.
        write_private(self.folder / "valkey.conf", self._configuration())
        child = Child(
            "The broker", [str(valkey_program()), str(self.folder / "valkey.conf")], log=self.folder / "valkey.log"
        )
        self._child = child
        child.start()
        child.wait_until(self._answers, seconds=START_SECONDS)
        return child

    def stop(self) -> None:
        """Stop the broker."""
        if self._child is not None:
            self._child.stop()

    def _answers(self) -> bool:
        """Say whether our server, and not a stranger on its port, accepts a login."""
        try:
            with socket.create_connection((LOCALHOST, self.port), timeout=2) as connection:
                connection.sendall(f"AUTH {self._password}\r\n".encode())
                return connection.recv(64) == b"+OK\r\n"
        except OSError:
            return False

    def _configuration(self) -> str:
        """Return the configuration file."""
        lines = [
            f"bind {LOCALHOST}",
            f"port {self.port}",
            f"requirepass {self._password}",
            f'dir "{self.folder.resolve()}"',
            "daemonize no",
            "maxmemory-policy noeviction",
            'save ""',
            f"appendonly {'no' if self._throwaway else 'yes'}",
        ]
        return "\n".join(lines) + "\n"
