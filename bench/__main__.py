"""Run all scenarios, or those named on the command line, and write bench/results.json.

`make bench` starts a PostgreSQL and a broker of its own for it. `BENCH_HOUSEHOLDS` sets the size of the county
(60,000).
"""

import importlib
import json
import os
import sys
from pathlib import Path
from typing import Final

import django

from bench.measure import Result

RESULTS: Final = Path(__file__).parent / "results.json"
# Each module has `run() -> list[Result]`. The import comes first: it fills the county that the others read.
SCENARIOS: Final = (
    "roster_import",
    "household_list",
    "clear_account",
    "freeze",
    "reprint",
    "row_level_security",
    "history",
    "quality_rules",
    "policies",
    "boards",
    "claims",
    "team_board",
    "planner",
    "province",
    "xlsx_memory",
)


def main(names: list[str]) -> int:
    """Run the scenarios and say what came out; 1 when a goal is not met."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    django.setup()
    # What reads the models is imported after Django stands.
    importlib.import_module("bench.ground").prepare()
    chosen = [name for name in SCENARIOS if not names or name in names]
    results: list[Result] = []
    for name in chosen:
        results += importlib.import_module(f"bench.{name}").run()
        write(results)
    for result in results:
        print(line(result))
    return 0 if all(result.met for result in results) else 1


def write(results: list[Result]) -> None:
    """Keep the lines of scenarios that did not run this time."""
    known = {row["name"]: row for row in json.loads(RESULTS.read_text())} if RESULTS.exists() else {}
    known |= {result.name: result.to_json() for result in results}
    RESULTS.write_text(json.dumps(list(known.values()), indent=1, ensure_ascii=False) + "\n")


def line(result: Result) -> str:
    """Say one result in one line."""
    pairs = (("peer", result.ratio_to_peer), ("limit", result.ratio_to_limit))
    ratios = [f"{ratio:.2f} × {name}" for name, ratio in pairs if ratio]
    verdict = "met    " if result.met else "NOT MET"
    return f"{verdict} {result.name}: {result.ours:.4g} {result.unit}, {', '.join(ratios)} (goal: {result.goal})"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
