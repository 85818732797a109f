"""Periods as tests make them."""

from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID, uuid5

from periods.domain.freezes import start_freeze
from periods.domain.periods import PeriodDraft, StageDraft, month_of, open_period
from periods.enums import PeriodKind, StageKind
from periods.models import Period, Snapshot
from registry.enums import Role
from registry.lib.periods import Month
from registry.tenancy.context import Actor
from tests.factories.tenants import actor_of, employed
from tests.support.workers import do_jobs

CAMPAIGN: Final = PeriodDraft(
    PeriodKind.CAMPAIGN,
    date(2020, 10, 1),
    date(2020, 12, 31),
    "2020年动态管理",
    (
        StageDraft(StageKind.VISIT, date(2020, 10, 1), date(2020, 10, 31)),
        StageDraft(StageKind.ENTRY, date(2020, 10, 1), date(2020, 11, 20)),
        StageDraft(StageKind.SELF_CLEAN, date(2020, 11, 21), date(2020, 11, 23)),
        StageDraft(StageKind.COUNTY_CHECK, date(2020, 11, 24), date(2020, 11, 25)),
        StageDraft(StageKind.LISTS_FROM_ABOVE, date(2020, 11, 26), date(2020, 12, 31)),
    ),
)
_NAMESPACE: Final = UUID("5499015d-0000-4000-8000-0000000000aa")


def second_clerk() -> Actor:
    """Give another clerk of the first county's office."""
    actor = actor_of(Role.COUNTY_OFFICE, user_id=uuid5(_NAMESPACE, "second"))
    return employed(replace(actor, username="test-second-clerk"))


def freeze(period: Period, *, actor: Actor) -> Snapshot:
    """Freeze a period and let a worker do it; give its picture as it is then."""
    snapshot = start_freeze(period.pk, actor=actor)
    do_jobs(actor, "periods.freeze")
    snapshot.refresh_from_db()
    period.refresh_from_db()
    return snapshot


def frozen(month: Month, *, actor: Actor) -> Period:
    """Give a month that was frozen now."""
    period = month_of(month, actor=actor)
    freeze(period, actor=actor)
    return period


def campaign(actor: Actor) -> Period:
    """Make the campaign of 2020."""
    return open_period(CAMPAIGN, actor=actor)
