"""The process that `xlsx_memory` measures: it writes a long workbook to a file, and says what it took.

`bare` loads the renderer alone, and tells the peak of the whole process since it began. `worker` loads the product
first, as a worker does, and counts the peak from just before the first row.
"""

import json
import sys
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

import django

from reports.definitions.layout import CellKind, Column, Layout, Row, Sheet, Table
from reports.definitions.text import Text
from reports.renderers.xlsx import write_xlsx

ROWS: Final = 100_000
COLUMNS: Final = 20
KINDS: Final = (CellKind.TEXT, CellKind.IDENTIFIER, CellKind.COUNT, CellKind.YUAN, CellKind.DAY, CellKind.CODE)
LABELS: Final = {f"{code:02}": Text(f"原因{code}", f"Cause {code}") for code in range(1, 10)}


def main(path: Path, place: str) -> None:
    """Write the workbook; print seconds, memory before it and at the peak, size of the file."""
    if place == "worker":
        django.setup()
        write(path, 10)  # what is imported and kept for every later one
    before = forget_peak() if place == "worker" else memory("VmRSS")
    started = time.perf_counter()
    size = write(path, ROWS)
    took = time.perf_counter() - started
    print(json.dumps({"seconds": took, "before_mb": before, "peak_mb": memory("VmHWM"), "file_mb": size / 1e6}))


def write(path: Path, count: int) -> int:
    """Write the workbook and give the size of its file."""
    with path.open("wb") as stream:
        write_xlsx(layout_of(count), stream)
    return path.stat().st_size


def layout_of(count: int) -> Layout:
    """Lay out a list of persons as offices ask for it: names, numbers, days, yuan, codes with their labels."""
    columns = tuple(
        Column(f"c{place}", Text(f"列{place}", f"Column {place}"), kind, labels=LABELS if kind is CellKind.CODE else {})
        for place, kind in ((place, KINDS[place % len(KINDS)]) for place in range(COLUMNS))
    )

    def rows() -> Iterator[Row]:
        for number in range(count):
            day, amount = date(2014, 1, 1 + number % 28), Decimal(number) / 4
            six = (f"次仁{number}", f"5499{number:014d}", number, amount, day, f"0{number % 9 + 1}")
            yield (six * (COLUMNS // len(six) + 1))[:COLUMNS]

    sheet = Sheet("long", Text("名单", "List"), "名单", (Table("long", columns, rows()),))
    return Layout("long", "名单", date(2020, 12, 31), "zh-hans", holds_persons=False, sheets=(sheet,))


def forget_peak() -> float:
    """Have the kernel count the peak of this process from now on; gives what it holds now."""
    Path("/proc/self/clear_refs").write_text("5")
    return memory("VmRSS")


def memory(name: str) -> float:
    """Give a line of the kernel's account of this process, in megabytes."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
