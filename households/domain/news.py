"""News of the households for the apps above. One signal, sent inside the verb's transaction."""

from typing import Final

from django.dispatch import Signal

# Sent with household, on, actor and reason (the label of `closing_reason`) after a household was closed.
household_closed: Final = Signal()
