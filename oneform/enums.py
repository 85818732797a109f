"""Choices of the forms that offices send down."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FormState(models.TextChoices):
    """Where a form stands; `oneform.workflow.FORM_STEPS` says what may follow."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class Subjects(models.TextChoices):
    """Of whom a form has a row each."""

    ALL = "all", _("All on the register")
    FILED = "filed", _("Filed: not lifted and lifted")
    NOT_LIFTED = "not_lifted", _("Not lifted")
    LIFTED = "lifted", _("Lifted")
    MONITORED = "monitored", _("Monitored, risk not removed")


class ColumnUse(models.TextChoices):
    """What becomes of a column of a form: filled from the register, filled by hand, or not filled for anybody."""

    HELD = "held", _("Held by the register")
    BY_HAND = "by_hand", _("To be filled by hand")
    REFUSED = "refused", _("Not needed for assistance: left empty")
