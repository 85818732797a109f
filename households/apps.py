"""The app of the households."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HouseholdsConfig(AppConfig):
    """Households, persons and the ledger."""

    name = "households"
    verbose_name = _("Households and persons")
