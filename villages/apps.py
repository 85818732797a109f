"""The app of the villages."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class VillagesConfig(AppConfig):
    """Villages, units and work teams."""

    name = "villages"
    verbose_name = _("Villages")

    @override
    def ready(self) -> None:
        """Say what the month of a team counts of its village."""
        import_module("villages.queries.teamwork")
