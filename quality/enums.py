"""Choices of data quality."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Severity(models.TextChoices):
    """What happens when a rule is broken. Source: domain facts 2.7, "how the rules are used"."""

    REFUSE = "refuse", _("Refused at entry")
    WARN = "warn", _("Warning")
    SUSPICION = "suspicion", _("Suspicion")


class RuleObject(models.TextChoices):
    """What a rule is about."""

    HOUSEHOLD = "household", _("Household")
    PERSON = "person", _("Person")
    VILLAGE = "village", _("Village")


class FindingState(models.TextChoices):
    """Where a finding stands."""

    NEW = "new", _("New")
    ASSIGNED = "assigned", _("Assigned")
    FIXED = "fixed", _("Fixed")
    EXEMPTED = "exempted", _("Exempted")
    AS_RECORDED = "as_recorded", _("True as recorded")


class ExemptionState(models.TextChoices):
    """Where a request to exempt a finding stands."""

    REQUESTED = "requested", _("Requested")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")


# The states in which somebody still has to do something.
OPEN_STATES: Final = frozenset({FindingState.NEW, FindingState.ASSIGNED})
