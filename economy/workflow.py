"""What may become of a dividend."""

from typing import Final

from economy.enums import DividendState

DIVIDEND_STEPS: Final[dict[str, frozenset[str]]] = {
    DividendState.PROPOSED: frozenset({DividendState.APPROVED, DividendState.REFUSED, DividendState.WITHDRAWN}),
    DividendState.APPROVED: frozenset(),
    DividendState.REFUSED: frozenset(),
    DividendState.WITHDRAWN: frozenset(),
}
