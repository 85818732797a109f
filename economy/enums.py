"""Choices of the collective economy. What differs between counties is a code list or a figure."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

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

    PROPOSED = "proposed", _("Proposed")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
