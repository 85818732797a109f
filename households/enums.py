"""Choices of the households. What differs by year or county (causes, relations, categories) is a code list."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registry.lib.periods import Precision

# How exact a date is, as people read it.
PRECISION_CHOICES: Final = ((Precision.DAY.value, _("Day")), (Precision.MONTH.value, _("Month")))
# 与户主关系: 户主. Source: national column AAB006.
HEAD_RELATION: Final = "01"


class HouseholdStatus(models.TextChoices):
    """What a household is on the register for. The terms that people read are a code list by edition and date."""

    CANDIDATE = "candidate", _("Candidate")
    FILED = "filed", _("Filed, not lifted")
    LIFTED = "lifted", _("Lifted")
    RETURNED = "returned", _("Returned to poverty")
    ORDINARY = "ordinary", _("Ordinary household")
    CLOSED = "closed", _("Closed")


class MonitoringState(models.TextChoices):
    """Where a household stands in the monitoring against (renewed) poverty."""

    NONE = "none", _("Not monitored")
    IDENTIFIED = "identified", _("Identified, risk not removed")
    REMOVED = "removed", _("Risk removed")
    RELAPSED = "relapsed", _("Relapsed, risk not removed")


class Stock(models.TextChoices):
    """The three stocks of the clear account (明白账)."""

    NOT_LIFTED = "not_lifted", _("Not lifted")
    LIFTED = "lifted", _("Lifted")
    MONITORED = "monitored", _("Monitored, risk not removed")


class PostingKind(models.TextChoices):
    """Why a stock changed. docs/ledger.md says which verb posts which kind."""

    TAKEOVER = "takeover", _("Taken over")
    FILED = "filed", _("Filed")
    RETURNED = "returned", _("Returned to poverty")
    LIFTED = "lifted", pgettext_lazy("kind of posting", "Lifted")
    IDENTIFIED = "identified", _("Identified for monitoring")
    RELAPSED = "relapsed", _("Relapsed")
    RISK_REMOVED = "risk_removed", _("Risk removed")
    NATURAL_IN = "natural_in", _("Natural increase")
    NATURAL_OUT = "natural_out", _("Natural decrease")
    MOVED_IN = "moved_in", _("Moved in from another village")
    MOVED_OUT = "moved_out", _("Moved out to another village")
    SPLIT = "split", _("Split")
    MERGE = "merge", _("Merged")
    WRONGLY_FILED = "wrongly_filed", _("Wrongly filed")
    CORRECTION = "correction", _("Correction")


# Status by status, the stock in which the household is counted; the others are in none.
STOCK_OF_STATUS: Final[dict[str, Stock]] = {
    HouseholdStatus.FILED: Stock.NOT_LIFTED,
    HouseholdStatus.RETURNED: Stock.NOT_LIFTED,
    HouseholdStatus.LIFTED: Stock.LIFTED,
}
# The monitoring states in which the risk is not removed.
AT_RISK: Final = frozenset({MonitoringState.IDENTIFIED, MonitoringState.RELAPSED})
# The statuses of a household that is on the register.
ON_REGISTER: Final = frozenset(
    {HouseholdStatus.FILED, HouseholdStatus.RETURNED, HouseholdStatus.LIFTED, HouseholdStatus.ORDINARY}
)


class DuplicateState(models.TextChoices):
    """What became of a person whom two counties have. Source: house rule, docs/decisions/0075."""

    NEW = "new", _("Open")
    TRANSFERRED = "transferred", _("Transferred")
    CORRECTED = "corrected", _("Number corrected")
    BOTH_RIGHT = "both_right", _("Both are right")
