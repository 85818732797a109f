"""What may become of the grant of a look; the table feeds functions, buttons, documentation and the database."""

from typing import Final

from oversight.enums import LookState

LOOK_STEPS: Final[dict[str, frozenset[str]]] = {
    LookState.ASKED: frozenset({LookState.GIVEN, LookState.REFUSED, LookState.WITHDRAWN}),
    LookState.GIVEN: frozenset({LookState.WITHDRAWN}),
    LookState.REFUSED: frozenset(),
    LookState.WITHDRAWN: frozenset(),
}
