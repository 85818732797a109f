"""This app's life cycles as tables: Python, the admin's buttons, the docs and triggers read the same lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registry.lib.errors import Conflict
from villages.enums import PlanState, Stage


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a state."""

    name: str
    label: str | Promise
    sources: frozenset[str]
    target: str


PLAN_CHANGES: Final = (
    Change("adopt", _("Adopt"), frozenset({PlanState.DRAFTED, PlanState.AMENDED}), PlanState.ADOPTED),
    Change("amend", _("Amend"), frozenset({PlanState.ADOPTED}), PlanState.AMENDED),
    Change("close", _("Close the plan"), frozenset({PlanState.ADOPTED}), PlanState.CLOSED),
)
STAGE_CHANGES: Final = (
    Change("approve", pgettext_lazy("a project", "Approve"), frozenset({Stage.PLANNED}), Stage.APPROVED),
    Change("begin", _("Work has begun"), frozenset({Stage.APPROVED}), Stage.UNDER_WAY),
    Change("complete", _("Work is complete"), frozenset({Stage.UNDER_WAY}), Stage.BUILT),
    Change("accept", _("Accept the work"), frozenset({Stage.BUILT}), Stage.ACCEPTED),
    Change("send-back", _("Send back for repair"), frozenset({Stage.BUILT}), Stage.UNDER_WAY),
    Change("stop", _("Stop the project"), frozenset({Stage.PLANNED, Stage.APPROVED, Stage.UNDER_WAY}), Stage.STOPPED),
)


def change_of(table: Iterable[Change], name: str, *, present: str) -> Change:
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


def starts_from(table: Iterable[Change], name: str, *, present: str) -> bool:
    """Tell whether the change of that name may start from the `present` state."""
    return any(line.name == name and present in line.sources for line in table)


def allowed_pairs(table: Iterable[Change]) -> tuple[tuple[str, str], ...]:
    """Give each allowed change as (from, to), sorted: what the database's trigger holds."""
    return tuple(sorted({(str(source), str(line.target)) for line in table for source in line.sources}))
