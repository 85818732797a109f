"""Start PostgreSQL and the broker once for a run of tests, before Django's settings are read.

Named by `-p` in pyproject.toml: pytest-django reads the settings before any conftest hook runs. The workers of
pytest-xdist inherit the environment of the first process, which alone starts and ends the servers.
"""

import atexit
import os
from pathlib import Path

import pytest

from tests.support.servers import RunServers

ROOT = Path(__file__).resolve().parent.parent.parent
_servers: list[RunServers] = []


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Start the servers and put their addresses into the environment."""
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    only_talks = early_config.known_args_namespace.help or early_config.known_args_namespace.version
    if is_worker or only_talks:
        return
    servers = RunServers()
    _servers.append(servers)
    atexit.register(stop_servers)  # for an error before the run begins, when pytest unconfigures nothing
    os.environ.update(servers.start())


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option for pictures; only a plugin named by `-p` can do so."""
    parser.addoption("--screenshots", metavar="FOLDER", help="keep the pictures that browser tests make")


def pytest_report_header() -> list[str]:
    """Say what the tests run on."""
    return [f"servers: {servers.description}" for servers in _servers]


def pytest_unconfigure() -> None:
    """End the run."""
    stop_servers()


def stop_servers() -> None:
    """Stop the servers and remove their data."""
    while _servers:
        _servers.pop().stop()
