"""Passwords made at the first start and kept for our user alone."""

import json
import os
import secrets
from collections.abc import Iterable
from pathlib import Path


def kept_secrets(path: Path, names: Iterable[str]) -> dict[str, str]:
    """Return one secret for each name, making the missing ones and keeping them in `path` (mode 0600)."""
    kept: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    missing = [name for name in names if name not in kept]
    if missing:
        kept |= {name: secrets.token_urlsafe(24) for name in missing}
        write_private(path, json.dumps(kept, indent=2) + "\n")
    return kept


def write_private(path: Path, text: str) -> None:
    """Write a file that only our user may read; it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as output:
        output.write(text)
        output.flush()
        os.fsync(output.fileno())
    draft.replace(path)
