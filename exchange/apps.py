"""The app of exchange."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class ExchangeConfig(AppConfig):
    """See docs/architecture.md."""

    name = "exchange"
    verbose_name = _("Exchange")

    @override
    def ready(self) -> None:
        """Let the first page say which rosters wait."""
        import_module("exchange.queries.waiting")
