"""Reserve changes of a household for dossiers, where the county says so."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dossiers.queries.templates import county_procedure
from dossiers.workflow import RESERVED
from households.domain.procedure import guard_changes
from households.models import Household
from registry.lib.errors import Conflict

_finishing: Final[ContextVar[UUID | None]] = ContextVar("household of the dossier that is being finished", default=None)


@contextmanager
def finishing(household_id: UUID) -> Iterator[None]:
    """Let changes of this household pass while its dossier is finished."""
    token = _finishing.set(household_id)
    try:
        yield
    finally:
        _finishing.reset(token)


def refuse_without_dossier(household: Household, name: str) -> None:
    """Refuse a reserved change outside a dossier in a county that asks for one.

    Raises: Conflict `dossier.needed`.
    """
    if name not in RESERVED or _finishing.get() == household.pk or not county_procedure().needs_dossier:
        return
    message = _("In this county the change takes a dossier. Begin one for the household, or finish the one it has.")
    raise Conflict("dossier.needed", message)


guard_changes(refuse_without_dossier)
