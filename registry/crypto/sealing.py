"""Seal and open values.

Layout of a sealed value: scheme (1 byte), number of the key (2), nonce (12), ciphertext, tag (16). What is vouched for
beside it: the head, the tenant and the purpose, so that a value copied to another county or column does not open.
"""

import os
import struct
from collections.abc import Iterable
from typing import Final

from cryptography.exceptions import InvalidTag
from django.conf import settings

from registry.crypto.ciphers import NONCE_BYTES, SCHEMES, TAG_BYTES, Aead, Scheme, cipher_of
from registry.crypto.keyring import KeyRingRefused
from registry.crypto.purposes import Purpose
from registry.crypto.ring import current_ring
from registry.lib.errors import DomainError
from registry.lib.messages import gettext_lazy as _

_HEAD: Final = struct.Struct(">BH")
_SHORTEST: Final = _HEAD.size + NONCE_BYTES + TAG_BYTES

Sealed = bytes | bytearray | memoryview


def seal(text: str, purpose: Purpose, *, tenant_id: int) -> bytes:
    """Encrypt one text for a tenant and purpose."""
    return seal_bytes(text.encode(), purpose, tenant_id=tenant_id)


def unseal(sealed: Sealed, purpose: Purpose, *, tenant_id: int) -> str:
    """Decrypt one text.

    Raises: DomainError `crypto.damaged` or `crypto.unknown_key`.
    """
    return unseal_bytes(sealed, purpose, tenant_id=tenant_id).decode()


def seal_bytes(content: bytes, purpose: Purpose, *, tenant_id: int) -> bytes:
    """Encrypt one content, such as a file, for a tenant and purpose."""
    head, cipher = _sealing(purpose)
    nonce = os.urandom(NONCE_BYTES)
    return head + nonce + cipher.encrypt(nonce, content, _vouched(head, purpose, tenant_id))


def unseal_bytes(sealed: Sealed, purpose: Purpose, *, tenant_id: int) -> bytes:
    """Decrypt one content.

    Raises: DomainError `crypto.damaged` or `crypto.unknown_key`.
    """
    content = bytes(sealed)
    head, start = content[: _HEAD.size], _HEAD.size + NONCE_BYTES
    cipher = _opening(content, purpose)
    try:
        return cipher.decrypt(content[_HEAD.size : start], content[start:], _vouched(head, purpose, tenant_id))
    except InvalidTag:
        raise _damaged() from None


def seal_many(texts: Iterable[str], purpose: Purpose, *, tenant_id: int) -> list[bytes]:
    """Encrypt many texts for one tenant and purpose, each under its own nonce."""
    head, cipher = _sealing(purpose)
    vouched = _vouched(head, purpose, tenant_id)
    encrypt = cipher.encrypt
    contents = [text.encode() for text in texts]
    random = os.urandom(NONCE_BYTES * len(contents))
    nonces = [random[place : place + NONCE_BYTES] for place in range(0, len(random), NONCE_BYTES)]
    return [head + nonce + encrypt(nonce, content, vouched) for nonce, content in zip(nonces, contents, strict=True)]


def unseal_many(sealed: Iterable[Sealed], purpose: Purpose, *, tenant_id: int) -> list[str]:
    """Decrypt many texts of one tenant and purpose.

    Raises: DomainError `crypto.damaged` or `crypto.unknown_key`; then none is given.
    """
    return [unseal(value, purpose, tenant_id=tenant_id) for value in sealed]


def is_current(sealed: Sealed) -> bool:
    """Tell whether a value is sealed with the key and cipher that are in use now."""
    return bytes(sealed[: _HEAD.size]) == head_in_use()


def reseal(sealed: Sealed, purpose: Purpose, *, tenant_id: int) -> bytes:
    """Give the value sealed with the key and cipher in use now; one that already is comes back as it was.

    Raises: DomainError `crypto.damaged` or `crypto.unknown_key`.
    """
    if is_current(sealed):
        return bytes(sealed)
    return seal_bytes(unseal_bytes(sealed, purpose, tenant_id=tenant_id), purpose, tenant_id=tenant_id)


def scheme_in_use() -> Scheme:
    """Give the cipher that the setting REGISTRY_CIPHER names.

    Raises: KeyRingRefused for any other name.
    """
    scheme = SCHEMES.get(str(settings.REGISTRY_CIPHER).lower())
    if scheme is None:
        raise KeyRingRefused(f"REGISTRY_CIPHER must be one of {', '.join(SCHEMES)}.")
    return scheme


def head_in_use() -> bytes:
    """Give the bytes with which a value begins that is sealed with the cipher and key in use now."""
    return _HEAD.pack(scheme_in_use(), current_ring().current)


def _sealing(purpose: Purpose) -> tuple[bytes, Aead]:
    ring, scheme = current_ring(), scheme_in_use()
    return head_in_use(), cipher_of(scheme, ring.keys[ring.current], purpose)


def _opening(content: bytes, purpose: Purpose) -> Aead:
    if len(content) < _SHORTEST:
        raise _damaged()
    scheme, number = _HEAD.unpack_from(content)
    if scheme not in SCHEMES.values():
        raise _damaged()
    master = current_ring().keys.get(number)
    if master is None:
        message = _("The key ring lacks key %(key)s, with which this value was sealed. Restore it from the backup.")
        raise DomainError("crypto.unknown_key", message % {"key": number})
    return cipher_of(Scheme(scheme), master, purpose)


def _vouched(head: bytes, purpose: Purpose, tenant_id: int) -> bytes:
    return b"registry/1/%b/%d/%b" % (head, tenant_id, purpose.encode())


def _damaged() -> DomainError:
    message = _(
        "A sealed value cannot be opened: it was damaged, or belongs to another county or field. "
        "Tell the system administrator."
    )
    return DomainError("crypto.damaged", message)
