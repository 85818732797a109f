"""Pages of a list whose parts have known lengths."""

import pytest

from registry.lib.spans import span

PARTS = [("a", 3), ("b", 0), ("c", 4), ("d", 2)]


@pytest.mark.parametrize(
    ("start", "size", "expected"),
    [
        (0, 2, (["a"], 0)),
        (0, 4, (["a", "c"], 0)),
        (2, 2, (["a", "c"], 2)),
        (3, 4, (["c"], 0)),
        (4, 5, (["c", "d"], 1)),
        (8, 5, (["d"], 1)),
        (9, 5, ([], 0)),
    ],
)
def test_parts_that_a_page_touches_are_given_with_what_lies_before(
    start: int, size: int, expected: tuple[list[str], int]
) -> None:
    assert span(PARTS, start, size) == expected
