"""What is doubted of households: the apps that check data enter what they doubt here, and a visit asks it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from households.enums import VisitSection
from households.models import Household
from households.models.years import INCOME_FACTS, LIVING_FACTS
from registry.tenancy.context import Actor

_SECTION_OF_FACT: Final = dict.fromkeys(INCOME_FACTS, VisitSection.INCOME) | dict.fromkeys(
    LIVING_FACTS, VisitSection.LIVING
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A sentence in the reader's language, and the facts of the household's year or the member that it is about."""

    household_id: UUID
    text: str
    fields: frozenset[str] = frozenset()
    person_id: UUID | None = None

    @property
    def sections(self) -> frozenset[VisitSection]:
        """Say in which parts of the form a visit asks it; nowhere when it is about nothing that is asked there."""
        if self.person_id is not None:
            return frozenset({VisitSection.MEMBERS})
        return frozenset(_SECTION_OF_FACT[name] for name in self.fields if name in _SECTION_OF_FACT)


Doubter = Callable[[Sequence[UUID], Actor], Iterable[Doubt]]
_doubters: Final[list[Doubter]] = []


def doubt(doubter: Doubter) -> Doubter:
    """Let `doubter` say what it doubts of households, as far as the actor may see it."""
    _doubters.append(doubter)
    return doubter


def doubts_of_many(household_ids: Sequence[UUID], actor: Actor) -> list[Doubt]:
    """Give what is doubted of the households, as far as a visit asks it."""
    return [one for doubter in _doubters for one in doubter(household_ids, actor) if one.sections]


def visit_doubts(household: Household, actor: Actor) -> list[Doubt]:
    """Give what a visit to the household has to ask."""
    return doubts_of_many([household.pk], actor)


def doubts_in(section: VisitSection, doubts: Iterable[Doubt]) -> list[Doubt]:
    """Give those that one part of the form asks."""
    return [one for one in doubts if section in one.sections]
