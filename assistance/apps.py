"""The app of assistance."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class AssistanceConfig(AppConfig):
    """Helpers and pairings."""

    name = "assistance"
    verbose_name = _("Assistance")

    @override
    def ready(self) -> None:
        """End the pairings of a household that is closed, and tell of them in its timeline and transfers."""
        import_module("assistance.domain.closing")
        import_module("assistance.queries.follow_up")
        import_module("assistance.queries.left_behind")
        import_module("assistance.queries.timeline")
        import_module("assistance.queries.teamwork")
