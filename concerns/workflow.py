"""This app's life cycles as tables: Python, the site's buttons, the docs and the triggers read the same lines."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concerns.enums import GrievanceState, RequestState
from villages.workflow import Change

_WAITING: Final = frozenset({RequestState.OPEN, RequestState.TAKEN})
REQUEST_CHANGES: Final = (
    Change("take", _("Take it on"), _WAITING, RequestState.TAKEN),
    Change("transfer", _("Give to another owner"), _WAITING, RequestState.OPEN),
    Change("solve", _("Solved"), frozenset({RequestState.TAKEN}), RequestState.SOLVED),
    Change("confirm", _("The household confirms"), frozenset({RequestState.SOLVED}), RequestState.CONFIRMED),
    Change("reopen", _("Not solved: open again"), frozenset({RequestState.SOLVED}), RequestState.TAKEN),
    Change("refuse", _("Refuse the request"), _WAITING, RequestState.REFUSED),
    Change("withdraw", pgettext_lazy("a request", "Withdraw"), _WAITING, RequestState.WITHDRAWN),
)
_PENDING: Final = frozenset({GrievanceState.FILED, GrievanceState.ACKNOWLEDGED})
GRIEVANCE_CHANGES: Final = (
    Change("acknowledge", _("Acknowledge"), frozenset({GrievanceState.FILED}), GrievanceState.ACKNOWLEDGED),
    Change("answer", _("Answer"), _PENDING, GrievanceState.ANSWERED),
    Change("settle", _("The household is content"), frozenset({GrievanceState.ANSWERED}), GrievanceState.SETTLED),
    Change("escalate", _("To the next level"), frozenset({GrievanceState.ANSWERED}), GrievanceState.FILED),
    Change("exhaust", _("Not content, no level left"), frozenset({GrievanceState.ANSWERED}), GrievanceState.EXHAUSTED),
    Change(
        "withdraw",
        pgettext_lazy("a grievance", "Withdraw"),
        _PENDING | {GrievanceState.ANSWERED},
        GrievanceState.WITHDRAWN,
    ),
)
