"""Which classes of income each kind of benefit belongs to."""

from collections.abc import Mapping
from typing import Final

from households.definitions.income_items import BUSINESS, PROPERTY, WAGE

# By the code of the list `benefit_link`. Source of the four kinds: founding document of 2019; that each belongs to
# this class of the household form is a proposal of ours. A code that a county adds may explain any earned income.
BENEFIT_CLASSES: Final[Mapping[str, str]] = {"1": PROPERTY, "2": BUSINESS, "3": PROPERTY, "4": WAGE}
