"""Who may get the mail of a report: users by name, users by role and division, and offices outside."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from registry.access import allowed
from registry.enums import Role
from registry.lib.gbcode import subtree
from registry.lib.periods import today
from registry.models import Membership, User
from registry.queries.people import valid_on
from registry.tenancy.context import Actor
from reports.enums import AddressState, DeliveryReason
from reports.models import OutsideAddress, ReportSchedule, ScheduleRecipient

RECEIVE = "reports.receive"
VIEW = "reports.view"
# An id that no user has.
NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Readership:
    """What a reader must be allowed, and which division must lie in their area (empty: the whole county)."""

    right: str = VIEW
    area_code: str = ""

    def admits(self, reader: Actor) -> bool:
        """Tell whether one membership, as an actor, may get the report."""
        return (
            allowed(reader, RECEIVE)
            and allowed(reader, self.right)
            and reader.covers_whole(self.area_code or reader.tenant_code)
        )


WHOLE_COUNTY = Readership()


def named_users(schedule: ReportSchedule) -> "QuerySet[User]":
    """Give the users whom a schedule names, whatever has become of them since."""
    chosen = schedule.recipients.filter(user__isnull=False).values_list("user_id", flat=True)
    return User.objects.filter(pk__in=list(chosen)).order_by("username")


def users_by_role(schedule: ReportSchedule, *, actor: Actor) -> list[User]:
    """Give the users who hold a role of the schedule's rules today for a division that its rule names, by name."""
    wanted = list(schedule.recipients.exclude(role="").values_list("role", "division_code"))
    if not wanted:
        return []
    held = _memberships(actor).filter(role__in={role for role, _division in wanted}).select_related("user")
    found = {
        membership.user
        for membership in held
        for role, division in wanted
        if membership.role == role and subtree(membership.division_code).includes(subtree(division))
    }
    return sorted(found, key=lambda user: user.username)


def addresses_of(schedule: ReportSchedule) -> "QuerySet[OutsideAddress]":
    """Give the outside addresses of a schedule, whatever has become of them since."""
    chosen = schedule.recipients.filter(outside__isnull=False).values_list("outside_id", flat=True)
    return OutsideAddress.objects.filter(pk__in=list(chosen)).order_by("name", "id")


def recipients_of(schedule: ReportSchedule, *, actor: Actor) -> list[User | OutsideAddress]:
    """Give everybody who is meant by a schedule at this moment, each once: users by name, then offices outside."""
    users = {user.pk: user for user in (*named_users(schedule), *users_by_role(schedule, actor=actor))}
    return [*sorted(users.values(), key=lambda user: user.username), *addresses_of(schedule)]


def rows_of(schedule: ReportSchedule) -> "QuerySet[ScheduleRecipient]":
    """Give the lines of a schedule's recipients."""
    return schedule.recipients.select_related("user", "outside").order_by("role", "division_code", "id")


def users_named(usernames: Collection[str]) -> frozenset[UUID]:
    """Give the ids of users by their names; one that no user has becomes an id that nobody has."""
    wanted = {name.strip().lower() for name in usernames}
    found = dict(User.objects.filter(username__in=wanted).values_list("username", "pk"))
    return frozenset(found.get(name, NOBODY) for name in wanted)


def possible_recipients(actor: Actor, readership: Readership = WHOLE_COUNTY) -> list[User]:
    """Give the users of the actor's county who may read its reports, by name."""
    users = User.objects.filter(is_active=True, memberships__in=_memberships(actor)).distinct().order_by("username")
    readers = readers_among((user.pk for user in users), actor=actor, readership=readership)
    return [user for user in users if user.pk in readers]


def choosable_recipients(schedule: ReportSchedule | None, *, actor: Actor) -> list[User]:
    """Give those who may be chosen, and those whom the schedule names already."""
    present = [] if schedule is None else list(named_users(schedule))
    possible = possible_recipients(actor)
    known = {user.pk for user in possible}
    return [*possible, *(user for user in present if user.pk not in known)]


def choosable_addresses(schedule: ReportSchedule | None) -> list[OutsideAddress]:
    """Give the outside addresses that are allowed, and those that the schedule names already."""
    present = [] if schedule is None else list(addresses_of(schedule))
    allowed_ones = list(OutsideAddress.objects.filter(state=AddressState.ALLOWED).order_by("name", "id"))
    known = {row.pk for row in allowed_ones}
    return [*allowed_ones, *(row for row in present if row.pk not in known)]


def readers_among(user_ids: Iterable[UUID], *, actor: Actor, readership: Readership = WHOLE_COUNTY) -> set[UUID]:
    """Give those of the users who may read the reports of the actor's county today.

    The same rules table answers as for the page: the role must allow it, and the membership cover the division.
    """
    rows = _memberships(actor).filter(user_id__in=list(user_ids)).values_list("user_id", "role", "division_code")
    return {user_id for user_id, role, code in rows if readership.admits(_reader(user_id, role, code, actor))}


def role_may_read(role: str, division_code: str, *, actor: Actor, readership: Readership) -> bool:
    """Tell whether whoever holds a role for a division may get the report."""
    return readership.admits(_reader(None, role, division_code, actor))


def _reader(user_id: UUID | None, role: str, division: str, actor: Actor) -> Actor:
    return Actor(user_id, "", Role(role), actor.tenant_id, actor.tenant_code, (subtree(division),))


def _memberships(actor: Actor) -> "QuerySet[Membership]":
    return Membership.objects.filter(valid_on(today()), tenant_id=actor.tenant_id, user__is_active=True)


def why_not(recipient: User | OutsideAddress, readers: set[UUID]) -> DeliveryReason:
    """Say why a mail may not go to a user or an office, or NONE when it may."""
    if isinstance(recipient, OutsideAddress):
        if recipient.state != AddressState.ALLOWED:
            return DeliveryReason.ADDRESS_NOT_ALLOWED
        return _of_address(bool(recipient.verified_at), bool(recipient.bounced_at))
    if recipient.pk not in readers:
        return DeliveryReason.RIGHT_LOST
    return _of_address(bool(recipient.email and recipient.email_verified_at), bool(recipient.email_bounced_at))


def _of_address(is_verified: bool, has_bounced: bool) -> DeliveryReason:  # noqa: FBT001  (two facts of one address)
    if is_verified:
        return DeliveryReason.NONE
    return DeliveryReason.ADDRESS_BOUNCED if has_bounced else DeliveryReason.ADDRESS_NOT_VERIFIED
