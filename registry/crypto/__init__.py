"""Sealed values: encrypted at rest, found by a blind index, opened only under the tenant and purpose of their sealing.

No function here, no error and no representation ever shows a value or a key.
"""

from registry.crypto.checks import check_key_ring
from registry.crypto.indexing import (
    blind_index,
    claim_indexes,
    claim_version,
    index_many,
    index_version,
    indexes_under,
    keyed_digest,
)
from registry.crypto.keyring import KeyRing, KeyRingRefused, generate_keyring, with_new_index_key
from registry.crypto.purposes import Purpose
from registry.crypto.ring import current_ring
from registry.crypto.sealing import (
    head_in_use,
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
    "check_key_ring",
    "claim_indexes",
    "claim_version",
    "current_ring",
    "generate_keyring",
    "head_in_use",
    "index_many",
    "index_version",
    "indexes_under",
    "is_current",
    "keyed_digest",
    "reseal",
    "seal",
    "seal_bytes",
    "seal_many",
    "unseal",
    "unseal_bytes",
    "unseal_many",
    "with_new_index_key",
]
