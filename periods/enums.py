"""Choices of the periods."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PeriodKind(models.TextChoices):
    """How long a period is; a campaign is the yearly window of dynamic management."""

    MONTH = "month", _("Month")
    QUARTER = "quarter", _("Quarter")
    HALF_YEAR = "half_year", _("Half-year")
    YEAR = "year", _("Year")
    CAMPAIGN = "campaign", _("Campaign")


class PeriodState(models.TextChoices):
    """Where a period stands; `periods.workflow.PERIOD_STEPS` says what may follow."""

    OPEN = "open", pgettext_lazy("period", "Open")
    CLOSING = "closing", pgettext_lazy("period", "Closing")
    FROZEN = "frozen", _("Frozen")
    PUBLISHED = "published", _("Published")


class StageKind(models.TextChoices):
    """The dated stages of a campaign. Source: calendar of dynamic management of a county, 2020."""

    VISIT = "visit", _("Household visits")
    ENTRY = "entry", _("Data entry")
    SELF_CLEAN = "self_clean", _("Cleaning by own rules")
    COUNTY_CHECK = "county_check", _("County check")
    LISTS_FROM_ABOVE = "lists_from_above", _("Lists from above")
    ANSWER = "answer", _("Answers")


class SnapshotState(models.TextChoices):
    """Where a picture of the register stands; a made one never changes."""

    MAKING = "making", _("Being made")
    MADE = "made", _("Made")
    FAILED = "failed", _("Failed")


class SnapshotPurpose(models.TextChoices):
    """What a picture was made for: kept for good with its period, or for a question of the day and then removed."""

    PERIOD = "period", _("Period")
    QUESTION = "question", _("As of a day")
