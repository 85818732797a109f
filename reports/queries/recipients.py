"""Who may get the mail of a report."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from registry.access import allowed
from registry.enums import Role
from registry.lib.gbcode import subtree
from registry.lib.periods import today
from registry.models import Membership, User
from registry.queries.people import valid_on
from registry.tenancy.context import Actor
from reports.enums import DeliveryReason
from reports.models import ReportSchedule


def recipients_of(schedule: ReportSchedule) -> "QuerySet[User]":
    """Give the users whom a schedule names, whatever has become of them since."""
    chosen = schedule.recipients.values_list("user_id", flat=True)
    return User.objects.filter(pk__in=list(chosen)).order_by("username")


def possible_recipients(actor: Actor) -> list[User]:
    """Give the users of the actor's county who may read its reports, by name."""
    users = User.objects.filter(is_active=True, memberships__in=_memberships(actor)).distinct().order_by("username")
    readers = readers_among((user.pk for user in users), actor=actor)
    return [user for user in users if user.pk in readers]


def choosable_recipients(schedule: ReportSchedule | None, *, actor: Actor) -> list[User]:
    """Give those who may be chosen, and those whom the schedule names already."""
    present = [] if schedule is None else list(recipients_of(schedule))
    possible = possible_recipients(actor)
    known = {user.pk for user in possible}
    return [*possible, *(user for user in present if user.pk not in known)]


def readers_among(user_ids: Iterable[UUID], *, actor: Actor) -> set[UUID]:
    """Give those of the users who may read the reports of the actor's county today.

    The same rules table answers as for the page: the role must allow it, and the membership cover the county.
    """
    rows = _memberships(actor).filter(user_id__in=list(user_ids)).values_list("user_id", "role", "division_code")
    return {user_id for user_id, role, division in rows if _may_read(user_id, role, division, actor)}


def _memberships(actor: Actor) -> "QuerySet[Membership]":
    return Membership.objects.filter(valid_on(today()), tenant_id=actor.tenant_id, user__is_active=True)


def _may_read(user_id: UUID, role: str, division: str, actor: Actor) -> bool:
    reader = Actor(user_id, "", Role(role), actor.tenant_id, actor.tenant_code, (subtree(division),))
    return allowed(reader, "reports.receive") and reader.ranges[0].includes(subtree(actor.tenant_code))


def why_not(user: User, readers: set[UUID]) -> DeliveryReason:
    """Say why a mail may not go to the user, or NONE when it may."""
    if user.pk not in readers:
        return DeliveryReason.RIGHT_LOST
    if not user.email or user.email_verified_at is None:
        return DeliveryReason.ADDRESS_NOT_VERIFIED
    return DeliveryReason.NONE
