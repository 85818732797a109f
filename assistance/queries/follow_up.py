"""What assistance counts as support of a household that was resettled: measures, and visits of helpers."""

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from assistance.models import HelpVisit, Measure
from assistance.models.measure import NOT_YET
from households.queries.follow_up import count_as_follow_up


def _measures() -> "QuerySet[Measure]":
    """Give the measures under way or done: what was entered in error ends on the day it begins."""
    begun = Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on"))
    return Measure.objects.filter(begun, ~Q(state_code=NOT_YET))


def _visits() -> "QuerySet[HelpVisit]":
    return HelpVisit.objects.filter(withdrawn_on__isnull=True)


count_as_follow_up("measures", _("Measures"), _measures, day="starts_on")
count_as_follow_up("help_visits", _("Visits of helpers"), _visits, day="visited_on")
