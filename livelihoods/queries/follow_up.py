"""What counts as support and as work of a household that was resettled: courses attended, and terms in posts."""

from datetime import date

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from households.queries.follow_up import count_as_follow_up, count_as_work
from livelihoods.models import Enrolment, PostHolding


def _courses() -> "QuerySet[Enrolment]":
    return Enrolment.objects.filter(attended_days__gte=1, withdrawn_on__isnull=True)


def _terms() -> "QuerySet[PostHolding]":
    """Give the terms in posts: what was entered in error ends on the day it begins."""
    return PostHolding.objects.filter(ends_on__gt=F("starts_on"))


@count_as_work
def _in_a_post(day: date) -> "QuerySet[PostHolding]":
    return _terms().filter(starts_on__lte=day, ends_on__gt=day)


count_as_follow_up("training", _("Training"), _courses, day="last_on", of_person=True)
count_as_follow_up("posts", _("Public-welfare posts"), _terms, day="starts_on", of_person=True)
