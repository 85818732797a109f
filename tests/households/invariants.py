"""What must hold of the rows after any history, counted from the tables alone and by no query of the product."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from assistance.models import Pairing
from households.enums import HEAD_RELATION, HouseholdStatus
from households.models import Household, HouseholdSpell, Membership, MonitoringSpell

MOST_STAND_IN = timedelta(days=30)
NEEDED = frozenset({HouseholdStatus.FILED, HouseholdStatus.RETURNED})


def broken_rules(days: list[date]) -> list[str]:
    """Name every rule that is broken on one of the days, with the day."""
    return [*_heads(days), *_homes(days), *_leads(days), *_stand_ins(), *_helpers_of_closed()]


def needs_helper_from(household: Household, on: date) -> bool:
    """Tell from the spells whether the household is not lifted, or at risk, on the day or later."""
    ends = [row.ends_on for row in HouseholdSpell.objects.filter(household=household) if row.status in NEEDED]
    ends += [row.ends_on for row in MonitoringSpell.objects.filter(household=household)]
    return any(end is None or end > on for end in ends)


def _covers(row: Membership | HouseholdSpell | Pairing, day: date) -> bool:
    return (row.starts_on is None or row.starts_on <= day) and (row.ends_on is None or row.ends_on > day)


def _heads(days: list[date]) -> Iterator[str]:
    """Exactly one head on each day on which somebody lives in a household that the register counts."""
    members, counted = defaultdict(list), defaultdict(list)
    for stay in Membership.objects.all():
        members[stay.household_id].append(stay)
    for spell in HouseholdSpell.objects.exclude(status=HouseholdStatus.CLOSED):
        counted[spell.household_id].append(spell)
    for household, stays in members.items():
        for day in days:
            present = [stay for stay in stays if _covers(stay, day)]
            heads = sum(stay.relation_code == HEAD_RELATION for stay in present)
            if heads > 1 or (heads == 0 and present and any(_covers(spell, day) for spell in counted[household])):
                yield f"{heads} heads on {day} among {len(present)}"


def _homes(days: list[date]) -> Iterator[str]:
    """At most one household a person and day."""
    stays = list(Membership.objects.all())
    for day in days:
        persons = [stay.person_id for stay in stays if _covers(stay, day)]
        if len(persons) != len(set(persons)):
            yield f"a person in two households on {day}"


def _leads(days: list[date]) -> Iterator[str]:
    """At most one lead a household and day."""
    leads = list(Pairing.objects.filter(is_lead=True))
    for day in days:
        households: list[UUID] = [row.household_id for row in leads if _covers(row, day)]
        if len(households) != len(set(households)):
            yield f"two leads on {day}"


def _stand_ins() -> Iterator[str]:
    """A unit leads, for thirty days at most."""
    for row in Pairing.objects.filter(helper__isnull=True):
        lasts_too_long = not (row.starts_on and row.ends_on) or row.ends_on - row.starts_on > MOST_STAND_IN
        if lasts_too_long or not row.is_lead:
            yield f"a unit stands in from {row.starts_on} to {row.ends_on}"


def _helpers_of_closed() -> Iterator[str]:
    """Nobody stands by a household that is closed."""
    closed = HouseholdSpell.objects.filter(status=HouseholdStatus.CLOSED).values_list("household_id", "starts_on")
    for household, day in closed:
        for row in Pairing.objects.filter(household=household):
            if row.ends_on is None or row.ends_on > max(day, row.starts_on or day):
                yield f"a pairing until {row.ends_on} of a household closed on {day}"
