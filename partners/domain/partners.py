"""Partners: enter, amend, end, and show the telephone."""

from datetime import date
from typing import Any, Final, TypedDict
from uuid import UUID

from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from households.domain.days import require_past
from households.domain.locking import require_reason
from households.domain.near import in_whole_county
from partners.domain.refusals import written
from partners.enums import KIND_SCHEME, ORGANISATION, PERSON
from partners.models import Partner, PartnerLink
from registry.access import require
from registry.audit import record, record_each
from registry.crypto import Purpose, blind_index, seal, unseal
from registry.domain.versions import lock_version
from registry.enums import Role
from registry.lib.contacts import parse_phone
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound
from registry.lib.gbcode import is_code, subtree
from registry.lib.periods import today
from registry.lib.text import clean, clean_name
from registry.lib.uscc import check_uscc
from registry.queries.divisions import division_names
from registry.tenancy.context import Actor
from villages.domain.codes import require_code
from villages.models import Unit

_ACTION: Final = "partners.manage"
_FIELDS: Final = ("name", "kind_code", "is_person", "uscc", "contact_name", "skill", "unit_id", "division_code")


class PartnerChanges(TypedDict, total=False):
    """The fields of a partner; those left out stay. The phone is given in clear."""

    name: str
    kind_code: str
    uscc: str
    contact_name: str
    skill: str
    unit_id: UUID | None
    division_code: str
    phone: str


def add_partner(values: PartnerChanges, *, on: date, actor: Actor) -> Partner:
    """Enter an organisation or a person who helps households from a day on.

    Raises: NotAllowed; NotFound for an unknown unit; Conflict when that partner is on file; DomainError.
    """
    require(actor, _ACTION)
    require_past(on, field="starts_on")
    row = Partner(scope_code=actor.tenant_code, starts_on=on, division_code=_own_division(actor))
    needed = PartnerChanges(name="", kind_code="")
    names = _set(row, {**needed, **values}, actor)
    require_own_area(row, actor)
    written(row.save)
    told = {name: (None, getattr(row, name)) for name in [*names, "starts_on"]}
    record("partners.add_partner", row, actor=actor, changes=told)
    return row


def amend_partner(partner_id: UUID, changes: PartnerChanges, *, actor: Actor, version: int) -> Partner:
    """Write the changed fields of a partner who is still at `version`.

    Locks: the partner. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    row = lock_version(Partner.objects.all(), partner_id, version)
    require(actor, _ACTION, row)
    require_own_area(row, actor)
    before = {name: getattr(row, name) for name in (*_FIELDS, "phone_sealed", "phone_index")}
    names = _set(row, changes, actor)
    require_own_area(row, actor)
    if not names:
        return row
    written(lambda: row.touch().save(update_fields=[*names, "version", "updated_at"]))
    changed = {name: (before[name], getattr(row, name)) for name in names}
    record("partners.amend_partner", row, actor=actor, changes=changed)
    return row


def end_partner(partner_id: UUID, *, on: date, reason: str, actor: Actor, version: int | None = None) -> Partner:
    """End a partner: `on` is the first day without it. What it still helps ends with it, in the whole county.

    Nobody calls it any more, so that its telephone is emptied; what it paid stays.
    Locks: the partner and its links. Raises: NotFound, NotAllowed, StaleVersion, Conflict for one ended, DomainError.
    """
    row = lock_version(Partner.objects.all(), partner_id, version)
    require(actor, _ACTION, row)
    require_own_area(row, actor)
    reason = require_reason(reason)[:200]
    require_past(on)
    if row.ends_on is not None:
        raise Conflict("partner.ended", _("This partner has ended already. Enter it anew where it comes back."))
    with in_whole_county(actor):
        links = _end_open_links(row, on, reason)
    changes: dict[str, tuple[Any, Any]] = {"ends_on": (None, on), "links": (len(links), 0)}
    if row.phone_sealed is not None:
        changes["phone_sealed"] = (row.phone_sealed, None)
    row.ends_on, row.end_reason, row.phone_sealed, row.phone_index = on, reason, None, None
    names = ["ends_on", "end_reason", "phone_sealed", "phone_index", "version", "updated_at"]
    written(lambda: row.touch().save(update_fields=names))
    record("partners.end_partner", row, actor=actor, changes=changes, reason=reason)
    told: list[tuple[PartnerLink, dict[str, tuple[Any, Any]]]] = [(link, {"ends_on": (None, on)}) for link in links]
    record_each("partners.end_link", told, actor=actor, reason=reason)
    return row


def is_of_own_area(row: Partner, actor: Actor) -> bool:
    """Tell whether a partner's place lies in the area of whoever acts: a township has none of another or the county."""
    return any(lying.contains(row.division_code) for lying in actor.ranges)


def require_own_area(row: Partner, actor: Actor) -> None:
    """Refuse to write a partner whose place lies outside of the actor's area. Raises: NotAllowed."""
    if not is_of_own_area(row, actor):
        message = _(
            "The place of this partner lies outside your area, so that the county office or its own township writes "
            "it. Whom it helps in your area is ended link by link."
        )
        raise NotAllowed("partner.of_another_area", message)


def _own_division(actor: Actor) -> str:
    """Give the place of a partner that names none: the township of its clerk, the county of all others."""
    return actor.ranges[0].lo if actor.role == Role.TOWNSHIP_CLERK and actor.ranges else actor.tenant_code


def _end_open_links(row: Partner, on: date, reason: str) -> list[PartnerLink]:
    """End what a locked partner still helps, by one statement, and give it as it was."""
    rows = PartnerLink.objects.filter(partner=row)
    links = list(rows.filter(ends_on__isnull=True).select_for_update(of=("self",)).order_by("id"))
    # A link that was entered in error ends on the day it starts, and says nothing of the partner.
    ended = rows.filter(ends_on__gt=F("starts_on")).aggregate(day=Max("ends_on"))["day"]
    if on < max([row.starts_on, *(link.starts_on for link in links), *([ended] if ended else [])]):
        message = _("The partner began, or one of its links began or ended, after that day. Enter a later day.")
        raise DomainError("partner.ends_before_start", message, field="on")
    rows.filter(id__in=[link.pk for link in links]).update(
        ends_on=on, end_reason=reason, version=F("version") + 1, updated_at=timezone.now()
    )
    return links


def reveal_phone(partner_id: UUID, *, actor: Actor, reason: str) -> str:
    """Give a partner's telephone in full.

    Raises: NotFound, NotAllowed, DomainError without a reason.
    """
    require(actor, "partners.reveal")
    row = Partner.objects.filter(pk=partner_id).first()
    if row is None or row.phone_sealed is None:
        raise NotFound("reveal.empty", _("There is no value on file for this field."))
    reason = require_reason(reason)
    record("partners.reveal", row, actor=actor, changes={"phone_sealed": ("", "")}, reason=reason)
    return unseal(row.phone_sealed, Purpose.PHONE, tenant_id=row.tenant_id)


def _set(row: Partner, values: PartnerChanges, actor: Actor) -> list[str]:
    """Set the given values in normal form and name the columns that differ now."""
    before = {name: getattr(row, name) for name in _FIELDS}
    for name, value in _checked(values, actor).items():
        setattr(row, name, value)
    _require_whole(row)
    names = [name for name in _FIELDS if getattr(row, name) != before[name]]
    return [*names, *(_set_phone(row, values["phone"], actor) if "phone" in values else ())]


def _checked(values: PartnerChanges, actor: Actor) -> dict[str, Any]:
    checked: dict[str, Any] = {name: value for name, value in values.items() if name != "phone"}
    if "name" in checked:
        checked["name"] = clean(checked["name"])
        if not checked["name"]:
            raise DomainError("partner.name_missing", _("The name is missing. Enter it."), field="name")
    if "kind_code" in checked:
        entry = require_code(KIND_SCHEME, checked["kind_code"], on=today(), field="kind_code")
        if entry.parent_code not in {ORGANISATION, PERSON}:
            message = _("This is no kind of partner. Choose one from the list.")
            raise DomainError("partner.kind", message, field="kind_code")
        checked["is_person"] = entry.parent_code == PERSON
    if checked.get("uscc"):
        checked["uscc"] = check_uscc(checked["uscc"], field="uscc")
    for name, tidy in (("contact_name", clean_name), ("skill", clean)):
        if name in checked:
            checked[name] = tidy(checked[name])
    if "division_code" in checked:
        _require_division(checked["division_code"], actor)
    if checked.get("unit_id") and not Unit.objects.filter(pk=checked["unit_id"]).exists():
        raise NotFound("unit.not_found", _("There is no such unit. Choose one from the list."), field="unit_id")
    return checked


def _require_whole(row: Partner) -> None:
    """Refuse what does not belong to an organisation, or to a person."""
    given = (
        {"uscc": row.uscc, "contact_name": row.contact_name}
        if row.is_person
        else {
            "skill": row.skill,
            "unit_id": row.unit_id,
        }
    )
    field = next((name for name, value in given.items() if value), None)
    if field is None:
        return
    if row.is_person:
        message = _("A person has neither a credit code nor a contact. Leave them empty, or choose another kind.")
    else:
        message = _("An organisation has neither a skill nor a sending unit. Leave them empty, or choose another kind.")
    raise DomainError("partner.of_another_kind", message, field=field)


def _require_division(code: str, actor: Actor) -> None:
    if not is_code(code) or not subtree(actor.tenant_code).contains(code) or code not in division_names([code]):
        message = _("The division is none of this county. Choose a village, a township or the county from the list.")
        raise DomainError("partner.division", message, field="division_code")


def _set_phone(row: Partner, text: str, actor: Actor) -> list[str]:
    phone = parse_phone(text, field="phone") if text else ""
    index = blind_index(phone, Purpose.PHONE) if phone else None
    known = bytes(row.phone_index) if row.phone_index is not None else None
    if index == known:
        return []
    row.phone_index = index
    row.phone_sealed = seal(phone, Purpose.PHONE, tenant_id=actor.tenant_id) if phone else None
    return ["phone_sealed", "phone_index"]
