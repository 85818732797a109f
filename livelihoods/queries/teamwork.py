"""What the app of skills and work tells of the month of a work team: wishes, training, and posts."""

from django.utils.translation import gettext_lazy as _

from villages.enums import Task
from villages.queries.months import count_in_month

count_in_month("training_wishes", Task.SKILLS, _("Wishes for training"), "livelihoods.record_wish")
count_in_month(
    "enrolments",
    Task.SKILLS,
    _("Persons in courses"),
    "livelihoods.enrol",
    "livelihoods.record_attendance",
    "livelihoods.certify",
    "livelihoods.record_outcome",
)
count_in_month(
    "posts",
    Task.INCOME,
    _("Public-welfare posts given or ended"),
    "livelihoods.open_post",
    "livelihoods.amend_post",
    "livelihoods.fill_post",
    "livelihoods.end_term",
)
count_in_month("post_months", Task.INCOME, _("Months in posts confirmed"), "livelihoods.confirm_month", each_time=True)
