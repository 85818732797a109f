"""Golden workbooks: what small layouts became once, and must become again cell by cell."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from reports.definitions.layout import Layout
from reports.renderers.formats import render
from tests.reports.books import told
from tests.reports.layouts import card_layout, charted_layout, list_layout

FOLDER: Final = Path(__file__).parent / "golden"
GOLDEN: Final[dict[str, Callable[[], Layout]]] = {
    "list.xlsx": list_layout,
    "list-en.xlsx": lambda: list_layout(language="en", watermark="Public notice & nothing else"),
    "empty.xlsx": lambda: list_layout([], total=None),
    "cards.xlsx": lambda: card_layout(2),
    "charts.xlsx": charted_layout,
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", GOLDEN)
def test_workbook_is_the_golden_one_when_rendered_again(name: str, tmp_path: Path) -> None:
    made = render(GOLDEN[name](), "xlsx").content
    (tmp_path / name).write_bytes(made)

    assert told(made) == told((FOLDER / name).read_bytes()), f"When the change is meant, keep {tmp_path / name}."
