"""When a risk may be removed by support; natural removal (the household died out or left) is excepted."""

from collections.abc import Callable
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from households.models import Household, MonitoringSpell
from households.queries.labour import has_labour
from registry.lib.errors import Conflict
from registry.lib.periods import Month

# 自然消除 of the list risk_removal.
NATURALLY: Final = "2"
RemovalGate = Callable[[Household, MonitoringSpell, date], None]
_gates: Final[list[RemovalGate]] = []


def guard_removals(gate: RemovalGate) -> None:
    """Let `gate` refuse removals by support by raising a DomainError; the app above knows the county's months."""
    _gates.append(gate)


def require_removable(household: Household, spell: MonitoringSpell, manner_code: str, *, on: date) -> None:
    """Refuse to remove a risk by support too early, or while nobody in the household is able to work.

    A start that is not known lies before the register. Source: checks of the monitoring data: never in the month of
    identification or the next (5_18_009), never of a household wholly without labour (4_11_011), which is kept and
    supported. Raises: Conflict, and what a gate raises.
    """
    if manner_code == NATURALLY:
        return
    if spell.starts_on is not None:
        earliest = Month.of(spell.starts_on).next.next.first_day
        if on < earliest:
            message = _(
                "A risk is not removed in the month of its identification or the next one, but from %(day)s at the "
                "earliest."
            )
            raise Conflict("removal.same_or_next_month", message % {"day": earliest.isoformat()})
    for gate in _gates:
        gate(household, spell, on)
    if has_labour(household) is False:
        message = _("Nobody in the household is able to work: it stays monitored and supported.")
        raise Conflict("removal.without_labour", message)
