"""Choices of the planning app."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Need(models.TextChoices):
    """What a village needs, and what a unit is good at: both in the same words, so that they can be matched."""

    INCOME = "income", _("Income: industry, sales, jobs")
    RISK = "risk", _("Risk: health, care, insurance, school")
    FACILITIES = "facilities", _("Facilities: works and supplies")


NEEDS: Final = tuple(Need)


class PlanState(models.TextChoices):
    """Where a dispatch plan stands."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Origin(models.TextChoices):
    """How a proposal came about."""

    SOLVER = "solver", _("Reckoned")
    HAND = "hand", _("Changed by hand")


class Direction(models.TextChoices):
    """Which side of a plan's part this is."""

    SENT = "sent", _("Sent to a county")
    RECEIVED = "received", _("Received from above")


class PartState(models.TextChoices):
    """Where a county's part of a published plan stands."""

    OFFERED = "offered", _("Waits for the county")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
