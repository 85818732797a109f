"""Choices of training and posts. What differs between counties is a code list or a figure."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KIND_SCHEME: Final = "training_kind"
CERTIFICATE_SCHEME: Final = "training_certificate"
OUTCOME_SCHEME: Final = "training_outcome"
# The answers of the list `training_outcome` that say: at work for others or for oneself; and: not reached.
AT_WORK: Final = frozenset({"1", "2"})
NOT_REACHED: Final = "9"
# How long after its last day a course is asked for what it led to. Source: the programme's own question of a job after
# three months.
OUTCOME_MONTHS: Final = 3


class CourseState(models.TextChoices):
    """Where a course stands."""

    PLANNED = "planned", pgettext_lazy("state of a course", "Planned")
    HELD = "held", pgettext_lazy("state of a course", "Held")
    CANCELLED = "cancelled", pgettext_lazy("state of a course", "Cancelled")


class WorkProof(models.TextChoices):
    """From what follows whether a trained person is at work three months after the course."""

    RECORD = "record", _("work record")
    POST = "post", _("public-welfare post")
    ANSWER = "answer", _("answer of the person")
    UNKNOWN = "unknown", _("nothing on file")
