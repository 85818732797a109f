"""What is doubted of a household's living conditions: the apps that check data enter what they doubt here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from households.models import Household
from registry.tenancy.context import Actor


@dataclass(frozen=True, slots=True)
class Doubt:
    """A sentence in the reader's language, and the living conditions that it is about."""

    fields: frozenset[str]
    text: str


Doubter = Callable[[Household, Actor], Iterable[Doubt]]
_doubters: Final[list[Doubter]] = []


def doubt(doubter: Doubter) -> Doubter:
    """Let `doubter` say what it doubts of a household, as far as the actor may see it."""
    _doubters.append(doubter)
    return doubter


def living_doubts(household: Household, actor: Actor) -> list[Doubt]:
    """Give what is doubted of the living conditions."""
    return [one for doubter in _doubters for one in doubter(household, actor)]
