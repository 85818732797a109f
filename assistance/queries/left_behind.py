"""Measures stay with the county that carried them out, when a household or a member goes to another one."""

from datetime import date

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assistance.models import Measure
from households.domain.left_behind import stays
from households.models import Household


def measures_left(household: Household, since: date | None) -> int:
    """Count the measures of a household, those that ended before the day and those entered in error left out."""
    rows = Measure.objects.filter(household=household).exclude(starts_on=F("ends_on"))
    return rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=since)).count() if since else rows.count()


stays("measures", _("measures"), measures_left)
