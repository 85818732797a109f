"""Counties with households, a month that they froze and published, and readers above them."""

from datetime import date
from typing import Any

from households.enums import Stock
from households.models import Household, Posting
from oversight.domain.publishing import publish_aggregates
from periods.domain.freezing import fill_snapshot, mark_made
from periods.enums import PeriodKind, PeriodState, SnapshotPurpose
from periods.models import Booking, Period, Snapshot
from registry.enums import Role
from registry.lib.periods import Month
from registry.models import PLATFORM_TENANT_ID, PublishedEdition, Tenant, User
from registry.queries.people import posts_of
from registry.tenancy.context import Actor
from tests.factories.households import registered
from tests.factories.tenants import COUNTY_CODE, OTHER_COUNTY_CODE

MONTH = Month(2021, 3)
PREFECTURE, PROVINCE = "549900000000", "540000000000"
VILLAGES = ("549901100200", "549901100201", "549901200200")
OTHER_VILLAGES = ("549902100200", "549902100201")


def county_of_villages(actor: Actor, sizes: dict[str, list[str]], **values: Any) -> list[Household]:
    """Register households: for each village the main cause of each."""
    return [
        registered(village_code=village, main_cause_code=cause, status="lifted", actor=actor, **values)
        for village, causes in sizes.items()
        for cause in causes
    ]


def frozen(actor: Actor, month: Month = MONTH, *, kind: str = PeriodKind.MONTH) -> Period:
    """Freeze a month as `periods` does, with every posting that no earlier month has booked."""
    period = Period.objects.filter(kind=kind, first_day=month.first_day).first() or Period(
        scope_code=actor.tenant_code, kind=kind, name=str(month), first_day=month.first_day, last_day=month.last_day
    )
    period.save()
    edition = Snapshot.objects.filter(period=period).count() + 1
    snapshot = Snapshot(
        scope_code=actor.tenant_code,
        purpose=SnapshotPurpose.PERIOD,
        period=period,
        edition=edition,
        as_of=month.last_day,
    )
    snapshot.save()
    fill_snapshot(snapshot, actor=actor)
    booked = Booking.objects.exclude(snapshot__in=Snapshot.objects.filter(period=period).values("id"))
    first = not booked.exists()
    rows = Posting.objects.filter(effective_on__lte=month.last_day).exclude(id__in=booked.values("posting_id"))
    Booking.objects.bulk_create(
        Booking(
            scope_code=row.village_code,
            snapshot=snapshot,
            posting_id=row.pk,
            is_late=row.effective_on < month.first_day and not first,
        )
        for row in rows
    )
    mark_made(snapshot)
    period.snapshot, period.frozen_at = snapshot, snapshot.made_at
    for state in (PeriodState.CLOSING, PeriodState.FROZEN):
        period.state = state
        period.save()
    return period


def published(actor: Actor, month: Month = MONTH) -> PublishedEdition:
    """Freeze and publish a month."""
    period = frozen(actor, month)
    period.state, period.published_at = PeriodState.PUBLISHED, period.frozen_at
    period.save()
    return publish_aggregates(period, actor=actor)


def reader(role: Role = Role.PROVINCE_READER, *, area: str = PROVINCE, name: str = "reader") -> Actor:
    """Give somebody above the counties, who is on file."""
    user, _ = User.objects.get_or_create(username=name, defaults={"name": "示例", "password": "!"})
    user.memberships.get_or_create(
        tenant=Tenant.objects.get(pk=PLATFORM_TENANT_ID),
        role=role,
        division_code=area,
        defaults={"starts_on": date(2020, 1, 1)},
    )
    return posts_of(user.pk)[0].actor(user_id=user.pk, username=user.username, origin="test")


__all__ = [
    "COUNTY_CODE",
    "MONTH",
    "OTHER_COUNTY_CODE",
    "OTHER_VILLAGES",
    "PREFECTURE",
    "PROVINCE",
    "VILLAGES",
    "Stock",
    "county_of_villages",
    "frozen",
    "published",
    "reader",
]
