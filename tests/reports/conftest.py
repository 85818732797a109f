"""The scope of the county office, and mail servers that do what mail servers do."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.tenants import county_office
from tests.reports.mailserver import MailServer


@pytest.fixture
def office(db: None) -> Iterator[Actor]:
    """Open the scope of the first county's office, whose clerk is a user on file."""
    with tenant_scope(county_office()) as actor:
        yield actor


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[MailServer]:
    """Run a real mail server and let the installation use it."""
    server = MailServer()
    server.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_HOST_USER, settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = "", False, False
    settings.EMAIL_TIMEOUT = 2
    settings.DEFAULT_FROM_EMAIL = "Registry <registry@example.invalid>"
    yield server
    server.stop()
