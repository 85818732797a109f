"""What the register assumes of the items of income, from `households/data/income_items.csv`."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

_DATA: Final = Path(__file__).parent.parent / "data"
WAGE, BUSINESS, PROPERTY, TRANSFER, COST = "wage", "business", "property", "transfer", "cost"
# The classes of the list `income_item`, which are its topmost codes. Source: national household form, section D.
CLASSES: Final = (WAGE, BUSINESS, PROPERTY, TRANSFER, COST)


@dataclass(frozen=True, slots=True)
class ItemDefault:
    """Whether an item counts towards the net, and the item under which its own cost is stated."""

    counts_toward_net: bool = True
    cost_item_code: str = ""


@dataclass(frozen=True, slots=True)
class ShippedLine:
    """The lines of a year as they come with the product; `is_confirmed` says whether a published text gives them."""

    year: int
    poverty_line_yuan: str
    monitoring_line_yuan: str
    is_confirmed: bool
    source: str


@cache
def item_defaults() -> Mapping[str, ItemDefault]:
    """Give the defaults by the code of the item."""
    return MappingProxyType(
        {row["code"]: ItemDefault(row["counts"] == "yes", row["cost_item"]) for row in _rows("income_items.csv")}
    )


def default_of(item_code: str) -> ItemDefault:
    """Give the default of an item: what has no line of its own counts."""
    return item_defaults().get(item_code, ItemDefault())


@cache
def shipped_year_lines() -> tuple[ShippedLine, ...]:
    """Give the lines that come with the product, the earliest year first."""
    return tuple(
        ShippedLine(
            int(row["year"]),
            row["poverty_line_yuan"],
            row["monitoring_line_yuan"],
            row["status"] == "confirmed",
            row["source"],
        )
        for row in _rows("year_lines.csv")
    )


def _rows(name: str) -> list[dict[str, str]]:
    text = (_DATA / name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
