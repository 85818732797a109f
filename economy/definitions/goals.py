"""The goal of the collective income as it comes with the product."""

from decimal import Decimal
from typing import Final

# Yuan a year and village. Source: the commentary of 2019 on village-stationed teams, which asks for a yearly income of
# the collective of at least 50,000 yuan. A county enters its own by year.
SHIPPED_GOAL_YUAN: Final = Decimal("50000.00")
