"""How many lines at fault are put into one sentence."""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext

_MOST_NAMED: Final = 20


def listed(faults: Sequence[str]) -> str:
    """Put what is wrong one after the other, the first where there is much."""
    more = len(faults) - _MOST_NAMED
    tail = [gettext("and %(more)s more") % {"more": more}] if more > 0 else []
    return "; ".join([*faults[:_MOST_NAMED], *tail])


def nothing_entered(faults: Sequence[str]) -> str:
    """Say that no line was entered, and why."""
    return gettext("Nothing was entered. Correct these lines: %(lines)s.") % {"lines": listed(faults)}
