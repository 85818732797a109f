"""What dossiers tell of the month of a work team: leads raised, and steps done."""

from django.utils.translation import gettext_lazy as _

from villages.enums import Task
from villages.queries.months import count_in_month

count_in_month("leads", Task.FILING, _("Leads raised"), "dossiers.raise_lead")
count_in_month(
    "dossiers", Task.FILING, _("Dossiers worked on"), "dossiers.begin", "dossiers.do_step", "dossiers.record_exit_check"
)
count_in_month("looks", Task.FILING, _("Checklists of visits filled in"), "dossiers.record_look")
