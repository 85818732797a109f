"""Counties with households, months that they published, and readers above them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from households.models import Household
from periods.domain.periods import publish_period
from periods.domain.reopening import ask_reopening, decide_reopening
from periods.models import Period
from registry.enums import Role
from registry.lib.periods import Month
from registry.models import PLATFORM_TENANT_ID, PublishedDivision, PublishedEdition, Tenant, User
from registry.queries.people import posts_of
from registry.tenancy.context import Actor
from registry.tenancy.scope import tenant_scope
from tests.factories.households import registered
from tests.periods.making import freeze, frozen

MARCH, APRIL = Month(2021, 3), Month(2021, 4)
PREFECTURE, PROVINCE = "549900000000", "540000000000"
TOWNSHIP, FAR_TOWNSHIP = "549901100000", "549901200000"
VILLAGES = ("549901100200", "549901100201", "549901200200")
OTHER_VILLAGES = ("549902100200", "549902100201")


def settle(actor: Actor, causes: Mapping[str, Sequence[str]], **values: Any) -> list[Household]:
    """Register lifted households: for each village the main cause of each of them."""
    facts = {"status": "lifted", **values}
    return [
        registered(village_code=village, main_cause_code=cause, actor=actor, **facts)
        for village, found in causes.items()
        for cause in found
    ]


def publish(month: Month, *, actor: Actor) -> PublishedEdition:
    """Freeze and publish a month in the open scope, and give what those above see of it."""
    period = frozen(month, actor=actor)
    publish_period(period.pk, actor=actor)
    return newest(period)


def second_clerk(actor: Actor) -> Actor:
    """Give another clerk of the same office."""
    user, _made = User.objects.get_or_create(username="second-clerk", defaults={"name": "示例", "password": "!"})
    return replace(actor, user_id=user.pk, username=user.username)


def publish_again(month: Month, *, actor: Actor) -> PublishedEdition:
    """Open a published month again, freeze it as it is now, and publish that."""
    period = Period.objects.get(kind="month", first_day=month.first_day)
    asked = ask_reopening(period.pk, reason="补录更正", actor=actor)
    decide_reopening(asked.pk, approve=True, actor=second_clerk(actor))
    period.refresh_from_db()
    freeze(period, actor=actor)
    publish_period(period.pk, actor=actor)
    return newest(period)


def newest(period: Period) -> PublishedEdition:
    """Give the newest edition of a period of the county in scope."""
    rows = PublishedEdition.objects.filter(tenant_id=period.tenant_id, first_day=period.first_day)
    return rows.filter(period_kind=period.kind).latest("edition")


def figures_of(edition: PublishedEdition) -> dict[str, Any]:
    """Give the figures of an edition by division."""
    return dict(PublishedDivision.objects.filter(edition=edition).values_list("code", "figures"))


def reader(role: Role = Role.PROVINCE_READER, *, area: str = PROVINCE, name: str = "reader") -> Actor:
    """Give somebody above the counties, who is on file."""
    user, _made = User.objects.get_or_create(username=name, defaults={"name": "示例", "password": "!"})
    user.memberships.get_or_create(
        tenant=Tenant.objects.get(pk=PLATFORM_TENANT_ID),
        role=role,
        division_code=area,
        defaults={"starts_on": date(2020, 1, 1)},
    )
    return posts_of(user.pk)[0].actor(user_id=user.pk, username=user.username, origin="test")


def county_publishes(actor: Actor, causes: Mapping[str, Sequence[str]], month: Month = MARCH) -> PublishedEdition:
    """Let a county register its households and publish a month, in its own scope."""
    with tenant_scope(actor):
        settle(actor, causes)
        return publish(month, actor=actor)
