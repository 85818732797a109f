"""Units that an authority can send."""

from decimal import Decimal
from typing import TypedDict
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from planning.domain.authority import authority_code
from planning.enums import NEEDS
from planning.models import DispatchUnit
from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.lib.periods import today
from registry.lib.text import clean
from registry.lib.uscc import check_uscc
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from villages.domain.codes import require_code, require_codes
from villages.domain.units import require_province
from villages.enums import PAIRED_PROVINCE_SCHEME, UNIT_KIND_SCHEME, UNIT_LEVEL_SCHEME


class UnitFacts(TypedDict, total=False):
    """The fields of a unit to be sent; those left out stay. Places in degrees (WGS 84)."""

    name: str
    kind_code: str
    level_code: str
    paired_province_code: str
    uscc: str
    capacity: int
    strength: int
    skills: list[str]
    longitude: Decimal | None
    latitude: Decimal | None
    is_active: bool


def add_dispatch_unit(facts: UnitFacts, *, actor: Actor) -> DispatchUnit:
    """Enter a unit of the actor's authority. Raises: NotAllowed; Conflict; DomainError with the field."""
    require(actor, "planning.manage_units")
    unit = DispatchUnit(scope_code=authority_code(actor))
    given = _checked({"name": "", "level_code": "", **facts})
    for name, value in given.items():
        setattr(unit, name, value)
    require_province(unit.kind_code, unit.paired_province_code)
    _save(unit)
    changes = {name: (None, value) for name, value in given.items()}
    record("planning.add_unit", unit, actor=actor, changes=changes)
    return unit


def amend_dispatch_unit(unit_id: UUID, facts: UnitFacts, *, actor: Actor, version: int) -> DispatchUnit:
    """Write the changed fields of a unit that is still at `version`; proposals made before keep what they say.

    Locks: the unit. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    unit = lock_version(DispatchUnit.objects.all(), unit_id, version)
    require(actor, "planning.manage_units", unit)
    given = _checked(facts)
    changed = {name: (getattr(unit, name), value) for name, value in given.items() if getattr(unit, name) != value}
    if not changed:
        return unit
    for name, (_before, value) in changed.items():
        setattr(unit, name, value)
    require_province(unit.kind_code, unit.paired_province_code)
    _save(unit.touch())
    record("planning.amend_unit", unit, actor=actor, changes=changed)
    return unit


def _checked(facts: UnitFacts) -> UnitFacts:
    given = facts.copy()
    if "name" in given:
        given["name"] = clean(given["name"])
        if not given["name"]:
            raise DomainError("unit.name_missing", _("The name is missing. Enter the unit's full name."), field="name")
    if "level_code" in given:
        require_code(UNIT_LEVEL_SCHEME, given["level_code"], on=today(), field="level_code")
    kinds = {"kind_code": UNIT_KIND_SCHEME, "paired_province_code": PAIRED_PROVINCE_SCHEME}
    require_codes({name: (scheme, str(given.get(name, ""))) for name, scheme in kinds.items()}, on=today())
    if given.get("uscc"):
        given["uscc"] = check_uscc(given["uscc"], field="uscc")
    if given.get("strength", 0) > 100:
        message = _("The strength is a number from 0 to 100. Enter such a number.")
        raise DomainError("dispatch.strength", message, field="strength")
    if "skills" in given:
        given["skills"] = [need.value for need in NEEDS if need in given["skills"]]
    if ("longitude" in given or "latitude" in given) and (
        (given.get("longitude") is None) != (given.get("latitude") is None)
    ):
        message = _("A place has a longitude and a latitude. Enter both, or neither.")
        raise DomainError("dispatch.half_a_place", message, field="latitude")
    return given


def _save(unit: DispatchUnit) -> None:
    try:
        with savepoint():
            unit.save()
    except IntegrityError as error:
        message = _("A unit of this name is on the list already. Use that one, or give the full name.")
        raise Conflict("unit.name_on_file", message, field="name") from error
