"""What may follow what in the life of a sample check; the table feeds functions, buttons and database."""

from typing import Final

from sampling.enums import CheckState

Steps = dict[str, frozenset[str]]

# What was drawn stays drawn: there is no way back to another draw.
CHECK_STEPS: Final[Steps] = {
    CheckState.ANNOUNCED: frozenset({CheckState.DRAWN, CheckState.CANCELLED}),
    CheckState.DRAWN: frozenset({CheckState.CLOSED}),
    CheckState.CLOSED: frozenset(),
    CheckState.CANCELLED: frozenset(),
}
