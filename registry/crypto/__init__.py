"""Sealed values: encrypted at rest, found by a blind index, opened only under the tenant and purpose of their sealing.

No function here, no error and no representation ever shows a value or a key.
"""

from registry.crypto.checks import check_key_ring
from registry.crypto.indexing import blind_index, blind_indexes, index_many, index_version, keyed_digest
from registry.crypto.keyring import KeyRing, KeyRingRefused, generate_keyring
from registry.crypto.purposes import Purpose
from registry.crypto.sealing import (
    is_current,
    reseal,
    seal,
    seal_bytes,
    seal_many,
    unseal,
    unseal_bytes,
    unseal_many,
)

__all__ = [
    "KeyRing",
    "KeyRingRefused",
    "Purpose",
    "blind_index",
    "blind_indexes",
    "check_key_ring",
    "generate_keyring",
    "index_many",
    "index_version",
    "is_current",
    "keyed_digest",
    "reseal",
    "seal",
    "seal_bytes",
    "seal_many",
    "unseal",
    "unseal_bytes",
    "unseal_many",
]
