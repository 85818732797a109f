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
        """Let the county's rules guard changes of a household, let cases follow it, and tell of both in timelines."""
        import_module("dossiers.domain.gate")
        import_module("dossiers.domain.removal")
        import_module("dossiers.domain.following")
        import_module("dossiers.domain.labour")
        import_module("dossiers.domain.coverage")
        import_module("dossiers.queries.timeline")
