"""Open villages and amend them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final, TypedDict
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from registry.access import require
from registry.audit import record
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError, NotFound
from registry.lib.gbcode import Level, check_code, level_of
from registry.lib.periods import today
from registry.lib.text import clean
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint
from villages.domain.codes import require_codes
from villages.domain.places import require_place
from villages.domain.priorities import require_priorities
from villages.enums import ATTRIBUTE_SCHEME, DIRECTION_SCHEME, TERRAIN_SCHEME
from villages.models import Village

_LISTS: Final = {
    "attribute_code": ATTRIBUTE_SCHEME,
    "direction_code": DIRECTION_SCHEME,
    "terrain_code": TERRAIN_SCHEME,
}


class VillageChanges(TypedDict, total=False):
    """The fields of a village that may be amended; those left out stay."""

    name: str
    priority_codes: list[str]
    natural_village_count: int | None
    attribute_code: str
    direction_code: str
    terrain_code: str
    longitude: Decimal | None
    latitude: Decimal | None


def open_villages(villages: Sequence[tuple[str, str]], *, actor: Actor) -> list[Village]:
    """Open villages from (division code, name) that are not on file yet, and give those opened.

    Raises: NotAllowed; DomainError for a missing name or a code that is no village's; NotFound for one outside the
    actor's area; Conflict when another opens it at the same moment.
    """
    require(actor, "villages.open")
    named = {code: _named(name) for code, name in villages}
    for code in named:
        _require_village_code(code, actor)
    known = set(Village.objects.filter(code__in=named).values_list("code", flat=True))
    opened = [Village(code=code, scope_code=code, name=name) for code, name in named.items() if code not in known]
    try:
        with savepoint():
            Village.objects.bulk_create(opened)
    except IntegrityError as error:
        message = _("Somebody else opens the same village at this moment. Load the list again.")
        raise Conflict("village.on_file", message, field="code") from error
    if opened:
        record("villages.open", actor=actor, count=len(opened), object_type="villages.village")
    return opened


def amend_village(village_id: UUID, changes: VillageChanges, *, actor: Actor, version: int) -> Village:
    """Write the changed fields of a village that is still at `version`.

    Locks: the village row. Raises: NotFound, NotAllowed, StaleVersion, DomainError.
    """
    village = lock_version(Village.objects.all(), village_id, version)
    require(actor, "villages.amend", village)
    values: dict[str, Any] = dict(changes)
    if "name" in changes:
        values["name"] = _named(changes["name"])
    require_priorities(changes.get("priority_codes", []), kept=village.priority_codes)
    require_codes({name: (scheme, values.get(name) or "") for name, scheme in _LISTS.items()}, on=today())
    require_place(values.get("longitude", village.longitude), values.get("latitude", village.latitude))
    changed = {
        name: (getattr(village, name), value) for name, value in values.items() if getattr(village, name) != value
    }
    if not changed:
        return village
    for name, (_before, value) in changed.items():
        setattr(village, name, value)
    village.touch().save(update_fields=[*changed, "version", "updated_at"])
    record("villages.amend", village, actor=actor, changes=changed)
    return village


def _named(given: str) -> str:
    name = clean(given)
    if not name:
        raise DomainError("village.name_missing", _("The name is missing. Enter the village's name."), field="name")
    return name


def _require_village_code(code: str, actor: Actor) -> None:
    check_code(code, field="code")
    if level_of(code) != Level.VILLAGE:
        message = _("This is the code of a higher division. Give the 12 digits of the village.")
        raise DomainError("village.code_of_another_level", message, field="code")
    if not actor.covers(code):
        raise NotFound("village.not_found", _("The village lies outside your area. Choose one of your division."))
