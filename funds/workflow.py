"""What may become of a payment list."""

from typing import Final

from funds.enums import ListState

LIST_STEPS: Final[dict[str, frozenset[str]]] = {
    ListState.DRAFT: frozenset({ListState.SUBMITTED, ListState.WITHDRAWN}),
    ListState.SUBMITTED: frozenset({ListState.DRAFT, ListState.APPROVED, ListState.WITHDRAWN}),
    ListState.APPROVED: frozenset({ListState.PAID, ListState.WITHDRAWN}),
    # By the correction of a payment that was noted in error alone.
    ListState.PAID: frozenset({ListState.APPROVED}),
    ListState.WITHDRAWN: frozenset(),
}
