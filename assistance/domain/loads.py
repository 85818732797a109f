"""Set how many households a helper of a rank may stand by."""

from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from assistance.models import HelperLoad
from assistance.models.load import MOST_HOUSEHOLDS
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.lib.periods import today
from registry.lib.text import clean
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from villages.domain.codes import require_code

_ACTION = "assistance.manage_loads"


def set_helper_load(from_year: int, *, rank_code: str, household_limit: int, source: str, actor: Actor) -> HelperLoad:
    """Enter the limit of a rank that holds from a year on; who stands by more today keeps them until a plan changes it.

    Raises: NotAllowed; Conflict for a year and rank that have one; DomainError for an impossible figure.
    """
    require(actor, _ACTION)
    if not 2000 <= from_year <= 2100:
        message = _("The year lies between 2000 and 2100. Check the year.")
        raise DomainError("load.year", message, field="from_year")
    if rank_code:
        require_code("helper_rank", rank_code, on=today(), field="rank_code")
    source = _checked(household_limit, source)
    row = HelperLoad(
        scope_code=actor.tenant_code,
        from_year=from_year,
        rank_code=rank_code,
        household_limit=household_limit,
        source=source,
    )
    try:
        with savepoint():
            row.save()
    except IntegrityError as error:
        message = _("There is a limit of this rank from this year on already. Open it and correct it.")
        raise Conflict("load.on_file", message, field="from_year") from error
    values = {"from_year": from_year, "rank_code": rank_code, "household_limit": household_limit, "source": source}
    changes = {name: (None, value) for name, value in values.items()}
    record("assistance.set_helper_load", row, actor=actor, changes=changes)
    return row


def amend_helper_load(
    helper_load_id: UUID, *, household_limit: int, source: str, actor: Actor, version: int
) -> HelperLoad:
    """Correct a limit; the next proposal of a plan reckons with it.

    Locks: the limit. Raises: NotFound, NotAllowed, StaleVersion, DomainError.
    """
    row = lock_version(HelperLoad.objects.all(), helper_load_id, version)
    require(actor, _ACTION, row)
    values = {"household_limit": household_limit, "source": _checked(household_limit, source)}
    changes = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    if not changes:
        return row
    row.household_limit, row.source = household_limit, str(values["source"])
    row.touch().save(update_fields=["household_limit", "source", "version", "updated_at"])
    record("assistance.amend_helper_load", row, actor=actor, changes=changes)
    return row


def _checked(household_limit: int, source: str) -> str:
    if not 0 <= household_limit <= MOST_HOUSEHOLDS:
        message = _("The limit is a number of households from 0 to 200. Check the number.")
        raise DomainError("load.limit", message, field="household_limit")
    given = clean(source)
    if not given:
        message = _("The source is missing. Name the document that sets the limit.")
        raise DomainError("load.source_missing", message, field="source")
    return given[:200]
