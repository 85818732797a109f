"""What the app of requests tells of the month of a work team: what was asked for, and what was solved."""

from django.utils.translation import gettext_lazy as _

from villages.enums import Task
from villages.queries.months import count_in_month

# Grievances are not counted: that there is one is hidden from whom it is about.
count_in_month(
    "requests",
    Task.HELP,
    _("Requests for help entered or taken on"),
    "concerns.enter_request",
    "concerns.amend_request",
    "concerns.take_request",
    "concerns.transfer_request",
)
count_in_month(
    "requests_solved", Task.HELP, _("Requests for help solved"), "concerns.solve_request", "concerns.confirm_request"
)
