"""The app of dispatch plans."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class PlanningConfig(AppConfig):
    """Who should go where: units for villages, helpers for households."""

    name = "planning"
    verbose_name = _("Planning")

    @override
    def ready(self) -> None:
        """Take the letters by which a plan reaches a county and its answer comes back."""
        import_module("planning.domain.parts")
