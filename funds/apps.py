"""The app of assistance funds."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class FundsConfig(AppConfig):
    """Budgets, allocations and payment lists."""

    name = "funds"
    verbose_name = _("Assistance funds")

    @override
    def ready(self) -> None:
        """Tell of payments in the timeline of a household."""
        import_module("funds.queries.timeline")
