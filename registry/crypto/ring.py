"""The key ring of the running installation, and the keys derived from it."""

from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from registry.crypto.keyring import KeyRing, KeyRingRefused


def current_ring() -> KeyRing:
    """Give the key ring that the setting REGISTRY_KEYRING holds as JSON or names as a file.

    Raises: KeyRingRefused.
    """
    return _ring(str(settings.REGISTRY_KEYRING).strip())


@lru_cache(maxsize=8)
def _ring(setting: str) -> KeyRing:
    if not setting:
        raise KeyRingRefused("REGISTRY_KEYRING is not set.")
    if setting.startswith("{"):
        return KeyRing.parse(setting)
    try:
        return KeyRing.parse(Path(setting).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise KeyRingRefused("the file that REGISTRY_KEYRING names cannot be read.") from None


@lru_cache(maxsize=256)
def derived_key(master: bytes, use: str, byte_count: int) -> bytes:
    """Derive the key of one use from a master key. Source: HKDF, RFC 5869, with SHA-256 and the use as info."""
    return HKDF(algorithm=SHA256(), length=byte_count, salt=None, info=f"registry/1/{use}".encode()).derive(master)
