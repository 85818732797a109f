"""What the app of entitlements tells of the month of a work team: answers on what is due."""

from django.utils.translation import gettext_lazy as _

from villages.enums import Task
from villages.queries.months import count_in_month

count_in_month("entitlements", Task.HELP, _("Answers on what is due or received"), "entitlements.answer")
