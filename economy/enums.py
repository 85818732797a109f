"""Choices of the collective economy. What differs between counties is a code list or a figure."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SOURCE_SCHEME: Final = "collective_source"
# What a village earns itself, and what it is given: the two entries that stand above the sources.
OWN: Final = "own"
AID: Final = "aid"


class EntryKind(models.TextChoices):
    """Which side of the ledger an entry stands on."""

    INCOME = "income", _("Income")
    COST = "cost", _("Cost")


class DividendState(models.TextChoices):
    """Where a dividend stands."""

    PROPOSED = "proposed", pgettext_lazy("state of a dividend", "Proposed")
    APPROVED = "approved", pgettext_lazy("state of a dividend", "Approved")
    REFUSED = "refused", pgettext_lazy("state of a dividend", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a dividend", "Withdrawn")
