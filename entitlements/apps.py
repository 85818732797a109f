"""The app of what is due and received."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class EntitlementsConfig(AppConfig):
    """Which household is due what by a policy, and who receives it."""

    name = "entitlements"
    verbose_name = _("Due and received")

    @override
    def ready(self) -> None:
        """Tell timelines, and let the month of a team count."""
        import_module("entitlements.queries.teamwork")
        import_module("entitlements.queries.timeline")
