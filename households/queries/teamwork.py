"""What households tell of the month of a work team: how much was entered of them."""

from django.utils.translation import gettext_lazy as _

from villages.enums import Task
from villages.queries.months import count_in_month

count_in_month("visits", Task.FILING, _("Visits recorded"), "households.record_visit", each_time=True)
count_in_month("registered", Task.FILING, _("Households registered"), "households.register", each_time=True)
count_in_month(
    "households",
    Task.FILING,
    _("Households amended"),
    "households.amend",
    "households.record_year",
    "households.record_income",
    "households.record_relocation",
)
count_in_month(
    "persons",
    Task.FILING,
    _("Persons entered or amended"),
    "households.add_person",
    "households.amend_person",
    "households.amend_relation",
    "households.change_head",
    "households.end_membership",
    "households.record_person_year",
    "households.reinstate_member",
    "households.take_back",
)
count_in_month("work", Task.SKILLS, _("Work records"), "households.record_work", "households.amend_work")
