"""What the village tells of the month of a work team: its plan, activities, facilities, projects and places."""

from django.utils.translation import gettext_lazy as _

from villages.enums import Task
from villages.queries.months import count_in_month

count_in_month(
    "village_years", Task.FACILITIES, _("Yearly facts of the village"), "villages.record_year", each_time=True
)
count_in_month(
    "facilities", Task.FACILITIES, _("Goals of facilities"), "villages.add_facility", "villages.amend_facility"
)
count_in_month(
    "infrastructure",
    Task.FACILITIES,
    _("Entries of infrastructure projects"),
    "villages.add_infrastructure",
    "villages.amend_infrastructure",
    "villages.advance_infrastructure",
    "villages.set_reach",
    "villages.note_money",
    "villages.add_upkeep",
    "villages.amend_upkeep",
    each_time=True,
)
count_in_month(
    "activities",
    Task.SKILLS,
    _("Village activities"),
    "villages.record_activity",
    "villages.amend_activity",
    "villages.add_material",
)
count_in_month(
    "village_plans",
    Task.INCOME,
    _("Village plans and their projects"),
    "villages.draft_plan",
    "villages.amend_plan",
    "villages.close_plan",
    "villages.add_plan_project",
    "villages.amend_plan_project",
    "villages.drop_plan_project",
)
count_in_month(
    "plan_progress", Task.INCOME, _("Progress of plan projects noted"), "villages.note_progress", each_time=True
)
count_in_month("committee", Task.FILING, _("Terms in the committee"), "villages.add_member", "villages.amend_member")
count_in_month("points", Task.FILING, _("Settlement points"), "villages.add_point", "villages.amend_point")
