"""What may become of a dividend, and of an industry project: Python, buttons and the trigger read the same lines."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from economy.enums import DividendState, ProjectState
from villages.workflow import Change

DIVIDEND_STEPS: Final[dict[str, frozenset[str]]] = {
    DividendState.PROPOSED: frozenset({DividendState.APPROVED, DividendState.REFUSED, DividendState.WITHDRAWN}),
    DividendState.APPROVED: frozenset(),
    DividendState.REFUSED: frozenset(),
    DividendState.WITHDRAWN: frozenset(),
}

_STOPPABLE: Final = frozenset(
    {ProjectState.LIBRARY, ProjectState.PROPOSED, ProjectState.APPROVED, ProjectState.UNDER_WAY}
)
PROJECT_CHANGES: Final = (
    Change("propose", pgettext_lazy("an industry project", "Propose"), frozenset({ProjectState.LIBRARY}),
           ProjectState.PROPOSED),
    Change("return", _("Send back to the library"), frozenset({ProjectState.PROPOSED}), ProjectState.LIBRARY),
    Change("approve", pgettext_lazy("an industry project", "Approve"), frozenset({ProjectState.PROPOSED}),
           ProjectState.APPROVED),
    Change("begin", _("Work has begun"), frozenset({ProjectState.APPROVED}), ProjectState.UNDER_WAY),
    Change("complete", _("Work is complete"), frozenset({ProjectState.UNDER_WAY}), ProjectState.COMPLETED),
    Change("send-back", _("Send back for repair"), frozenset({ProjectState.COMPLETED}), ProjectState.UNDER_WAY),
    Change("accept", pgettext_lazy("an industry project", "Accept"), frozenset({ProjectState.COMPLETED}),
           ProjectState.ACCEPTED),
    Change("stop", _("Stop the project"), _STOPPABLE, ProjectState.STOPPED),
)  # fmt: skip
