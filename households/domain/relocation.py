"""Record the relocation of a household, and in which settlement it lives since."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from households.domain.locking import lock_household
from households.domain.refusals import constraint_refused
from households.models import Relocation
from registry.audit import record
from registry.domain.versions import stale_version
from registry.lib.errors import DomainError
from registry.lib.periods import today
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from villages.domain.codes import require_codes
from villages.enums import RELOCATION_SITE
from villages.models import SettlementPoint

RELOCATION_CODES: Final = {
    "relocation_kind_code": "relocation_kind",
    "origin_kind_code": "origin_kind",
    "settlement_mode_code": "settlement_mode",
    "former_structure_code": "house_structure",
}
RELOCATION_FACTS: Final = tuple(
    field.name
    for field in Relocation._meta.concrete_fields
    if field.name
    not in {"id", "tenant", "scope_code", "household", "settlement", "version", "created_at", "updated_at"}
)
SETTLEMENT: Final = "settlement_id"


def record_relocation(
    household_id: UUID, facts: Mapping[str, Any], *, actor: Actor, version: int | None = None
) -> Relocation:
    """Write what is known of the household's relocation, new or in place of what is on file; left-out facts stay.

    `settlement_id` may be among the facts: a settlement in any village that the actor sees, whose name is then that of
    the site. One on file that the actor does not see stays.
    `version` is the relocation's own, 0 for one that is not on file yet, None for automatic work.
    Locks: the household row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    household = lock_household(household_id, "households.record_relocation", actor=actor, version=None)
    _check(facts)
    known = Relocation.objects.filter(household=household).first()
    if version is not None and version != (known.version if known else 0):
        raise stale_version()
    row = known or Relocation(household=household, scope_code=household.scope_code)
    facts = _with_site(facts, row)
    changes = {
        name: (getattr(row, name) if known else None, value)
        for name, value in facts.items()
        if getattr(row, name) != value
    }
    if changes or known is None:
        for name, (_before, value) in changes.items():
            setattr(row, name, value)
        try:
            with savepoint():
                (row.touch() if known else row).save()
        except IntegrityError as error:
            raise constraint_refused(error) from error
        record("households.record_relocation", household, actor=actor, changes=changes)
    return row


def _with_site(facts: Mapping[str, Any], row: Relocation) -> dict[str, Any]:
    """Let the site have the name of the settlement where one is chosen, or on file. Raises: DomainError."""
    chosen = facts.get(SETTLEMENT, row.settlement_id)
    if chosen is None:
        return dict(facts)
    point = SettlementPoint.objects.filter(pk=chosen).first()
    if chosen == row.settlement_id:
        return {**facts, "site_name": point.name if point else row.site_name}
    if point is None or point.kind_code != RELOCATION_SITE or (point.ends_on is not None and point.ends_on <= today()):
        message = _("This is no relocation settlement in use that you see. Choose one from the list.")
        raise DomainError("relocation.settlement", message, field=SETTLEMENT)
    return {**facts, "site_name": point.name}


def _check(facts: Mapping[str, Any]) -> None:
    unknown = facts.keys() - {*RELOCATION_FACTS, SETTLEMENT}
    if unknown:
        raise DomainError("relocation.fact", _("There is no such part of the form."), field=min(unknown))
    require_codes({name: (scheme, facts.get(name) or "") for name, scheme in RELOCATION_CODES.items()}, on=today())
    for name in ("handed_over_on", "moved_in_on", "demolished_on"):
        day = facts.get(name)
        if day is not None and day > today():
            message = _("This has not happened yet. Enter the day on which it did, or leave it empty.")
            raise DomainError("relocation.in_future", message, field=name)
