"""Choices of micro-credit. What differs between counties is a code list or a figure."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

PURPOSE_SCHEME: Final = "loan_purpose"


class LoanEntryKind(models.TextChoices):
    """What an entry of a loan says; the first three move what is owed."""

    DRAW = "draw", _("Paid out")
    PRINCIPAL = "principal", _("Principal repaid")
    WRITE_OFF = "write_off", _("Written off")
    INTEREST = "interest", _("Interest paid")
    SUBSIDY = "subsidy", _("Interest subsidy paid")
