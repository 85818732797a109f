"""News of the households for the apps above. Each signal is sent inside the verb's transaction."""

from typing import Final

from django.dispatch import Signal

# Sent with household, on, actor and reason (the label of `closing_reason`) after a household was closed.
household_closed: Final = Signal()
# Sent when a household was founded by a split of another: keywords household (the new one), origin, on, actor, reason.
household_split: Final = Signal()
# Sent when monitoring begins (name: identify, relapse) or the risk is removed (remove_risk): keywords household, spell,
# name, on, actor, reason. A household that is closed sends `household_closed` alone.
monitoring_changed: Final = Signal()
# Sent when a household ends in another, before `household_closed` of the first: keywords household (the one that
# stays), merged (the one that ends), on, actor, reason.
household_merged: Final = Signal()
# Sent when persons became members of a household (joined, split off, merged; anew too where the head changes):
# keywords household, persons (their ids), on. Who does it is the actor of the scope.
members_came: Final = Signal()
