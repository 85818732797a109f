"""Sealed values open only under the tenant, purpose and key of their sealing."""

import json
import time

import pytest
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.crypto import (
    Purpose,
    generate_keyring,
    is_current,
    reseal,
    seal,
    seal_bytes,
    seal_many,
    unseal,
    unseal_bytes,
    unseal_many,
)
from registry.lib.errors import DomainError

NUMBER = "549901196612230744"
CIPHERS = ["aes-256-gcm", "sm4-gcm"]
pytestmark = pytest.mark.usefixtures("ring")
with_ring = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def refusal_to_open(sealed: bytes, purpose: Purpose, tenant_id: int) -> str:
    """Give the code with which opening is refused, after making sure that the error carries no value."""
    with pytest.raises(DomainError) as refused:
        unseal(sealed, purpose, tenant_id=tenant_id)
    assert NUMBER not in f"{refused.value}{refused.value!r}"
    return refused.value.code


@pytest.mark.parametrize("cipher", CIPHERS)
def test_unseal_gives_the_text_back_when_tenant_and_purpose_are_the_same(cipher: str) -> None:
    with override_settings(REGISTRY_CIPHER=cipher):
        sealed = seal(NUMBER, Purpose.DOCUMENT, tenant_id=7)

        assert unseal(sealed, Purpose.DOCUMENT, tenant_id=7) == NUMBER


@with_ring
@given(st.text(max_size=200), st.sampled_from(Purpose), st.integers(1, 3000), st.sampled_from(CIPHERS))
def test_unseal_gives_any_text_back(text: str, purpose: Purpose, tenant_id: int, cipher: str) -> None:
    with override_settings(REGISTRY_CIPHER=cipher):
        sealed = seal(text, purpose, tenant_id=tenant_id)

    assert unseal(memoryview(sealed), purpose, tenant_id=tenant_id) == text


@with_ring
@given(st.lists(st.text(max_size=20), max_size=20))
def test_seal_many_seals_each_text_in_its_place(texts: list[str]) -> None:
    sealed = seal_many(texts, Purpose.PHONE, tenant_id=7)

    assert [unseal(value, Purpose.PHONE, tenant_id=7) for value in sealed] == texts
    assert unseal_many(sealed, Purpose.PHONE, tenant_id=7) == texts
    assert len(set(sealed)) == len(texts)


def test_unseal_bytes_gives_a_file_back_when_it_is_large() -> None:
    content = bytes(range(256)) * 40_000

    sealed = seal_bytes(content, Purpose.FILE, tenant_id=7)

    assert unseal_bytes(sealed, Purpose.FILE, tenant_id=7) == content
    assert len(sealed) == len(content) + 31


def test_seal_never_gives_the_same_twice_when_the_text_is_the_same() -> None:
    first, second = (seal(NUMBER, Purpose.DOCUMENT, tenant_id=7) for _ in range(2))

    assert first != second
    assert NUMBER.encode() not in first


@pytest.mark.parametrize("cipher", CIPHERS)
@pytest.mark.parametrize(("purpose", "tenant_id"), [(Purpose.DOCUMENT, 8), (Purpose.PHONE, 7), (Purpose.DOCUMENT, 71)])
def test_unseal_refuses_when_tenant_or_purpose_differs(cipher: str, purpose: Purpose, tenant_id: int) -> None:
    with override_settings(REGISTRY_CIPHER=cipher):
        sealed = seal(NUMBER, Purpose.DOCUMENT, tenant_id=7)

    assert refusal_to_open(sealed, purpose, tenant_id) == "crypto.damaged"
    assert unseal(sealed, Purpose.DOCUMENT, tenant_id=7) == NUMBER


@with_ring
@given(st.integers(0, 48), st.integers(1, 255), st.sampled_from(CIPHERS))
def test_unseal_refuses_when_one_byte_was_changed(place: int, change: int, cipher: str) -> None:
    with override_settings(REGISTRY_CIPHER=cipher):
        sealed = seal(NUMBER, Purpose.DOCUMENT, tenant_id=7)
    damaged = sealed[:place] + bytes([sealed[place] ^ change]) + sealed[place + 1 :]

    assert refusal_to_open(damaged, Purpose.DOCUMENT, 7) in {"crypto.damaged", "crypto.unknown_key"}


@pytest.mark.parametrize("sealed", [b"", b"\x01\x00\x01", b"\x09" + bytes(60)])
def test_unseal_refuses_when_the_bytes_are_no_sealed_value(sealed: bytes) -> None:
    assert refusal_to_open(sealed, Purpose.DOCUMENT, 7) == "crypto.damaged"


def test_reseal_uses_the_new_key_when_one_was_added(ring: str) -> None:
    sealed = seal(NUMBER, Purpose.DOCUMENT, tenant_id=7)

    with override_settings(REGISTRY_KEYRING=generate_keyring(ring)):
        renewed = reseal(sealed, Purpose.DOCUMENT, tenant_id=7)

        assert unseal(sealed, Purpose.DOCUMENT, tenant_id=7) == NUMBER
        assert unseal(renewed, Purpose.DOCUMENT, tenant_id=7) == NUMBER
        assert (is_current(sealed), is_current(renewed)) == (False, True)
        assert reseal(renewed, Purpose.DOCUMENT, tenant_id=7) == renewed
    assert refusal_to_open(renewed, Purpose.DOCUMENT, 7) == "crypto.unknown_key"


def test_reseal_uses_the_other_cipher_when_the_setting_changed() -> None:
    sealed = seal(NUMBER, Purpose.DOCUMENT, tenant_id=7)

    with override_settings(REGISTRY_CIPHER="sm4-gcm"):
        renewed = reseal(sealed, Purpose.DOCUMENT, tenant_id=7)

    assert (sealed[0], renewed[0]) == (1, 2)
    assert unseal(renewed, Purpose.DOCUMENT, tenant_id=7) == NUMBER


def test_unseal_refuses_when_the_ring_lost_the_key(ring: str) -> None:
    sealed = seal(NUMBER, Purpose.DOCUMENT, tenant_id=7)
    renewed = json.loads(generate_keyring(ring))
    del renewed["keys"]["1"]

    with override_settings(REGISTRY_KEYRING=json.dumps(renewed)):
        assert refusal_to_open(sealed, Purpose.DOCUMENT, 7) == "crypto.unknown_key"


@pytest.mark.slow
def test_seal_many_seals_a_county_within_seconds_when_250_000_numbers_come() -> None:
    numbers = [f"5499011966{n:08}" for n in range(250_000)]

    started = time.perf_counter()
    sealed = seal_many(numbers, Purpose.DOCUMENT, tenant_id=7)
    seconds = time.perf_counter() - started

    assert len(set(sealed)) == 250_000
    assert seconds < 10
