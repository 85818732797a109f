"""This room's life cycles as tables: Python, the admin's buttons, the docs and triggers read the same lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dossiers.enums import CampaignState, CaseState, Kind, SessionState, State
from households.enums import HouseholdStatus as S
from households.enums import MonitoringState as M
from registry.lib.errors import Conflict


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a state."""

    name: str
    label: str | Promise
    sources: frozenset[str]
    target: str


DOSSIER_CHANGES: Final = (
    Change("finish", _("Finish"), frozenset({State.OPEN}), State.FINISHED),
    Change("withdraw", _("Withdraw"), frozenset({State.OPEN}), State.WITHDRAWN),
    Change("refuse", _("Refuse"), frozenset({State.OPEN}), State.REFUSED),
)
SESSION_CHANGES: Final = (
    Change("close", _("Close the session"), frozenset({SessionState.OPEN}), SessionState.CLOSED),
    Change("cancel", _("Cancel the session"), frozenset({SessionState.OPEN}), SessionState.CANCELLED),
)
CASE_CHANGES: Final = (
    Change("confirm", _("Confirm"), frozenset({CaseState.LEAD}), CaseState.CONFIRMED),
    Change("drop", _("Drop the lead"), frozenset({CaseState.LEAD}), CaseState.DROPPED),
    Change("remove", _("Risk removed"), frozenset({CaseState.CONFIRMED}), CaseState.REMOVED),
)
CAMPAIGN_CHANGES: Final = (
    Change("close", _("Close the campaign"), frozenset({CampaignState.OPEN}), CampaignState.CLOSED),
)


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a dossier of a kind may begin from, and which changes of the household it may end in."""

    kind: Kind
    statuses: frozenset[str]
    monitoring: frozenset[str]
    changes: tuple[str, ...]


_ON_REGISTER: Final = frozenset({S.FILED, S.LIFTED, S.RETURNED, S.ORDINARY})
PURPOSES: Final = {
    purpose.kind: purpose
    for purpose in (
        Purpose(Kind.IDENTIFY, frozenset({S.CANDIDATE}), frozenset(M.values), ("file",)),
        Purpose(Kind.RETURN, frozenset({S.LIFTED}), frozenset(M.values), ("return",)),
        Purpose(Kind.EXIT, frozenset({S.FILED, S.RETURNED}), frozenset(M.values), ("lift",)),
        Purpose(Kind.MONITOR, _ON_REGISTER, frozenset({M.NONE, M.REMOVED}), ("identify", "relapse")),
        Purpose(Kind.REMOVE_RISK, _ON_REGISTER, frozenset({M.IDENTIFIED, M.RELAPSED}), ("remove_risk",)),
    )
}
# The changes of a household that a county may reserve for dossiers.
RESERVED: Final = frozenset(name for purpose in PURPOSES.values() for name in purpose.changes)


def change(table: Iterable[Change], name: str, *, present: str) -> Change:
    """Give the change of that name when it may start from the `present` state.

    Raises: Conflict `workflow.not_from_here`.
    """
    for line in table:
        if line.name == name and present in line.sources:
            return line
    raise Conflict(
        "workflow.not_from_here",
        _("Its present state does not allow this. Open it again to see what it allows."),
    )


def allowed_pairs(table: Iterable[Change]) -> tuple[tuple[str, str], ...]:
    """Give each allowed change as (from, to), sorted: what the database's trigger holds."""
    return tuple(sorted({(str(source), str(line.target)) for line in table for source in line.sources}))
