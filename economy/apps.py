"""The app of the collective economy."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class EconomyConfig(AppConfig):
    """What villages earn together, whose shares are in it, and what is paid out."""

    name = "economy"
    verbose_name = _("Collective economy")

    @override
    def ready(self) -> None:
        """Enter what this app offers to a household's income and to a village's exit; let timelines and months tell."""
        import_module("economy.queries.offers")
        import_module("economy.queries.exits")
        import_module("economy.queries.timeline")
        import_module("economy.queries.teamwork")
