"""Choices of the villages. What a county may word otherwise is a code list, not a choice."""

from enum import StrEnum
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PRIORITY_SCHEME: Final = "village_priority"
UNIT_LEVEL_SCHEME: Final = "unit_level"
ATTRIBUTE_SCHEME: Final = "village_attribute"
DIRECTION_SCHEME: Final = "village_direction"
TERRAIN_SCHEME: Final = "village_terrain"
FACILITY_SCHEME: Final = "village_facility"
COMMITTEE_POST_SCHEME: Final = "committee_post"
SETTLEMENT_SCHEME: Final = "settlement_kind"
# 集中安置点 of that list: where households were resettled together, and which their relocation names.
RELOCATION_SITE: Final = "3"
ACTION_SCHEME: Final = "enrichment_action"
ACTIVITY_SCHEME: Final = "village_activity"
INFRASTRUCTURE_SCHEME: Final = "infrastructure_kind"
FUNDING_SCHEME: Final = "funding_source"
PLAN_PROJECT_SCHEME: Final = "plan_project_kind"


class PlanState(models.TextChoices):
    """Where a village plan stands; an amended one waits to be adopted again."""

    DRAFTED = "drafted", pgettext_lazy("state of a plan", "Drafted")
    ADOPTED = "adopted", pgettext_lazy("state of a plan", "Adopted")
    AMENDED = "amended", _("Amended, to be adopted again")
    CLOSED = "closed", pgettext_lazy("state of a plan", "Closed")


class Stage(models.TextChoices):
    """Where an infrastructure project stands."""

    PLANNED = "planned", pgettext_lazy("stage of a project", "Planned")
    APPROVED = "approved", pgettext_lazy("stage of a project", "Approved")
    UNDER_WAY = "under_way", pgettext_lazy("stage of a project", "Under way")
    BUILT = "built", _("Built, not accepted yet")
    ACCEPTED = "accepted", pgettext_lazy("stage of a project", "Accepted")
    STOPPED = "stopped", pgettext_lazy("stage of a project", "Stopped")


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
