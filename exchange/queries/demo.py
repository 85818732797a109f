"""Whom the demonstration shows: households of a village with their members, and who leads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from assistance.queries.pairings import leads_on
from assistance.queries.visits_due import visits_due
from households.enums import HouseholdStatus
from households.models import Household, Membership
from registry.lib.gbcode import CodeRange
from registry.lib.periods import age_on
from registry.tenancy.context import Actor

_ON_REGISTER: Final = (HouseholdStatus.FILED, HouseholdStatus.LIFTED)
_OF_AGE: Final = range(18, 56)


@dataclass(frozen=True, slots=True)
class Home:
    """A household: those present, and of them who is of working age, oldest first."""

    id: UUID
    number: str
    status: str
    members: tuple[UUID, ...]
    workers: tuple[UUID, ...]


def homes_with_workers(village_code: str, day: date) -> list[Home]:
    """Give the households of a village on the register in which somebody is of working age, by number."""
    homes = list(Household.objects.filter(scope_code=village_code, status__in=_ON_REGISTER).order_by("number"))
    rows = Membership.objects.filter(household__in=homes, ends_on__isnull=True).order_by("person__birth_on", "id")
    members: dict[UUID, list[tuple[UUID, date | None]]] = {}
    for household_id, person_id, birth_on in rows.values_list("household_id", "person_id", "person__birth_on"):
        members.setdefault(household_id, []).append((person_id, birth_on))
    made = [
        Home(
            home.pk,
            home.number,
            home.status,
            tuple(person for person, _birth in members.get(home.pk, [])),
            tuple(_workers(members.get(home.pk, []), day)),
        )
        for home in homes
    ]
    return [home for home in made if home.workers]


def owed_visits(area: CodeRange, day: date, actor: Actor) -> list[tuple[UUID, UUID]]:
    """Give the households of an area that are owed a visit now, each with the helper who leads it, by village."""
    rows = visits_due(day, actor=actor).filter(scope_code__gte=area.lo, scope_code__lt=area.hi)
    owed = list(rows.order_by("scope_code", "number").values_list("id", flat=True))
    leads = leads_on(day).filter(household__in=owed, helper__isnull=False)
    helpers = dict(leads.values_list("household_id", "helper_id"))
    return [(household_id, helpers[household_id]) for household_id in owed if household_id in helpers]


def _workers(members: Iterable[tuple[UUID, date | None]], day: date) -> Iterable[UUID]:
    return (person for person, birth_on in members if birth_on is not None and age_on(birth_on, day) in _OF_AGE)
