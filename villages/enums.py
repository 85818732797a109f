"""Choices of the villages. What a county may word otherwise is a code list, not a choice."""

from typing import Final

PRIORITY_SCHEME: Final = "village_priority"
UNIT_LEVEL_SCHEME: Final = "unit_level"
ATTRIBUTE_SCHEME: Final = "village_attribute"
DIRECTION_SCHEME: Final = "village_direction"
TERRAIN_SCHEME: Final = "village_terrain"
FACILITY_SCHEME: Final = "village_facility"
COMMITTEE_POST_SCHEME: Final = "committee_post"
SETTLEMENT_SCHEME: Final = "settlement_kind"
