"""Units: those that send helpers and teams."""

from typing import Final, TypedDict
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError
from registry.lib.periods import today
from registry.lib.text import clean
from registry.lib.uscc import check_uscc
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from villages.domain.codes import require_codes
from villages.domain.refusals import constraint_name
from villages.enums import PAIRED_AID, PAIRED_PROVINCE_SCHEME, UNIT_KIND_SCHEME, UNIT_LEVEL_SCHEME
from villages.models import Unit


class UnitChanges(TypedDict, total=False):
    """The fields of a unit; those left out stay."""

    name: str
    kind_code: str
    level_code: str
    paired_province_code: str
    uscc: str


FIELDS: Final = tuple(UnitChanges.__annotations__)


def add_unit(values: UnitChanges, *, actor: Actor) -> Unit:
    """Enter a unit of the county's list.

    Raises: NotAllowed; Conflict when a unit of that name or code is there; DomainError with the field.
    """
    require(actor, "villages.manage_units")
    unit = Unit(scope_code=actor.tenant_code, **_checked({"name": "", **values}))
    _require_whole(unit)
    _save(unit, None)
    changes = {name: (None, getattr(unit, name)) for name in FIELDS}
    record("villages.add_unit", unit, actor=actor, changes=changes)
    return unit


def amend_unit(unit_id: UUID, changes: UnitChanges, *, actor: Actor, version: int) -> Unit:
    """Write the changed fields of a unit that is still at `version`.

    Locks: the unit row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    unit = lock_version(Unit.objects.all(), unit_id, version)
    require(actor, "villages.manage_units", unit)
    values = _checked(changes)
    changed = {name: (getattr(unit, name), value) for name, value in values.items() if getattr(unit, name) != value}
    if not changed:
        return unit
    for name, (_before, value) in changed.items():
        setattr(unit, name, value)
    _require_whole(unit)
    _save(unit.touch(), [*changed, "version", "updated_at"])
    record("villages.amend_unit", unit, actor=actor, changes=changed)
    return unit


def _checked(values: UnitChanges) -> UnitChanges:
    checked = values.copy()
    if "name" in checked:
        checked["name"] = clean(checked["name"])
        if not checked["name"]:
            raise DomainError("unit.name_missing", _("The name is missing. Enter the unit's full name."), field="name")
    if checked.get("uscc"):
        checked["uscc"] = check_uscc(checked["uscc"], field="uscc")
    schemes = {
        "kind_code": UNIT_KIND_SCHEME,
        "level_code": UNIT_LEVEL_SCHEME,
        "paired_province_code": PAIRED_PROVINCE_SCHEME,
    }
    given: dict[str, str] = {name: str(value) for name, value in checked.items()}
    require_codes({name: (scheme, given.get(name, "")) for name, scheme in schemes.items()}, on=today())
    return checked


def _require_whole(unit: Unit) -> None:
    """Refuse what does not fit together, and a code that another unit has: a legal person is on the list once."""
    require_province(unit.kind_code, unit.paired_province_code)
    if unit.uscc and Unit.objects.filter(uscc=unit.uscc).exclude(pk=unit.pk).exists():
        message = _("Another unit of the list has this unified social credit code. Use that one, or correct the code.")
        raise Conflict("unit.uscc_on_file", message, field="uscc")


def require_province(kind_code: str, province_code: str) -> None:
    """Ask a unit of paired aid for its province, and refuse one of any other unit. Raises: DomainError."""
    if kind_code == PAIRED_AID and not province_code:
        message = _("Say which paired-aid province sends the unit. Choose it from the list.")
        raise DomainError("unit.province_missing", message, field="paired_province_code")
    if kind_code != PAIRED_AID and province_code:
        message = _("Only a unit of a paired-aid province has one. Choose that kind, or leave the province empty.")
        raise DomainError("unit.province_of_another_kind", message, field="paired_province_code")


def _save(unit: Unit, update_fields: list[str] | None) -> None:
    try:
        with savepoint():
            unit.save(update_fields=update_fields)
    except IntegrityError as error:
        if constraint_name(error) == "unit_name_once_a_tenant":
            message = _("A unit of this name is on the list already. Use that one, or give the full name.")
            raise Conflict("unit.name_on_file", message, field="name") from error
        message = _("The unified social credit code on file for this unit contains a typing error. Correct it first.")
        raise Conflict("unit.uscc_on_file_wrong", message, field="uscc") from error
