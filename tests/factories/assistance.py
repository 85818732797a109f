# The declarations of factory_boy carry no types.
# mypy: disable-error-code="no-untyped-call"
"""Helpers, and households paired with them."""

from datetime import date

from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory

from assistance.domain.pairing import pair
from assistance.models import Helper, Pairing
from households.models import Household
from registry.tenancy.context import Actor, current_actor
from tests.factories.households import FIRST_DAY
from tests.factories.villages import UnitFactory


class HelperFactory(DjangoModelFactory[Helper]):
    """A helper of a unit of its own."""

    class Meta:
        model = Helper

    name = Sequence(lambda number: f"示例干部{number:03}")
    unit = SubFactory(UnitFactory)
    scope_code = "549901000000"


def paired(
    household: Household, *, helper: Helper | None = None, actor: Actor | None = None, on: date = FIRST_DAY
) -> Pairing:
    """Pair the household with a lead helper from the day."""
    helper = helper or HelperFactory.create()
    return pair(household.id, helper.id, actor=actor or current_actor(), on=on)
