"""The app of dossiers."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class DossiersConfig(AppConfig):
    """Templates of steps, dossiers and monitoring cases."""

    name = "dossiers"
    verbose_name = _("Dossiers")

    @override
    def ready(self) -> None:
        """Let the county decide whether a status changes by a dossier only, and tell of dossiers in timelines."""
        import_module("dossiers.domain.gate")
        import_module("dossiers.queries.timeline")
