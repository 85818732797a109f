"""Ports of this machine."""

import socket
import time

from registry.embedded.errors import EmbeddedError, PortBusy

LOCALHOST = "127.0.0.1"


def free_port() -> int:
    """Return a port on 127.0.0.1 that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind((LOCALHOST, 0))
        port: int = probe.getsockname()[1]
    return port


def require_free(port: int, *, purpose: str, variable: str) -> int:
    """Return the port, or a free one for 0.

    Raises: PortBusy when another program has it; EmbeddedError when it is no port an ordinary user may open.
    """
    if port == 0:
        return free_port()
    with socket.socket() as probe:
        # As servers do: a port whose last connections are only fading is not busy.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOCALHOST, port))
        except PermissionError as error:
            raise EmbeddedError(
                f"Port {port} for the {purpose} may only be opened by root. Choose one above 1023 with {variable}."
            ) from error
        except OverflowError as error:
            raise EmbeddedError(f"{port} is no port. Choose a number from 1024 to 65535 with {variable}.") from error
        except OSError as error:
            raise PortBusy(port, purpose, variable) from error
    return port


def answers(port: int) -> bool:
    """Say whether something accepts connections on the port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((LOCALHOST, port)) == 0


def wait_until_closed(port: int, *, seconds: float) -> bool:
    """Wait until nothing listens on the port any more; say whether that came true in time."""
    deadline = time.monotonic() + seconds
    while answers(port):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
