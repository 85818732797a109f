"""How many households a helper may stand by, as it comes with the product."""

from collections.abc import Mapping
from typing import Final

# Households at most, by code of the list `helper_rank`; the empty code is of helpers whose rank nobody said. A
# proposal of ours: counties set such limits by notice, between two households and some twenty, and enter their own.
SHIPPED_LIMITS: Final[Mapping[str, int]] = {"": 10, "1": 5, "2": 8, "3": 10, "4": 10}
# For a rank that a county added to its list and for which it set no limit.
SHIPPED_LIMIT: Final = 10
