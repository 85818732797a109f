"""The broker of our own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from registry.embedded.valkey import ValkeyServer


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[ValkeyServer]:
    broker = ValkeyServer(tmp_path / "broker")
    broker.start()
    yield broker
    broker.stop()


def test_what_was_queued_is_there_when_the_broker_starts_again(broker: ValkeyServer) -> None:
    with redis.Redis.from_url(broker.url) as client:
        client.rpush("queue", "work")
    broker.stop()

    broker.start()

    with redis.Redis.from_url(broker.url) as client:
        assert client.lrange("queue", 0, -1) == [b"work"]


def test_broker_refuses_when_no_password_is_given(broker: ValkeyServer) -> None:
    with redis.Redis(port=broker.port) as client, pytest.raises(redis.AuthenticationError):
        client.ping()


def test_password_is_not_on_the_command_line_when_it_runs(tmp_path: Path) -> None:
    broker = ValkeyServer(tmp_path / "broker")

    child = broker.start()

    line = Path(f"/proc/{child.pid}/cmdline").read_bytes()
    broker.stop()
    assert b"valkey" in line
    assert broker.url.split(":")[2].split("@")[0].encode() not in line
