"""Choices of the oversight."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LookState(models.TextChoices):
    """Where the grant of a look at persons stands; `oversight.workflow.LOOK_STEPS` says what may follow.

    That its days are over is no state: it follows from the calendar, without anybody's doing.
    """

    ASKED = "asked", pgettext_lazy("state of a granted look", "Asked for")
    GIVEN = "given", pgettext_lazy("state of a granted look", "Given")
    REFUSED = "refused", pgettext_lazy("state of a granted look", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a granted look", "Withdrawn")


class LookList(models.TextChoices):
    """Which households a look opens; each is the list behind one published figure."""

    NOT_LIFTED = "not_lifted", _("Not lifted")
    LIFTED = "lifted", _("Lifted")
    MONITORED = "monitored", _("Monitored, risk not removed")
    UNCOVERED = "uncovered", _("Without a helper")


class Timeliness(models.TextChoices):
    """How a county stands with the publication of a period."""

    IN_TIME = "in_time", _("In time")
    LATE = "late", _("Late")
    OVERDUE = "overdue", _("Overdue")
    WAITED_FOR = "waited_for", _("Not due yet")
