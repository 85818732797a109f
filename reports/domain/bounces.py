"""Mails that come back: noted at the mail, and the address is not used again before it is verified anew."""

from enum import StrEnum

from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from registry import audit
from registry.access import require
from registry.domain.people import address_mark, note_bounced_address
from registry.jobs import cancel_due
from registry.models import Tenant
from registry.queries.tenants import county_actor
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from reports.domain.bounce_messages import Notice, read_notice
from reports.domain.deliveries import DELIVERY_DUE
from reports.enums import BounceKind, DeliveryReason, DeliveryState
from reports.models import Bounce, Delivery, OutsideAddress
from reports.workflow import DELIVERY_STEPS, before

ORIGIN = "bounce"


class Taken(StrEnum):
    """What became of one message."""

    NOTED = "noted"
    KNOWN = "known"
    NOT_OURS = "not_ours"


def take_bounce(content: bytes) -> Taken:
    """Read one message of a mail server, and note in its county what it says; the message itself is not kept.

    A message that was taken before, or that names no mail of ours, changes nothing.
    """
    notice = read_notice(content)
    tenant = None if notice is None else Tenant.objects.filter(pk=notice.tag.tenant_id, is_active=True).first()
    if notice is None or tenant is None or tenant.is_platform:
        return Taken.NOT_OURS
    with tenant_scope(county_actor(tenant, origin=ORIGIN)) as actor:
        return note_bounce(notice, actor=actor)


def note_bounce(notice: Notice, *, actor: Actor) -> Taken:
    """Note a notice at its mail. Locks: the mail, and for a permanent one the account or address."""
    require(actor, "reports.note_bounce")
    row = Delivery.objects.select_for_update(of=("self",)).filter(bounce_token=notice.tag.token).first()
    if row is None or not 1 <= notice.tag.attempt <= row.attempts:
        return Taken.NOT_OURS
    same = Q(delivery=row, attempt=notice.tag.attempt, kind=notice.kind, status_code=notice.status_code)
    if Bounce.objects.filter(same).exists():
        return Taken.KNOWN
    bounce = Bounce(
        scope_code=row.scope_code,
        delivery=row,
        attempt=notice.tag.attempt,
        user_id=row.recipient_id,
        outside_id=row.outside_id,
        kind=notice.kind,
        status_code=notice.status_code,
        smtp_code=notice.smtp_code,
    )
    bounce.save(force_insert=True)
    if notice.kind != BounceKind.TRANSIENT:
        _come_back(row, notice, actor=actor)
    audit.record("reports.note_bounce", row, actor=actor, changes={"kind": (None, str(notice.kind))})
    return Taken.NOTED


def _come_back(row: Delivery, notice: Notice, *, actor: Actor) -> None:
    """Set the mail of the last attempt to "came back"; what is said of an earlier attempt is past."""
    is_last = notice.tag.attempt == row.attempts
    if is_last and row.state in before(DELIVERY_STEPS, DeliveryState.BOUNCED):
        row.state, row.reason, row.settled_at = DeliveryState.BOUNCED, DeliveryReason.CAME_BACK, timezone.now()
        row.smtp_code = notice.smtp_code or row.smtp_code
        row.save(update_fields=["state", "reason", "settled_at", "smtp_code"])
        cancel_due(actor.tenant_id, DELIVERY_DUE, str(row.pk))
    if is_last and notice.kind == BounceKind.PERMANENT and row.address_mark:
        _doubt_address(row, actor=actor)


def _doubt_address(row: Delivery, *, actor: Actor) -> None:
    """Take the verification away from the address that the mail went to, if it is still that of the recipient."""
    if row.recipient_id is not None:
        note_bounced_address(row.recipient_id, row.address_mark, actor=actor)
        return
    rows = OutsideAddress.objects.select_for_update(of=("self",))
    address = rows.filter(pk=row.outside_id).first() if row.outside_id is not None else None
    if address is not None and constant_time_compare(row.address_mark, address_mark(address.email)):
        address.verified_at, address.confirmed_by_id, address.bounced_at = None, None, timezone.now()
        address.version += 1
        address.save(update_fields=["verified_at", "confirmed_by_id", "bounced_at", "version"])
