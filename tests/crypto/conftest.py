"""A key ring of these tests alone, so that they rotate keys without touching any other."""

from collections.abc import Iterator

import pytest
from django.test import override_settings

from registry.crypto import generate_keyring


@pytest.fixture
def ring() -> Iterator[str]:
    """Run with a new key ring and give it as JSON."""
    made = generate_keyring()
    with override_settings(REGISTRY_KEYRING=made, REGISTRY_CIPHER="aes-256-gcm"):
        yield made
