"""The app of periods."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeriodsConfig(AppConfig):
    """Reporting periods, and the frozen facts of the register on their last day."""

    name = "periods"
    verbose_name = _("Periods")
