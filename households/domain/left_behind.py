"""What of a household stays in the county from which the household or one of its members goes, and how much of it.

Lines of income and measures belong to the household and were counted, paid and answered for by the county that recorded
them (docs/decisions/0228). The transfer tells both counties how many there are, so that nobody thinks there were none.
"""

from collections.abc import Callable
from datetime import date
from typing import Final

from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from households.models import Household, IncomeLine, Membership

Count = Callable[[Household, date | None], int]
_kinds: Final[dict[str, tuple[str | Promise, Count]]] = {}


def stays(name: str, label: str | Promise, count: Count) -> None:
    """Let an app tell what stays: `count` gives how much of a household, since a day or in all."""
    _kinds[name] = (label, count)


def left_of_household(household: Household) -> dict[str, int]:
    """Count what stays of a whole household, by kind."""
    return _left(household, None)


def left_of_member(membership: Membership) -> dict[str, int]:
    """Count what stays of the household in which a person lived, since the person lives there."""
    return _left(membership.household, _since(membership))


def _since(membership: Membership) -> date | None:
    """Give since when the person has lived there, also under another relation to the head."""
    rows = Membership.objects.filter(household=membership.household, person=membership.person).exclude(
        starts_on=F("ends_on")
    )
    former = dict(rows.filter(ends_on__isnull=False).values_list("ends_on", "starts_on"))
    since = membership.starts_on
    while since in former:
        since = former[since]
    return since


def label_of_left(name: str) -> str:
    """Give the words for a kind; of one that no app tells any more its name."""
    return str(_kinds[name][0]) if name in _kinds else name


def _left(household: Household, since: date | None) -> dict[str, int]:
    counted = {name: count(household, since) for name, (_label, count) in _kinds.items()}
    return {name: number for name, number in counted.items() if number}


def _lines(household: Household, since: date | None) -> int:
    return IncomeLine.objects.filter(household=household, year__gte=since.year if since else 0).count()


stays("income_lines", _("lines of income"), _lines)
