"""Ask for a refusal by its code: a sentence may be worded anew."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from registry.lib.errors import DomainError


@contextmanager
def refused(kind: type[DomainError], code: str) -> Iterator[None]:
    """Expect that the block is refused with the code."""
    with pytest.raises(kind) as caught:
        yield
    assert caught.value.code == code
