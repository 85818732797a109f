"""What assistance tells of the month of a work team: the measures entered."""

from django.utils.translation import gettext_lazy as _

from villages.enums import Task
from villages.queries.months import count_in_month

count_in_month("measures", Task.HELP, _("Measures"), "assistance.record_measure", "assistance.amend_measure")
