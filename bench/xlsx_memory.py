"""A workbook of 100,000 rows and 20 columns: how much memory its writing adds, in a process of its own.

The process has the whole product loaded, as a worker has; the peak is counted from just before the first row.
"""

import json
import subprocess
import sys
from tempfile import TemporaryDirectory
from typing import Final

from bench.long_workbook import COLUMNS, ROWS
from bench.measure import Goal, Result, judge

# Source: issue D, "Speed".
MOST_MEGABYTES: Final = 100.0
GOAL: Final = Goal("under 100 MB", of_limit=1.0)
ROUNDS: Final = 2


def run() -> list[Result]:
    """Write the workbook twice, each in a new process."""
    rounds = [_written() for _ in range(ROUNDS)]
    added = [round_["peak_mb"] - round_["before_mb"] for round_ in rounds]
    best = min(rounds, key=lambda round_: round_["seconds"])
    note = (
        f"{ROWS:,} rows of {COLUMNS} columns in {best['seconds']:.1f} s, a file of {best['file_mb']:.1f} MB; "
        f"the process held {best['before_mb']:.0f} MB before and {best['peak_mb']:.0f} MB at its peak"
    )
    return [judge("xlsx_memory", {"ours": added, "limit": [MOST_MEGABYTES]}, goal=GOAL, unit="MB", note=note)]


def _written() -> dict[str, float]:
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bench.long_workbook", f"{folder}/long.xlsx"]
        said = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(said.stdout)
    return figures
