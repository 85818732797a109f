"""Wait for what other processes do."""

import time
from collections.abc import Callable
from typing import TypeVar

LOOK_SECONDS = 0.1
Found = TypeVar("Found")


def wait_for(find: Callable[[], Found | None], *, what: str, seconds: float = 60) -> Found:
    """Return what `find` gives as soon as it gives something true.

    Raises: TimeoutError that says what was waited for.
    """
    deadline = time.monotonic() + seconds
    while not (found := find()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"Waited {seconds:.0f} seconds for {what}.")
        time.sleep(LOOK_SECONDS)
    return found
