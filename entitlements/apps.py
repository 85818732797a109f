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
        """Begin the nights of a county that has households, and tell timelines."""
        import_module("entitlements.domain.listening")
        import_module("entitlements.queries.timeline")
