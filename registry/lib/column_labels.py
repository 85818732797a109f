"""The labels that stand above columns of the sheets that offices exchange, and what becomes of each column."""

import csv
import io
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final

from registry.lib.text import clean


class Use(StrEnum):
    """What becomes of a column that stands in a file."""

    KEPT = "kept"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Label:
    """One label met above columns, and what becomes of the column; `column` is empty unless it is kept."""

    text: str
    use: Use
    column: str


def label_key(text: str) -> str:
    """Give the form in which labels are compared: without spaces, stars and the kind of brackets, in lower case."""
    return clean(text).translate(_NOISE).casefold()


_NOISE: Final = str.maketrans({" ": None, "*": None, "：": None, ":": None, "（": "(", "）": ")"})


@cache
def labels() -> dict[str, Label]:
    """Give the labels by their key. Source: registry/data/column_labels.csv."""
    text = files("registry").joinpath("data/column_labels.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    rows = csv.DictReader(io.StringIO("\n".join(lines)))
    return {label_key(row["label"]): Label(row["label"], Use(row["use"]), row["column"]) for row in rows}
