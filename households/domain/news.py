"""News of the households for the apps above. One signal, sent inside the verb's transaction."""

from typing import Final

from django.dispatch import Signal

# Sent with household, on and actor after a household was closed.
household_closed: Final = Signal()
