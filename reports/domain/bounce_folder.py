"""The folder in which mails arrive that came back: read every minute, each message once.

A message is moved to the read ones after what it says is committed; where the process is lost in between, it is read
again and found to be known. Source of the layout: maildir(5), `new` and `cur`.
"""

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final

import structlog
from django.db import transaction

from reports.domain.bounce_messages import LARGEST
from reports.domain.bounces import Taken, take_bounce

log = structlog.get_logger(__name__)

EVERY: Final = timedelta(minutes=1)
MOST_AT_ONCE: Final = 200


def read_folder(folder: Path, *, most: int = MOST_AT_ONCE) -> Counter[Taken]:
    """Take the oldest messages of a Maildir folder; give how many were noted, known, and none of ours.

    What is no file, cannot be read, or was taken by another process meanwhile stays where it is: the others go on.
    Raises: NotADirectoryError when it is no such folder.
    """
    arrived, read = folder / "new", folder / "cur"
    if not (arrived.is_dir() and read.is_dir()):
        raise NotADirectoryError(folder)
    counts: Counter[Taken] = Counter()
    for path in sorted(arrived.iterdir()):
        if counts.total() == most:
            break
        content = _content(path)
        if content is None:
            continue
        counts[take_bounce(content)] += 1
        # The mark "S" says that it was seen.
        transaction.on_commit(partial(_put_away, path, read / f"{path.name}:2,S"))
    return counts


def _content(path: Path) -> bytes | None:
    """Read a message; None for what is no plain file or cannot be read, which the log tells without its name."""
    try:
        if path.is_symlink() or not path.is_file():
            return None
        with path.open("rb") as file:
            return file.read(LARGEST)
    except OSError as error:
        log.warning("bounce_not_readable", kind=type(error).__name__)
        return None


def _put_away(path: Path, read: Path) -> None:
    with suppress(FileNotFoundError):  # another process read the folder too
        path.rename(read)
