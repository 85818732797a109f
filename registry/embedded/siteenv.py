"""The secrets of a site that has nobody to give it any: made at its first start and kept in its data folder."""

import base64
import json
import secrets
from pathlib import Path

from registry.embedded.secretfile import write_private


def site_secrets(path: Path) -> dict[str, str]:
    """Return the variables REGISTRY_SECRET_KEY and REGISTRY_KEYRING, kept in `path` (mode 0600).

    Without the key ring nothing sealed can be read again, so it stays with the database it belongs to.
    """
    if not path.exists():
        made = {"REGISTRY_SECRET_KEY": secrets.token_urlsafe(50), "REGISTRY_KEYRING": json.dumps(new_keyring())}
        write_private(path, json.dumps(made, indent=2) + "\n")
    kept: dict[str, str] = json.loads(path.read_text())
    return kept


def new_keyring() -> dict[str, object]:
    """Return a key ring of random keys, one for sealing and one for finding."""
    return {"current": 1, "keys": {"1": new_key()}, "index": {"version": 1, "key": new_key()}}


def new_key() -> str:
    """Return 256 random bits in base64."""
    return base64.b64encode(secrets.token_bytes(32)).decode()
