"""The blind index: finds a sealed value by equality without opening any.

HMAC-SHA256 of the normal form under one platform key a purpose; the version of the key stands in front as one byte. All
rows of a tenant are indexed under one version, which stands in its `index_version`; so one index finds a value, joins
and unique constraints compare like with like, and a new key is taken tenant by tenant (`registry.domain.keys`).
"""

import hmac
from collections.abc import Callable, Iterable
from typing import Final

from django.db import connection

from registry.crypto.keyring import KEY_BYTES
from registry.crypto.purposes import Purpose
from registry.crypto.ring import current_ring, derived_key
from registry.lib.contacts import normal_account, normal_phone
from registry.lib.errors import DomainError
from registry.lib.idcard import document_key
from registry.lib.messages import gettext_lazy as _
from registry.tenancy.context import ScopeState, open_scope

INDEX_BYTES: Final = 33
_NORMAL_FORMS: Final[dict[Purpose, Callable[[str], str]]] = {
    Purpose.DOCUMENT: document_key,
    Purpose.PHONE: normal_phone,
    Purpose.ACCOUNT: normal_account,
    Purpose.CLAIM: document_key,
}


def blind_index(text: str, purpose: Purpose) -> bytes:
    """Give the index of a value under the tenant's key: of a document's first 18 characters, else of the digits.

    Raises: ValueError for a purpose without an index, and for a value whose normal form is empty.
    """
    return index_many([text], purpose)[0]


def index_many(texts: Iterable[str], purpose: Purpose) -> list[bytes]:
    """Give the index of each value under the tenant's key.

    Raises: as `blind_index`.
    """
    return indexes_under(index_version(), texts, purpose)


def index_version() -> int:
    """Give the version of the key under which the tenant in scope is indexed, and the newest outside a scope.

    Locks: the tenant, shared, until the transaction ends: nobody indexes it anew while this one searches and writes.
    """
    state = open_scope.state
    if state is None:
        return current_ring().index_version
    if state.index_version is None:
        state.index_version = _held_version(state)
    return state.index_version


def _held_version(state: ScopeState) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT index_version FROM registry_tenant WHERE id = %s FOR SHARE", [state.actor.tenant_id])
        (version,) = cursor.fetchone()
    return int(version)


def indexes_under(version: int, texts: Iterable[str], purpose: Purpose) -> list[bytes]:
    """Give the index of each value under the key of a version.

    Raises: as `blind_index`; DomainError `crypto.unknown_key`.
    """
    normal = _NORMAL_FORMS.get(purpose)
    if normal is None:
        raise ValueError(f"Values for {purpose} have no blind index.")
    forms = [normal(text) for text in texts]
    if not all(forms):
        raise ValueError("An empty value has no blind index.")
    front, key, digest = bytes([version]), _index_key(version, purpose), hmac.digest
    return [front + digest(key, form.encode(), "sha256") for form in forms]


def claim_indexes(texts: Iterable[str]) -> list[bytes]:
    """Give the index under which counties claim each document: of its first 18 characters, under a key of its own.

    It is no county's: all claims are made under the newest key, whatever a county's own values are indexed under.
    Raises: ValueError for an empty value.
    """
    return indexes_under(claim_version(), texts, Purpose.CLAIM)


def claim_version() -> int:
    """Give the version of the key of claims."""
    return current_ring().index_version


def keyed_digest(text: str) -> str:
    """Give the digest of the detail of an audit event under a key of its own, in hexadecimal."""
    return hmac.digest(_index_key(current_ring().index_version, Purpose.AUDIT), text.encode(), "sha256").hex()


def _index_key(version: int, purpose: Purpose) -> bytes:
    master = current_ring().index_keys.get(version)
    if master is None:
        message = _("The key ring lacks index key %(key)s, by which values are found. Restore it from the backup.")
        raise DomainError("crypto.unknown_key", message % {"key": version})
    return derived_key(master, f"index/{purpose}", KEY_BYTES)
