"""A workbook of 100,000 rows and 20 columns: the memory of a process that writes it, each in a process of its own.

Once the whole peak of a process that loads the renderer alone, and once what the writing adds to a worker, which has
the whole product loaded.
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
    """Write the workbook twice in either kind of process."""
    return [
        _judged("xlsx_memory", "bare", "the whole process at its peak", whole=True),
        _judged("xlsx_memory in a worker", "worker", "what the writing added to a worker", whole=False),
    ]


def _judged(name: str, place: str, what: str, *, whole: bool) -> Result:
    rounds = [_written(place) for _ in range(ROUNDS)]
    figures = [round_["peak_mb"] - (0 if whole else round_["before_mb"]) for round_ in rounds]
    best = min(rounds, key=lambda round_: round_["seconds"])
    note = (
        f"{what}; {ROWS:,} rows of {COLUMNS} columns in {best['seconds']:.1f} s, a file of {best['file_mb']:.1f} MB; "
        f"the process held {best['before_mb']:.0f} MB before and {best['peak_mb']:.0f} MB at its peak"
    )
    return judge(name, {"ours": figures, "limit": [MOST_MEGABYTES]}, goal=GOAL, unit="MB", note=note)


def _written(place: str) -> dict[str, float]:
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bench.long_workbook", f"{folder}/long.xlsx", place]
        said = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(said.stdout)
    return figures
