"""The folder in which mails arrive that came back: read every minute, each message once.

A message is moved to the read ones after what it says is committed; where the process is lost in between, it is read
again and found to be known. Source of the layout: maildir(5), `new` and `cur`.
"""

from collections import Counter
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final

from django.db import transaction

from reports.domain.bounces import Taken, take_bounce

EVERY: Final = timedelta(minutes=1)
MOST_AT_ONCE: Final = 200


def read_folder(folder: Path, *, most: int = MOST_AT_ONCE) -> Counter[Taken]:
    """Take the oldest messages of a Maildir folder; give how many were noted, known, and none of ours.

    Raises: NotADirectoryError when it is no such folder.
    """
    arrived, read = folder / "new", folder / "cur"
    if not (arrived.is_dir() and read.is_dir()):
        raise NotADirectoryError(folder)
    counts: Counter[Taken] = Counter()
    for path in sorted(arrived.iterdir())[:most]:
        counts[take_bounce(path.read_bytes())] += 1
        # The mark "S" says that it was seen.
        transaction.on_commit(partial(path.rename, read / f"{path.name}:2,S"))
    return counts
