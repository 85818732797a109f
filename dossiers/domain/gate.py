"""Reserve changes of a household for dossiers, where the county says so."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from django.utils.translation import gettext_lazy as _

from dossiers.models import Dossier
from dossiers.queries.templates import county_procedure
from dossiers.workflow import RESERVED
from households.domain.procedure import decided, guard_changes
from households.models import Household
from registry.lib.errors import Conflict

_finishing: Final[ContextVar[Dossier | None]] = ContextVar("the dossier that is being finished", default=None)


@contextmanager
def finishing(dossier: Dossier) -> Iterator[None]:
    """Let changes of the household pass while its dossier is finished."""
    token = _finishing.set(dossier)
    try:
        with decided(dossier.household_id):
            yield
    finally:
        _finishing.reset(token)


def dossier_of(household: Household) -> Dossier | None:
    """Give the dossier of the household that is being finished now, if one is."""
    dossier = _finishing.get()
    return dossier if dossier is not None and dossier.household_id == household.pk else None


def refuse_without_dossier(household: Household, name: str) -> None:
    """Refuse a reserved change outside a dossier in a county that asks for one.

    Raises: Conflict `dossier.needed`.
    """
    if name not in RESERVED or dossier_of(household) or not county_procedure().needs_dossier:
        return
    message = _("In this county the change takes a dossier. Begin one for the household, or finish the one it has.")
    raise Conflict("dossier.needed", message)


guard_changes(refuse_without_dossier)
