"""Set the county's own rules of procedure."""

from typing import Final, TypedDict

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from dossiers.models import CountyProcedure
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version, stale_version
from registry.lib.errors import DomainError
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint

_MONTHS: Final = ("measure_months", "development_months", "removal_months")


class ProcedureChanges(TypedDict, total=False):
    """The rules; those left out stay."""

    needs_dossier: bool
    lead_days: int
    counts_working_days: bool
    measure_months: int
    development_months: int
    removal_months: int


def set_procedure(changes: ProcedureChanges, *, actor: Actor, version: int | None = None) -> CountyProcedure:
    """Write the changed rules of the county; the first time the row is made from the defaults.

    Locks: the row. Raises: NotAllowed, StaleVersion, DomainError.
    """
    require(actor, "dossiers.manage_rules")
    days = changes.get("lead_days", 1)
    months = [changes.get(name, 1) for name in _MONTHS]
    if not 1 <= days <= 90 or not all(isinstance(month, int) and 1 <= month <= 60 for month in months):
        message = _("A lead is decided within 1 to 90 days; the other periods are 1 to 60 months.")
        raise DomainError("procedure.period", message, field="lead_days")
    known = CountyProcedure.objects.first()
    if known is None and version:
        raise stale_version()
    row = CountyProcedure(scope_code=actor.tenant_code)
    if known is not None:
        row = lock_version(CountyProcedure.objects.all(), known.pk, version)
    before = {name: getattr(row, name) for name in changes}
    for name, value in changes.items():
        setattr(row, name, value)
    if known is None:
        try:
            with savepoint():
                row.save()
        except IntegrityError as error:
            raise stale_version() from error
    else:
        row.touch().save()
    record(
        "dossiers.set_procedure",
        row,
        actor=actor,
        changes={name: (old, getattr(row, name)) for name, old in before.items()},
    )
    return row
