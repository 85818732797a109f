"""Choices of the villages. Priority categories and levels of units are code lists, not choices."""

from enum import StrEnum
from typing import Final

PRIORITY_SCHEME: Final = "village_priority"
UNIT_LEVEL_SCHEME: Final = "unit_level"
UNIT_KIND_SCHEME: Final = "unit_kind"
PAIRED_PROVINCE_SCHEME: Final = "paired_province"
# The kind of a unit that a paired-aid province sends (对口援藏): it alone has a province.
PAIRED_AID: Final = "7"
TEAM_POST_SCHEME: Final = "team_post"
ABSENCE_SCHEME: Final = "absence_reason"
TASK_SCHEME: Final = "team_task"
# Posts that the database holds to one at a time: of a village, and of a team.
FIRST_SECRETARY: Final = "1"
LEADER: Final = "2"


class Task(StrEnum):
    """The kinds of tasks of teams, which the product counts by: codes of the list `team_task`, assistance alone."""

    INCOME = "1"
    HELP = "2"
    SKILLS = "3"
    FACILITIES = "4"
    FILING = "5"
