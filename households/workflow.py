"""The two life cycles of a household, as tables.

They say which changes there are; Python, the buttons of the admin, the docs and the database's trigger read the same
lines. The date, the reason and the postings of a change are the domain's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from households.enums import ON_REGISTER, PostingKind
from households.enums import ChangeState as C
from households.enums import HouseholdStatus as S
from households.enums import MonitoringState as M
from households.enums import TransferState as T
from registry.lib.errors import Conflict
from registry.lib.states import guard_sql, unguard_sql  # noqa: F401  (written migrations ask for them here)


@dataclass(frozen=True, slots=True)
class Transition:
    """One kind of change: from any of `sources` to `target`, posted as `kind`.

    Where it closes the household, memberships and monitoring end by `closing_code` of the list `closing_reason`.
    """

    name: str
    label: str | Promise
    sources: frozenset[str]
    target: str
    kind: PostingKind
    closing_code: str = ""


# A closed household is opened by no line: only one that comes back from another county (households.domain.reopening).
STATUS_TRANSITIONS: Final = (
    Transition("file", _("File as poor"), frozenset({S.CANDIDATE}), S.FILED, PostingKind.FILED),
    Transition("lift", _("Lift out of poverty"), frozenset({S.FILED, S.RETURNED}), S.LIFTED, PostingKind.LIFTED),
    Transition("return", _("Return to poverty"), frozenset({S.LIFTED}), S.RETURNED, PostingKind.RETURNED),
    Transition(
        "close_gone",
        _("Close: whole household gone"),
        frozenset({S.CANDIDATE, S.FILED, S.LIFTED, S.RETURNED, S.ORDINARY}),
        S.CLOSED,
        PostingKind.NATURAL_OUT,
        closing_code="household_gone",
    ),
    Transition(
        "close_wrong",
        _("Close: wrongly filed"),
        frozenset({S.CANDIDATE, S.FILED, S.LIFTED, S.RETURNED, S.ORDINARY}),
        S.CLOSED,
        PostingKind.WRONGLY_FILED,
        closing_code="wrongly_filed",
    ),
)

MONITORING_TRANSITIONS: Final = (
    Transition("identify", _("Identify for monitoring"), frozenset({M.NONE}), M.IDENTIFIED, PostingKind.IDENTIFIED),
    Transition(
        "remove_risk",
        _("Risk removed"),
        frozenset({M.IDENTIFIED, M.RELAPSED}),
        M.REMOVED,
        PostingKind.RISK_REMOVED,
    ),
    Transition("relapse", _("Relapsed into risk"), frozenset({M.REMOVED}), M.RELAPSED, PostingKind.RELAPSED),
)

# A transfer between counties: what may follow what, on either side. The two sides agree by letter (docs/transfers.md).
TRANSFER_STEPS: Final[dict[str, frozenset[str]]] = {
    T.OFFERED: frozenset({T.ACCEPTED, T.DECLINED, T.WITHDRAWN, T.LAPSED, T.DONE}),
    T.ACCEPTED: frozenset({T.DONE, T.LAPSED, T.WITHDRAWN}),
    T.DECLINED: frozenset(),
    T.WITHDRAWN: frozenset(),
    T.LAPSED: frozenset(),
    T.DONE: frozenset(),
}

# A change that a second person decides: decided once, and never opened again.
CHANGE_STEPS: Final[dict[str, frozenset[str]]] = {
    C.OPEN: frozenset({C.APPROVED, C.REFUSED, C.WITHDRAWN}),
    C.APPROVED: frozenset(),
    C.REFUSED: frozenset(),
    C.WITHDRAWN: frozenset(),
}


def transition(table: Iterable[Transition], name: str, *, present: str) -> Transition:
    """Give the transition of that name when it may start from the `present` state.

    Raises: Conflict `workflow.not_from_here`.
    """
    for line in table:
        if line.name == name and present in line.sources:
            return line
    raise Conflict(
        "workflow.not_from_here",
        _("The household's present status does not allow this change. Open the household again to see what it allows."),
    )


def transitions_from(table: Iterable[Transition], present: str) -> tuple[Transition, ...]:
    """Give the changes that may start from the `present` state, for buttons and docs."""
    return tuple(line for line in table if present in line.sources)


def transitions_of(*, status: str, monitoring_state: str) -> tuple[Transition, ...]:
    """Give all changes that a household allows now: those of its status, and on the register those of monitoring."""
    monitoring = transitions_from(MONITORING_TRANSITIONS, monitoring_state) if status in ON_REGISTER else ()
    return (*transitions_from(STATUS_TRANSITIONS, status), *monitoring)


def allowed_pairs(table: Iterable[Transition]) -> tuple[tuple[str, str], ...]:
    """Give each allowed change as (from, to), sorted: what the database's trigger holds."""
    return tuple(sorted({(str(source), str(line.target)) for line in table for source in line.sources}))
