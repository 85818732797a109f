"""The limits that hold before a county enters its own.

A proposal of the product from general knowledge of micro-credit for poor households, not from a document at hand.
"""

from decimal import Decimal
from typing import Final

SHIPPED_MOST_YUAN: Final = Decimal(50000)
SHIPPED_MOST_MONTHS: Final = 36
# Within how many days before its due day a loan stands on the worklist. A proposal too.
SOON_DAYS: Final = 60
# Who may borrow. Source: Civil Code, article 17: whoever is 18 is of age.
OF_AGE: Final = 18
