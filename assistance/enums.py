"""Choices of assistance. What differs between counties is a code list or a figure."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MEASURE_SCHEME: Final = "measure"
AGREEMENT_SCHEME: Final = "visit_confirmation"
# 未确认 of that list: a plan to which the household did not agree is not adopted.
NOT_CONFIRMED: Final = "0"


class HouseholdPlanState(models.TextChoices):
    """Where the plan of a household stands; an amended one waits to be adopted again."""

    DRAFTED = "drafted", pgettext_lazy("state of a plan", "Drafted")
    ADOPTED = "adopted", pgettext_lazy("state of a plan", "Adopted")
    AMENDED = "amended", _("Amended, to be adopted again")
    CLOSED = "closed", pgettext_lazy("state of a plan", "Closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a plan", "Withdrawn")


# What counts as a plan of the year: it was adopted, and not withdrawn.
IN_FORCE: Final = (HouseholdPlanState.ADOPTED, HouseholdPlanState.AMENDED, HouseholdPlanState.CLOSED)
