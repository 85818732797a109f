"""All rules over one county in one job: the first run, which writes every finding, and the night after.

The goal is 60 seconds and 500 MB on two cores at 60,000 households; a smaller county is measured against its share.
"""

import resource
import time
from typing import Final

from bench.ground import DATA_DATE, HOUSEHOLDS, bench_actor
from bench.measure import Result
from quality.domain.running import RunResult, run_rules
from registry.tenancy.scope import tenant_scope

# Source: issue B, "Speed".
MOST_SECONDS: Final = 60.0
MOST_MB: Final = 500.0
FULL: Final = 60000


def run() -> list[Result]:
    """Run the rules twice, and measure the time of each and the memory of the process."""
    first, written = _timed()
    again, _same = _timed()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    most = MOST_SECONDS * min(1.0, HOUSEHOLDS / FULL)
    note = f"{written.rules} rules, {HOUSEHOLDS} households, {written.opened} findings, process {memory:.0f} MB"
    return [
        _result("quality_rules_first_run", first, most=most, memory=memory, note=note),
        _result("quality_rules_next_night", again, most=most, memory=memory, note=note),
    ]


def _timed() -> tuple[float, RunResult]:
    began = time.perf_counter()
    with tenant_scope(bench_actor()) as actor:
        result = run_rules(actor=actor, on=DATA_DATE)
    return time.perf_counter() - began, result


def _result(name: str, seconds: float, *, most: float, memory: float, note: str) -> Result:
    return Result(
        name=name,
        ours=seconds,
        peer=None,
        limit=most,
        unit="s",
        ratio_to_peer=None,
        ratio_to_limit=seconds / most,
        goal=f"within {MOST_SECONDS:.0f} s and {MOST_MB:.0f} MB at {FULL} households",
        met=seconds <= most and memory <= MOST_MB,
        rounds=1,
        spread=0.0,
        note=note,
    )
