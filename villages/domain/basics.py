"""Facilities with their goals, committee, and settlement points of a village."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from registry.access import require
from registry.audit import record
from registry.crypto import Purpose, seal, unseal
from registry.domain.versions import lock_version
from registry.lib.contacts import parse_phone
from registry.lib.errors import DomainError, NotFound
from registry.lib.periods import today
from registry.lib.text import clean_name
from registry.tenancy.context import Actor
from registry.tenancy.models import VersionedModel
from villages.domain.codes import require_code
from villages.domain.days import require_in_order, require_past, require_reason
from villages.domain.places import require_place
from villages.domain.writing import change, enter, require_text
from villages.enums import COMMITTEE_POST_SCHEME, FACILITY_SCHEME, RELOCATION_SITE, SETTLEMENT_SCHEME
from villages.models import CommitteeMember, SettlementPoint, Village, VillageFacility
from villages.queries.villages import find_village

Row = TypeVar("Row", bound=VersionedModel)


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityDraft:
    """The goal of one facility; `reached_on` is empty until it is reached."""

    facility_code: str
    goal: str
    due_on: date | None = None
    reached_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberDraft:
    """Somebody's term in a post of the committee; `ends_on` is the first day without it.

    The phone is given in clear; None keeps what is on file, and an empty text takes it away.
    """

    name: str
    post_code: str
    starts_on: date
    ends_on: date | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PointDraft:
    """A natural village, group or settlement; None means unknown."""

    name: str
    kind_code: str
    household_count: int | None = None
    person_count: int | None = None
    home_count: int | None = None
    has_water: bool | None = None
    has_electricity: bool | None = None
    has_road: bool | None = None
    longitude: Decimal | None = None
    latitude: Decimal | None = None
    ends_on: date | None = None


def add_facility(village_id: UUID, draft: FacilityDraft, *, actor: Actor) -> VillageFacility:
    """Set the goal of a facility. Raises: NotFound, NotAllowed, Conflict where there is one; DomainError."""
    village = _village(village_id, actor)
    values = _facility(draft)
    row = VillageFacility(scope_code=village.code, village=village, **values)
    enter(row, "villages.add_facility", values, actor=actor)
    return row


def amend_facility(
    facility_id: UUID, draft: FacilityDraft, *, actor: Actor, version: int | None = None
) -> VillageFacility:
    """Amend the goal of a facility, or say when it was reached.

    Locks: the row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError with the field at fault.
    """
    row = _locked(VillageFacility, facility_id, actor, version)
    change(row, "villages.amend_facility", _facility(draft), actor=actor)
    return row


def add_member(village_id: UUID, draft: MemberDraft, *, actor: Actor) -> CommitteeMember:
    """Enter somebody's term in a post. Raises: NotFound, NotAllowed, Conflict for one held already; DomainError."""
    village = _village(village_id, actor)
    row = CommitteeMember(scope_code=village.code, village=village)
    values = _member(draft, row, actor)
    for name, value in values.items():
        setattr(row, name, value)
    enter(row, "villages.add_member", values, actor=actor)
    return row


def amend_member(member_id: UUID, draft: MemberDraft, *, actor: Actor, version: int | None = None) -> CommitteeMember:
    """Correct a term or end it; one that ends on its first day was entered in error. Its end empties the telephone.

    Locks: the row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    row = _locked(CommitteeMember, member_id, actor, version)
    change(row, "villages.amend_member", _member(draft, row, actor), actor=actor)
    return row


def reveal_member_phone(member_id: UUID, *, actor: Actor, reason: str) -> str:
    """Give the telephone of a committee member in full.

    Raises: NotFound, NotAllowed, DomainError without a reason.
    """
    require(actor, "villages.reveal")
    row = CommitteeMember.objects.filter(pk=member_id).first()
    if row is None or row.phone_sealed is None:
        raise NotFound("reveal.empty", _("There is no value on file for this field."))
    reason = require_reason(reason)
    record("villages.reveal", row, actor=actor, changes={"phone_sealed": ("", "")}, reason=reason)
    return unseal(row.phone_sealed, Purpose.PHONE, tenant_id=row.tenant_id)


def add_point(village_id: UUID, draft: PointDraft, *, actor: Actor) -> SettlementPoint:
    """Enter a settlement point. Raises: NotFound, NotAllowed, Conflict for a name that is taken; DomainError."""
    village = _village(village_id, actor)
    values = _point(draft)
    row = SettlementPoint(scope_code=village.code, village=village, **values)
    enter(row, "villages.add_point", values, actor=actor)
    return row


def amend_point(point_id: UUID, draft: PointDraft, *, actor: Actor, version: int | None = None) -> SettlementPoint:
    """Correct a settlement point, or say from when nobody lives there.

    Locks: the row. Raises: NotFound, NotAllowed, StaleVersion, Conflict, DomainError.
    """
    row = _locked(SettlementPoint, point_id, actor, version)
    change(row, "villages.amend_point", _point(draft), actor=actor)
    return row


def _village(village_id: UUID, actor: Actor) -> Village:
    village = find_village(village_id)
    require(actor, "villages.keep_basics", village)
    return village


def _locked(model: type[Row], row_id: UUID, actor: Actor, version: int | None) -> Row:
    row = lock_version(model.objects.all(), row_id, version)
    require(actor, "villages.keep_basics", row)
    return row


def _facility(draft: FacilityDraft) -> dict[str, Any]:
    require_code(FACILITY_SCHEME, draft.facility_code, on=today(), field="facility_code")
    require_past(draft.reached_on, field="reached_on")
    message = _("Say what is to be reached, for example “tap water in every group”.")
    goal = require_text(draft.goal, message, code="facility.goal_missing", field="goal")
    return asdict(replace(draft, goal=goal))


def _member(draft: MemberDraft, row: CommitteeMember, actor: Actor) -> dict[str, Any]:
    require_code(COMMITTEE_POST_SCHEME, draft.post_code, on=today(), field="post_code")
    require_past(draft.starts_on, field="starts_on")
    require_in_order(draft.starts_on, draft.ends_on)
    name = clean_name(draft.name)
    if not name:
        raise DomainError("member.name_missing", _("The name is missing. Enter it."), field="name")
    told = {"name": name, "post_code": draft.post_code, "starts_on": draft.starts_on, "ends_on": draft.ends_on}
    return told | _phone(draft, row, actor)


def _phone(draft: MemberDraft, row: CommitteeMember, actor: Actor) -> dict[str, bytes | None]:
    """Give the sealed telephone where it differs from what is on file."""
    phone = parse_phone(draft.phone, field="phone") if draft.phone else ""
    if phone and draft.ends_on is not None:
        message = _("A term that has an end keeps no telephone. Leave one of the two empty.")
        raise DomainError("member.phone_after_end", message, field="phone")
    if draft.phone is None and draft.ends_on is None:
        return {}
    known = unseal(row.phone_sealed, Purpose.PHONE, tenant_id=row.tenant_id) if row.phone_sealed is not None else ""
    if phone == known:
        return {}
    return {"phone_sealed": seal(phone, Purpose.PHONE, tenant_id=actor.tenant_id) if phone else None}


def _point(draft: PointDraft) -> dict[str, Any]:
    require_code(SETTLEMENT_SCHEME, draft.kind_code, on=today(), field="kind_code")
    require_place(draft.longitude, draft.latitude)
    require_past(draft.ends_on, field="ends_on")
    if draft.home_count is not None and draft.kind_code != RELOCATION_SITE:
        message = _("Homes are counted of a relocation settlement. Choose that kind, or leave the number empty.")
        raise DomainError("point.homes_of_another_kind", message, field="home_count")
    name = require_text(draft.name, _("The name is missing. Enter it."), code="point.name_missing", field="name")
    return asdict(replace(draft, name=name))
