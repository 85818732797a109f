"""The life of an uploaded roster, as a table: Python, buttons, REST and docs read the same lines."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exchange.enums import BatchState as S
from registry.lib.errors import Conflict


@dataclass(frozen=True, slots=True)
class Transition:
    """One kind of change; `by_person` ones are buttons, the others are made by the job."""

    name: str
    label: str | Promise
    sources: frozenset[str]
    target: str
    by_person: bool = False


TRANSITIONS: Final = (
    Transition("check", _("Check"), frozenset({S.UPLOADED}), S.CHECKING),
    Transition("finish_check", _("Checked"), frozenset({S.CHECKING}), S.CHECKED),
    Transition("apply", _("Apply"), frozenset({S.CHECKED}), S.APPLYING, by_person=True),
    Transition("finish_apply", _("Applied"), frozenset({S.APPLYING}), S.APPLIED),
    Transition("reject", _("Reject"), frozenset({S.UPLOADED, S.CHECKED}), S.REJECTED, by_person=True),
    Transition("fail", _("Failed"), frozenset({S.UPLOADED, S.CHECKING, S.CHECKED, S.APPLYING}), S.FAILED),
)
DECIDED: Final = frozenset({S.APPLIED, S.REJECTED, S.FAILED})


def transition(name: str, *, present: str) -> Transition:
    """Give the transition of that name when it may start from the `present` state.

    Raises: Conflict `batch.not_from_here`.
    """
    for line in TRANSITIONS:
        if line.name == name and present in line.sources:
            return line
    message = _("The present state of this roster does not allow this. Open it again to see what it allows.")
    raise Conflict("batch.not_from_here", message)


def choices_from(present: str) -> tuple[Transition, ...]:
    """Give what a person may do with a roster in the `present` state."""
    return tuple(line for line in TRANSITIONS if line.by_person and present in line.sources)
