"""Write postings. docs/ledger.md says which verb posts what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from households.enums import HouseholdStatus, PostingKind, Stock
from households.models import Household, HouseholdSpell, Person, Posting
from households.queries.history import Standing


@dataclass(frozen=True, slots=True)
class Flow:
    """A change of one stock in one village."""

    stock: str
    kind: str
    households: int
    persons: int
    village_code: str


def post(household: Household, flows: Iterable[Flow], *, on: date, reason: str, person: Person | None = None) -> None:
    """Append one posting for each flow that changes something."""
    Posting.objects.bulk_create(
        [
            Posting(
                scope_code=household.scope_code,
                household=household,
                person=person,
                kind=flow.kind,
                stock=flow.stock,
                effective_on=on,
                households_delta=flow.households,
                persons_delta=flow.persons,
                village_code=flow.village_code,
                reason=reason[:200],
            )
            for flow in flows
            if flow.households or flow.persons
        ]
    )


def leave(standing: Standing, kind: PostingKind, stocks: Iterable[Stock]) -> list[Flow]:
    """Give the flows of a whole household out of the stocks."""
    return [Flow(stock, kind, -1, -standing.persons, standing.village_code) for stock in stocks]


def enter(stock: Stock, kind: PostingKind, *, persons: int, village_code: str) -> Flow:
    """Give the flow of a whole household into a stock."""
    return Flow(stock, kind, 1, persons, village_code)


def post_person(
    household: Household,
    person: Person,
    standing: Standing,
    *,
    kind: PostingKind,
    persons: int,
    on: date,
    reason: str,
    until: date | None = None,
) -> None:
    """Post one person more (`persons` 1) or less (-1) to every stock the household is in on the day.

    When the household left or entered a stock after that day, it took the person along: the same flows are posted for
    one person more or less, so that the stocks of every later day hold. `until` is the day on which the person ended
    with the household: who comes back with it later is posted then.
    """
    flows = [Flow(stock, kind, 0, persons, standing.village_code) for stock in standing.stocks]
    post(household, flows, on=on, reason=reason, person=person)
    later = Posting.objects.filter(household=household, effective_on__gt=on).exclude(households_delta=0)
    if until is not None:
        later = later.filter(effective_on__lte=until)
        if _came_back_that_day(household, until):
            later = later.exclude(effective_on=until, households_delta__gt=0)
    for day, flow in [
        (line.effective_on, Flow(line.stock, line.kind, 0, line.households_delta * persons, line.village_code))
        for line in later.order_by("effective_on", "id")
    ]:
        post(household, [flow], on=day, reason=reason, person=person)


def _came_back_that_day(household: Household, on: date) -> bool:
    spells = HouseholdSpell.objects.filter(household=household, status=HouseholdStatus.CLOSED)
    return spells.filter(starts_on=on, ends_on=on).exists()
