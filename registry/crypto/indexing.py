"""The blind index: finds a sealed value by equality without opening any.

HMAC-SHA256 of the normal form under one platform key a purpose; the version of the key stands in front as one byte.
"""

import hmac
from collections.abc import Callable, Iterable
from typing import Final

from registry.crypto.keyring import KEY_BYTES
from registry.crypto.purposes import Purpose
from registry.crypto.ring import current_ring, derived_key
from registry.lib.contacts import normal_digits
from registry.lib.idcard import document_key

INDEX_BYTES: Final = 33
_NORMAL_FORMS: Final[dict[Purpose, Callable[[str], str]]] = {
    Purpose.DOCUMENT: document_key,
    Purpose.PHONE: normal_digits,
    Purpose.ACCOUNT: normal_digits,
}


def blind_index(text: str, purpose: Purpose) -> bytes:
    """Give the index of a value under the key in use: of a document's first 18 characters, else of the digits.

    Raises: ValueError for a purpose without an index, and for a value whose normal form is empty.
    """
    return index_many([text], purpose)[0]


def index_many(texts: Iterable[str], purpose: Purpose) -> list[bytes]:
    """Give the index of each value under the key in use.

    Raises: as `blind_index`.
    """
    return _indexes(texts, purpose, current_ring().index_version)


def blind_indexes(text: str, purpose: Purpose) -> list[bytes]:
    """Give the index under every key of the ring, the one in use first, to search while rows are indexed anew.

    Raises: as `blind_index`.
    """
    ring = current_ring()
    versions = [ring.index_version, *sorted(set(ring.index_keys) - {ring.index_version}, reverse=True)]
    return [_indexes([text], purpose, version)[0] for version in versions]


def index_version(index: bytes | memoryview) -> int:
    """Give the version of the key with which an index was computed."""
    return index[0]


def keyed_digest(text: str) -> str:
    """Give the digest of the detail of an audit event under a key of its own, in hexadecimal."""
    return hmac.digest(_index_key(current_ring().index_version, Purpose.AUDIT), text.encode(), "sha256").hex()


def _indexes(texts: Iterable[str], purpose: Purpose, version: int) -> list[bytes]:
    normal = _NORMAL_FORMS.get(purpose)
    if normal is None:
        raise ValueError(f"Values for {purpose} have no blind index.")
    forms = [normal(text) for text in texts]
    if not all(forms):
        raise ValueError("An empty value has no blind index.")
    front, key, digest = bytes([version]), _index_key(version, purpose), hmac.digest
    return [front + digest(key, form.encode(), "sha256") for form in forms]


def _index_key(version: int, purpose: Purpose) -> bytes:
    return derived_key(current_ring().index_keys[version], f"index/{purpose}", KEY_BYTES)
