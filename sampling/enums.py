"""Choices of the sample checks."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CheckState(models.TextChoices):
    """Where a sample check stands; `sampling.workflow.CHECK_STEPS` says what may follow."""

    ANNOUNCED = "announced", _("Announced")
    DRAWN = "drawn", _("Drawn")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


class Group(models.TextChoices):
    """The households of a township that a stratum holds; who is monitored counts there alone, whatever the status."""

    NOT_LIFTED = "not_lifted", _("Not lifted")
    LIFTED = "lifted", _("Lifted")
    MONITORED = "monitored", _("Monitored, risk not removed")


class Outcome(models.TextChoices):
    """What a check on the doorstep found."""

    OPEN = "", _("Not checked yet")
    CORRECT = "correct", _("All correct")
    WRONG = "wrong", _("Something is wrong")
    NOT_REACHED = "not_reached", _("Nobody was met")


class Section(models.TextChoices):
    """The parts of a household's record in which something may be wrong."""

    IDENTIFICATION = "identification", _("Identification and status")
    MEMBERS = "members", _("Members")
    LIVING = "living", _("Production and living conditions")
    INCOME = "income", _("Income")
    SUPPORT = "support", _("Helpers and measures")
