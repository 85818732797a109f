"""Whom the demonstration shows: households of a village with their members, and who leads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from assistance.models import Pairing
from households.enums import HouseholdStatus
from households.models import Household, Membership
from registry.lib.periods import age_on

_ON_REGISTER: Final = (HouseholdStatus.FILED, HouseholdStatus.LIFTED)
_OF_AGE: Final = range(18, 56)


@dataclass(frozen=True, slots=True)
class Home:
    """A household: those present, and of them who is of working age, oldest first. `helper_id` leads it."""

    id: UUID
    number: str
    status: str
    helper_id: UUID | None
    members: tuple[UUID, ...]
    workers: tuple[UUID, ...]


def homes_with_workers(village_code: str, day: date) -> list[Home]:
    """Give the households of a village on the register in which somebody is of working age, by number."""
    homes = list(Household.objects.filter(scope_code=village_code, status__in=_ON_REGISTER).order_by("number"))
    leads = Pairing.objects.filter(scope_code=village_code, is_lead=True, helper__isnull=False, ends_on__isnull=True)
    helpers = dict(leads.values_list("household_id", "helper_id"))
    rows = Membership.objects.filter(household__in=homes, ends_on__isnull=True).order_by("person__birth_on", "id")
    members: dict[UUID, list[tuple[UUID, date | None]]] = {}
    for household_id, person_id, birth_on in rows.values_list("household_id", "person_id", "person__birth_on"):
        members.setdefault(household_id, []).append((person_id, birth_on))
    made = [
        Home(
            home.pk,
            home.number,
            home.status,
            helpers.get(home.pk),
            tuple(person for person, _birth in members.get(home.pk, [])),
            tuple(_workers(members.get(home.pk, []), day)),
        )
        for home in homes
    ]
    return [home for home in made if home.workers]


def _workers(members: Iterable[tuple[UUID, date | None]], day: date) -> Iterable[UUID]:
    return (person for person, birth_on in members if birth_on is not None and age_on(birth_on, day) in _OF_AGE)
