"""The app of micro-credit."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class CreditConfig(AppConfig):
    """What households borrowed for their production, and how they pay it back."""

    name = "credit"
    verbose_name = _("Micro-credit")

    @override
    def ready(self) -> None:
        """Let loans follow their borrowers, and tell of them in the timeline of their household."""
        import_module("credit.domain.following")
        import_module("credit.queries.teamwork")
        import_module("credit.queries.timeline")
