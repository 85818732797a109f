"""The app of the households."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class HouseholdsConfig(AppConfig):
    """Households, persons and the ledger."""

    name = "households"
    verbose_name = _("Households and persons")

    @override
    def ready(self) -> None:
        """Receive the letters of other counties, and say what a new county begins with."""
        import_module("households.domain.change_rules")
        import_module("households.domain.duplicates")
        import_module("households.queries.follow_up")
        import_module("households.queries.teamwork")
