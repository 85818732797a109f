"""What data quality tells of the month of a work team: the findings answered."""

from django.utils.translation import gettext_lazy as _

from villages.enums import Task
from villages.queries.months import count_in_month

count_in_month("findings", Task.FILING, _("Findings answered"), "quality.answer", "quality.answer_line")
