"""Listen for households that are closed."""

from assistance.domain.pairing import end_pairings_of_closed
from households.domain.news import household_closed

household_closed.connect(end_pairings_of_closed, dispatch_uid="assistance.end_pairings_of_closed")
