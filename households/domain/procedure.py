"""Ways that a county prescribes for a change of a household. The app above that keeps them enters its gate here."""

from collections.abc import Callable
from typing import Final

from households.models import Household

Gate = Callable[[Household, str], None]
_gates: Final[list[Gate]] = []


def guard_changes(gate: Gate) -> None:
    """Let `gate` refuse changes, named as in the workflow tables, by raising a DomainError."""
    _gates.append(gate)


def require_way(household: Household, name: str) -> None:
    """Go on only when the county lets the change happen in this way. Raises: what a gate raises."""
    for gate in _gates:
        gate(household, name)
