"""Ports of this machine."""

import random
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from registry.embedded.errors import EmbeddedError, PortBusy

LOCALHOST = "127.0.0.1"
# Below those that the kernel gives to outgoing connections: one of these would take the port before its server starts.
FREE_RANGE: Final = range(15_000, 32_768)
TRIES: Final = 200


def free_port() -> int:
    """Return a port on 127.0.0.1 that nobody listens on right now.

    Raises: EmbeddedError when none was found.
    """
    for port in random.SystemRandom().sample(FREE_RANGE, TRIES):
        with socket.socket() as probe, suppress(OSError):
            probe.bind((LOCALHOST, port))
            return port
    raise EmbeddedError(f"No free port was found from {FREE_RANGE.start} to {FREE_RANGE.stop - 1}.")


def require_different(ports: Mapping[str, int]) -> None:
    """Find a port that was chosen twice; 0 stands for any free one.

    Raises: EmbeddedError that names both variables.
    """
    chosen: dict[int, str] = {}
    for variable, port in ports.items():
        if port and port in chosen:
            raise EmbeddedError(f"{chosen[port]} and {variable} are both {port}. Choose a port of its own for each.")
        chosen[port] = variable


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
