"""The app of assistance funds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundsConfig(AppConfig):
    """Budgets, allocations and payment lists."""

    name = "funds"
    verbose_name = _("Assistance funds")
