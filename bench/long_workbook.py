"""The process that `xlsx_memory` measures: it writes a long workbook to a file, and says what it took."""

import json
import sys
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

import django

ROWS: Final = 100_000
COLUMNS: Final = 20


def main(path: Path) -> None:
    """Write a short workbook, then the long one; print seconds, memory before and at its peak, size of the file."""
    django.setup()
    write(path, 10)  # what is imported and kept for every later one
    before = forget_peak()
    started = time.perf_counter()
    size = write(path, ROWS)
    took = time.perf_counter() - started
    print(json.dumps({"seconds": took, "before_mb": before, "peak_mb": memory("VmHWM"), "file_mb": size / 1e6}))


def write(path: Path, count: int) -> int:
    """Write a list of persons as offices ask for it: names, numbers, days, yuan, codes with their labels."""
    # What renders is imported after Django stands.
    from reports.definitions.layout import CellKind, Column, Layout, Row, Sheet, Table  # noqa: PLC0415  (as above)
    from reports.definitions.text import Text  # noqa: PLC0415  (as above)
    from reports.renderers.xlsx import write_xlsx  # noqa: PLC0415  (as above)

    kinds = (CellKind.TEXT, CellKind.IDENTIFIER, CellKind.COUNT, CellKind.YUAN, CellKind.DAY)
    columns = tuple(
        Column(f"c{place}", Text(f"列{place}", f"Column {place}"), kinds[place % len(kinds)])
        for place in range(COLUMNS)
    )

    def rows() -> Iterator[Row]:
        for number in range(count):
            five = (f"次仁{number}", f"5499{number:014d}", number, Decimal(number) / 4, date(2014, 1, 1 + number % 28))
            yield five * (COLUMNS // len(five))

    sheet = Sheet("long", Text("名单", "List"), "名单", (Table("long", columns, rows()),))
    layout = Layout("long", "名单", date(2020, 12, 31), "zh-hans", holds_persons=False, sheets=(sheet,))
    with path.open("wb") as stream:
        write_xlsx(layout, stream)
    return path.stat().st_size


def forget_peak() -> float:
    """Have the kernel count the peak of this process from now on; gives what it holds now."""
    Path("/proc/self/clear_refs").write_text("5")
    return memory("VmRSS")


def memory(name: str) -> float:
    """Give a line of the kernel's account of this process, in megabytes."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]))
