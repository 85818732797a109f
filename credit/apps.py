"""The app of micro-credit."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CreditConfig(AppConfig):
    """What households borrowed for their production, and how they pay it back."""

    name = "credit"
    verbose_name = _("Micro-credit")
