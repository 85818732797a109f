"""Addresses outside: asked for by an office, allowed by another person, verified by link or second administrator."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from registry import audit
from registry.access import require
from registry.domain.people import EMAIL_LINK_SECONDS, LANGUAGES, address_mark
from registry.domain.versions import lock_version
from registry.lib.errors import Conflict, DomainError, NotAllowed, NotFound
from registry.lib.text import clean_name
from registry.models import Tenant
from registry.queries.tenants import county_actor
from registry.tenancy.context import Actor
from registry.tenancy.scope import savepoint, tenant_scope
from reports.enums import AddressState
from reports.models import OutsideAddress
from reports.workflow import ADDRESS_STEPS, before

SALT: Final = "reports.verify_address"


@dataclass(frozen=True, slots=True)
class AddressDraft:
    """An office outside, its address, what it gets reports for, and the language of its mails."""

    name: str
    email: str
    purpose: str
    language: str = "zh-hans"


def ask_address(draft: AddressDraft, *, actor: Actor) -> OutsideAddress:
    """Ask that reports without persons may go to an office outside; the security administrator decides.

    Raises: NotAllowed; Conflict when it is asked for or allowed already; DomainError with the field.
    """
    require(actor, "reports.ask_address")
    row = OutsideAddress(
        scope_code=actor.tenant_code,
        name=clean_name(draft.name),
        email=_email(draft.email),
        purpose=draft.purpose.strip()[:200],
        language=draft.language,
        asked_by_id=_person(actor),
    )
    if not row.name:
        raise DomainError("address.no_name", _("Enter the name of the office."), field="name")
    if not row.purpose:
        raise DomainError("address.no_purpose", _("Say what it gets reports for."), field="purpose")
    if row.language not in LANGUAGES:
        raise DomainError("address.language", _("Choose one of the languages offered."), field="language")
    try:
        with savepoint():
            row.save(force_insert=True)
    except IntegrityError as error:
        message = _("This address is asked for or allowed already. Look for it in the list.")
        raise Conflict("address.known", message, field="email") from error
    audit.record("reports.ask_address", row, actor=actor)
    return row


def decide_address(address_id: UUID, *, is_allowed: bool, actor: Actor, version: int) -> OutsideAddress:
    """Allow or refuse an address. It gets mail once it is verified.

    Locks: the address. Raises: NotAllowed for whoever asked; Conflict when it is decided; StaleVersion.
    """
    require(actor, "reports.decide_address")
    row = lock_version(OutsideAddress.objects.all(), address_id, version)
    if row.asked_by_id == _person(actor):
        raise NotAllowed("address.own", _("Another person decides on an address than who asked for it."))
    row.decided_by_id, row.decided_at = actor.user_id, timezone.now()
    _step(row, AddressState.ALLOWED if is_allowed else AddressState.REFUSED, actor=actor)
    return row


def withdraw_address(address_id: UUID, *, actor: Actor, version: int) -> OutsideAddress:
    """Send nothing more to an allowed address; mails that wait are listed as not sent.

    Locks: the address. Raises: NotAllowed; Conflict; StaleVersion.
    """
    require(actor, "reports.decide_address")
    row = lock_version(OutsideAddress.objects.all(), address_id, version)
    _step(row, AddressState.WITHDRAWN, actor=actor)
    return row


def _step(row: OutsideAddress, state: AddressState, *, actor: Actor) -> None:
    if row.state not in before(ADDRESS_STEPS, state):
        raise Conflict("address.decided", _("This address was decided on before. Load the page again."))
    former, row.state = row.state, state
    row.touch().save()
    audit.record("reports.decide_address", row, actor=actor, changes={"state": (former, state)})


def confirm_address(address_id: UUID, *, actor: Actor, version: int) -> OutsideAddress:
    """Note that a second administrator confirmed an allowed address with the office, by telephone or letter.

    Locks: the address. Raises: NotAllowed for whoever allowed or asked for it; Conflict; StaleVersion.
    """
    require(actor, "reports.confirm_address")
    row = lock_version(OutsideAddress.objects.all(), address_id, version)
    if _person(actor) in {row.asked_by_id, row.decided_by_id}:
        raise NotAllowed("address.confirm_own", _("A second administrator confirms an address, not who allowed it."))
    if row.state != AddressState.ALLOWED or row.verified_at is not None:
        raise Conflict("address.not_to_confirm", _("Only an allowed address that is not verified can be confirmed."))
    row.verified_at, row.confirmed_by_id, row.bounced_at = timezone.now(), actor.user_id, None
    row.touch().save()
    audit.record("reports.verify_address", row, actor=actor)
    return row


def verification_token(address_id: UUID, *, actor: Actor) -> tuple[OutsideAddress, str]:
    """Make the signed text of the link that verifies an allowed address, which stands nowhere in it.

    Raises: NotAllowed; NotFound; Conflict for an address that is not allowed, or is verified.
    """
    require(actor, "reports.decide_address")
    row = OutsideAddress.objects.filter(pk=address_id).first()
    if row is None:
        raise NotFound("address.unknown", _("There is no such address."))
    if row.state != AddressState.ALLOWED or row.verified_at is not None:
        raise Conflict("address.not_to_verify", _("Only an allowed address that is not verified gets a link."))
    audit.record("reports.mail_verification", row, actor=actor)
    return row, signing.dumps([row.tenant_id, str(row.pk), address_mark(row.email)], salt=SALT)


def verify_address(token: str, *, origin: str) -> OutsideAddress:
    """Mark an address as verified by the link that was mailed there. Raises: DomainError for a bad or lapsed link."""
    try:
        tenant_id, address_id, mark = signing.loads(token, salt=SALT, max_age=EMAIL_LINK_SECONDS)
    except signing.BadSignature as error:
        raise _bad_link() from error
    tenant = Tenant.objects.filter(pk=tenant_id, is_active=True).first()
    if tenant is None:
        raise _bad_link()
    with tenant_scope(county_actor(tenant, origin=origin)) as actor:
        row = OutsideAddress.objects.select_for_update(of=("self",)).filter(pk=address_id).first()
        known = row is not None and constant_time_compare(mark, address_mark(row.email))
        if row is None or not known or row.state != AddressState.ALLOWED:
            raise _bad_link()
        if row.verified_at is None:
            row.verified_at, row.bounced_at = timezone.now(), None
            row.touch().save()
            audit.record("reports.verify_address", row, actor=actor)
    return row


def _bad_link() -> DomainError:
    return DomainError(
        "address.bad_link", _("This link has lapsed or belongs to another address. Ask the county for a new one.")
    )


def _person(actor: Actor) -> UUID:
    if actor.user_id is None:
        raise NotAllowed("address.nobody", _("Only a person who is logged in can do this."))
    return actor.user_id


def _email(text: str) -> str:
    address = text.strip()
    try:
        validate_email(address)
    except ValidationError as error:
        message = _("This is no e-mail address. Write it like office@example.org.")
        raise DomainError("address.bad_email", message, field="email") from error
    return address
