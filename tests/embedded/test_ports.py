"""Ports of this machine."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.embedded.errors import EmbeddedError, PortBusy
from registry.embedded.ports import free_port, require_free


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_require_free_gives_the_port_when_nobody_has_it() -> None:
    port = free_port()

    assert require_free(port, purpose="web server", variable="DEMO_PORT") == port


def test_free_port_is_none_that_an_outgoing_connection_may_take_when_chosen() -> None:
    first_outgoing = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])

    assert 1023 < free_port() < first_outgoing


def test_require_free_chooses_a_port_when_any_will_do() -> None:
    assert require_free(0, purpose="web server", variable="DEMO_PORT") > 1023


def test_require_free_names_port_purpose_and_remedy_when_another_program_has_it(busy_port: int) -> None:
    with pytest.raises(PortBusy) as refusal:
        require_free(busy_port, purpose="web server", variable="DEMO_PORT")

    assert str(refusal.value) == (
        f"Port {busy_port} on 127.0.0.1, wanted for the web server, is in use by another program. "
        f"Stop that program, or choose another port: make demo DEMO_PORT={busy_port + 1}"
    )


def test_require_free_says_what_a_port_is_when_the_number_is_too_great() -> None:
    with pytest.raises(EmbeddedError, match="70000 is no port"):
        require_free(70000, purpose="web server", variable="DEMO_PORT")
