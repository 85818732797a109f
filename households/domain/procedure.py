"""Ways that a county prescribes for a change of a household. The app above that keeps them enters its gate here."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from households.domain.change_rules import status_takes_two
from households.models import Household
from registry.lib.errors import Conflict

Gate = Callable[[Household, str], None]
_gates: Final[list[Gate]] = []
Fitting = Callable[[str, str], None]
_fittings: Final[list[Fitting]] = []
_decided: Final[ContextVar[UUID | None]] = ContextVar("the household on whose change two persons decided", default=None)


def guard_changes(gate: Gate) -> None:
    """Let `gate` refuse changes, named as in the workflow tables, by raising a DomainError."""
    _gates.append(gate)


def guard_relations(fitting: Fitting) -> Fitting:
    """Let `fitting` refuse a relation to the head beside a sex, by raising a DomainError."""
    _fittings.append(fitting)
    return fitting


def require_fitting(relation_code: str, sex_code: str) -> None:
    """Go on only where the relation fits the sex, of somebody who is not on file yet. Raises: what a fitting raises."""
    for fitting in _fittings:
        fitting(relation_code, sex_code)


@contextmanager
def decided(household_id: UUID) -> Iterator[None]:
    """Let changes of the household pass on which a second person decided: by a dossier or by a change request."""
    token = _decided.set(household_id)
    try:
        yield
    finally:
        _decided.reset(token)


def require_way(household: Household, name: str) -> None:
    """Go on only when the county lets the change happen in this way.

    Raises: what a gate raises; Conflict `change.needs_second_person`.
    """
    for gate in _gates:
        gate(household, name)
    if _decided.get() != household.pk and status_takes_two():
        message = _(
            "In this county a second person decides on a change of status or monitoring outside a dossier. Propose it "
            "as a change request."
        )
        raise Conflict("change.needs_second_person", message)
