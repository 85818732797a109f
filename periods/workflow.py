"""What may follow what in the life of a period; the table feeds functions, buttons, documentation and the database."""

from typing import Final

from periods.enums import PeriodState, SnapshotState

Steps = dict[str, frozenset[str]]

# A way back leads only through a reopening, which a second person decides.
PERIOD_STEPS: Final[Steps] = {
    PeriodState.OPEN: frozenset({PeriodState.CLOSING}),
    PeriodState.CLOSING: frozenset({PeriodState.OPEN, PeriodState.FROZEN}),
    PeriodState.FROZEN: frozenset({PeriodState.PUBLISHED, PeriodState.OPEN}),
    PeriodState.PUBLISHED: frozenset({PeriodState.OPEN}),
}
# A picture is made once, or fails once; the next try is another picture.
SNAPSHOT_STEPS: Final[Steps] = {
    SnapshotState.MAKING: frozenset({SnapshotState.MADE, SnapshotState.FAILED}),
    SnapshotState.MADE: frozenset(),
    SnapshotState.FAILED: frozenset(),
}
FIXED: Final = (PeriodState.FROZEN, PeriodState.PUBLISHED)
