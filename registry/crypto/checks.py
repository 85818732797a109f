"""The refusal to run without a sound key ring."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register

from registry.crypto.keyring import KeyRingRefused
from registry.crypto.ring import current_ring
from registry.crypto.sealing import scheme_in_use

HINT = "Make one with `python -m registry.crypto`, keep it apart from the database, and back it up."


@register(Tags.security)
def check_key_ring(**kwargs: Any) -> list[CheckMessage]:
    """Find a missing, malformed or weak key ring and an unknown cipher; the text names the part, never a key."""
    try:
        current_ring()
        scheme_in_use()
    except KeyRingRefused as refusal:
        return [Error(f"The key ring cannot be used: {refusal}", hint=HINT, id="registry.E020")]
    return []
