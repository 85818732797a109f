"""Choices of the villages. Priority categories and levels of units are code lists, not choices."""

from typing import Final

PRIORITY_SCHEME: Final = "village_priority"
UNIT_LEVEL_SCHEME: Final = "unit_level"
