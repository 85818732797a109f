"""What the app of partners tells of the month of a work team: whom they help, and which income follows from it."""

from django.utils.translation import gettext_lazy as _

from villages.enums import Task
from villages.queries.months import count_in_month

count_in_month("partner_links", Task.INCOME, _("Links with partners"), "partners.link", "partners.end_link")
count_in_month(
    "benefits", Task.INCOME, _("Sources of income named"), "partners.state_benefit", "partners.restate_benefit"
)
