"""Addresses of style sheets, scripts and fonts: each names the content, so that browsers may keep it for long."""

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from typing_extensions import override


class VersionedStaticFilesStorage(StaticFilesStorage):
    """Give `/static/name?v=digest`: a file that a new release changes has a new address. No step of building."""

    @override
    def url(self, name: str | None) -> str:
        version = _digest(name or "")
        return f"{super().url(name)}?v={version}" if version else super().url(name)


@cache
def _digest(name: str) -> str:
    """Give the beginning of the digest of a file; nothing for what is no file."""
    found = finders.find(name)
    path = Path(found) if isinstance(found, str) else None
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path is not None and path.is_file() else ""
