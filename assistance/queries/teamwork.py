"""What assistance tells of the month of a work team: measures, visits of helpers, and plans of households."""

from django.utils.translation import gettext_lazy as _

from villages.enums import Task
from villages.queries.months import count_in_month

count_in_month(
    "measures",
    Task.HELP,
    _("Measures"),
    "assistance.record_measure",
    "assistance.amend_measure",
    "assistance.carry_out_plan",
)
count_in_month(
    "help_visits", Task.HELP, _("Visits of helpers"), "assistance.record_help_visit", "assistance.amend_help_visit"
)
count_in_month(
    "household_plans",
    Task.HELP,
    _("Household plans"),
    "assistance.draft_household_plan",
    "assistance.amend_household_plan",
    "assistance.close_household_plan",
)
count_in_month(
    "planned_measures",
    Task.HELP,
    _("Measures planned"),
    "assistance.plan_measure",
    "assistance.amend_planned_measure",
    "assistance.drop_planned_measure",
)
